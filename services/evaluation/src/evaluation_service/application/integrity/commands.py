"""The review board's part: veto events, trigger cases, ties at the cut of the quota."""

from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Participant, Role
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.ids import new_id
from congvu_kit.domain.times import ValidityDate
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.application.collections import (
    AGREEMENTS,
    CASES,
    EVALUATIONS,
    PERIODS,
    RUNS,
    SERVANTS,
    VETOES,
)
from evaluation_service.application.policies.pins import events_known
from evaluation_service.application.results.members import PEOPLE_MAX
from evaluation_service.application.results.scoring import rank_run, rules_of
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.common.reasons import require_reason
from evaluation_service.domain.common.separation import refuse_own_case, refuse_participant
from evaluation_service.domain.integrity.cases import CaseState, TriggerCase
from evaluation_service.domain.integrity.vetoes import VetoEvent
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.results.entries import require_event
from evaluation_service.domain.results.runs import RankingRun


@dataclass(frozen=True, kw_only=True)
class RecordVetoEvent(Command):
    operation: ClassVar[str] = "record_veto_event"

    civil_servant_id: str
    event: str
    decision: Decision
    valid_from: ValidityDate
    valid_to: ValidityDate | None


@dataclass(frozen=True, kw_only=True)
class LiftVetoEvent(RevisedCommand):
    operation: ClassVar[str] = "lift_veto_event"

    veto_id: str
    decision: Decision


@dataclass(frozen=True, kw_only=True)
class ResolveTriggerCase(RevisedCommand):
    operation: ClassVar[str] = "resolve_trigger_case"

    case_id: str
    state: CaseState
    reason: str


@dataclass(frozen=True, kw_only=True)
class DecideTies(RevisedCommand):
    """Which of the people tied at the cut keep the top band; the others stay below it."""

    operation: ClassVar[str] = "decide_ties"

    run_id: str
    kept_evaluation_ids: tuple[str, ...]
    reason: str


async def record_veto_event(command: RecordVetoEvent, tx: Transaction) -> VetoEvent:
    """Takes effect at the next scoring; a frozen period learns of it through a post-audit."""
    command.actor.require(Role.REVIEW_BOARD)
    servant = await tx.store(SERVANTS).get(command.civil_servant_id)
    province = servant.province_on(business_date(tx.now))
    command.actor.require_province(province)
    refuse_own_case(command.actor, servant.id)
    require_event(command.event, await events_known(province, tx), "input.event")
    veto = VetoEvent(
        id=new_id("veto"),
        civil_servant_id=servant.id,
        province=province,
        event=command.event,
        decision=command.decision,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
        recorded_by=Participant.of(command.actor),
    )
    veto.apply()
    await tx.store(VETOES).save(veto)
    return veto


async def lift_veto_event(command: LiftVetoEvent, tx: Transaction) -> VetoEvent:
    command.actor.require(Role.REVIEW_BOARD)
    veto = await tx.store(VETOES).get(command.veto_id)
    command.actor.require_province(veto.province)
    refuse_own_case(command.actor, veto.civil_servant_id)
    veto.expect_revision(command.expected_revision)
    veto.lift(command.decision)
    await tx.store(VETOES).save(veto)
    return veto


async def resolve_trigger_case(command: ResolveTriggerCase, tx: Transaction) -> TriggerCase:
    """By another person than took part in the result, in the agreement, or in an earlier step
    (E-I4)."""
    command.actor.require(Role.REVIEW_BOARD)
    case = await tx.store(CASES).get(command.case_id)
    command.actor.require_province(case.province)
    refuse_own_case(command.actor, case.civil_servant_id)
    acted = [step.by for step in case.steps]
    if case.evaluation_id is not None:
        acted += (await tx.store(EVALUATIONS).get(case.evaluation_id)).involved
    if case.agreement_id is not None:
        acted += (await tx.store(AGREEMENTS).get(case.agreement_id)).involved
    refuse_participant(command.actor, acted, "E-I4")
    case.expect_revision(command.expected_revision)
    require_reason(command.reason)
    case.resolve(command.state, command.reason, Participant.of(command.actor), tx.now)
    await tx.store(CASES).save(case)
    return case


async def decide_ties(command: DecideTies, tx: Transaction) -> RankingRun:
    command.actor.require(Role.REVIEW_BOARD)
    run = await tx.store(RUNS).get(command.run_id)
    command.actor.require_province(run.province)
    run.expect_revision(command.expected_revision)
    require_reason(command.reason)
    period = await tx.store(PERIODS).get(run.period_id)
    if period.state is not PeriodState.REVIEW:
        raise Conflict(
            en=f"ties are decided in review; the period is {period.state}",
            vi=f"Chỉ quyết định khi kỳ đang xem xét; kỳ này {vi_text(period.state)}.",
            rule_id="E-I3",
        )
    ids = [result.evaluation_id for result in run.results[:PEOPLE_MAX]]
    evaluations = [each for each in await tx.store(EVALUATIONS).find_many(ids) if each]
    tied = [each for each in evaluations if each.id in run.ties]
    for evaluation in tied:
        refuse_own_case(command.actor, evaluation.civil_servant_id)
        refuse_participant(command.actor, evaluation.involved, "E-I4")
    unknown = set(command.kept_evaluation_ids) - set(run.ties)
    if unknown:
        raise Invalid(
            en=f"not tied at the cut: {', '.join(sorted(unknown))}",
            vi=f"Có {len(unknown)} phiếu không thuộc diện bằng điểm tại ngưỡng tỷ lệ.",
            field="input.keptEvaluationIds",
            rule_id="E-I8",
        )
    run.tie_kept = tuple(sorted(command.kept_evaluation_ids))
    run.involved.append(Participant.of(command.actor))
    for evaluation in tied:
        evaluation.involve(Participant.of(command.actor))
    moved = await rank_run(run, evaluations, await rules_of(period, tx), tx)
    for evaluation in {each.id: each for each in (*tied, *moved)}.values():
        await tx.store(EVALUATIONS).save(evaluation)
    return run
