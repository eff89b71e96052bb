"""Short ways to what happens to work besides reporting and accepting it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor
from evaluation import scenes
from evaluation.people import CHAIR, HOA_ID, LAN, LAN_ID, MINH, MINH_ID
from evaluation_service.application.collections import ASSIGNMENTS, PERIODS
from evaluation_service.application.results import commands as results
from evaluation_service.application.work import (
    causes,
    continuations,
    deadlines,
    doubt_decisions,
    groups,
    proposals,
    quantities,
    reviews,
)
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.common.evidence import Evidence
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.inputs import GivenInputs, Rating
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.causes import CauseKind
from evaluation_service.domain.work.changes import ReductionKind
from evaluation_service.domain.work.doubts import Doubt, DoubtKind
from evaluation_service.domain.work.groups import WorkGroup
from evaluation_service.domain.work.reports import WorkSource


async def send_back(
    uow: UnitOfWork, assignment: Assignment, *, actor: Actor = CHAIR, reason: str = "Thiếu chữ ký"
) -> Assignment:
    command = reviews.ReturnWork(
        actor=actor,
        idempotency_key=scenes.key(),
        assignment_id=assignment.id,
        expected_revision=assignment.revision,
        reason=reason,
    )
    return await perform(reviews.return_work, command, uow)


async def cancel(uow: UnitOfWork, assignment: Assignment, *, actor: Actor = CHAIR) -> Assignment:
    command = quantities.CancelAssignment(
        actor=actor,
        idempotency_key=scenes.key(),
        assignment_id=assignment.id,
        expected_revision=assignment.revision,
    )
    return await perform(quantities.cancel_assignment, command, uow)


async def raise_to(
    uow: UnitOfWork,
    assignment: Assignment,
    quantity: str,
    *,
    actor: Actor = CHAIR,
    reason: str = "Phát sinh thêm",
) -> Assignment:
    command = quantities.RaiseAssignment(
        actor=actor,
        idempotency_key=scenes.key(),
        assignment_id=assignment.id,
        expected_revision=assignment.revision,
        quantity=Decimal(quantity),
        reason=reason,
        decision=None,
    )
    return await perform(quantities.raise_assignment, command, uow)


async def reduce_to(
    uow: UnitOfWork,
    assignment: Assignment,
    quantity: str,
    *,
    kind: ReductionKind = ReductionKind.LEAVE,
    decision: Decision | None = None,
    actor: Actor = CHAIR,
    reason: str = "Nghỉ thai sản",
) -> Assignment:
    command = quantities.ReduceAssignment(
        actor=actor,
        idempotency_key=scenes.key(),
        assignment_id=assignment.id,
        expected_revision=assignment.revision,
        quantity=Decimal(quantity),
        kind=kind,
        reason=reason,
        decision=decision,
    )
    return await perform(quantities.reduce_assignment, command, uow)


async def carry_over(
    uow: UnitOfWork,
    assignment: Assignment,
    later: EvaluationPeriod,
    *,
    actor: Actor = CHAIR,
    due_on: date = date(2026, 11, 2),
) -> Assignment:
    command = continuations.CarryOverAssignment(
        actor=actor,
        idempotency_key=scenes.key(),
        assignment_id=assignment.id,
        expected_revision=assignment.revision,
        period_id=later.id,
        due_on=due_on,
        reason="Chờ văn bản của tỉnh",
        decision=None,
    )
    return await perform(continuations.carry_over_assignment, command, uow)


async def transfer(
    uow: UnitOfWork,
    assignment: Assignment,
    civil_servant_id: str,
    *,
    actor: Actor = CHAIR,
    due_on: date | None = None,
) -> Assignment:
    command = continuations.TransferAssignment(
        actor=actor,
        idempotency_key=scenes.key(),
        assignment_id=assignment.id,
        expected_revision=assignment.revision,
        civil_servant_id=civil_servant_id,
        appointment_id=None,
        due_on=due_on,
        reason="Điều động",
        decision=None,
    )
    return await perform(continuations.transfer_assignment, command, uow)


async def propose(
    uow: UnitOfWork,
    period: EvaluationPeriod,
    *,
    actor: Actor = LAN,
    quantity: str = "4",
    version_id: str = scenes.PLAN,
) -> Assignment:
    command = proposals.ProposeWork(
        actor=actor,
        idempotency_key=scenes.key(),
        period_id=period.id,
        version_id=version_id,
        quantity=Decimal(quantity),
        due_on=date(2026, 9, 1),
        reason="Chủ tịch giao miệng",
    )
    return await perform(proposals.propose_work, command, uow)


async def decide_proposal(
    uow: UnitOfWork, proposed: Assignment, *, approved: bool = True, actor: Actor = CHAIR
) -> Assignment:
    command = proposals.DecideWorkProposal(
        actor=actor,
        idempotency_key=scenes.key(),
        assignment_id=proposed.id,
        expected_revision=proposed.revision,
        approved=approved,
        reason="Đúng việc được giao",
    )
    return await perform(proposals.decide_work_proposal, command, uow)


def members(**shares: str) -> tuple[groups.MemberRow, ...]:
    """By the names of the people of these tests."""
    ids = {"lan": LAN_ID, "minh": MINH_ID, "hoa": HOA_ID}
    return tuple(
        groups.MemberRow(civil_servant_id=ids.get(name, name), share=Decimal(share))
        for name, share in shares.items()
    )


async def form_group(
    uow: UnitOfWork,
    period: EvaluationPeriod,
    of: tuple[groups.MemberRow, ...],
    *,
    quantity: str = "10",
    actor: Actor = CHAIR,
) -> WorkGroup:
    command = groups.AssignGroupWork(
        actor=actor,
        idempotency_key=scenes.key(),
        period_id=period.id,
        version_id=scenes.PLAN,
        quantity=Decimal(quantity),
        due_on=date(2026, 9, 1),
        source=WorkSource.PLAN,
        members=of,
    )
    return await perform(groups.assign_group_work, command, uow)


async def divide_group(
    uow: UnitOfWork,
    group: WorkGroup,
    among: tuple[groups.MemberRow, ...],
    *,
    quantity: str = "10",
    decision: Decision | None = None,
    reason: str = "Phân công lại",
    actor: Actor = CHAIR,
) -> WorkGroup:
    command = groups.DivideGroupWork(
        actor=actor,
        idempotency_key=scenes.key(),
        group_id=group.id,
        expected_revision=group.revision,
        quantity=Decimal(quantity),
        members=among,
        reason=reason,
        decision=decision,
    )
    return await perform(groups.divide_group_work, command, uow)


async def report_group(
    uow: UnitOfWork,
    group: WorkGroup,
    quantity: str,
    *,
    actor: Actor = LAN,
    evidence: tuple[Evidence, ...] = (),
    completed_on: date = scenes.TODAY,
) -> WorkGroup:
    command = groups.ReportGroupWork(
        actor=actor,
        idempotency_key=scenes.key(),
        group_id=group.id,
        expected_revision=group.revision,
        quantity=Decimal(quantity),
        completed_on=completed_on,
        note=None,
        evidence=evidence,
    )
    return await perform(groups.report_group_work, command, uow)


async def next_quarter(uow: UnitOfWork) -> EvaluationPeriod:
    return await scenes.open_period(
        uow, name="Quý IV năm 2026", starts_on=scenes.OCTOBER, ends_on=date(2027, 1, 1)
    )


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
    later: EvaluationPeriod
    proposed: Assignment
    group: WorkGroup
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
        later=await next_quarter(uow),
        proposed=await propose(uow, period),
        group=await form_group(uow, period, members(lan="50", minh="50")),
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


async def decide_doubts(
    uow: UnitOfWork,
    work: Assignment,
    withdrawn: str = "0",
    *,
    actor: Actor = CHAIR,
    reason: str = "Đã xem cả hai nơi",
) -> Assignment:
    command = doubt_decisions.DecideWorkDoubts(
        actor=actor,
        idempotency_key=scenes.key(),
        assignment_id=work.id,
        expected_revision=work.revision,
        withdrawn=Decimal(withdrawn),
        reason=reason,
    )
    return await perform(doubt_decisions.decide_work_doubts, command, uow)


def doubt_about(other: Assignment) -> Doubt:
    return Doubt(kind=DoubtKind.SAME_EVIDENCE, assignment_id=other.id, evidence="ab" * 32)


async def accepted_and_doubted(uow: UnitOfWork, period: EvaluationPeriod) -> Assignment:
    """Lan's four were accepted; then the same file proves another's report."""
    hers = await scenes.assign(uow, period)
    his = await scenes.assign(uow, period, MINH_ID)
    proof = (
        Evidence(uri="https://kho.example/1.pdf", hash="ab" * 32, source=None, captured_at=None),
    )
    await scenes.accept(uow, await scenes.report(uow, hers, "4", evidence=proof))
    await scenes.report(uow, his, "1", actor=MINH, evidence=proof)
    return await uow.reading().store(ASSIGNMENTS).get(hers.id)
