"""Parts after the scoring: made anew when their work is checked, found where they count."""

from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.errors import Conflict
from evaluation_service.application.access import post_of
from evaluation_service.application.collections import EVALUATIONS, HANDOVERS, PERIODS, RUNS
from evaluation_service.application.results.commands import chosen
from evaluation_service.application.results.members import Leaver, Member
from evaluation_service.application.results.scoring import agency_of_run
from evaluation_service.application.transfers.handovers import hand_over
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.runs import RankingRun, run_id
from evaluation_service.domain.transfers.handovers import HandedOverPart


async def renew(evaluation: Evaluation, tx: Transaction) -> None:
    """The part that was handed over, made anew: the receiving period hears of it and revises."""
    part, receiving, run = await require_renewable(evaluation, tx)
    post = await post_of(tx, part.civil_servant_id, part.appointment_id)
    member = Member(servant=post.servant, appointment=post.appointment, unit=post.unit)
    await hand_over(Leaver(member=member, receiving=receiving), await agency_of_run(run, tx), tx)


async def require_renewable(
    evaluation: Evaluation, tx: Transaction
) -> tuple[HandedOverPart, EvaluationPeriod, RankingRun]:
    """Once the receiving period is closed an appeal or a post-audit is the way: its correction may
    name the rows that were handed over (E-I3)."""
    sent = evaluation.handed_over
    part = await tx.store(HANDOVERS).get((sent and sent.handover_id) or "")
    receiving = await tx.store(PERIODS).get(part.receiving_period_id)
    if receiving.state is PeriodState.CLOSED:
        raise Conflict(
            en="the result that this counts in is closed; an appeal or a post-audit is the way",
            vi="Kết quả tính công việc này đã khóa. Vui lòng gửi kiến nghị hoặc đề nghị hậu kiểm.",
            rule_id="E-I3",
        )
    run = await tx.store(RUNS).get(run_id(evaluation.period_id, evaluation.agency_id))
    run.require_ranked()
    return part, receiving, run


async def where_it_counts(evaluation: Evaluation, tx: Transaction) -> Evaluation:
    """The result that took the part, if this one was handed over."""
    sent = evaluation.handed_over
    if sent is None:
        return evaluation
    found = await tx.store(EVALUATIONS).select(
        Eq("period_id", sent.period_id), Eq("civil_servant_id", evaluation.civil_servant_id)
    )
    return chosen(found) or evaluation


async def units_that_count(evaluation: Evaluation, tx: Transaction) -> frozenset[str]:
    """Its unit and those above, and the same of every part that it took."""
    ids = [each.handover_id for each in evaluation.taken]
    parts = await tx.store(HANDOVERS).find_many(ids)
    return frozenset(evaluation.unit_path).union(*(part.unit_path for part in parts if part))
