"""Chance and calendar: where everything random in the data comes from, and on which days."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TypeVar

SEED = 20260701
FIRST, AFTER_LAST = date(2026, 7, 1), date(2026, 10, 1)
HOLIDAYS = (date(2026, 9, 1), date(2026, 9, 2))
"""National Day and the day joined to it."""

WEEKEND = 6
"""ISO number of Saturday."""

UTC_OFFSET = "+07:00"

T = TypeVar("T")


class Draws:
    """Uses `Random.random()` alone: the one method whose sequence Python promises to keep."""

    def __init__(self, seed: int = SEED) -> None:
        self._random = Random(seed)

    def chance(self, share: float) -> bool:
        return self._random.random() < share

    def below(self, end: int) -> int:
        return int(self._random.random() * end)

    def one(self, values: Sequence[T]) -> T:
        return values[self.below(len(values))]

    def some(self, values: Sequence[T], count: int) -> list[T]:
        """At most `count` different ones."""
        rest = list(values)
        return [rest.pop(self.below(len(rest))) for _ in range(min(count, len(rest)))]


def is_working_day(day: date) -> bool:
    return day.isoweekday() < WEEKEND and day not in HOLIDAYS


def after_working_days(day: date, count: int) -> date:
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days() -> list[date]:
    days = (FIRST + timedelta(days=n) for n in range((AFTER_LAST - FIRST).days))
    return [day for day in days if is_working_day(day)]


def at(day: date, hour: int, minute: int = 0) -> str:
    """An instant of that day in Vietnam, as ISO 8601."""
    return f"{datetime.combine(day, time(hour, minute)).isoformat()}{UTC_OFFSET}"
