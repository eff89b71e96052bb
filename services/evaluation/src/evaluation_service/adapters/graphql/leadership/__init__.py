"""Crises that leaders handled, and secret ballots on leaders."""
