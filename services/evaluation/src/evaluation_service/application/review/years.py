"""A year follows the months or quarters that it is made of: a further sheet, linked to what changed
one of them (E-I3)."""

from dataclasses import dataclass

from congvu_kit.application.ports import Transaction
from congvu_kit.application.refusals import refuse_other
from congvu_kit.domain.actor import Participant
from evaluation_service.application.collections import (
    APPEALS,
    EVALUATIONS,
    PERIODS,
    POST_AUDITS,
    PRIOR_RESULTS,
    RUNS,
)
from evaluation_service.application.review.anew import revise_anew
from evaluation_service.domain.results.runs import RunState, run_id


@dataclass(frozen=True, kw_only=True)
class YearFact:
    """Our own message: `source_id` is the result that changed, `basis` what changed it."""

    evaluation_id: str
    civil_servant_id: str
    province: str
    period_id: str
    source_id: str
    basis: str | None = None


async def renew_year(fact: YearFact, tx: Transaction) -> None:
    """The year as its months or quarters are now. While it is being scored, that begins again."""
    evaluation = await tx.store(EVALUATIONS).get(fact.evaluation_id)
    refuse_other(evaluation, fact, "civil_servant_id", "province", "period_id")
    period = await tx.store(PERIODS).get(evaluation.period_id)
    run = await tx.store(RUNS).get(run_id(period.id, evaluation.agency_id))
    if run.state is RunState.REQUESTED:
        if evaluation.is_scored(run.attempt):
            evaluation.score_anew()
            await tx.store(EVALUATIONS).save(evaluation)
        await tx.store(RUNS).save(run)
    else:
        by = await _decider(fact, tx)
        await revise_anew(evaluation, period, fact.basis or fact.source_id, by, tx)


async def _decider(fact: YearFact, tx: Transaction) -> Participant | None:
    """Who decided what changed the part; of what was published late, who published it."""
    basis = fact.basis or fact.source_id
    decided = (
        await tx.store(APPEALS).find(basis)
        or await tx.store(POST_AUDITS).find(basis)
        or await tx.store(PRIOR_RESULTS).find(basis)
    )
    if decided is not None:
        return decided.decided_by
    source = await tx.store(EVALUATIONS).find(fact.source_id)
    period = await tx.store(PERIODS).get(source.period_id) if source else None
    return period.involved[-1] if period else None
