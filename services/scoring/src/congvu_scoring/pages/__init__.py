"""Policies written out for people."""
