"""Work that goes on elsewhere: in the next period, or with another officer. What was done stays
counted where it was done; what is left is a new assignment, linked to the old one."""

from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Participant
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.times import Deadline
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.application.access import require_superior
from evaluation_service.application.collections import PERIODS
from evaluation_service.application.work.commands import (
    Asked,
    post_in,
    require_covered,
    require_place_for,
    save_counted,
    work_of,
)
from evaluation_service.application.work.quantities import QuantityStep, change, led_work
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.changes import ChangeKind
from evaluation_service.domain.work.reports import AssignmentState


@dataclass(frozen=True, kw_only=True)
class CarryOverAssignment(QuantityStep):
    """`period_id` is the later period that takes the rest."""

    operation: ClassVar[str] = "carry_over_assignment"

    period_id: str
    due_on: Deadline


@dataclass(frozen=True, kw_only=True)
class TransferAssignment(QuantityStep):
    """To whom the rest goes; due as before unless said."""

    operation: ClassVar[str] = "transfer_assignment"

    civil_servant_id: str
    appointment_id: str | None
    due_on: Deadline | None


async def carry_over_assignment(command: CarryOverAssignment, tx: Transaction) -> Assignment:
    old, period = await led_work(command, tx)
    later = await tx.store(PERIODS).get(command.period_id)
    later.require_open()
    if later.starts_on < period.ends_on:
        raise Invalid(
            en=f"period {later.name!r} does not follow {period.name!r}",
            vi=f"Kỳ {vi_text(later.name)} không nối tiếp kỳ {vi_text(period.name)}.",
            field="input.periodId",
        )
    post = await post_in(later, old.civil_servant_id, None, tx)
    require_superior(command.actor, post)
    require_covered(post, later)
    rest = work_of(
        post,
        later,
        old.version,
        Asked(quantity=old.remaining, due_on=command.due_on, source=old.source),
        Participant.of(command.actor),
    )
    await require_place_for(rest, later, post, tx, field="input.periodId")
    return await _hand_on(old, rest, command, AssignmentState.CARRIED_OVER, tx)


async def transfer_assignment(command: TransferAssignment, tx: Transaction) -> Assignment:
    old, period = await led_work(command, tx)
    if command.civil_servant_id == old.civil_servant_id:
        raise Invalid(
            en="this person has the work already",
            vi="Công chức này đang thực hiện việc này.",
            field="input.civilServantId",
        )
    post = await post_in(period, command.civil_servant_id, command.appointment_id, tx)
    require_superior(command.actor, post)
    require_covered(post, period)
    rest = work_of(
        post,
        period,
        old.version,
        Asked(quantity=old.remaining, due_on=command.due_on or old.due_on, source=old.source),
        Participant.of(command.actor),
    )
    if command.due_on is None:
        rest.due_term, rest.due_provisional = old.due_term, old.due_provisional
    await require_place_for(rest, period, post, tx, field="input.civilServantId")
    return await _hand_on(old, rest, command, AssignmentState.TRANSFERRED, tx)


async def _hand_on(
    old: Assignment,
    rest: Assignment,
    command: QuantityStep,
    state: AssignmentState,
    tx: Transaction,
) -> Assignment:
    over = state is AssignmentState.CARRIED_OVER
    kind = ChangeKind.CARRIED_OVER if over else ChangeKind.TRANSFER
    old.hand_on(change(command, old, tx, kind, to=old.completed), state, rest.id)
    rest.continues = old.id
    rest.assign()
    await save_counted(rest, tx)
    return await save_counted(old, tx)
