"""Vetoes, process faults and trigger cases."""
