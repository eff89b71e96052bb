"""Deadlines in working days: Monday to Friday. Public holidays are not taken out."""

from datetime import date, timedelta

SATURDAY = 5
"""As `date.weekday` counts."""


def after_working_days(start: date, days: int) -> date:
    """The last day on which something due `days` working days after `start` is in time."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY:
            days -= 1
    return day
