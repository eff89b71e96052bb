"""Objectives: set by who leads, changed by another with a reason, organisation first."""

from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.actor import Participant
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.ids import new_id
from congvu_scoring import CompiledPolicy
from evaluation_service.application.access import SUPERIORS
from evaluation_service.application.collections import OBJECTIVES, PERIODS
from evaluation_service.application.objectives.owners import (
    Owner,
    owner_of,
    person,
    policy_of,
    require_leads,
    require_pilot,
    requires_parent,
    unit,
)
from evaluation_service.application.objectives.scorecards import keep_line, readings_of
from evaluation_service.domain.objectives.content import ObjectiveContent
from evaluation_service.domain.objectives.objectives import (
    Objective,
    ObjectiveState,
    require_parent,
)
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.entries import check_perspective

PARENT = "input.content.parentId"


@dataclass(frozen=True, kw_only=True)
class DefineObjective(Command):
    """Of a person or of a unit: one of the two is named."""

    operation: ClassVar[str] = "define_objective"

    period_id: str
    civil_servant_id: str | None
    unit_id: str | None
    code: str
    content: ObjectiveContent


@dataclass(frozen=True, kw_only=True)
class ReviseObjective(RevisedCommand):
    operation: ClassVar[str] = "revise_objective"

    objective_id: str
    content: ObjectiveContent
    reason: str


@dataclass(frozen=True, kw_only=True)
class WithdrawObjective(RevisedCommand):
    operation: ClassVar[str] = "withdraw_objective"

    objective_id: str
    reason: str


async def define_objective(command: DefineObjective, tx: Transaction) -> Objective:
    command.actor.require(*SUPERIORS)
    period = await tx.store(PERIODS).get(command.period_id)
    period.require_open()
    owner = await _owner(command, period, tx)
    objective = Objective(
        id=new_id("objective"),
        period_id=period.id,
        province=owner.unit.province,
        level=owner.level,
        unit_id=owner.unit.id,
        unit_path=owner.unit.path,
        code=command.code,
        civil_servant_id=owner.civil_servant_id,
        appointment_id=owner.appointment.appointment_id if owner.appointment else None,
    )
    compiled = await policy_of(owner, period, tx)
    named = "input.unitId" if command.unit_id else "input.civilServantId"
    await require_pilot(owner, compiled, named, tx)
    await _check(command.content, objective, owner, compiled, tx)
    objective.define(command.content, Participant.of(command.actor), tx.now)
    await tx.store(OBJECTIVES).save(objective)
    await keep_line(objective, period, tx, owner)
    return objective


async def _owner(command: DefineObjective, period: EvaluationPeriod, tx: Transaction) -> Owner:
    if command.civil_servant_id is not None and command.unit_id is None:
        return await person(command.civil_servant_id, period, command.actor, tx)
    if command.unit_id is not None and command.civil_servant_id is None:
        return await unit(command.unit_id, period, command.actor, tx)
    raise Invalid(
        en="name a person or a unit, one of the two",
        vi="cần nêu công chức hoặc đơn vị, chỉ một trong hai",
        field="input.unitId",
    )


async def _check(
    content: ObjectiveContent,
    objective: Objective,
    owner: Owner,
    compiled: CompiledPolicy,
    tx: Transaction,
) -> None:
    """What the policy says of perspective and parent (E-I13)."""
    check_perspective(content.perspective, compiled, "input.content.perspective")
    if content.parent_id is not None:
        parent = await tx.store(OBJECTIVES).find(content.parent_id)
        require_parent(parent, objective, owner.unit.agency_id, PARENT)
    elif requires_parent(owner, compiled):
        raise Invalid(
            en="the policy asks for a parent objective of the level above",
            vi="quy chế yêu cầu mục tiêu cấp trên",
            field=PARENT,
            rule_id="E-I13",
        )


async def revise_objective(command: ReviseObjective, tx: Transaction) -> Objective:
    objective, period = await _led(command, command.objective_id, tx)
    owner = await owner_of(objective, tx)
    compiled = await policy_of(owner, period, tx)
    await _check(command.content, objective, owner, compiled, tx)
    readings = await readings_of(objective, tx)
    objective.revise(command.content, command.reason, command.actor, tx.now, readings)
    await tx.store(OBJECTIVES).save(objective)
    await keep_line(objective, period, tx, owner)
    return objective


async def withdraw_objective(command: WithdrawObjective, tx: Transaction) -> Objective:
    objective, period = await _led(command, command.objective_id, tx)
    below = await tx.store(OBJECTIVES).select(
        Eq("extra.parent", objective.id), Eq("state", ObjectiveState.IN_FORCE), limit=1
    )
    in_use = bool(below or await readings_of(objective, tx))
    objective.withdraw(command.reason, command.actor, tx.now, in_use=in_use)
    await tx.store(OBJECTIVES).save(objective)
    await keep_line(objective, period, tx)
    return objective


async def _led(
    command: RevisedCommand, objective_id: str, tx: Transaction
) -> tuple[Objective, EvaluationPeriod]:
    command.actor.require(*SUPERIORS)
    objective = await tx.store(OBJECTIVES).get(objective_id)
    await require_leads(command.actor, objective, tx)
    objective.expect_revision(command.expected_revision)
    period = await tx.store(PERIODS).get(objective.period_id)
    period.require_open()
    return objective, period
