"""Puts everything that is known of a person in a period into the engine's snapshot."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.canonical import Json
from congvu_kit.domain.working_days import WorkingDays
from congvu_scoring import SubordinateCounts
from evaluation_service.domain.agreements.counted import SignedItems
from evaluation_service.domain.common.numbers import Count
from evaluation_service.domain.initiatives.counted import (
    NO_INITIATIVES,
    CountedInitiatives,
    with_initiatives,
)
from evaluation_service.domain.integrity.faults import ProcessFault
from evaluation_service.domain.integrity.vetoes import VetoEvent
from evaluation_service.domain.objectives.bound import BoundObjective
from evaluation_service.domain.objectives.scorecards import Scorecard
from evaluation_service.domain.personnel.servants import AppointmentRole, CivilServant
from evaluation_service.domain.results.carrying import carried
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.inputs import GivenInputs, Rating
from evaluation_service.domain.results.past import PastResult, history_row
from evaluation_service.domain.results.years import YearRows
from evaluation_service.domain.transfers.handovers import EarlierPart, TakenPart, joined
from evaluation_service.domain.work.tallies import TallyLine

SUBJECT_KINDS = {
    AppointmentRole.STAFF: "STAFF",
    AppointmentRole.DEPUTY: "DEPUTY",
    AppointmentRole.HEAD: "LEADER",
}


Measured: TypeAlias = tuple[Scorecard | None, SignedItems | None]
"""Of one appointment: its scorecard, and what was agreed on."""

NOTHING: Measured = (None, None)

UNREVIEWED = ("unreviewed", "unreviewed_late")
"""Of a row of work whose report nobody checked before the freeze."""


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """The frozen inputs of one person besides what superiors entered.

    `days_here` are the working days in the appointment that is rated, `earlier` what is known of
    others; `taken` names the parts of other agencies among it, `acted` who acted there,
    `thought` what the person thought of it; `decided` are the decisions among what the person's
    sheets rest on. `work` are the rows of it, `checked_by` are who checked them; `citizens`
    and `led` are the sections that citizens, and those who are led or met, filled. `year` is what a
    year is made of, where nothing else of it counts.
    """

    label: str
    today: date
    days: WorkingDays
    working_days: int
    work: Sequence[Json] = ()
    faults: Sequence[ProcessFault] = ()
    vetoes: Sequence[VetoEvent] = ()
    citizens: Mapping[str, Json] = field(default_factory=dict)
    led: Mapping[str, Json] = field(default_factory=dict)
    history: Sequence[PastResult] = ()
    days_here: int = 0
    earlier: Sequence[EarlierPart] = ()
    taken: tuple[TakenPart, ...] = ()
    acted: tuple[Participant, ...] = ()
    checked_by: Sequence[Participant] = ()
    thought: tuple[GivenInputs, ...] = ()
    scorecard: Scorecard | None = None
    agreed: SignedItems | None = None
    objectives: tuple[BoundObjective, ...] = ()
    decided: frozenset[str] = frozenset()
    year: YearRows | None = None
    initiatives: CountedInitiatives = NO_INITIATIVES


def snapshot_document(
    evaluation: Evaluation,
    facts: PersonFacts,
    subordinates: SubordinateCounts | None,
    unit_band: str | None = None,
) -> dict[str, Json]:
    """In the conformance format; what is not known is left out, never filled in."""
    given = evaluation.given
    if facts.year is not None:
        document: dict[str, Json] = {
            **_of_everybody(evaluation, facts),
            "made_of": str(facts.year.made_of),
            "periods": list(facts.year.rows),
        }
        if unit_band is not None:
            document["unit"] = {"band": unit_band}
        return carried(document, evaluation.sheets, facts.decided) if facts.decided else document
    document = {
        **_of_everybody(evaluation, facts),
        **entered_sections(given, facts.scorecard, facts.agreed),
        "work": facts.work,
        "faults": [_fault_row(fault, facts) for fault in sorted(facts.faults, key=lambda f: f.id)],
    }
    if facts.agreed is not None:
        document["agreement"] = facts.agreed.proof
    document |= {**facts.citizens, **facts.led}
    if subordinates is not None:
        unit: dict[str, Json] = {**subordinates.unit_inputs()}
        if given.organising:
            unit["organising"] = str(given.organising)
        if given.unity:
            unit["unity"] = str(given.unity)
        if unit_band is not None:
            unit["band"] = unit_band
        document["unit"] = unit
    whole = joined(document, facts.days_here, facts.earlier) if facts.earlier else document
    whole = with_initiatives(whole, facts.initiatives)  # Of the person, in whichever agency.
    return carried(whole, evaluation.sheets, facts.decided) if facts.decided else whole


def _of_everybody(evaluation: Evaluation, facts: PersonFacts) -> dict[str, Json]:
    return {
        "period": facts.label,
        "subject": {
            "kind": SUBJECT_KINDS[evaluation.role],
            "duty_group": evaluation.duty_group,
            "unit": evaluation.unit_id,
            "position": evaluation.position_code,
        },
        "working_days": str(facts.working_days),
        "events": [
            {"event": veto.event, "decision": veto.decision.number}
            for veto in sorted(facts.vetoes, key=lambda v: v.id)
        ],
        "history": [history_row(past) for past in facts.history],
    }


def entered_document(
    given: GivenInputs, scorecard: Scorecard | None = None, agreed: SignedItems | None = None
) -> dict[str, Json]:
    """What superiors entered, as an earlier appointment leaves it behind."""
    marks = {"organising": given.organising, "unity": given.unity}
    unit = {name: str(mark) for name, mark in marks.items() if mark is not None}
    return {**entered_sections(given, scorecard, agreed), **({"unit": unit} if unit else {})}


def parts_of_the_period(
    servant: CivilServant,
    rated: Evaluation,
    earlier: Sequence[Evaluation],
    measured: Mapping[str, Measured],
    worked: Sequence[date],
) -> Iterator[EarlierPart]:
    """What was entered, or set as objectives, in other appointments than the one that is rated; in
    the order held. `measured` is by appointment."""
    given = {each.appointment_id: each.given for each in earlier}
    for each in servant.appointments:
        id = each.appointment_id
        if id != rated.appointment_id and (id in given or id in measured):
            document = entered_document(given.get(id, GivenInputs()), *measured.get(id, NOTHING))
            yield EarlierPart(document=document, days=servant.working_days(worked, [each]))


def entered_sections(
    given: GivenInputs, scorecard: Scorecard | None, agreed: SignedItems | None = None
) -> dict[str, Json]:
    """Indicators are those of the objectives, with what was read and confirmed; where something is
    agreed, that and nothing else."""
    sections = given_sections(given)
    if agreed is not None and agreed.of_elements:
        return sections | {"elements": agreed.elements(given.elements)}
    found = agreed.indicators(scorecard) if agreed else scorecard.rows() if scorecard else []
    rows: list[Json] = [*found]
    return sections | ({"indicators": rows} if rows else {})


def given_sections(given: GivenInputs) -> dict[str, Json]:
    """Criteria, elements, conduct and indicators as the engine reads them."""
    return {
        "general": _rated(given.general),
        "elements": _rated(given.elements),
        "conduct": [
            {"rule": entry.rule, "count": entry.count, **_proof(entry.evidence)}
            for entry in given.conduct
        ],
        "indicators": [
            {
                "code": each.code,
                "weight": format(each.weight, "f"),
                "baseline": format(each.baseline, "f"),
                "target": format(each.target, "f"),
                "direction": each.direction,
                "shared": each.shared,
                **({} if each.actual is None else {"actual": format(each.actual, "f")}),
                **({} if each.perspective is None else {"perspective": each.perspective}),
                **({} if each.parent is None else {"parent": each.parent}),
                **_proof(each.evidence),
            }
            for each in given.indicators
        ],
    }


def work_row(assignment_id: str, line: TallyLine) -> dict[str, Json]:
    pieces = [vars(piece) for piece in line.evidence]
    return stored_work_row(assignment_id, {**vars(line), "evidence": pieces})


def stored_work_row(assignment_id: str, line: Mapping[str, Any]) -> dict[str, Json]:
    """Of a line as the database keeps it: a province has millions, and none becomes an object."""
    by = line["confirmed_by"]
    row: dict[str, Json] = {
        "item": line["item"],
        "coefficient": line["coefficient"],
        "assigned": line["assigned"],
        "completed": line["completed"],
        "quality_failures": _count(line["quality_failures"]),
        "quality_exempt": _count(line["quality_exempt"]),
        "late": _count(line["late"]),
        "late_exempt": _count(line["late_exempt"]),
        "assignment": assignment_id,
        "evidence": [
            *[_evidence(piece, by) for piece in line["evidence"]],
            *[{"ref": change} for change in line.get("changes", ())],
        ],
    }
    if (unreviewed := line.get("unreviewed", "0")) != "0":
        late = _count(line["unreviewed_late"])
        row |= dict(zip(UNREVIEWED, (unreviewed, late), strict=True))
    if line["orientation"]:
        row["orientation"] = line["orientation"]
    if line["kind"]:
        row["kind"] = line["kind"]
    return row


def _count(value: Count | str) -> Json:
    if type(value) is int:
        return value
    exact = Decimal(value)
    return int(exact) if exact == int(exact) else format(exact.normalize(), "f")


def _rated(ratings: Iterable[Rating]) -> dict[str, Json]:
    return {rating.key: format(rating.points, "f") for rating in ratings}


def _proof(ref: str | None) -> dict[str, Json]:
    return {} if ref is None else {"evidence": [{"ref": ref}]}


def _evidence(piece: Mapping[str, Any], confirmed_by: str | None) -> Json:
    row: dict[str, Json] = {"ref": piece["uri"]}
    if piece["hash"]:
        row["hash"] = piece["hash"]
    if confirmed_by:
        row["confirmed_by"] = confirmed_by
    return row


def _fault_row(fault: ProcessFault, facts: PersonFacts) -> Json:
    days = fault.days_waited(facts.today, facts.days)
    return {
        "step": str(fault.step),
        "working_days_late": days,
        "evidence": [{"ref": fault.assignment_id or fault.complaint_id or fault.id}],
    }
