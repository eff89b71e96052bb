"""Deadlines already given, moved when a calendar is published or corrected."""

from datetime import date

from congvu_kit.application.ports import Condition, Eq, Gte, Transaction
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.working_days import WorkingDays
from evaluation_service.application.calendar.queries import working_days
from evaluation_service.application.collections import ASSIGNMENTS, CALENDARS, PERIODS
from evaluation_service.domain.calendar.calendars import WorkingCalendar
from evaluation_service.domain.common.places import COUNTRY
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.work.reports import AssignmentState

BATCH = 200
"""Pieces of work looked at in one transaction."""


async def move_deadlines(tx: Transaction) -> bool:
    """The next batch for a calendar that was published; False when there is nothing to do.

    A check due today or later is moved, to no day before today; what has passed stays.
    """
    calendar = await tx.store(CALENDARS).first(Gte("pending", ""), order=["pending"])
    if calendar is None or calendar.pending is None:
        return False
    today = business_date(tx.now)
    if not calendar.pending:
        await _move_appeals(calendar, today, tx)
    where: list[Condition] = [
        Eq("state", AssignmentState.SUBMITTED),
        Gte("review_due_on", today.isoformat()),
        Gte("_id", calendar.pending),
    ]
    if calendar.province != COUNTRY:
        where.append(Eq("province", calendar.province))
    found = await tx.store(ASSIGNMENTS).select(*where, limit=BATCH + 1)
    days: dict[str, WorkingDays] = {}
    for assignment in found[:BATCH]:
        if assignment.province not in days:
            days[assignment.province] = await working_days(assignment.province, tx)
        period = await tx.store(PERIODS).get(assignment.period_id)
        if assignment.move_review(period.review_sla_days, days[assignment.province], today):
            await tx.store(ASSIGNMENTS).save(assignment)
    calendar.pending = found[BATCH].id if len(found) > BATCH else None
    await tx.store(CALENDARS).save(calendar)
    return True


async def _move_appeals(calendar: WorkingCalendar, today: date, tx: Transaction) -> None:
    """The windows for appeals; there are few at a time."""
    where: list[Condition] = [Eq("state", PeriodState.APPEAL_WINDOW)]
    if calendar.province != COUNTRY:
        where.append(Eq("province", calendar.province))
    for period in await tx.store(PERIODS).select(*where):
        if period.end_appeals(await working_days(period.province, tx), today):
            await tx.store(PERIODS).save(period)
