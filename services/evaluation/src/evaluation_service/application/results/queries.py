"""What a reader sees of results, of periods and of years, and how they are computed again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from congvu_kit.application.ports import AnyOf, Condition, Gte, In, Lt, Page, Transaction
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Invalid
from congvu_scoring import RollUpResult, ScoreResult, roll_up
from evaluation_service.application.access import (
    EARLY,
    of_province,
    only_seen,
    reach,
    sees_before_publication,
    sees_sealed,
)
from evaluation_service.application.collections import (
    EVALUATIONS,
    PERIODS,
    RUNS,
    UNITS,
    equal,
)
from evaluation_service.application.policies.pins import compiled_pin, compiled_pins
from evaluation_service.application.results.bands import require_known_band
from evaluation_service.application.results.commands import chosen
from evaluation_service.application.results.past import results_of_year
from evaluation_service.application.results.recent import shown_again
from evaluation_service.domain.periods.imprints import sealed_text
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodKind, PeriodState
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.rating import score_again, sheet_snapshot
from evaluation_service.domain.results.runs import run_id
from evaluation_service.domain.results.sheets import Sheet
from evaluation_service.domain.results.states import RATED, EvaluationState
from evaluation_service.domain.results.years import year_rows


@dataclass(frozen=True, kw_only=True)
class EvaluationFilter:
    period_id: str | None = None
    unit_id: str | None = None
    civil_servant_id: str | None = None
    band: str | None = None
    state: EvaluationState | None = None
    updated_since: datetime | None = None


class EvaluationOrder(StrEnum):
    UNIT = "UNIT"
    PERSON = "PERSON"
    UPDATED = "UPDATED"


_ORDERS = {
    EvaluationOrder.UNIT: ["period_id", "unit_id", "civil_servant_id"],
    EvaluationOrder.PERSON: ["civil_servant_id", "period_starts_on"],
    EvaluationOrder.UPDATED: ["updated_at"],
}
"""None of them tells of a score: it would be told to who may not see it yet."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """An evaluation as its reader sees it: `sheet` is None while the result is not theirs yet."""

    sheet: Sheet | None
    state: EvaluationState


async def see_evaluations(
    evaluations: Sequence[Evaluation], reader: Actor, tx: Transaction
) -> list[Seen]:
    periods = await tx.store(PERIODS).find_many([each.period_id for each in evaluations])
    return [
        _seen(evaluation, period, reader)
        for evaluation, period in zip(evaluations, periods, strict=True)
    ]


def _seen(evaluation: Evaluation, period: EvaluationPeriod | None, reader: Actor) -> Seen:
    public = period is not None and period.is_public
    early = sees_before_publication(reader, evaluation.civil_servant_id)
    closed = period is not None and period.state is PeriodState.CLOSED
    return Seen(
        sheet=evaluation.sheet if public or early else None,
        state=evaluation.settled_state if closed else shown_state(evaluation.state, public=public),
    )


def shown_state(state: EvaluationState, *, public: bool) -> EvaluationState:
    """The period moves on at once, its evaluations are told one by one."""
    if public and state is EvaluationState.RANKED:
        return EvaluationState.PUBLISHED
    return state


async def sealed_texts(
    evaluations: Sequence[Evaluation], reader: Actor, tx: Transaction
) -> list[str | None]:
    """None before the period is closed, and for who does not verify seals."""
    periods = await tx.store(PERIODS).find_many([each.period_id for each in evaluations])
    return [
        sealed_text(each.sealed_record, each.imprint)
        if period and period.seal and sees_sealed(reader, period.province)
        else None
        for each, period in zip(evaluations, periods, strict=True)
    ]


async def find_evaluations(
    ids: Sequence[str], reader: Actor, tx: Transaction
) -> list[Evaluation | None]:
    """One per id: None when it is not there, or of somebody this reader may not see."""
    return await only_seen(await tx.store(EVALUATIONS).find_many(ids), reader, tx)


async def evaluations_of(
    persons: Sequence[tuple[str, str]], reader: Actor, tx: Transaction
) -> list[Evaluation | None]:
    """One per (person, period): of the evaluations of a person whom the reader sees, the one that
    counts."""
    found = await tx.store(EVALUATIONS).select(
        In("civil_servant_id", sorted({civil_servant_id for civil_servant_id, _ in persons})),
        In("period_id", sorted({period_id for _, period_id in persons})),
        limit=10_000,
    )
    ours = [each for each in found if of_province(reader, each.civil_servant_id, each.province)]
    return [
        chosen([each for each in ours if (each.civil_servant_id, each.period_id) == key])
        for key in persons
    ]


async def list_evaluations(
    reader: Actor,
    tx: Transaction,
    wanted: EvaluationFilter,
    order: EvaluationOrder = EvaluationOrder.UNIT,
    *,
    first: int,
    after: str | None,
) -> Page[Evaluation]:
    await require_there(tx.store(PERIODS), wanted.period_id, "filter.periodId")
    await require_there(tx.store(UNITS), wanted.unit_id, "filter.unitId")
    conditions = [
        *await reach(reader, "unit_path", tx),
        *equal(
            period_id=wanted.period_id,
            unit_path=wanted.unit_id,
            civil_servant_id=wanted.civil_servant_id,
            band=wanted.band,
            state=wanted.state,
        ),
    ]
    if wanted.band is not None:
        await require_known_band(
            wanted.band, await _period(wanted.period_id, tx), "filter.band", tx
        )
    if wanted.band is not None or wanted.updated_since or order is EvaluationOrder.UPDATED:
        # Else the filter would tell a band, or that there is a score, before the publication.
        conditions += _published_or_not_own(reader)
    if wanted.updated_since is not None:
        # To the second: whole ones are stored without a fraction.
        since = wanted.updated_since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
        conditions.append(Gte("updated_at", since))
    return await tx.store(EVALUATIONS).page(
        *conditions, order=_ORDERS[order], first=first, after=after
    )


async def _period(period_id: str | None, tx: Transaction) -> EvaluationPeriod | None:
    return None if period_id is None else await tx.store(PERIODS).find(period_id)


def _published_or_not_own(reader: Actor) -> list[Condition]:
    published = In("state", sorted(state for state in RATED if state is not EvaluationState.RANKED))
    if not reader.has(*EARLY):
        return [published]
    if reader.officer is None:
        return []
    after = reader.officer + "\0"  # The next text there is: with Lt it says "any but this".
    return [
        AnyOf((published, Lt("civil_servant_id", reader.officer), Gte("civil_servant_id", after)))
    ]


async def results(
    evaluations: Sequence[Evaluation], reader: Actor, tx: Transaction
) -> list[ScoreResult | None]:
    """Scored again from the stored inputs: the explanation is not stored (E-I2). None before the
    first scoring; whether the reader may see it is asked elsewhere."""
    del reader
    sheets = [each.sheets[-1] for each in evaluations if each.sheets]
    compiled = iter(await compiled_pins(tx, [each.policy for each in sheets]))
    return [
        shown_again(each.sheets[-1], next(compiled)) if each.sheets else None
        for each in evaluations
    ]


async def lack_of_evidence(
    evaluations: Sequence[Evaluation], reader: Actor, tx: Transaction
) -> list[bool]:
    """Whether the unit's satisfaction index had not come when each was scored."""
    del reader
    ids = [run_id(each.period_id, each.agency_id) for each in evaluations]
    runs = await tx.store(RUNS).find_many(ids)
    return [
        run is not None and each.unit_id in run.missing_unit_ids
        for each, run in zip(evaluations, runs, strict=True)
    ]


@dataclass(frozen=True, kw_only=True)
class Recomputed:
    identical: bool
    snapshot_hash: str
    result_hash: str


async def recompute(tx: Transaction, sheet: Sheet) -> Recomputed:
    """Score the stored inputs again under the pinned policy (E-I2)."""
    snapshot_hash = sheet_snapshot(sheet).hash
    result = score_again(sheet, await compiled_pin(tx, sheet.policy))
    return Recomputed(
        identical=(snapshot_hash, result.hash()) == (sheet.snapshot_hash, sheet.result_hash),
        snapshot_hash=snapshot_hash,
        result_hash=result.hash(),
    )


async def year_result(
    civil_servant_id: str, year: int, kind: PeriodKind, tx: Transaction
) -> RollUpResult | None:
    """Over the published periods of that kind, whichever unit rated them (transfers included), and
    confirmed results from before the platform; None without any. The policy is the one that rated
    the person last, and what it looks back at counts (E-I19)."""
    if kind is PeriodKind.YEAR:
        raise Invalid(
            en="a year is made of months or quarters",
            vi="Năm được tổng hợp từ tháng hoặc quý.",
            field="kind",
        )
    found, compiled = await results_of_year(civil_servant_id, year, kind, tx)
    if compiled is None:
        return None
    rows = year_rows(found, kind, compiled).rows
    return roll_up(compiled, rows)
