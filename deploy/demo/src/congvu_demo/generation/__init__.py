"""Makes the demo data: the same ingredients and seed give the same bytes."""
