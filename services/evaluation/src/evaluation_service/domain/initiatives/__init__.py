"""Initiatives (sáng kiến): small improvements that count, and last or not."""
