"""Results of units."""
