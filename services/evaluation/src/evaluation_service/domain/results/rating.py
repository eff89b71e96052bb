"""Rates one agency: staff, then those who lead them. One person's trouble is that person's."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from congvu_kit.domain.canonical import Json
from congvu_kit.domain.errors import Invalid
from congvu_scoring import (
    CompiledPolicy,
    ScoreResult,
    Snapshot,
    SubordinateBand,
    SubordinateCounts,
    count_subordinates,
    score_anyway,
)
from congvu_scoring.engine.counted_rows import ON_UNREVIEWED
from congvu_scoring.engine.head_cap import HEAD_NOT_ABOVE_UNIT
from congvu_scoring.snapshots.sections import MADE_OF
from evaluation_service.domain.agreements.content import RULE as UNSIGNED
from evaluation_service.domain.periods.pins import PolicyPin
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.sheets import EvaluationOutcome, Remedy, Sheet, Trouble
from evaluation_service.domain.results.snapshots import PersonFacts, snapshot_document

UNREADABLE = "UNREADABLE"
"""Why there is no score, where what refuses the inputs names no rule."""

_LEADS_LAST = {AppointmentRole.STAFF: 0, AppointmentRole.DEPUTY: 1, AppointmentRole.HEAD: 2}


@dataclass(frozen=True, kw_only=True)
class Rules:
    pin: PolicyPin
    compiled: CompiledPolicy


RulesByRole = Mapping[AppointmentRole, Rules]
PeopleByUnit = Mapping[str, Sequence[Evaluation]]


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One scoring of a whole agency; whatever is made in it is dated by its beginning, so that it
    comes out the same however often it is begun."""

    number: int
    at: datetime


def rate_people(
    people: Sequence[Evaluation],
    agency: PeopleByUnit,
    facts: Mapping[str, PersonFacts],
    rules: RulesByRole,
    attempt: Attempt,
    *,
    unit_bands: Mapping[str, str] | None = None,
) -> None:
    """Give each of some people of an agency the sheet of this attempt, in the order of rating:
    whom they lead were rated before them (E-I11). `facts` are by civil servant."""
    for evaluation in people:
        led = subordinate_counts(evaluation, agency, rules)
        known = facts[evaluation.civil_servant_id]
        evaluation.take(known.taken, known.acted, known.thought)
        evaluation.objectives = known.objectives
        cap = unit_cap(evaluation, rules, unit_bands or {})
        document = snapshot_document(evaluation, known, led, cap)
        sheet = make_sheet(
            document,
            rules[evaluation.role],
            number=len(evaluation.sheets) + 1,
            now=attempt.at,
            attempt=attempt.number,
        )
        evaluation.scored(sheet)


def unit_cap(
    evaluation: Evaluation, rules: RulesByRole, unit_bands: Mapping[str, str]
) -> str | None:
    """The unit's band, where the policy's switch holds its head to it."""
    chosen = rules[evaluation.role].compiled.constants.get(HEAD_NOT_ABOVE_UNIT.name)
    if evaluation.role is not AppointmentRole.HEAD or chosen != "YES":
        return None
    return unit_bands.get(evaluation.unit_id)


def rate_leaders_again(
    evaluations: Sequence[Evaluation],
    rules: RulesByRole,
    now: datetime,
    basis: str | None,
    unit_bands: Mapping[str, str] | None = None,
) -> list[Evaluation]:
    """New sheets for those whose subordinates' bands changed, or the band of their unit; from the
    bottom up, so that a change travels as far as it reaches (E-I11). Whose year is made of other
    periods led people there."""
    changed, by_unit = [], people_by_unit(evaluations)
    for evaluation in order_of_rating(evaluations):
        led = subordinate_counts(evaluation, by_unit, rules)
        sheet = evaluation.sheet
        if led is None or sheet is None:
            continue
        document = json.loads(sheet.snapshot)
        known = document.get("unit", {})
        unit = known if MADE_OF in document else {**known, **led.unit_inputs()}
        if unit_bands is not None:
            unit = _held(unit, unit_cap(evaluation, rules, unit_bands))
        if unit != known:
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


def _held(unit: Mapping[str, Json], cap: str | None) -> dict[str, Json]:
    others = {name: value for name, value in unit.items() if name != "band"}
    return others if cap is None else {**others, "band": cap}


def order_of_rating(evaluations: Sequence[Evaluation]) -> list[Evaluation]:
    """From the bottom up, in a unit staff before deputies before heads."""
    return sorted(evaluations, key=_bottom_up)


def _bottom_up(evaluation: Evaluation) -> tuple[int, int, str]:
    return (-len(evaluation.unit_path), _LEADS_LAST[evaluation.role], evaluation.id)


def people_by_unit(evaluations: Iterable[Evaluation]) -> PeopleByUnit:
    """Who works in each unit or below it, so that no leader looks through a whole agency."""
    found: dict[str, list[Evaluation]] = {}
    for each in evaluations:
        for unit in set(each.unit_path):
            found.setdefault(unit, []).append(each)
    return found


def subordinate_counts(
    leader: Evaluation, people: PeopleByUnit, rules: RulesByRole
) -> SubordinateCounts | None:
    """None for staff. A deputy answers for the units in charge, else for the whole unit.

    Not completed is the lowest band of the policy that rates the subordinate.
    """
    if leader.role is AppointmentRole.STAFF:
        return None
    units = (leader.field_unit_ids if leader.role is AppointmentRole.DEPUTY else ()) or (
        leader.unit_id,
    )
    inside = {each.id: each for unit in units for each in people.get(unit, ())}
    led = [each for each in inside.values() if _leads(leader, each)]
    counts = [
        count_subordinates(
            rules[role].compiled,
            [
                SubordinateBand(each.id, each.sheets[-1].band if each.sheets else None)
                for each in led
                if each.role is role
            ],
        )
        for role in AppointmentRole
    ]
    return SubordinateCounts(
        sum(each.subordinates for each in counts), sum(each.not_completed for each in counts)
    )


def _leads(leader: Evaluation, other: Evaluation) -> bool:
    """Of people in the units that the leader answers for."""
    if other.id == leader.id:
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
    """Score the snapshot and keep it beside the result, in its canonical form.

    Refuses nobody: whose inputs make no snapshot or no score gets a sheet that says why (E-I14).
    """
    snapshot = _snapshot(document, rules.compiled)
    result = score_anyway(rules.compiled, snapshot)
    return Sheet(
        number=number,
        policy=rules.pin,
        snapshot=snapshot.canonical.decode(),
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
        trouble=_trouble(result),
    )


def _trouble(result: ScoreResult) -> Trouble | None:
    if result.why_not is None:
        return None
    rule, text = result.why_not
    if result.state == "NOT_RATED":
        remedy = Remedy.CHECK_WORKING_TIME
    elif rule.id == ON_UNREVIEWED.name:
        remedy = Remedy.CHECK_WHAT_WAS_REPORTED
    elif result.reasons:
        remedy = Remedy.CORRECT_WHAT_IS_REFUSED
    else:
        remedy = Remedy.ENTER_WHAT_IS_MISSING
    return Trouble(rule_id=rule.id, vi=text.vi, en=text.en, remedy=remedy)


def _snapshot(document: Mapping[str, Json], compiled: CompiledPolicy) -> Snapshot:
    try:
        require_signed(document, compiled)
        return Snapshot.from_document(document)
    except Invalid as refused:
        rule = refused.rule_id or UNREADABLE
        return Snapshot.from_document(
            {
                "period": document["period"],
                "refused": {"rule": rule, "vi": refused.vi, "en": refused.en},
            }
        )


def require_signed(document: Mapping[str, Json], compiled: CompiledPolicy) -> None:
    """Raise `Invalid` where the policy rates by an agreement and none is signed: what nobody
    agreed on rates nobody. A year is made of results, each of which had its own."""
    needed = compiled.policy.agreement is not None and MADE_OF not in document
    if needed and "agreement" not in document:
        raise Invalid(
            en="no agreement that both sides signed is in force: sign it (signAgreement), then "
            "score again",
            vi="Chưa có bản ký kết đủ hai bên đang có hiệu lực. Vui lòng ký đủ rồi chấm lại.",
            rule_id=UNSIGNED,
        )


def score_again(sheet: Sheet, compiled: CompiledPolicy) -> ScoreResult:
    """What the stored inputs give now: the same hash, or somebody touched them (E-I2)."""
    return score_anyway(compiled, sheet_snapshot(sheet))


def sheet_snapshot(sheet: Sheet) -> Snapshot:
    return Snapshot.from_document(json.loads(sheet.snapshot))
