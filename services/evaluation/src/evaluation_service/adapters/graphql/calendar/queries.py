"""Calendars, asked for; public."""

from datetime import date
from typing import Annotated

import strawberry

from congvu_kit.graph import Info, costs
from evaluation_service.adapters.graphql.calendar.types import WorkingCalendar, WorkingDays
from evaluation_service.application.calendar import queries
from evaluation_service.domain.common.places import COUNTRY

Place = Annotated[
    str, strawberry.argument(description="Two digits; 00 (the default) for the whole country.")
]


@strawberry.type
class CalendarQuery:
    @strawberry.field(
        description="The calendar of a year; null when there is none. A province's has its own "
        "days only. Public."
    )
    async def working_calendar(
        self, info: Info, year: int, province: Place = COUNTRY
    ) -> WorkingCalendar | None:
        found = await queries.find_calendar(year, province, info.context.reading())
        return WorkingCalendar.of(found) if found else None

    @strawberry.field(
        description="The working days from startsOn to before endsOn in a province, at most 366 "
        "days apart. Public.",
        directives=costs(10),
    )
    async def working_days(
        self, info: Info, starts_on: date, ends_on: date, province: Place = COUNTRY
    ) -> WorkingDays:
        queries.check_span(starts_on, ends_on)
        days = await queries.working_days(province, info.context.reading())
        return WorkingDays.of(days, starts_on, ends_on)
