"""Working calendars as the graph shows them."""

from datetime import date, datetime
from typing import Self

import strawberry

from congvu_kit.domain import working_days
from congvu_kit.graph import Shown, at_most, by_name, describe
from evaluation_service.adapters.graphql.common.types import DecisionDocument
from evaluation_service.application.calendar.queries import SPAN_MAX_DAYS
from evaluation_service.domain.calendar import calendars
from evaluation_service.domain.calendar.calendars import (
    DAYS_OFF_MAX,
    EDITIONS_MAX,
    WORKED_DAYS_MAX,
    CalendarBasis,
    DayOffKind,
)

describe(
    DayOffKind,
    "Why a day is off.",
    HOLIDAY="A public holiday with a fixed date.",
    LUNAR_HOLIDAY="A public holiday of the lunar calendar.",
    IN_LIEU="In lieu of a holiday that fell on a weekend.",
    SWAPPED="A working day moved to a weekend.",
    LOCAL="A province's own.",
)
describe(
    CalendarBasis,
    "What makes it a day off.",
    LAW="The law itself names the day.",
    ANNOUNCED="A competent authority announced it.",
    EXPECTED="Not announced yet: it may move.",
)


@strawberry.type(description="A day off.")
class DayOff(Shown):
    SHOWS = calendars.DayOff

    day: date = strawberry.field(description="The day.")
    kind: DayOffKind = strawberry.field(description="Why it is off.")
    name: str = strawberry.field(description="Its name.")
    basis: CalendarBasis = strawberry.field(description="What makes it one.")
    source: str | None = strawberry.field(description="The document that says so.")


@strawberry.type(description="A Saturday or Sunday that is worked.")
class WorkedDay(Shown):
    SHOWS = calendars.WorkedDay

    day: date = strawberry.field(description="The day.")
    in_place_of: date = strawberry.field(description="The working day that is off for it.")


@strawberry.type(description="A year as one decision has it.")
class CalendarEdition:
    number: int = strawberry.field(description="1, 2, 3 …")
    announced: bool = strawberry.field(description="False while days of it are only expected.")
    days_off: list[DayOff] = strawberry.field(
        description="Days off, weekends aside.", directives=at_most(DAYS_OFF_MAX)
    )
    worked_days: list[WorkedDay] = strawberry.field(
        description="Days of weekends that are worked.", directives=at_most(WORKED_DAYS_MAX)
    )
    source: str | None = strawberry.field(description="The document it follows.")
    decision: DecisionDocument | None = strawberry.field(
        description="What it was published by; null for the editions shipped with the platform."
    )
    published_at: datetime | None = strawberry.field(description="When it was issued.")

    @classmethod
    def of(cls, edition: calendars.CalendarEdition, number: int) -> Self:
        return by_name(
            cls,
            edition,
            number=number,
            days_off=[DayOff.of(each) for each in edition.days_off],
            worked_days=[WorkedDay.of(each) for each in edition.worked_days],
            decision=DecisionDocument.of(edition.decision) if edition.decision else None,
        )


@strawberry.type(
    description="The days off and the days worked instead of one year: the country's (province "
    "00), or what a province has besides."
)
class WorkingCalendar:
    aggregate: strawberry.Private[calendars.WorkingCalendar]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    year: int = strawberry.field(description="The year.")
    province: str = strawberry.field(description="Two digits; 00 for the whole country.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @classmethod
    def of(cls, aggregate: calendars.WorkingCalendar) -> Self:
        return by_name(cls, aggregate, aggregate=aggregate)

    @strawberry.field(description="The edition that holds.")
    def current(self) -> CalendarEdition:
        return CalendarEdition.of(self.aggregate.current, len(self.aggregate.editions))

    @strawberry.field(
        description="Every edition, oldest first; the last one holds.",
        directives=at_most(EDITIONS_MAX),
    )
    def editions(self) -> list[CalendarEdition]:
        return [
            CalendarEdition.of(each, number)
            for number, each in enumerate(self.aggregate.editions, start=1)
        ]


@strawberry.type(description="The working days between two days.")
class WorkingDays:
    count: int = strawberry.field(description="How many.")
    days: list[date] = strawberry.field(
        description="Each of them.", directives=at_most(SPAN_MAX_DAYS)
    )
    provisional: bool = strawberry.field(
        description="Whether a year among them is not announced: its lunar holidays may move."
    )

    @classmethod
    def of(cls, calendar: working_days.WorkingDays, starts_on: date, ends_on: date) -> Self:
        days = list(calendar.days(starts_on, ends_on))
        return cls(
            count=len(days), days=days, provisional=not calendar.is_settled(starts_on, ends_on)
        )
