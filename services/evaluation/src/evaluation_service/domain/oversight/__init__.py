"""Figures of units for those who supervise."""
