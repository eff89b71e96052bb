"""Ad-hoc work that an officer proposes; it counts once a superior approved it."""

from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.application.commands import Command
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Participant, Role
from congvu_kit.domain.errors import Forbidden
from congvu_kit.domain.times import Deadline
from evaluation_service.application.collections import PERIODS
from evaluation_service.application.work.commands import (
    AssignmentStep,
    WorkRow,
    new_work,
    post_in,
    require_covered,
    save_counted,
)
from evaluation_service.application.work.quantities import led_work
from evaluation_service.domain.common.numbers import Quantity
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.changes import check_reason
from evaluation_service.domain.work.reports import Proposal, WorkSource


@dataclass(frozen=True, kw_only=True)
class ProposeWork(Command):
    operation: ClassVar[str] = "propose_work"

    period_id: str
    version_id: str
    quantity: Quantity
    due_on: Deadline
    reason: str


@dataclass(frozen=True, kw_only=True)
class DecideWorkProposal(AssignmentStep):
    """Without approval it never counts."""

    operation: ClassVar[str] = "decide_work_proposal"

    approved: bool
    reason: str


async def propose_work(command: ProposeWork, tx: Transaction) -> Assignment:
    command.actor.require(Role.OFFICER)
    officer = command.actor.officer
    if officer is None:
        raise Forbidden(
            en="the token names no officer",
            vi="Tài khoản chưa được gắn với công chức. Vui lòng liên hệ bộ phận tổ chức cán bộ.",
        )
    period = await tx.store(PERIODS).get(command.period_id)
    period.require_open()
    check_reason(command.reason)
    post = await post_in(period, officer, None, tx)
    require_covered(post, period)
    row = WorkRow(
        civil_servant_id=officer,
        appointment_id=None,
        version_id=command.version_id,
        quantity=command.quantity,
        due_on=command.due_on,
        source=WorkSource.AD_HOC,
    )
    by = Participant.of(command.actor)
    work = await new_work(row, period, post, by, tx)
    work.propose(Proposal(proposed_by=by, reason=command.reason))
    return await save_counted(work, tx)


async def decide_work_proposal(command: DecideWorkProposal, tx: Transaction) -> Assignment:
    work, _ = await led_work(command, tx)
    check_reason(command.reason)
    by = Participant.of(command.actor)
    work.decide_proposal(by, command.reason, approved=command.approved)
    return await save_counted(work, tx)
