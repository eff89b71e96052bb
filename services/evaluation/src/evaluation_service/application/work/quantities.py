"""How much is asked for while the work runs: raised, cut, taken back, by a superior's decision."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Participant
from evaluation_service.application.access import SUPERIORS
from evaluation_service.application.work.commands import (
    AssignmentStep,
    assignment_to_move,
    require_checker,
    save_counted,
)
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.common.numbers import Done, Quantity
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.changes import (
    ChangeKind,
    QuantityChange,
    ReductionKind,
    check_reason,
)


@dataclass(frozen=True, kw_only=True)
class QuantityStep(AssignmentStep):
    """`decision` is the document it rests on, where there is one."""

    reason: str
    decision: Decision | None


@dataclass(frozen=True, kw_only=True)
class RaiseAssignment(QuantityStep):
    operation: ClassVar[str] = "raise_assignment"

    quantity: Quantity


@dataclass(frozen=True, kw_only=True)
class ReduceAssignment(QuantityStep):
    operation: ClassVar[str] = "reduce_assignment"

    quantity: Done
    kind: ReductionKind


@dataclass(frozen=True, kw_only=True)
class CancelAssignment(AssignmentStep):
    operation: ClassVar[str] = "cancel_assignment"


async def raise_assignment(command: RaiseAssignment, tx: Transaction) -> Assignment:
    assignment, _ = await led_work(command, tx)
    assignment.increase(change(command, assignment, tx, ChangeKind.RAISED, to=command.quantity))
    return await save_counted(assignment, tx)


async def reduce_assignment(command: ReduceAssignment, tx: Transaction) -> Assignment:
    """Relief of somebody on leave, or whose task was withdrawn."""
    assignment, _ = await led_work(command, tx)
    kind = ChangeKind(command.kind)
    assignment.reduce(change(command, assignment, tx, kind, to=command.quantity))
    return await save_counted(assignment, tx)


async def cancel_assignment(command: CancelAssignment, tx: Transaction) -> Assignment:
    assignment, _ = await led_work(command, tx)
    assignment.cancel()
    return await save_counted(assignment, tx)


def change(
    command: QuantityStep,
    assignment: Assignment,
    tx: Transaction,
    kind: ChangeKind,
    *,
    to: Decimal,
) -> QuantityChange:
    check_reason(command.reason)
    if command.decision is not None:
        command.decision.check("input.decision.number")
    return QuantityChange(
        kind=kind,
        before=assignment.quantity,
        after=to,
        reason=command.reason,
        decision=command.decision,
        changed_by=Participant.of(command.actor),
        changed_at=tx.now,
    )


async def led_work(command: AssignmentStep, tx: Transaction) -> tuple[Assignment, EvaluationPeriod]:
    """The assignment of somebody whom the caller leads, in its open period."""
    command.actor.require(*SUPERIORS)
    assignment, period = await assignment_to_move(command, tx)
    await require_checker(command.actor, assignment, tx)
    assignment.require_alone()
    return assignment, period
