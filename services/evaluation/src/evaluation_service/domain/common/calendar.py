"""Working days: Monday to Friday without the public holidays of the year."""

from collections.abc import Collection
from datetime import date, timedelta

_SATURDAY = 5

FIXED_HOLIDAYS = frozenset({(1, 1), (4, 30), (5, 1), (9, 2)})
"""(month, day) of the holidays with a fixed date (Labour Code 2019, article 112). The lunar ones
and days moved by decision come with the period."""


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    return (
        day.weekday() < _SATURDAY
        and (day.month, day.day) not in FIXED_HOLIDAYS
        and day not in holidays
    )


def working_days(starts_on: date, ends_on: date, holidays: Collection[date]) -> int:
    """How many working days lie in [starts_on, ends_on)."""
    days = (starts_on + timedelta(days=n) for n in range((ends_on - starts_on).days))
    return sum(is_working_day(day, holidays) for day in days)


def after_working_days(day: date, count: int, holidays: Collection[date]) -> date:
    """The day `count` working days after `day`."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day, holidays)
    return day
