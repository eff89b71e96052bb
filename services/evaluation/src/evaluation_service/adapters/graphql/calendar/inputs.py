"""What publishes a calendar."""

from datetime import date

import strawberry

from congvu_kit.graph import RevisedInput, ValueInput
from evaluation_service.adapters.graphql.common.inputs import DecisionDocumentInput
from evaluation_service.application.calendar import commands
from evaluation_service.domain.calendar import calendars
from evaluation_service.domain.calendar.calendars import DayOffKind


@strawberry.input(description="A day off.")
class DayOffInput(ValueInput):
    VALUE = commands.PlannedDayOff

    day: date = strawberry.field(description="The day.")
    kind: DayOffKind = strawberry.field(description="Why it is off.")
    name: str = strawberry.field(description="Its name, 1 to 120 characters.")


@strawberry.input(description="A Saturday or Sunday that is worked.")
class WorkedDayInput(ValueInput):
    VALUE = calendars.WorkedDay

    day: date = strawberry.field(description="The day.")
    in_place_of: date = strawberry.field(
        description="The working day that is off for it: one of daysOff of kind SWAPPED, or a day "
        "of another year."
    )


@strawberry.input(description="A year anew, in full; the editions of before are kept.")
class PublishWorkingCalendarInput(RevisedInput):
    COMMAND = commands.PublishWorkingCalendar

    expected_revision: int = strawberry.field(description="0 while the year has none.")
    year: int = strawberry.field(description="The year, 2020 to 2099.")
    days_off: list[DayOffInput] = strawberry.field(
        description="Days off of the year, weekends aside; at most 60. A province names its own "
        "only, the country's hold besides."
    )
    worked_days: list[WorkedDayInput] = strawberry.field(
        default_factory=list, description="Days of weekends that are worked; at most 20."
    )
    announced: bool = strawberry.field(
        default=True, description="False while days are only expected."
    )
    decision: DecisionDocumentInput = strawberry.field(description="What it rests on.")
