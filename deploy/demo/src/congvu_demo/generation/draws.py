"""Chance and calendar: where everything random in the data comes from, and on which days."""

import json
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeVar

from congvu_kit.domain.working_days import WorkingDays, YearOfDays

SEED = 20260701
FIRST, AFTER_LAST = date(2026, 7, 1), date(2026, 10, 1)
CALENDAR = Path("services/evaluation/src/evaluation_service/adapters/files/calendars/2026.json")
"""The year that the platform comes with, from the root of the repository."""

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


@cache
def _calendar() -> WorkingDays:
    said = json.loads((Path(__file__).parents[5] / CALENDAR).read_text(encoding="utf-8"))
    days = {
        name: frozenset(date.fromisoformat(each["day"]) for each in said[name])
        for name in ("days_off", "worked_days")
    }
    year = YearOfDays(year=said["year"], off=days["days_off"], worked=days["worked_days"])
    return WorkingDays.of([year])


def is_working_day(day: date) -> bool:
    return _calendar().is_working(day)


def after_working_days(day: date, count: int) -> date:
    return _calendar().after(day, count)


def working_days() -> list[date]:
    return list(_calendar().days(FIRST, AFTER_LAST))


def at(day: date, hour: int, minute: int = 0) -> str:
    """An instant of that day in Vietnam, as ISO 8601."""
    return f"{datetime.combine(day, time(hour, minute)).isoformat()}{UTC_OFFSET}"
