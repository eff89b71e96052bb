"""Checks of what was reported: while the period is open, and until its results are published."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Actor, Participant, Role
from congvu_kit.domain.clock import business_date
from evaluation_service.application.access import SUPERIORS
from evaluation_service.application.collections import FAULTS
from evaluation_service.application.work.commands import (
    AssignmentStep,
    require_checker,
    save_counted,
    unpublished_work,
)
from evaluation_service.application.work.revisions import revise_checked
from evaluation_service.domain.common.numbers import Done
from evaluation_service.domain.common.separation import refuse_own_case
from evaluation_service.domain.integrity.faults import fault_id
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import UNPUBLISHED, PeriodState
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.changes import check_reason
from evaluation_service.domain.work.reports import QualityCheck, check_id

CHECKERS = (*SUPERIORS, Role.REVIEW_BOARD)


@dataclass(frozen=True, kw_only=True)
class AcceptWork(AssignmentStep):
    """Without a quantity, everything reported is accepted."""

    operation: ClassVar[str] = "accept_work"

    quantity: Done | None
    quality_failures: int
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class ReturnWork(AssignmentStep):
    operation: ClassVar[str] = "return_work"

    reason: str


async def accept_work(command: AcceptWork, tx: Transaction) -> Assignment:
    command.actor.require(*CHECKERS)
    assignment, period = await unpublished_work(command, tx)
    await _require_checker(command.actor, assignment, period, tx)
    reported = assignment.waiting_report().quantity
    check = _check(
        command.actor,
        tx,
        accepted=reported if command.quantity is None else command.quantity,
        failures=command.quality_failures,
        reason=command.reason,
    )
    assignment.accept(check)
    await _save(assignment, tx)
    return await _revise(assignment, period, tx)


async def accept_whole(
    assignment: Assignment, period: EvaluationPeriod, by: Actor, tx: Transaction
) -> None:
    """As it was reported, without a failure. The result is moved by the caller."""
    await _require_checker(by, assignment, period, tx)
    reported = assignment.waiting_report().quantity
    assignment.accept(_check(by, tx, accepted=reported, failures=0, reason=None))
    await _save(assignment, tx)


async def return_work(command: ReturnWork, tx: Transaction) -> Assignment:
    """Rework, one quality failure; once the figures are fixed nothing can be done again, so that
    the report is rejected without one."""
    command.actor.require(*CHECKERS)
    assignment, period = await unpublished_work(command, tx)
    await send_back(assignment, period, command.actor, command.reason, tx)
    return await _revise(assignment, period, tx)


async def send_back(
    assignment: Assignment, period: EvaluationPeriod, by: Actor, reason: str, tx: Transaction
) -> None:
    """The result is moved by the caller."""
    await _require_checker(by, assignment, period, tx)
    check_reason(reason)
    failures = 1 if period.state is PeriodState.OPEN else 0
    check = _check(by, tx, accepted=Decimal(0), failures=failures, reason=reason)
    assignment.send_back(check)
    await _save(assignment, tx)


async def _require_checker(
    actor: Actor, assignment: Assignment, period: EvaluationPeriod, tx: Transaction
) -> None:
    """A superior; once the figures are fixed the board as well, which a policy may ask (E-I16)."""
    if actor.has(Role.REVIEW_BOARD) and period.state in UNPUBLISHED:
        actor.require_province(assignment.province)
        refuse_own_case(actor, assignment.civil_servant_id)
    else:
        actor.require(*SUPERIORS)
        await require_checker(actor, assignment, tx)


def _check(
    actor: Actor, tx: Transaction, *, accepted: Decimal, failures: int, reason: str | None
) -> QualityCheck:
    return QualityCheck(
        accepted=accepted,
        failures=failures,
        reason=reason,
        checked_by=Participant.of(actor),
        checked_at=tx.now,
    )


async def _save(assignment: Assignment, tx: Transaction) -> None:
    """The check ends a silence that was being charged."""
    fault = await tx.store(FAULTS).find(fault_id(assignment.id, len(assignment.reports)))
    if fault is not None and fault.ended_on is None:
        fault.ended_on = business_date(tx.now)
        await tx.store(FAULTS).save(fault)
    await save_counted(assignment, tx)


async def _revise(assignment: Assignment, period: EvaluationPeriod, tx: Transaction) -> Assignment:
    """Move the score where there is one."""
    by = assignment.checks[-1].checked_by
    await revise_checked([assignment], period, last_check(assignment), by, tx)
    return assignment


def last_check(assignment: Assignment) -> str:
    return check_id(assignment.id, len(assignment.checks))
