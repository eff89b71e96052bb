"""What happens because nobody checked a report in time."""

from datetime import date

from congvu_kit.application.ports import Eq, Lt, Transaction, UnitOfWork
from evaluation_service.application.collections import (
    ASSIGNMENTS,
    FAULTS,
    PERIODS,
    SERVANTS,
)
from evaluation_service.application.work.commands import save_counted
from evaluation_service.domain.integrity.faults import ProcessFault, ProcessStep, fault_id
from evaluation_service.domain.periods.periods import PeriodState
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.reports import AssignmentState

BATCH = 100
"""Reports looked at in one round."""


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
    if period.state is not PeriodState.OPEN:
        return
    superior = assignment.assigned_by.officer or await _head_of(assignment, today, tx)
    assignment.review_is_overdue()
    await save_counted(assignment, tx)
    if superior is None:
        return
    fault = ProcessFault(
        id=fault_id(assignment.id, len(assignment.reports)),
        civil_servant_id=superior,
        province=assignment.province,
        period_id=assignment.period_id,
        step=ProcessStep.APPROVE_WORK,
        assignment_id=assignment.id,
        due_on=due_on,
    )
    fault.charge()
    await tx.store(FAULTS).save(fault)


async def _head_of(assignment: Assignment, today: date, tx: Transaction) -> str | None:
    for servant in await tx.store(SERVANTS).select(Eq("appointments.unit_id", assignment.unit_id)):
        for each in servant.appointments:
            leads = each.role is AppointmentRole.HEAD and each.unit_id == assignment.unit_id
            if leads and each.in_force(today):
                return servant.id
    return None
