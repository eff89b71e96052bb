"""Working days: which days are worked, how many lie between two, when a term ends."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5
"""As `date.weekday` counts."""

FIXED_DAYS_OFF = frozenset({(1, 1), (4, 30), (5, 1), (9, 2), (11, 24)})
"""(month, day) off in a year whose calendar is not known: Labour Code 2019, article 112; 24/11
by Resolution 80-NQ/TW of 2026."""


@dataclass(frozen=True, kw_only=True)
class YearOfDays:
    """What a year has besides Monday to Friday. `announced`: nothing more is awaited for it.

    A `local` one adds to the year of the whole country, and alone does not make it known.
    """

    year: int
    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    announced: bool = True
    local: bool = False

    def first_change(self, before: "YearOfDays | None") -> date | None:
        """From which day on terms may end otherwise than by `before`, or be less settled."""
        if before is None or before.announced != self.announced:
            return date(self.year, 1, 1)
        return min((self.off ^ before.off) | (self.worked ^ before.worked), default=None)


@dataclass(frozen=True, kw_only=True)
class Term:
    """`days` working days after the day `since`."""

    since: date
    days: int


@dataclass(frozen=True, kw_only=True)
class WorkingDays:
    """The one arithmetic of terms. A year that is not known has its weekends and fixed days off."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    known: frozenset[int] = frozenset()
    announced: frozenset[int] = frozenset()

    @classmethod
    def of(cls, years: Iterable[YearOfDays]) -> "WorkingDays":
        """A local year has the last word about its days."""
        off: frozenset[date] = frozenset()
        worked: frozenset[date] = frozenset()
        layers = sorted(years, key=lambda each: (each.local, each.year))
        for each in layers:
            off = (off - each.worked) | each.off
            worked = (worked - each.off) | each.worked
        country = [each for each in layers if not each.local]
        return cls(
            off=off,
            worked=worked,
            known=frozenset(each.year for each in country),
            announced=frozenset(each.year for each in country if each.announced),
        )

    def is_working(self, day: date) -> bool:
        if day in self.worked:
            return True
        if day in self.off or day.weekday() >= _SATURDAY:
            return False
        return day.year in self.known or (day.month, day.day) not in FIXED_DAYS_OFF

    def days(self, starts_on: date, ends_on: date) -> Iterator[date]:
        """The working days of [starts_on, ends_on), in order."""
        span = (starts_on + timedelta(days=n) for n in range((ends_on - starts_on).days))
        return filter(self.is_working, span)

    def between(self, starts_on: date, ends_on: date) -> int:
        """How many working days lie in [starts_on, ends_on)."""
        return sum(1 for _ in self.days(starts_on, ends_on))

    def after(self, day: date, count: int) -> date:
        """The last day in time of a term of `count` working days that begins after `day`."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_working(day)
        return day

    def or_next(self, day: date) -> date:
        """`day`, or the first working day after it: a term does not end on a day off (Civil Code
        2015, article 148)."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def is_settled(self, starts_on: date, ends_on: date) -> bool:
        """Whether no announcement is awaited for any year from the one day to the other."""
        return all(year in self.announced for year in range(starts_on.year, ends_on.year + 1))

    def ends(self, term: Term) -> date:
        return self.after(term.since, term.days)

    def moved(self, due_on: date, term: Term, today: date, *, done_on: date | None = None) -> date:
        """When a term that another calendar ended on `due_on` ends by this one. Nothing moves to
        before today, nor to a day off. What was done in time stays, and so does what was late or
        has passed, unless it would be in time by this calendar: nobody is late by days that were
        called off."""
        ends = self.ends(term)
        if done_on is None and due_on >= today:
            return max(ends, self.or_next(today))
        return ends if due_on < (done_on or today) <= ends else due_on
