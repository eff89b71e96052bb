"""Acting in a stage of a file, and delegating it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Participant, Role
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Forbidden, Invalid
from congvu_kit.domain.ids import new_id
from congvu_kit.domain.times import ValidityDate
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.application.access import SUPERIORS
from evaluation_service.application.collections import DELEGATIONS, PERIODS, SERVANTS
from evaluation_service.application.policies.pins import compiled_pin
from evaluation_service.application.results.commands import evaluation_led, rate
from evaluation_service.application.stages.steps import Act, course_in
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.inputs import GivenInputs
from evaluation_service.domain.stages.delegations import StageDelegation
from evaluation_service.domain.stages.files import check_remark, course_of

DELEGATORS = (Role.PERIOD_ADMIN, *SUPERIORS)


@dataclass(frozen=True, kw_only=True)
class PassStage(RevisedCommand):
    """Without ratings the stage agrees with what counted before."""

    operation: ClassVar[str] = "pass_stage"

    period_id: str
    civil_servant_id: str
    stage: str
    ratings: GivenInputs
    remark: str | None = None


@dataclass(frozen=True, kw_only=True)
class DelegateStage(Command):
    """Without `from_civil_servant_id`, an acting approver of `unit_id` and what is below it."""

    operation: ClassVar[str] = "delegate_stage"

    period_id: str
    stage: str
    from_civil_servant_id: str | None = None
    unit_id: str | None = None
    to_civil_servant_id: str
    valid_from: ValidityDate | None = None
    until: ValidityDate
    decision: Decision


@dataclass(frozen=True, kw_only=True)
class EndStageDelegation(RevisedCommand):
    operation: ClassVar[str] = "end_stage_delegation"

    delegation_id: str


async def pass_stage(command: PassStage, tx: Transaction) -> Evaluation:
    command.actor.require(*SUPERIORS)
    check_remark(command.remark, "input.remark")
    period = await tx.store(PERIODS).get(command.period_id)
    servant = await tx.store(SERVANTS).get(command.civil_servant_id)
    evaluation = await evaluation_led(servant, period, command.actor, tx)
    evaluation.expect_revision(command.expected_revision)
    if await course_in(evaluation, period, tx) is None:
        raise Invalid(
            en="the policy that rates this person has no stages: use scoreGeneralCriteria",
            vi="Quy chế áp dụng cho công chức này không có các bước đánh giá. Vui lòng chấm "
            "tiêu chí chung.",
            field="input.stage",
        )
    given = Act(
        by=command.actor, ratings=command.ratings, stage=command.stage, remark=command.remark
    )
    return await rate(evaluation, given, period, tx)


async def delegate_stage(command: DelegateStage, tx: Transaction) -> StageDelegation:
    """By the one who has the stage, or by the period's administrator."""
    command.actor.require(*DELEGATORS)
    period = await tx.store(PERIODS).get(command.period_id)
    command.actor.require_province(period.province)
    period.require_open()
    await _require_stage(command.stage, period, tx)
    today = business_date(tx.now)
    first = command.valid_from or today
    await _check_people(command, period, first, tx)
    delegation = StageDelegation(
        id=new_id("delegation"),
        province=period.province,
        period_id=period.id,
        stage=command.stage,
        from_civil_servant_id=command.from_civil_servant_id,
        unit_id=command.unit_id,
        to_civil_servant_id=command.to_civil_servant_id,
        valid_from=first,
        until=command.until,
        decision=command.decision,
        delegated_by=Participant.of(command.actor),
    )
    delegation.delegate(today)
    await tx.store(DELEGATIONS).save(delegation)
    return delegation


async def end_stage_delegation(command: EndStageDelegation, tx: Transaction) -> StageDelegation:
    command.actor.require(*DELEGATORS)
    delegation = await tx.store(DELEGATIONS).get(command.delegation_id)
    command.actor.require_province(delegation.province)
    _require_own(command, delegation.from_civil_servant_id)
    delegation.expect_revision(command.expected_revision)
    delegation.end(business_date(tx.now))
    await tx.store(DELEGATIONS).save(delegation)
    return delegation


def _require_own(command: Command, civil_servant_id: str | None) -> None:
    """Superiors delegate what is theirs; the administrator whatever somebody else has."""
    if command.actor.has(Role.PERIOD_ADMIN):
        return
    if civil_servant_id is None or command.actor.require_officer("E-I4") != civil_servant_id:
        raise Forbidden(
            en="who has the stage delegates it, or the period's administrator",
            vi="Chỉ người thực hiện bước này hoặc người quản trị kỳ được ủy quyền.",
            rule_id="E-I4",
        )


async def _require_stage(stage: str, period: EvaluationPeriod, tx: Transaction) -> None:
    """A stage of somebody's policy, and not the person's own."""
    known: dict[str, None] = {}
    for role in AppointmentRole:
        compiled = await compiled_pin(tx, period.policies.of(role))
        course = course_of(compiled.policy, period.ends_on)
        known |= {each.id: None for each in course.stages if each.level} if course else {}
    if stage not in known:
        listed = ", ".join(known)
        raise Invalid(
            en=f"stages that may be delegated in this period: {listed or 'none'}",
            vi="Các bước được ủy quyền trong kỳ này: "
            f"{vi_text(list(listed.split(', '))) if listed else 'không có'}.",
            field="input.stage",
        )


async def _check_people(
    command: DelegateStage, period: EvaluationPeriod, on: date, tx: Transaction
) -> None:
    _require_own(command, command.from_civil_servant_id)
    if (command.from_civil_servant_id is None) == (command.unit_id is None):
        raise Invalid(
            en="name whose stage it is, or the unit of an acting approver",
            vi="Vui lòng nêu người thực hiện bước này, hoặc đơn vị của người tạm thời phê duyệt.",
            field="input.fromCivilServantId",
        )
    if command.unit_id is not None and command.unit_id not in period.unit_ids:
        raise Invalid(
            en="this unit is not of the period", vi="Đơn vị không thuộc kỳ.", field="input.unitId"
        )
    named = {
        "fromCivilServantId": command.from_civil_servant_id,
        "toCivilServantId": command.to_civil_servant_id,
    }
    for field, id in named.items():
        servant = None if id is None else await tx.store(SERVANTS).find(id)
        if id is not None and (servant is None or servant.province_on(on) != period.province):
            raise Invalid(
                en="nobody of the period's province has this id",
                vi="Không có công chức này trong tỉnh của kỳ đánh giá.",
                field=f"input.{field}",
            )
