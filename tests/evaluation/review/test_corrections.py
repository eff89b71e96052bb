"""Every fact that a policy reads can be corrected by a decision, or it says here why not."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

import pytest

from congvu_kit.application.documents import adapter
from congvu_kit.domain.errors import Invalid
from congvu_scoring.snapshots.sections import (
    CITIZENS,
    CRISES,
    ELEMENTS,
    GENERAL,
    INITIATIVES,
    NUMBER_INPUTS,
    OPINION_COUNTS,
    OPINIONS,
    PERIODS,
    PROCEDURES,
    PROMISES,
    SNAPSHOT_LISTS,
    TEXT_INPUTS,
    UNIT_COUNTS,
    UNIT_RATIOS,
)
from evaluation_service.domain.results.inputs import (
    ConductEntry,
    Organising,
    Rating,
    Unity,
)
from evaluation_service.domain.review.corrections import (
    Correction,
    LineCorrection,
    ReadingCorrection,
    corrected_document,
)

DOCUMENT: Mapping[str, Any] = {
    "period": "2026-Q3",
    "subject": {"kind": "LEADER", "unit": "unit_1"},
    "working_days": "60",
    "general": {"I.1": "2", "I.2": "5"},
    "elements": {"RESULTS": "3"},
    "conduct": [{"rule": "TRAINING_ABSENCE", "count": 2}, {"rule": "LATE", "count": 1}],
    "indicators": [
        {"code": "GDP", "target": "100", "actual": "50"},
        {"code": "POOR", "target": "10", "actual": "5"},
    ],
    "work": [
        {
            "assignment": "asg_1",
            "item": "C.1@1",
            "assigned": "4",
            "completed": "1",
            "unreviewed": "2",
            "unreviewed_late": "1",
        },
        {"assignment": "asg_2", "item": "C.2@1", "assigned": "4", "completed": "4"},
    ],
    "faults": [
        {"step": "APPROVE_WORK", "working_days_late": 6, "evidence": [{"ref": "asg_9"}]},
        {"step": "APPROVE_WORK", "working_days_late": 2, "evidence": [{"ref": "asg_8"}]},
    ],
    "events": [{"event": "DISCIPLINED", "decision": "1/QĐ"}],
    "unit": {"subordinates": "2", "organising": "SHORTCOMING", "unity": "CONFLICT"},
}

SPECIMENS: Mapping[str, Any] = {
    "general": (Rating(key="I.1", points=Decimal(5)),),
    "elements": (Rating(key="RESULTS", points=Decimal(5)),),
    "conduct": (ConductEntry(rule="TRAINING_ABSENCE", count=1, evidence="https://kho.example/1"),),
    "readings": (
        ReadingCorrection(code="POOR", value=Decimal(7), evidence="https://kho.example/p"),
    ),
    "lines": (
        LineCorrection(
            assignment_id="asg_1",
            assigned=Decimal(3),
            completed=Decimal(3),
            quality_failures=Decimal(2),
            quality_exempt=Decimal(1),
            late=Decimal(2),
            late_exempt=Decimal(1),
            unreviewed=Decimal(0),
            unreviewed_late=Decimal(0),
        ),
    ),
    "remove_faults": ("asg_9",),
    "remove_events": ("DISCIPLINED",),
    "add_events": ("DEGRADATION",),
    "working_days": 30,
    "organising": Organising.FULL,
    "unity": Unity.FULL,
}

_SET = ("baseline", "code", "direction", "parent", "perspective", "shared", "target", "weight")
NOT_CORRECTED = {
    **{f"indicators.{name}": "set in the objective, before it was read (E-I15)" for name in _SET},
    "general_total": "the criteria are corrected one by one",
    "general.criterion": "names the row",
    "elements.key": "names the row",
    "elements.weight": "the policy's",
    "conduct.points": "the policy's",
    "faults.count": "a fault stands or falls as a whole",
    "history.evidence": "a past result has an appeal of its own",
    "history.family": "a past result has an appeal of its own",
    "history.band": "a past result has an appeal of its own",
    "history.period": "a past result has an appeal of its own",
    "history.state": "a past result has an appeal of its own",
    "history.total": "a past result has an appeal of its own",
    "period": "names the period",
    "satisfaction.index": "frozen by feedback, from rows that anybody recounts",
    "satisfaction.n": "frozen by feedback, from rows that anybody recounts",
    **dict.fromkeys((*UNIT_RATIOS, *UNIT_COUNTS, "unit.band"), "counted from the data of the unit"),
    **dict.fromkeys((*CITIZENS, *PROMISES), "frozen by feedback, from a log that anybody recounts"),
    **dict.fromkeys((*OPINIONS, *OPINION_COUNTS), "a secret ballot stands (F-I4)"),
    **{
        f"{section.name}.{field.name}": why
        for section, why in (
            (PROCEDURES, "frozen by feedback, from rows that anybody recounts"),
            (CRISES, "confirmed or refused by the board before the freeze (E-I15)"),
        )
        for field in section.fields
    },
    "subject.duty_group": "personnel's",
    "subject.kind": "personnel's",
    "subject.position": "personnel's",
    "subject.unit": "personnel's",
    "unit.average_total": "counted anew from the subordinates' results",
    "unit.field": "personnel's",
    "unit.not_completed": "counted anew from the subordinates' results",
    "unit.subordinates": "counted anew from the subordinates' results",
    "work.assignment": "names the row",
    "work.coefficient": "pinned with the version (E-I1)",
    "work.evidence": "on the assignment, whole",
    "work.item": "pinned with the version (E-I1)",
    "work.kind": "pinned with the version (E-I1)",
    "work.orientation": "pinned with the version (E-I1)",
    **{
        f"{INITIATIVES.name}.{field.name}": "looked at again by its own road (checkInitiative)"
        for field in INITIATIVES.fields
    },
    **{
        f"{PERIODS.name}.{field.name}": "corrected in the month or quarter: the year follows"
        for field in PERIODS.fields
    },
    "work.origin": "where it was handed over from, under that seal",
    "work.origin_name": "where it was handed over from, under that seal",
    "work.origin_hash": "where it was handed over from, under that seal",
}


def with_(*names: str) -> Correction:
    return adapter(Correction).validate_python({name: SPECIMENS[name] for name in names})


def leaves(document: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """What a document says, each place by the name that a policy reads it by."""
    for name, value in document.items():
        if isinstance(value, Mapping):
            named = {"general": "points", "elements": "value"}.get(name)
            for key, inner in value.items():
                yield f"{name}.{named or key}", (key, inner)
        elif isinstance(value, list):
            for number, row in enumerate(value):
                for key, inner in row.items():
                    yield f"{name}.{key}", (number, repr(inner))
        else:
            yield name, value


def test_every_part_of_a_correction_has_a_specimen() -> None:
    assert {each.name for each in fields(Correction)} == set(SPECIMENS)


@pytest.mark.parametrize("name", sorted(SPECIMENS))
def test_each_part_changes_its_own_fact_and_no_other(name: str) -> None:
    after = corrected_document(DOCUMENT, with_(name))

    changed = {each.partition(".")[0] for each, _ in set(leaves(after)) ^ set(leaves(DOCUMENT))}
    place = {
        "readings": "indicators",
        "lines": "work",
        "remove_faults": "faults",
        "add_events": "events",
        "remove_events": "events",
        "organising": "unit",
        "unity": "unit",
    }
    assert changed == {place.get(name, name)}


def test_every_fact_that_a_policy_reads_can_be_corrected_or_says_why_not() -> None:
    read = {
        *NUMBER_INPUTS,
        *TEXT_INPUTS,
        *(
            f"{section.name}.{field.name}"
            for section in (*SNAPSHOT_LISTS.values(), GENERAL, ELEMENTS)
            for field in section.fields
        ),
    }
    before = set(leaves(DOCUMENT))
    corrected = {
        place
        for name in SPECIMENS
        for place, _ in set(leaves(corrected_document(DOCUMENT, with_(name)))) ^ before
    }

    assert read - corrected == set(NOT_CORRECTED)


def test_what_is_not_named_stays() -> None:
    after: Mapping[str, Any] = corrected_document(DOCUMENT, with_(*SPECIMENS))

    assert after["general"] == {"I.1": "5", "I.2": "5"}
    assert [row["rule"] for row in after["conduct"]] == ["LATE", "TRAINING_ABSENCE"]
    assert after["indicators"][1] == {
        "code": "POOR",
        "target": "10",
        "actual": "7",
        "evidence": [{"ref": "https://kho.example/p"}],
    }
    assert after["work"][1] == DOCUMENT["work"][1]
    assert [row["evidence"] for row in after["faults"]] == [[{"ref": "asg_8"}]]


def test_a_rule_counted_no_times_is_taken_away() -> None:
    gone = Correction(conduct=(ConductEntry(rule="LATE", count=0),))

    rows = corrected_document(DOCUMENT, gone)["conduct"]

    assert rows == [{"rule": "TRAINING_ABSENCE", "count": 2}]


@pytest.mark.parametrize(
    ("correction", "field"),
    [
        (Correction(), "input.correction"),
        (
            Correction(lines=(LineCorrection(assignment_id="asg_x", late=Decimal(1)),)),
            "input.correction.lines.assignmentId",
        ),
        (
            Correction(readings=(ReadingCorrection(code="x", value=Decimal(1)),)),
            "input.correction.readings.code",
        ),
        (Correction(remove_faults=("asg_x",)), "input.correction.removeFaults"),
        (Correction(working_days=-1), "input.correction.workingDays"),
        (Correction(working_days=367), "input.correction.workingDays"),
    ],
)
def test_a_correction_of_nothing_is_refused(correction: Correction, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        corrected_document(DOCUMENT, correction)

    assert refused.value.field == field
