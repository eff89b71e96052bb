"""Evaluations: what was entered, scored and ranked."""
