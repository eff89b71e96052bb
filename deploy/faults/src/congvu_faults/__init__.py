"""Breaks the platform on purpose, under load, and counts what was lost, untrue or double."""
