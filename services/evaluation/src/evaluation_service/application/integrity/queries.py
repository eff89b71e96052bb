"""Looking veto events, trigger cases and ranking runs up."""

from collections.abc import Sequence

from congvu_kit.application.ports import Eq, In, Page, Transaction
from congvu_kit.application.reads import reads_of
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.reads import ReadEntry
from evaluation_service.application.access import BOARD, require_own_province
from evaluation_service.application.collections import (
    CASES,
    EVALUATIONS,
    FAULTS,
    PERIODS,
    RUNS,
    VETOES,
    equal,
)
from evaluation_service.application.periods.commands import own_period
from evaluation_service.domain.integrity.cases import RENEWAL, CaseState, TriggerCase
from evaluation_service.domain.integrity.faults import ProcessFault
from evaluation_service.domain.integrity.vetoes import VetoEvent
from evaluation_service.domain.periods.seals import SealedResult
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.runs import RankingRun


async def list_trigger_cases(
    reader: Actor,
    tx: Transaction,
    state: CaseState | None,
    period_id: str | None,
    *,
    first: int,
    after: str | None,
) -> Page[TriggerCase]:
    """What is due first comes first."""
    reader.require(*BOARD)
    await require_there(tx.store(PERIODS), period_id, "periodId")
    return await tx.store(CASES).page(
        Eq("province", reader.province),
        *equal(state=state, period_id=period_id),
        order=["due_on"],
        first=first,
        after=after,
    )


async def still_firing(cases: Sequence[TriggerCase], reader: Actor, tx: Transaction) -> list[bool]:
    """Whether the rule of each fires on the scoring in force; a term that ran out stays so."""
    del reader
    ids = {case.evaluation_id for case in cases if case.evaluation_id}
    found = await tx.store(EVALUATIONS).find_many(sorted(ids))
    fired = {each.id: each.sheet.triggers for each in found if each and each.sheet}
    return [
        case.rule == RENEWAL or case.rule in fired.get(case.evaluation_id or "", ())
        for case in cases
    ]


async def list_veto_events(
    reader: Actor, tx: Transaction, civil_servant_id: str, *, first: int, after: str | None
) -> Page[VetoEvent]:
    if reader.officer != civil_servant_id or not reader.has(Role.OFFICER):
        reader.require(*BOARD)
        await require_own_province(civil_servant_id, reader, tx)
    return await tx.store(VETOES).page(
        Eq("civil_servant_id", civil_servant_id), order=["valid_from"], first=first, after=after
    )


async def list_reads(
    reader: Actor, tx: Transaction, civil_servant_id: str, *, first: int, after: str | None
) -> Page[ReadEntry]:
    """The person, and auditors of the province."""
    if reader.officer != civil_servant_id or not reader.has(Role.OFFICER):
        reader.require(Role.AUDITOR)
        await require_own_province(civil_servant_id, reader, tx)
    return await reads_of(tx, civil_servant_id, first=first, after=after)


async def list_ranking_runs(
    reader: Actor, tx: Transaction, period_id: str, *, first: int, after: str | None
) -> Page[RankingRun]:
    reader.require(Role.PERIOD_ADMIN, *BOARD)
    period = await own_period(reader, period_id, tx)
    return await tx.store(RUNS).page(
        Eq("period_id", period.id), order=["agency_id"], first=first, after=after
    )


async def find_ranking_run(
    reader: Actor, tx: Transaction, period_id: str, id: str
) -> RankingRun | None:
    reader.require(Role.PERIOD_ADMIN, *BOARD)
    period = await own_period(reader, period_id, tx)
    found = await tx.store(RUNS).find(id)
    return found if found is not None and found.period_id == period.id else None


async def sealed_results_of(
    runs: Sequence[RankingRun], reader: Actor, tx: Transaction
) -> list[list[SealedResult]]:
    """One list per run, by evaluation id; without the reader's own before the publication."""
    periods = await tx.store(PERIODS).find_many([run.period_id for run in runs])
    own: set[str] = set()
    if reader.officer is not None:
        evaluations = await tx.store(EVALUATIONS).select(
            Eq("civil_servant_id", reader.officer), In("period_id", [run.period_id for run in runs])
        )
        own = {each.id for each in evaluations}
    return [
        [
            each
            for each in run.results
            if (period and period.is_public) or each.evaluation_id not in own
        ]
        for run, period in zip(runs, periods, strict=True)
    ]


async def list_faults_of(
    evaluation: Evaluation, tx: Transaction, *, first: int, after: str | None
) -> Page[ProcessFault]:
    """Of the person in the period, whoever sees their evaluation; what was lifted is shown too."""
    return await tx.store(FAULTS).page(
        Eq("period_id", evaluation.period_id),
        Eq("civil_servant_id", evaluation.civil_servant_id),
        order=["due_on"],
        first=first,
        after=after,
    )
