"""Where things belong: a province by its two digits, or the whole country."""

COUNTRY = "00"
"""Stands in the place of a province for what is national: ministries, their lists, the calendar."""
