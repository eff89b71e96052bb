"""What evaluation does when it hears of something. Each is safe to repeat and in any order."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import partial

from congvu_kit.application.perform import transact
from congvu_kit.application.ports import Step, Transaction, UnitOfWork
from congvu_kit.application.refusals import refuse_other
from evaluation_service.application.agreements.lives import assess
from evaluation_service.application.collections import (
    ADJUSTMENTS,
    EVALUATIONS,
    LEAD_ADJUSTMENTS,
    PERIODS,
    POST_AUDITS,
    RELEASES,
    RUNS,
    UNITS,
    VERSIONS,
)
from evaluation_service.application.dossiers.waiting import match_of_procedure, unawaited
from evaluation_service.application.integrity.opening import open_cases
from evaluation_service.application.organisations.scoring import announce_units
from evaluation_service.application.periods.commands import runs_waiting
from evaluation_service.application.results.indexes import take_late
from evaluation_service.application.results.outdated import tell_years
from evaluation_service.application.results.scoring import in_steps, score_agency
from evaluation_service.domain.common.numbers import COEFFICIENT
from evaluation_service.domain.copies.adjustments import LocalAdjustment
from evaluation_service.domain.copies.releases import CatalogueRelease
from evaluation_service.domain.copies.versions import WorkProductVersion
from evaluation_service.domain.results.runs import RankingRun
from evaluation_service.domain.results.states import EvaluationState
from evaluation_service.domain.review.post_audits import PostAudit


@dataclass(frozen=True, kw_only=True)
class VersionPublished:
    """Our reading of the catalogue's event."""

    version_id: str
    code: str
    number: int
    group: str
    name_vi: str
    coefficient: str
    release_id: str
    effective_from: date
    province: str | None = None
    unit_id: str | None = None
    effective_to: date | None = None
    orientation: str | None = None
    kpi_kind: str | None = None
    procedure_code: str | None = None
    lead_days: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReleasePublished:
    release_id: str
    decision_number: str
    effective_from: date
    version_count: int
    content_hash: str
    province: str | None = None
    unit_id: str | None = None
    groups: tuple[str, ...] = field(default=())


@dataclass(frozen=True, kw_only=True)
class AdjustmentChanged:
    """Our reading of a local adjustment, approved or expired."""

    adjustment_id: str
    province: str
    version_id: str
    unit_id: str
    norm: str
    value: str
    valid_from: date
    valid_to: date | None = None
    revision: int = 0


@dataclass(frozen=True, kw_only=True)
class PostAuditRequested:
    post_audit_id: str
    complaint_id: str
    province: str
    unit_id: str
    verdict: str
    decided_on: date
    reason: str
    civil_servant_id: str | None = None
    dossier_code: str | None = None
    decider_id: str | None = None
    decider_account: str | None = None


@dataclass(frozen=True, kw_only=True)
class RunFact:
    """Our own messages about one agency of a period."""

    run_id: str
    period_id: str
    province: str


async def versions_ahead(
    facts: Sequence[VersionPublished], tx: Transaction
) -> Callable[[VersionPublished, Transaction], Awaitable[None]]:
    """What is kept of these versions, and whether a dossier waits for one."""
    await tx.store(VERSIONS).find_many([each.version_id for each in facts])
    alone = await unawaited([each.procedure_code for each in facts], tx)
    return partial(keep_version, unawaited=alone)


async def keep_version(
    fact: VersionPublished, tx: Transaction, *, unawaited: Collection[str] = ()
) -> None:
    """A published version never changes (C-I1): the first copy stays."""
    store = tx.store(VERSIONS)
    kept = await store.find(fact.version_id)
    if kept is not None:
        refuse_other(kept, fact, "code", "province", "unit_id", "release_id")
        return
    await store.save(
        WorkProductVersion(
            id=fact.version_id,
            code=fact.code,
            number=fact.number,
            group=fact.group,
            province=fact.province,
            unit_id=fact.unit_id,
            name_vi=fact.name_vi,
            coefficient=Fraction(COEFFICIENT.read(fact.coefficient, "coefficient")),
            orientation=fact.orientation,
            kpi_kind=fact.kpi_kind,
            procedure_code=fact.procedure_code,
            release_id=fact.release_id,
            effective_from=fact.effective_from,
            effective_to=fact.effective_to,
            lead_days=fact.lead_days,
        )
    )
    if fact.procedure_code not in unawaited:
        await match_of_procedure(fact.procedure_code, fact.province, tx)


async def keep_release(fact: ReleasePublished, tx: Transaction) -> None:
    store = tx.store(RELEASES)
    kept = await store.find(fact.release_id)
    if kept is not None:
        refuse_other(kept, fact, "province", "unit_id")
        return
    await store.save(
        CatalogueRelease(
            id=fact.release_id,
            province=fact.province,
            unit_id=fact.unit_id,
            decision_number=fact.decision_number,
            effective_from=fact.effective_from,
            version_count=fact.version_count,
            content_hash=fact.content_hash,
            groups=fact.groups,
        )
    )


ADJUSTED = {"COEFFICIENT": ADJUSTMENTS, "LEAD_DAYS": LEAD_ADJUSTMENTS}
"""Where the adjusted norms are kept."""


async def keep_adjustment(fact: AdjustmentChanged, tx: Transaction) -> None:
    """Coefficients and lead days matter here; work given before keeps what it was given with."""
    if fact.norm in ADJUSTED:
        kept = await _kept_adjustment(fact, tx)
        if kept is None or kept.told_revision < fact.revision:
            await tx.store(ADJUSTED[fact.norm]).save(_adjustment(fact, kept))


async def end_adjustment(fact: AdjustmentChanged, tx: Transaction) -> None:
    """Also when the end is heard of first: it then stays ended."""
    if fact.norm in ADJUSTED:
        kept = await _kept_adjustment(fact, tx)
        if kept is None or kept.told_revision < fact.revision:
            kept = _adjustment(fact, kept)
        kept.expired = True
        await tx.store(ADJUSTED[fact.norm]).save(kept)


async def _kept_adjustment(fact: AdjustmentChanged, tx: Transaction) -> LocalAdjustment | None:
    kept = await tx.store(ADJUSTED[fact.norm]).find(fact.adjustment_id)
    if kept is not None:
        refuse_other(kept, fact, "province", "version_id", "unit_id")
    return kept


def _adjustment(fact: AdjustmentChanged, kept: LocalAdjustment | None) -> LocalAdjustment:
    return LocalAdjustment(
        id=fact.adjustment_id,
        revision=kept.revision if kept else 0,
        expired=kept is not None and kept.expired,
        told_revision=fact.revision,
        province=fact.province,
        version_id=fact.version_id,
        unit_id=fact.unit_id,
        value=Fraction(COEFFICIENT.read(fact.value, "value")),
        valid_from=fact.valid_from,
        valid_to=fact.valid_to,
    )


async def score_requested_agency(fact: RunFact, uow: UnitOfWork) -> Step:
    await _our_run(fact, uow.reading())
    return await score_agency(fact.run_id, uow)


async def tell_trouble(fact: RunFact, reason: str, tx: Transaction) -> None:
    """The scoring of an agency was given up; the run says so."""
    run = await _our_run(fact, tx)
    run.failed(reason)
    await tx.store(RUNS).save(run)


async def _our_run(fact: RunFact, tx: Transaction) -> RankingRun:
    run = await tx.store(RUNS).get(fact.run_id)
    refuse_other(run, fact, "period_id", "province")
    return run


async def move_period_on(fact: RunFact, tx: Transaction) -> None:
    """An agency is ranked, or once more when an index came meanwhile; after the last one the period
    goes to review."""
    run = await _our_run(fact, tx)
    period = await tx.store(PERIODS).get(run.period_id)
    before = period.state
    late = await take_late(run, period, tx)
    period.scored(waiting=await runs_waiting(tx, period.id))
    if late or period.state is not before:
        await tx.store(PERIODS).save(period)


async def announce_results(fact: RunFact, uow: UnitOfWork) -> Step:
    """One `evaluation.published` a person of the agency, in several steps."""
    run = await _our_run(fact, uow.reading())
    *early, last = in_steps([each.evaluation_id for each in run.results])
    for ids in early:
        await transact(uow, partial(_announce, ids))
    units = [each.evaluation_id for each in run.units]
    return partial(_announce_last, last, units)


async def _announce(ids: Sequence[str], tx: Transaction) -> None:
    found = await tx.store(EVALUATIONS).find_many(ids)
    waiting = [each for each in found if each and each.state is EvaluationState.RANKED]
    for evaluation in waiting:
        evaluation.published()
    await tx.store(EVALUATIONS).save_many(waiting)
    await open_cases(waiting, tx)
    await tell_years(waiting, None, tx)
    await assess(waiting, tx)


async def _announce_last(
    ids: Sequence[str], unit_result_ids: Sequence[str], tx: Transaction
) -> None:
    await _announce(ids, tx)
    await announce_units(unit_result_ids, tx)


async def open_post_audit(fact: PostAuditRequested, tx: Transaction) -> None:
    store = tx.store(POST_AUDITS)
    kept = await store.find(fact.post_audit_id)
    if kept is not None:
        refuse_other(kept, fact, "province", "unit_id", "complaint_id", "civil_servant_id")
        return
    unit = await tx.store(UNITS).get(fact.unit_id)
    refuse_other(unit, fact, "province")
    await store.save(
        PostAudit(
            id=fact.post_audit_id,
            complaint_id=fact.complaint_id,
            province=unit.province,
            unit_id=fact.unit_id,
            civil_servant_id=fact.civil_servant_id,
            dossier_code=fact.dossier_code,
            verdict=fact.verdict,
            reason=fact.reason,
            decided_on=fact.decided_on,
            decider_id=fact.decider_id,
            decider_account=fact.decider_account,
        )
    )
