"""Deadlines already given, moved when a calendar is published or corrected."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from congvu_kit.application.ports import Condition, Eq, Gte, In, Transaction
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.working_days import WorkingDays
from evaluation_service.application.calendar.queries import working_days
from evaluation_service.application.collections import ASSIGNMENTS, CALENDARS, FAULTS, PERIODS
from evaluation_service.application.work.commands import save_counted
from evaluation_service.domain.calendar.calendars import WorkingCalendar
from evaluation_service.domain.common.places import COUNTRY
from evaluation_service.domain.integrity.faults import AWAITED, ProcessFault
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.reports import UNDER_REVIEW

BATCH = 200
"""Pieces of work, and faults, looked at in one transaction."""


@dataclass(kw_only=True)
class _Known:
    """What the rows of one batch are counted by, read once."""

    tx: Transaction
    days: dict[str, WorkingDays] = field(default_factory=dict)
    periods: dict[str, EvaluationPeriod] = field(default_factory=dict)

    async def of(
        self, row: Assignment | ProcessFault
    ) -> tuple[EvaluationPeriod | None, WorkingDays]:
        """No period where the fault still waits for one."""
        if row.province not in self.days:
            self.days[row.province] = await working_days(row.province, self.tx)
        if row.period_id not in self.periods and row.period_id != AWAITED:
            self.periods[row.period_id] = await self.tx.store(PERIODS).get(row.period_id)
        return self.periods.get(row.period_id), self.days[row.province]


async def move_deadlines(tx: Transaction) -> bool:
    """The next batch for a calendar that was published; False when there is nothing to do.

    Nothing moves to before today; what has passed moves only where somebody is late no more.
    """
    calendar = await tx.store(CALENDARS).first(Gte("pending", ""), order=["pending"])
    if calendar is None or calendar.pending is None:
        return False
    today = business_date(tx.now)
    if not calendar.pending:
        await _move_appeals(calendar, today, tx)
    rows = await _dated(calendar, calendar.pending, tx)
    known = _Known(tx=tx)
    for row in rows[:BATCH]:
        period, days = await known.of(row)
        if isinstance(row, ProcessFault):
            counted = period is not None and period.state is not PeriodState.OPEN
            sla_days = period.review_sla_days if period else 0
            if not counted and row.lift_if_in_time(sla_days, days, today):
                await tx.store(FAULTS).save(row)
        elif period is not None:
            await _move_work(row, period, days, tx)
    calendar.pending = rows[BATCH].id if len(rows) > BATCH else None
    await tx.store(CALENDARS).save(calendar)
    return True


async def _dated(
    calendar: WorkingCalendar, since: str, tx: Transaction
) -> Sequence[Assignment | ProcessFault]:
    """What the calendar may move, by their ids."""
    first = (calendar.moves_from or date(calendar.year, 1, 1)).isoformat()
    where: list[Condition] = [Gte("_id", since)]
    if calendar.province != COUNTRY:
        where.append(Eq("province", calendar.province))
    work = tx.store(ASSIGNMENTS)
    checks = await work.select(
        In("state", UNDER_REVIEW), Gte("review_due_on", first), *where, limit=BATCH + 1
    )
    led = await work.select(Gte("extra.lead_due", first), *where, limit=BATCH + 1)
    faults = await tx.store(FAULTS).select(Gte("due_on", first), *where, limit=BATCH + 1)
    found: dict[str, Assignment | ProcessFault] = {each.id: each for each in (*checks, *led)}
    found |= {each.id: each for each in faults}
    return [found[id] for id in sorted(found)]


async def _move_work(
    assignment: Assignment, period: EvaluationPeriod, days: WorkingDays, tx: Transaction
) -> None:
    """Once the figures are fixed a check may still come, and no work is due any more."""
    today = business_date(tx.now)
    moved = assignment.move_review(period.review_sla_days, days, today)
    if period.state is PeriodState.OPEN and assignment.move_term(days, today):
        await save_counted(assignment, tx)
    elif moved:
        await tx.store(ASSIGNMENTS).save(assignment)


async def _move_appeals(calendar: WorkingCalendar, today: date, tx: Transaction) -> None:
    """The windows for appeals; there are few at a time."""
    where: list[Condition] = [Eq("state", PeriodState.APPEAL_WINDOW)]
    if calendar.province != COUNTRY:
        where.append(Eq("province", calendar.province))
    for period in await tx.store(PERIODS).select(*where):
        if period.end_appeals(await working_days(period.province, tx), today):
            await tx.store(PERIODS).save(period)
