"""Objective causes: the officer claims, another person confirms (E-I12)."""

from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Participant, Role
from congvu_kit.domain.ids import new_id
from evaluation_service.application.work.commands import (
    AssignmentStep,
    require_checker,
    save_counted,
    unpublished_work,
)
from evaluation_service.application.work.revisions import revise_checked
from evaluation_service.domain.common.evidence import Evidence, check_evidence
from evaluation_service.domain.common.separation import refuse_participant
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.causes import CauseKind, ObjectiveCause
from evaluation_service.domain.work.changes import check_reason


@dataclass(frozen=True, kw_only=True)
class ClaimObjectiveCause(AssignmentStep):
    operation: ClassVar[str] = "claim_objective_cause"

    kind: CauseKind
    count: int
    reason: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True)
class DecideObjectiveCause(AssignmentStep):
    operation: ClassVar[str] = "decide_objective_cause"

    cause_id: str
    confirmed: bool
    reason: str | None


async def claim_objective_cause(command: ClaimObjectiveCause, tx: Transaction) -> Assignment:
    command.actor.require(Role.OFFICER)
    assignment, _ = await unpublished_work(command, tx)
    assignment.require_owner(command.actor.officer)
    check_reason(command.reason)
    check_evidence(command.evidence)
    assignment.claim_cause(
        ObjectiveCause(
            id=new_id("cause"),
            kind=command.kind,
            count=command.count,
            reason=command.reason,
            evidence=command.evidence,
            claimed_by=Participant.of(command.actor),
        )
    )
    return await save_counted(assignment, tx)


async def decide_objective_cause(command: DecideObjectiveCause, tx: Transaction) -> Assignment:
    command.actor.require(Role.MANAGER, Role.UNIT_HEAD)
    assignment, period = await unpublished_work(command, tx)
    cause = assignment.causes[assignment.cause_index(command.cause_id)]
    refuse_participant(command.actor, [cause.claimed_by], "E-I12")
    await require_checker(command.actor, assignment, tx)
    decision = cause.decided(
        confirmed=command.confirmed, by=Participant.of(command.actor), reason=command.reason
    )
    assignment.decide_cause(command.cause_id, decision)
    await save_counted(assignment, tx)
    if command.confirmed:
        await revise_checked([assignment], period, cause.id, Participant.of(command.actor), tx)
    return assignment
