"""Working calendars (lịch làm việc): the days off and the days worked instead, by decision."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.ids import derived_id
from congvu_kit.domain.sizes import require_room
from congvu_kit.domain.times import ValidityDate
from congvu_kit.domain.vietnamese import vi_text
from congvu_kit.domain.working_days import YearOfDays
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.common.places import COUNTRY

DAYS_OFF_MAX = 60
WORKED_DAYS_MAX = 20
EDITIONS_MAX = 50
NAME_MAX_CHARS = 120
_SATURDAY = 5

RULE = "LC-112"
"""Labour Code 2019, article 112: public holidays, days in lieu and swapped days."""


class DayOffKind(StrEnum):
    HOLIDAY = "HOLIDAY"
    LUNAR_HOLIDAY = "LUNAR_HOLIDAY"
    IN_LIEU = "IN_LIEU"
    SWAPPED = "SWAPPED"
    LOCAL = "LOCAL"


class CalendarBasis(StrEnum):
    LAW = "LAW"
    ANNOUNCED = "ANNOUNCED"
    EXPECTED = "EXPECTED"


@dataclass(frozen=True, kw_only=True)
class DayOff:
    day: date
    kind: DayOffKind
    name: str
    basis: CalendarBasis = CalendarBasis.ANNOUNCED
    source: str | None = None


@dataclass(frozen=True, kw_only=True)
class WorkedDay:
    """A day of a weekend that is worked, for a working day that is off."""

    day: ValidityDate
    in_place_of: ValidityDate


@dataclass(frozen=True, kw_only=True)
class CalendarEdition:
    """The whole year as one decision has it. `shipped` counts the editions of the product."""

    days_off: tuple[DayOff, ...]
    worked_days: tuple[WorkedDay, ...]
    announced: bool
    source: str | None = None
    decision: Decision | None = None
    published_by: Participant | None = None
    published_at: datetime | None = None
    shipped: int | None = None


@dataclass(frozen=True, kw_only=True)
class WorkingCalendarPublished(Event):
    TYPE: ClassVar[str] = "congvu.evaluation.calendar.published.v1"

    calendar_id: str
    year: int
    province: str
    edition: int
    days_off: tuple[DayOff, ...]
    worked_days: tuple[WorkedDay, ...]
    announced: bool
    source: str | None
    decision_number: str | None


@dataclass(kw_only=True)
class WorkingCalendar(Aggregate):
    """The country's year (province 00), or what one province has besides. The last edition holds.

    `pending` is the id from which on deadlines that end on `moves_from` or later are still to be
    moved to it; None when all are.
    """

    year: int
    province: str
    editions: tuple[CalendarEdition, ...] = ()
    pending: str | None = None
    moves_from: date | None = None

    @property
    def current(self) -> CalendarEdition:
        return self.editions[-1]

    @property
    def is_shipped(self) -> bool:
        """Whether nobody has published this year since the product came with it."""
        return all(each.shipped is not None for each in self.editions)

    def publish(self, edition: CalendarEdition) -> None:
        """The editions of before stay."""
        _check_days(self.year, edition)
        require_room(
            self.editions, EDITIONS_MAX, en="editions of a year", vi="lần ban hành một năm"
        )
        before = self.days()
        self.editions = (*self.editions, edition)
        self._move_from(before)
        self.record(
            WorkingCalendarPublished(
                calendar_id=self.id,
                year=self.year,
                province=self.province,
                edition=len(self.editions),
                days_off=edition.days_off,
                worked_days=edition.worked_days,
                announced=edition.announced,
                source=edition.source,
                decision_number=edition.decision.number if edition.decision else None,
            )
        )

    def _move_from(self, before: YearOfDays | None) -> None:
        changes = [self.moves_from if self.pending is not None else None]
        if (days := self.days()) is not None:
            changes.append(days.first_change(before))
        self.moves_from = min((day for day in changes if day is not None), default=None)
        self.pending = "" if self.moves_from else None

    def days(self, at: datetime | None = None) -> YearOfDays | None:
        """By the edition that held at that instant, or by the last one; None before the first."""
        held = [
            each
            for each in self.editions
            if at is None or each.published_at is None or each.published_at <= at
        ]
        if not held:
            return None
        return YearOfDays(
            year=self.year,
            off=frozenset(each.day for each in held[-1].days_off),
            worked=frozenset(each.day for each in held[-1].worked_days),
            announced=held[-1].announced,
            local=self.province != COUNTRY,
        )


def calendar_id(year: int, province: str) -> str:
    return derived_id("cal", str(year), province)


def _check_days(year: int, edition: CalendarEdition) -> None:
    off = [each.day for each in edition.days_off]
    worked = [each.day for each in edition.worked_days]
    _check_count("daysOff", len(off), DAYS_OFF_MAX)
    _check_count("workedDays", len(worked), WORKED_DAYS_MAX)
    if any(day.year != year for day in (*off, *worked)):
        raise _wrong(
            "daysOff", f"every day lies in {year}", f"Mọi ngày phải thuộc năm {vi_text(year)}."
        )
    if _repeated((*off, *worked)):
        raise _wrong("daysOff", "a day stands once", "Mỗi ngày chỉ nêu một lần.")
    if any(not 0 < len(each.name.strip()) <= NAME_MAX_CHARS for each in edition.days_off):
        raise _wrong(
            "daysOff.name",
            f"a name has 1 to {NAME_MAX_CHARS} characters",
            f"Tên ngày nghỉ có từ 1 đến {NAME_MAX_CHARS} ký tự.",
        )
    if any(day.weekday() < _SATURDAY for day in worked):
        raise _wrong(
            "workedDays",
            "only a Saturday or a Sunday is worked instead",
            "Chỉ thứ Bảy hoặc Chủ nhật được làm bù.",
        )
    places = [each.in_place_of for each in edition.worked_days]
    swapped = {each.day for each in edition.days_off if each.kind is DayOffKind.SWAPPED}
    if _repeated(places) or any(day.year == year and day not in swapped for day in places):
        raise _wrong(
            "workedDays.inPlaceOf",
            "each stands for one day off of kind SWAPPED",
            "Mỗi ngày làm bù thay cho đúng một ngày nghỉ hoán đổi.",
        )


def _repeated(days: Iterable[date]) -> bool:
    return any(count > 1 for count in Counter(days).values())


def _check_count(field: str, count: int, most: int) -> None:
    if count > most:
        raise _wrong(field, f"at most {most} days", f"Tối đa {most} ngày.")


def _wrong(field: str, en: str, vi: str) -> Invalid:
    return Invalid(en=en, vi=vi, field=f"input.{field}", rule_id=RULE)
