"""Rates one agency: staff, then those who lead them, then the quota over all of them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from congvu_kit.domain.canonical import Json
from congvu_kit.domain.errors import Invalid
from congvu_scoring import (
    CompiledPolicy,
    RankEntry,
    Ranking,
    ScoreResult,
    Snapshot,
    SubordinateBand,
    SubordinateCounts,
    canonical_bytes,
    count_subordinates,
    rank,
    score_anyway,
)
from congvu_scoring.engine.ranking import DUTY_GROUP, TIE_AT_CUT, UNIT
from evaluation_service.domain.periods.pins import PolicyPin
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.runs import QuotaUse
from evaluation_service.domain.results.sheets import EvaluationOutcome, Sheet
from evaluation_service.domain.results.snapshots import PersonFacts, snapshot_document

QUOTA = "QUOTA"
"""Why a band changed after the scoring."""

_LEADS_LAST = {AppointmentRole.STAFF: 0, AppointmentRole.DEPUTY: 1, AppointmentRole.HEAD: 2}


@dataclass(frozen=True, kw_only=True)
class Rules:
    pin: PolicyPin
    compiled: CompiledPolicy


RulesByRole = Mapping[AppointmentRole, Rules]


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One scoring of a whole agency; whatever is made in it is dated by its beginning, so that it
    comes out the same however often it is begun."""

    number: int
    at: datetime


def rate_people(
    people: Sequence[Evaluation],
    agency: Sequence[Evaluation],
    facts: Mapping[str, PersonFacts],
    rules: RulesByRole,
    attempt: Attempt,
) -> None:
    """Give each of some people of an agency the sheet of this attempt, in the order of rating:
    whom they lead were rated before them (E-I11). `facts` are by civil servant."""
    for evaluation in people:
        led = subordinate_counts(evaluation, agency, rules)
        document = snapshot_document(evaluation, facts[evaluation.civil_servant_id], led)
        sheet = make_sheet(
            document,
            rules[evaluation.role],
            number=len(evaluation.sheets) + 1,
            now=attempt.at,
            attempt=attempt.number,
        )
        evaluation.scored(sheet)


def rate_leaders_again(
    evaluations: Sequence[Evaluation], rules: RulesByRole, now: datetime, basis: str
) -> list[Evaluation]:
    """New sheets for those whose subordinates' bands changed; from the bottom up, so that a change
    travels as far as it reaches (E-I11)."""
    changed = []
    for evaluation in order_of_rating(evaluations):
        led = subordinate_counts(evaluation, evaluations, rules)
        sheet = evaluation.sheet
        if led is None or sheet is None:
            continue
        document = json.loads(sheet.snapshot)
        unit = {**document.get("unit", {}), **led.unit_inputs()}
        if unit != document.get("unit"):
            again = make_sheet(
                {**document, "unit": unit},
                rules[evaluation.role],
                number=sheet.number + 1,
                now=now,
                basis=basis,
                attempt=sheet.attempt,
            )
            evaluation.scored(again)
            changed.append(evaluation)
    return changed


def order_of_rating(evaluations: Sequence[Evaluation]) -> list[Evaluation]:
    """From the bottom up, in a unit staff before deputies before heads."""
    return sorted(evaluations, key=_bottom_up)


def _bottom_up(evaluation: Evaluation) -> tuple[int, int, str]:
    return (-len(evaluation.unit_path), _LEADS_LAST[evaluation.role], evaluation.id)


def subordinate_counts(
    leader: Evaluation, evaluations: Sequence[Evaluation], rules: RulesByRole
) -> SubordinateCounts | None:
    """None for staff. A deputy answers for the units in charge, else for the whole unit."""
    if leader.role is AppointmentRole.STAFF:
        return None
    units = (leader.field_unit_ids if leader.role is AppointmentRole.DEPUTY else ()) or (
        leader.unit_id,
    )
    return count_subordinates(
        rules[leader.role].compiled,
        [
            SubordinateBand(each.id, each.sheets[-1].band if each.sheets else None)
            for each in evaluations
            if _leads(leader, each, units)
        ],
    )


def _leads(leader: Evaluation, other: Evaluation, units: Sequence[str]) -> bool:
    if other.id == leader.id or set(units).isdisjoint(other.unit_path):
        return False
    peer_or_above = _LEADS_LAST[other.role] >= _LEADS_LAST[leader.role]
    return not (other.unit_id == leader.unit_id and peer_or_above)


def make_sheet(
    document: Mapping[str, Json],
    rules: Rules,
    *,
    number: int,
    now: datetime,
    basis: str | None = None,
    attempt: int = 1,
) -> Sheet:
    """Score the snapshot and keep it beside the result, in its canonical form."""
    snapshot = Snapshot.from_document(document)
    result = score_anyway(rules.compiled, snapshot)
    return Sheet(
        number=number,
        policy=rules.pin,
        snapshot=canonical_bytes(snapshot.to_document()).decode(),
        snapshot_hash=snapshot.hash,
        outcome=EvaluationOutcome(result.state),
        total=result.total,
        counted_total=result.counted_total,
        raw_band=result.raw_band,
        band=result.band,
        components=dict(result.components),
        reasons=result.reasons,
        triggers=result.triggers,
        result_hash=result.hash(),
        made_at=now,
        basis=basis,
        attempt=attempt,
    )


def rank_entries(evaluations: Sequence[Evaluation]) -> list[RankEntry]:
    entries = []
    for evaluation in evaluations:
        sheet = evaluation.sheets[-1]
        if sheet.counted_total is None:
            continue
        entries.append(
            RankEntry(
                id=evaluation.id,
                total=sheet.counted_total,
                result=sheet.components.get("result", Fraction(0)),
                general=sheet.components.get("general", Fraction(0)),
                duty_group=evaluation.duty_group,
                unit=evaluation.agency_id,
                band=sheet.band,
            )
        )
    return entries


@dataclass(frozen=True, kw_only=True)
class QuotaOutcome:
    """The final bands of an agency, why they differ from the scored ones, and the quota's use."""

    bands: Mapping[str, str]
    reasons: Mapping[str, tuple[str, ...]]
    ties: tuple[str, ...]
    quota: tuple[QuotaUse, ...]


def apply_quota(
    evaluations: Sequence[Evaluation], rules: RulesByRole, tie_kept: Sequence[str] | None = None
) -> QuotaOutcome:
    """Rank everybody under the staff policy's quota (E-I8).

    `tie_kept` are the people tied at the cut whom the board leaves in the top band, None while it
    has not decided. Raise `Invalid` when one of them was not tied or does not fit.
    """
    compiled = rules[AppointmentRole.STAFF].compiled
    entries = rank_entries(evaluations)
    ranking = rank(compiled, entries)
    bands = dict(ranking.bands)
    reasons: dict[str, tuple[str, ...]] = {id: (QUOTA,) for id in ranking.moved_down}
    reasons |= {id: (QUOTA, TIE_AT_CUT) for id in ranking.tie_at_cut}
    kept = {(row.scope, row.name): row.kept for row in ranking.quota}
    if tie_kept and len(compiled.policy.quotas) != 1:
        raise _not_decidable(compiled.policy.ref)
    for entry in entries:
        if entry.id in (tie_kept or ()):
            _refuse_unless_tied(entry.id, ranking)
            bands[entry.id], reasons[entry.id] = entry.band or "", (TIE_AT_CUT,)
            for scope in ((DUTY_GROUP, entry.duty_group), (UNIT, entry.unit)):
                if scope in kept:
                    kept[scope] += 1
    quota = tuple(
        QuotaUse(
            scope=f"{row.scope}:{row.name}",
            people=row.counted,
            allowed=row.allowed,
            kept=kept[row.scope, row.name],
        )
        for row in ranking.quota
    )
    _refuse_over_quota(quota)
    ties = () if tie_kept is not None else ranking.tie_at_cut
    return QuotaOutcome(bands=bands, reasons=reasons, ties=ties, quota=quota)


def tie_decision_in_force(
    evaluations: Sequence[Evaluation], rules: RulesByRole, tie_kept: tuple[str, ...] | None
) -> tuple[str, ...] | None:
    """What the board decided, or None once others are tied: one correction waits for nobody."""
    try:
        apply_quota(evaluations, rules, tie_kept)
    except Invalid:
        return None
    return tie_kept


def _not_decidable(policy: str) -> Invalid:
    return Invalid(
        en=f"{policy} has several quotas: people tied at a cut stay below it",
        vi=f"{policy} có nhiều tỷ lệ: người đồng hạng tại ngưỡng giữ mức thấp hơn",
        field="input.keptEvaluationIds",
        rule_id="E-I8",
    )


def _refuse_unless_tied(evaluation_id: str, ranking: Ranking) -> None:
    if evaluation_id not in ranking.tie_at_cut:
        raise Invalid(
            en=f"evaluation {evaluation_id!r} is not tied at the cut",
            vi=f"phiếu {evaluation_id!r} không thuộc diện đồng hạng tại ngưỡng",
            field="input.keptEvaluationIds",
            rule_id="E-I8",
        )


def _refuse_over_quota(quota: Sequence[QuotaUse]) -> None:
    for use in quota:
        if use.kept > use.allowed:
            raise Invalid(
                en=f"{use.scope}: {use.kept} at the top, {use.allowed} allowed",
                vi=f"{use.scope}: {use.kept} người ở mức cao nhất, chỉ được {use.allowed}",
                field="input.keptEvaluationIds",
                rule_id="E-I8",
            )


def score_again(sheet: Sheet, compiled: CompiledPolicy) -> ScoreResult:
    """What the stored inputs give now: the same hash, or somebody touched them (E-I2)."""
    return score_anyway(compiled, sheet_snapshot(sheet))


def sheet_snapshot(sheet: Sheet) -> Snapshot:
    return Snapshot.from_document(json.loads(sheet.snapshot))
