"""Rates the units of an agency and ranks those of one superior (E-I8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from congvu_kit.domain.canonical import Json
from congvu_scoring import RankEntry, exact_text, rank
from evaluation_service.domain.objectives.scorecards import Scorecard
from evaluation_service.domain.organisations.org_evaluations import OrgEvaluation
from evaluation_service.domain.organisations.unit_work import UnitData
from evaluation_service.domain.results.ranking import QUOTA, quota_use
from evaluation_service.domain.results.rating import Attempt, Rules, make_sheet
from evaluation_service.domain.results.runs import QuotaUse
from evaluation_service.domain.results.snapshots import entered_sections


@dataclass(frozen=True, kw_only=True)
class UnitFacts:
    """The frozen inputs of one unit besides what its superior entered."""

    label: str
    data: UnitData
    scorecard: Scorecard | None = None


@dataclass(frozen=True, kw_only=True)
class UnitRanking:
    bands: Mapping[str, str]
    reasons: Mapping[str, tuple[str, ...]]
    quota: tuple[QuotaUse, ...]


def unit_document(unit: OrgEvaluation, facts: UnitFacts) -> dict[str, Json]:
    """In the conformance format; what is not known is left out, never filled in."""
    document: dict[str, Json] = {
        "period": facts.label,
        "subject": {"kind": "UNIT", "unit": unit.unit_id, "duty_group": str(unit.level)},
        "unit": facts.data.inputs(),
        **entered_sections(unit.given, facts.scorecard),
    }
    share = facts.data.satisfied.share
    if share is not None:
        document["satisfaction"] = {"index": share, "n": exact_text(facts.data.satisfied.of)}
    return document


def rate_units(
    units: Sequence[OrgEvaluation], facts: Mapping[str, UnitFacts], rules: Rules, attempt: Attempt
) -> None:
    """Give each the sheet of this attempt. A unit's trouble is told on its sheet (E-I14)."""
    for unit in units:
        if unit.is_scored(attempt.number):
            continue
        known = facts[unit.unit_id]
        unit.objectives = known.scorecard.bound if known.scorecard else ()
        unit.scored(
            make_sheet(
                unit_document(unit, known),
                rules,
                number=len(unit.sheets) + 1,
                now=attempt.at,
                attempt=attempt.number,
            )
        )


def rank_units(units: Sequence[OrgEvaluation], rules: Rules) -> UnitRanking:
    """Those tied across the cut stay below it."""
    compiled = rules.compiled
    entries = [
        RankEntry(
            id=each.id,
            total=sheet.counted_total,
            result=sheet.components.get("result", Fraction(0)),
            general=sheet.components.get("general", Fraction(0)),
            unit=each.superior_id or each.unit_id,
            duty_group=str(each.level),
            band=sheet.band,
        )
        for each in units
        if (sheet := each.sheet) and sheet.counted_total is not None and sheet.band
    ]
    ranking = rank(compiled, entries)
    return UnitRanking(
        bands=ranking.bands,
        reasons={id: (QUOTA,) for id in ranking.moved_down},
        quota=quota_use(compiled, ranking),
    )


def give_unit_bands(units: Sequence[OrgEvaluation], ranking: UnitRanking) -> list[OrgEvaluation]:
    """Those whose band this moved, or who had none yet."""
    moved = []
    for unit in units:
        band, why = ranking.bands.get(unit.id), ranking.reasons.get(unit.id, ())
        if unit.settles_at(band, why):
            continue
        unit.ranked(band, why)
        moved.append(unit)
    return moved


def bands_of(units: Sequence[OrgEvaluation]) -> dict[str, str]:
    """By unit: what no head may be above."""
    return {each.unit_id: each.band for each in units if each.band is not None}
