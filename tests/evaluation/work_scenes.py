"""Short ways to what happens to work besides reporting and accepting it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor
from evaluation import scenes
from evaluation.people import CHAIR, LAN
from evaluation_service.application.collections import PERIODS
from evaluation_service.application.results import commands as results
from evaluation_service.application.work import causes, deadlines
from evaluation_service.application.work import commands as work
from evaluation_service.domain.common.evidence import Evidence
from evaluation_service.domain.periods.periods import EvaluationPeriod, PeriodState
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.inputs import GivenInputs, Rating
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.causes import CauseKind


async def send_back(
    uow: UnitOfWork, assignment: Assignment, *, actor: Actor = CHAIR, reason: str = "Thiếu chữ ký"
) -> Assignment:
    command = work.ReturnWork(
        actor=actor,
        idempotency_key=scenes.key(),
        assignment_id=assignment.id,
        expected_revision=assignment.revision,
        reason=reason,
    )
    return await perform(work.return_work, command, uow)


async def cancel(uow: UnitOfWork, assignment: Assignment, *, actor: Actor = CHAIR) -> Assignment:
    command = work.CancelAssignment(
        actor=actor,
        idempotency_key=scenes.key(),
        assignment_id=assignment.id,
        expected_revision=assignment.revision,
    )
    return await perform(work.cancel_assignment, command, uow)


async def claim(
    uow: UnitOfWork,
    assignment: Assignment,
    *,
    kind: CauseKind = CauseKind.QUALITY,
    count: int = 1,
    actor: Actor = LAN,
    reason: str = "Hệ thống dùng chung gián đoạn",
    evidence: tuple[Evidence, ...] = (),
) -> Assignment:
    command = causes.ClaimObjectiveCause(
        actor=actor,
        idempotency_key=scenes.key(),
        assignment_id=assignment.id,
        expected_revision=assignment.revision,
        kind=kind,
        count=count,
        reason=reason,
        evidence=evidence,
    )
    return await perform(causes.claim_objective_cause, command, uow)


async def decide_cause(
    uow: UnitOfWork, assignment: Assignment, *, confirmed: bool = True, actor: Actor = CHAIR
) -> Assignment:
    command = causes.DecideObjectiveCause(
        actor=actor,
        idempotency_key=scenes.key(),
        assignment_id=assignment.id,
        expected_revision=assignment.revision,
        cause_id=assignment.causes[-1].id,
        confirmed=confirmed,
        reason="Có biên bản",
    )
    return await perform(causes.decide_objective_cause, command, uow)


async def assess_oneself(
    uow: UnitOfWork,
    period: EvaluationPeriod,
    *,
    actor: Actor = LAN,
    points: str = "5",
    revision: int = 0,
) -> Evaluation:
    command = results.SelfAssess(
        actor=actor,
        idempotency_key=scenes.key(),
        period_id=period.id,
        expected_revision=revision,
        ratings=GivenInputs(general=(Rating(key="I.1", points=Decimal(points)),)),
    )
    return await perform(results.self_assess, command, uow)


async def charge_silence(uow: UnitOfWork, today: date) -> list[str]:
    """What the worker does on a day; the assignments whose check was overdue."""
    due = await deadlines.reviews_due(uow, today)
    for id in due:
        async with uow.begin() as tx:
            await deadlines.charge_silence(id, today, tx)
    return due


async def two_failures(uow: UnitOfWork) -> Assignment:
    """Lan's work of a new period, accepted with two failures."""
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    reported = await scenes.report(uow, await scenes.assign(uow, period), "4")
    return await scenes.accept(uow, reported, quality_failures=2)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Work of Lan at every stage, in one period."""

    period: EvaluationPeriod
    given: Assignment
    reported: Assignment
    accepted: Assignment
    claimed: Assignment


async def desk(uow: UnitOfWork) -> Desk:
    accepted = await two_failures(uow)
    period = await uow.reading().store(PERIODS).get(accepted.period_id)
    reported = await scenes.report(uow, await scenes.assign(uow, period), "4")
    accepted_too = await scenes.accept(
        uow,
        await scenes.report(uow, await scenes.assign(uow, period), "4"),
        quality_failures=1,
    )
    return Desk(
        period=period,
        given=await scenes.assign(uow, period),
        reported=reported,
        accepted=accepted,
        claimed=await claim(uow, accepted_too),
    )


async def put_period_in(uow: UnitOfWork, period: EvaluationPeriod, state: PeriodState) -> None:
    """Whatever leads there; for rules that look at the state alone."""
    async with uow.begin() as tx:
        kept = await tx.store(PERIODS).get(period.id)
        kept.state = state
        await tx.store(PERIODS).save(kept)
