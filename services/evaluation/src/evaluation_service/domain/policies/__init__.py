"""Scoring policies and how they come into force."""
