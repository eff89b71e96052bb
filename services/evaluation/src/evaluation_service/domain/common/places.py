"""Where things belong: a province by its two digits, a ministry by its code, or the country."""

COUNTRY = "00"
"""Stands in the place of a province for what is national: the lists that everybody inherits, and
the calendar. A token of this place speaks for the country."""
