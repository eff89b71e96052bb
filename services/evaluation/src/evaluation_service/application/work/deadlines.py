"""What happens because nobody checked a report in time."""

from datetime import date

from congvu_kit.application.ports import Eq, Lt, Transaction, UnitOfWork
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Unavailable
from evaluation_service.application.collections import (
    ASSIGNMENTS,
    FAULTS,
    PERIODS,
)
from evaluation_service.application.work.commands import save_counted
from evaluation_service.application.work.reviewers import reviewer_of
from evaluation_service.domain.integrity.faults import ProcessFault, ProcessStep, fault_id
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.reports import AssignmentState

BATCH = 100
"""Reports looked at in one round."""

AT_FREEZE_MAX = 1_000
"""Reports overdue since the last round of the watch, charged together with the freeze: it looks
every minute, so that more of them are still being charged."""


async def reviews_due(uow: UnitOfWork, today: date) -> list[str]:
    """Reported work whose check is overdue."""
    late = (
        await uow.reading()
        .store(ASSIGNMENTS)
        .select(
            Eq("state", AssignmentState.SUBMITTED),
            Lt("review_due_on", today.isoformat()),
            order=["review_due_on"],
            limit=BATCH,
        )
    )
    return [assignment.id for assignment in late]


async def charge_silence(assignment_id: str, today: date, tx: Transaction) -> None:
    """Record a process fault on the superior who is late; the officer's score does not move."""
    assignment = await tx.store(ASSIGNMENTS).get(assignment_id)
    due_on = assignment.review_due_on
    if assignment.state is not AssignmentState.SUBMITTED or due_on is None or due_on >= today:
        return
    period = await tx.store(PERIODS).get(assignment.period_id)
    if period.state is PeriodState.OPEN:
        await _charge(assignment, due_on, tx)


async def charge_overdue(period: EvaluationPeriod, tx: Transaction) -> None:
    """Whoever is late on the day of the freeze is charged before the figures are fixed."""
    late = await tx.store(ASSIGNMENTS).select(
        Eq("period_id", period.id),
        Eq("state", AssignmentState.SUBMITTED),
        Lt("review_due_on", business_date(tx.now).isoformat()),
        limit=AT_FREEZE_MAX + 1,
    )
    if len(late) > AT_FREEZE_MAX:
        raise Unavailable(
            en="overdue reviews are still being charged; freeze again in some minutes",
            vi="Các lỗi chậm duyệt đang được ghi nhận. Vui lòng chốt số liệu lại sau ít phút.",
        )
    for assignment in late:
        if assignment.review_due_on is not None:
            await _charge(assignment, assignment.review_due_on, tx)


async def _charge(assignment: Assignment, due_on: date, tx: Transaction) -> None:
    superior = await reviewer_of(assignment, due_on, tx)
    assignment.review_is_overdue()
    await save_counted(assignment, tx)
    if superior is None:
        return
    id = fault_id(assignment.id, len(assignment.reports))
    known = await tx.store(FAULTS).find(id)
    if known is not None and known.lifted_on is None:
        return
    fault = ProcessFault(
        id=id,
        revision=known.revision if known else 0,
        sequence=known.sequence if known else 0,
        civil_servant_id=superior,
        province=assignment.province,
        period_id=assignment.period_id,
        step=ProcessStep.APPROVE_WORK,
        assignment_id=assignment.id,
        due_on=due_on,
        waiting_since=business_date(assignment.reports[-1].reported_at),
    )
    fault.charge()
    await tx.store(FAULTS).save(fault)
