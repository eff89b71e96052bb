"""Objectives: set by who leads, changed by another with a reason, organisation first."""

from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.actor import Actor, Participant
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.ids import new_id
from congvu_scoring import CompiledPolicy
from evaluation_service.application.access import SUPERIORS
from evaluation_service.application.agreements.locks import refuse_locked
from evaluation_service.application.calendar.queries import working_days
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
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.objectives.content import ObjectiveContent
from evaluation_service.domain.objectives.objectives import (
    Basis,
    Objective,
    ObjectiveState,
    require_parent,
)
from evaluation_service.domain.periods.bounds import GRACE_DAYS
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.entries import check_perspective

PARENT = "input.content.parentId"


@dataclass(frozen=True, kw_only=True)
class ObjectiveRow:
    """Of a person or of a unit: one of the two is named."""

    civil_servant_id: str | None
    unit_id: str | None
    code: str
    content: ObjectiveContent


@dataclass(frozen=True, kw_only=True)
class DefineObjective(ObjectiveRow, Command):
    operation: ClassVar[str] = "define_objective"

    period_id: str
    decision: Decision | None = None


@dataclass(frozen=True, kw_only=True)
class ReviseObjective(RevisedCommand):
    operation: ClassVar[str] = "revise_objective"

    objective_id: str
    content: ObjectiveContent
    reason: str
    decision: Decision | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawObjective(RevisedCommand):
    operation: ClassVar[str] = "withdraw_objective"

    objective_id: str
    reason: str
    decision: Decision | None = None


async def define_objective(command: DefineObjective, tx: Transaction) -> Objective:
    command.actor.require(*SUPERIORS)
    period = await tx.store(PERIODS).get(command.period_id)
    period.require_open()
    return await define(command, Setting(period, command.actor, command.decision), tx)


@dataclass(frozen=True)
class Setting:
    """In which period objectives are set, by whom, and by which decision, if any."""

    period: EvaluationPeriod
    by: Actor
    decision: Decision | None


async def define(row: ObjectiveRow, setting: Setting, tx: Transaction) -> Objective:
    """Refused, it leaves nothing behind."""
    period = setting.period
    owner = await _owner(row, setting, tx)
    await _require_in_time(owner, period, setting.decision, tx)
    objective = Objective(
        id=new_id("objective"),
        period_id=period.id,
        province=owner.unit.province,
        level=owner.level,
        unit_id=owner.unit.id,
        unit_path=owner.unit.path,
        code=row.code,
        civil_servant_id=owner.civil_servant_id,
        appointment_id=owner.appointment.appointment_id if owner.appointment else None,
    )
    compiled = await policy_of(owner, period, tx)
    named = "input.unitId" if row.unit_id else "input.civilServantId"
    await require_pilot(owner, compiled, named, tx)
    asked = Asked(owner=owner, period=period, policy=compiled)
    await check_content(row.content, objective, asked, tx)
    by = Participant.of(setting.by)
    objective.define(row.content, by, tx.now, setting.decision)
    await keep_line(objective, period, tx, owner)
    await tx.store(OBJECTIVES).save(objective)
    return objective


async def _require_in_time(
    owner: Owner, period: EvaluationPeriod, decision: Decision | None, tx: Transaction
) -> None:
    """Who came after the period began has as many days as a period that opens late."""
    soonest = None
    if owner.appointment is not None:
        period.require_own_facts(owner.appointment.role)
    if owner.appointment is not None and owner.appointment.valid_from > period.starts_on:
        days = await working_days(period.province, tx)
        soonest = days.after(owner.appointment.valid_from, GRACE_DAYS)
    period.require_objectives(decision, business_date(tx.now), soonest)


async def _owner(row: ObjectiveRow, setting: Setting, tx: Transaction) -> Owner:
    if row.civil_servant_id is not None and row.unit_id is None:
        return await person(row.civil_servant_id, setting.period, setting.by, tx)
    if row.unit_id is not None and row.civil_servant_id is None:
        return await unit(row.unit_id, setting.period, setting.by, tx)
    raise Invalid(
        en="name a person or a unit, one of the two",
        vi="Vui lòng nêu công chức hoặc đơn vị, chỉ một trong hai.",
        field="input.unitId",
    )


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Of whom an objective is, in which period, and by which policy."""

    owner: Owner
    period: EvaluationPeriod
    policy: CompiledPolicy


async def check_content(
    content: ObjectiveContent, objective: Objective, asked: Asked, tx: Transaction
) -> None:
    """What the policy says of perspective and parent (E-I13)."""
    check_perspective(content.perspective, asked.policy, "input.content.perspective")
    if content.shared:
        await _check_shared(content, asked, tx)
    if content.parent_id is not None:
        parent = await tx.store(OBJECTIVES).find(content.parent_id)
        require_parent(parent, objective, asked.owner.unit.agency_id, PARENT)
    elif requires_parent(asked.owner, asked.policy):
        raise Invalid(
            en="the policy asks for a parent objective of the level above",
            vi="Quy chế yêu cầu mục tiêu cấp trên.",
            field=PARENT,
            rule_id="E-I13",
        )


async def _check_shared(content: ObjectiveContent, asked: Asked, tx: Transaction) -> None:
    """Only where a policy tells shared targets from a person's own, and under a perspective that
    the unit's policy weighs."""
    policy = asked.policy
    if asked.owner.role is None or not policy.vocabulary.shared:
        raise Invalid(
            en=f"{policy.ref} tells no shared targets from a person's own",
            vi=f"Quy chế {policy.ref} không phân biệt chỉ tiêu dùng chung với chỉ tiêu cá nhân.",
            field="input.content.shared",
            rule_id=policy.policy.id,
        )
    of_unit = await policy_of(Owner(unit=asked.owner.unit), asked.period, tx)
    named = content.unit_perspective or content.perspective
    check_perspective(named, of_unit, "input.content.unitPerspective")


async def revise_objective(command: ReviseObjective, tx: Transaction) -> Objective:
    objective, period = await _led(command, command.objective_id, tx)
    owner = await owner_of(objective, tx)
    compiled = await policy_of(owner, period, tx)
    await check_content(
        command.content, objective, Asked(owner=owner, period=period, policy=compiled), tx
    )
    if command.content.measured != objective.content.measured or command.decision:
        await _require_in_time(owner, period, command.decision, tx)
    await refuse_locked(objective, tx)
    basis = Basis(reason=command.reason, decision=command.decision)
    readings = await readings_of(objective, tx)
    objective.revise(command.content, basis, command.actor, tx.now, readings)
    await tx.store(OBJECTIVES).save(objective)
    await keep_line(objective, period, tx, owner)
    return objective


async def withdraw_objective(command: WithdrawObjective, tx: Transaction) -> Objective:
    objective, period = await _led(command, command.objective_id, tx)
    below = await tx.store(OBJECTIVES).select(
        Eq("extra.parent", objective.id), Eq("state", ObjectiveState.IN_FORCE), limit=1
    )
    signed = await refuse_locked(objective, tx)
    in_use = bool(below or signed or await readings_of(objective, tx))
    await _require_in_time(await owner_of(objective, tx), period, command.decision, tx)
    basis = Basis(reason=command.reason, decision=command.decision)
    objective.withdraw(basis, command.actor, tx.now, in_use=in_use)
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
