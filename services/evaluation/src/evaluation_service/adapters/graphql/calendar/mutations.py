"""Publishing calendars."""

import strawberry

from congvu_kit.graph import mutation
from evaluation_service.adapters.graphql.calendar.inputs import PublishWorkingCalendarInput
from evaluation_service.adapters.graphql.calendar.types import WorkingCalendar
from evaluation_service.application.calendar import commands


@strawberry.type
class CalendarMutation:
    publish_working_calendar = mutation(
        commands.publish_working_calendar,
        PublishWorkingCalendarInput,
        WorkingCalendar,
        description="Publish or correct a year's calendar by a decision: your province's own "
        "days; a token of place 00 the country's. Deadlines that have not passed move"
        " to it. Role period-admin.",
    )
