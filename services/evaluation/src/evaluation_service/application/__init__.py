"""Use cases, reactions and reads; no framework."""
