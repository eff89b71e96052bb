"""Assignments, reports, checks and dossiers."""
