"""Policies and snapshots in files."""
