"""Initiatives (sáng kiến)."""
