"""Makes the seal of a closed period, and the next one after a decision that corrects a result."""

from congvu_kit.application.ports import Eq, In, Transaction
from congvu_kit.domain.actor import Participant
from evaluation_service.application.collections import EVALUATIONS, RUNS, SCORECARDS
from evaluation_service.application.periods.foundations import UNITS_MAX
from evaluation_service.domain.objectives.bound import bound_root
from evaluation_service.domain.objectives.objectives import ObjectiveLevel
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.seals import (
    SEAL_FORMAT,
    PeriodSeal,
    SealedResult,
    count_bands,
    root_hash,
)
from evaluation_service.domain.results.runs import RankingRun
from evaluation_service.domain.results.states import UNRATED

UNRATED_MAX = 20_000
"""Begun evaluations without a result: a few people who moved while the period was open."""


async def make_seal(
    period: EvaluationPeriod, by: Participant, tx: Transaction, basis: str | None = None
) -> PeriodSeal:
    """Over every agency's run; the imprints are saved with what they are of."""
    runs = await runs_of(period.id, tx)
    sealed = tuple(sorted((run.sealed() for run in runs), key=lambda run: run.agency_id))
    await tx.store(RUNS).save_many(runs)
    before = period.seal
    return PeriodSeal(
        format=SEAL_FORMAT,
        root=root_hash(sealed),
        runs=sealed,
        unrated=before.unrated if before else await _unrated(period.id, tx),
        counts=count_bands([result for run in runs for result in run.results]),
        policies={pin.reference: pin.hash for pin in period.policies.all},
        releases=period.release_ids,
        signer=by.subject,
        sealed_at=tx.now,
        number=before.number + 1 if before else 1,
        previous=before.hash if before else None,
        basis=basis,
        objectives=await _objectives(period.id, tx),
    )


async def runs_of(period_id: str, tx: Transaction) -> list[RankingRun]:
    return await tx.store(RUNS).select(Eq("period_id", period_id), limit=UNITS_MAX)


async def _objectives(period_id: str, tx: Transaction) -> str | None:
    """Of organisations and units; those of people are bound by their results."""
    of_units = In("level", [ObjectiveLevel.ORGANISATION, ObjectiveLevel.UNIT])
    found = await tx.store(SCORECARDS).select(Eq("period_id", period_id), of_units, limit=UNITS_MAX)
    return bound_root(bound for each in found for bound in each.bound)


async def _unrated(period_id: str, tx: Transaction) -> tuple[SealedResult, ...]:
    begun = await tx.store(EVALUATIONS).select(
        Eq("period_id", period_id), In("state", sorted(UNRATED)), limit=UNRATED_MAX
    )
    sealed = [each.sealed() for each in begun]
    await tx.store(EVALUATIONS).save_many(begun)
    return tuple(sorted(sealed, key=lambda each: each.evaluation_id))
