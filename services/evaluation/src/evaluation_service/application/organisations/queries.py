"""What a reader sees of the results of units: everybody once they are published, the roads of each
point those who serve in the province."""

from collections.abc import Sequence
from dataclasses import dataclass

from congvu_kit.application.ports import Condition, Eq, In, Not, Page, Transaction
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor, Role
from congvu_scoring import ScoreResult
from congvu_scoring.engine.following import HeadcountEvidence, evidence_of
from evaluation_service.application.access import SUPERIORS, WHOLE_PROVINCE, sees_sealed
from evaluation_service.application.collections import ORG_EVALUATIONS, PERIODS, UNITS, equal
from evaluation_service.application.policies.pins import compiled_pins
from evaluation_service.application.results.bands import require_known_band
from evaluation_service.application.results.queries import shown_state
from evaluation_service.application.results.recent import shown_again
from evaluation_service.domain.organisations.org_evaluations import (
    OrgEvaluation,
    org_evaluation_id,
)
from evaluation_service.domain.periods.imprints import sealed_text
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.results.sheets import Sheet
from evaluation_service.domain.results.states import EvaluationState


@dataclass(frozen=True, kw_only=True)
class OrgEvaluationFilter:
    unit_id: str | None = None
    band: str | None = None


@dataclass(frozen=True, kw_only=True)
class SeenUnit:
    """`sheet` is None while the result is not the reader's yet; `roads` says whether they see who
    entered what."""

    sheet: Sheet | None
    state: EvaluationState
    roads: bool


async def org_evaluations_of(
    units: Sequence[tuple[str, str]], reader: Actor, tx: Transaction
) -> list[OrgEvaluation | None]:
    """One per (unit, period)."""
    ids = [org_evaluation_id(period_id, unit_id) for unit_id, period_id in units]
    return await find_org_evaluations(ids, reader, tx)


async def find_org_evaluations(
    ids: Sequence[str], reader: Actor, tx: Transaction
) -> list[OrgEvaluation | None]:
    """None when there is none, or before its publication not for this reader."""
    found = await tx.store(ORG_EVALUATIONS).find_many(ids)
    periods = await tx.store(PERIODS).find_many([each.period_id for each in found if each])
    public = {each.id for each in periods if each and each.is_public}
    return [
        each if each and (each.period_id in public or _early(reader, each)) else None
        for each in found
    ]


async def see_org_evaluations(
    evaluations: Sequence[OrgEvaluation], reader: Actor, tx: Transaction
) -> list[SeenUnit]:
    periods = await tx.store(PERIODS).find_many([each.period_id for each in evaluations])
    return [
        _seen(evaluation, period, reader)
        for evaluation, period in zip(evaluations, periods, strict=True)
    ]


def _seen(unit: OrgEvaluation, period: EvaluationPeriod | None, reader: Actor) -> SeenUnit:
    public = period is not None and period.is_public
    early = _early(reader, unit)
    closed = period is not None and period.state is PeriodState.CLOSED
    return SeenUnit(
        sheet=unit.sheet if public or early else None,
        state=unit.settled_state if closed else shown_state(unit.state, public=public),
        roads=early or (reader.province == unit.province and reader.has(*_OF_THE_PLACE)),
    )


_OF_THE_PLACE = (*WHOLE_PROVINCE, *SUPERIORS, Role.OFFICER)


def _early(reader: Actor, unit: OrgEvaluation) -> bool:
    """Who leads above the unit, and who looks after the period; never its own head."""
    if reader.province != unit.province:
        return False
    if reader.has(*WHOLE_PROVINCE):
        return not reader.has(Role.PERSONNEL_SYNC)
    return reader.has(*SUPERIORS) and reader.unit in unit.unit_path[:-1]


async def list_org_evaluations(
    reader: Actor,
    tx: Transaction,
    period_id: str,
    wanted: OrgEvaluationFilter,
    *,
    first: int,
    after: str | None,
) -> Page[OrgEvaluation]:
    await require_there(tx.store(UNITS), wanted.unit_id, "filter.unitId")
    await require_there(tx.store(PERIODS), period_id, "periodId")
    period = await tx.store(PERIODS).get(period_id)
    if wanted.band is not None:
        await require_known_band(wanted.band, period, "filter.band", tx)
    return await tx.store(ORG_EVALUATIONS).page(
        Eq("period_id", period_id),
        *([] if period.is_public else _part_of(reader, period)),
        *equal(unit_path=wanted.unit_id, band=wanted.band),
        order=["unit_id"],
        first=first,
        after=after,
    )


def _part_of(reader: Actor, period: EvaluationPeriod) -> list[Condition]:
    """Of a period that is not published: nothing for who is of another place."""
    if reader.province == period.province and reader.has(*WHOLE_PROVINCE):
        return [In("unit_id", [])] if reader.has(Role.PERSONNEL_SYNC) else []
    if reader.has(*SUPERIORS) and reader.unit and reader.province == period.province:
        return [Eq("unit_path", reader.unit), Not(Eq("unit_id", reader.unit))]
    return [In("unit_id", [])]


async def sealed_units(
    evaluations: Sequence[OrgEvaluation], reader: Actor, tx: Transaction
) -> list[str | None]:
    """None before the period is closed, and for who does not verify seals."""
    periods = await tx.store(PERIODS).find_many([each.period_id for each in evaluations])
    return [
        sealed_text(each.sealed_record, each.imprint)
        if period and period.seal and sees_sealed(reader, period.province)
        else None
        for each, period in zip(evaluations, periods, strict=True)
    ]


async def headcount_of_units(
    evaluations: Sequence[OrgEvaluation], reader: Actor, tx: Transaction
) -> list[tuple[HeadcountEvidence, ...]]:
    """Of the sheet in force, as far as the reader may see it."""
    seen = await see_org_evaluations(evaluations, reader, tx)
    sheets = [each.sheet for each in seen]
    compiled = iter(await compiled_pins(tx, [each.policy for each in sheets if each]))
    return [evidence_of(next(compiled), each.components) if each else () for each in sheets]


async def unit_results(
    evaluations: Sequence[OrgEvaluation], reader: Actor, tx: Transaction
) -> list[ScoreResult | None]:
    """Scored again from the stored inputs (E-I2); whether the reader may see it is asked
    elsewhere."""
    del reader
    sheets = [each.sheets[-1] for each in evaluations if each.sheets]
    compiled = iter(await compiled_pins(tx, [each.policy for each in sheets]))
    return [
        shown_again(each.sheets[-1], next(compiled)) if each.sheets else None
        for each in evaluations
    ]
