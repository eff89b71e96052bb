"""What a snapshot may hold: read strictly, written out whole, ordered in time."""

from collections.abc import Mapping
from fractions import Fraction

import pytest

from congvu_kit.domain.errors import Invalid
from congvu_scoring import CitizenEvidence, Snapshot
from congvu_scoring.snapshots.rows import read_table
from congvu_scoring.snapshots.sections import HISTORY, PERIODS, Field, Section
from congvu_scoring.snapshots.timeline import timeline
from scoring.making import item

INDICATOR = {"code": "i", "target": 10}


def row(**more: object) -> dict[str, object]:
    return {"work": [{**item(), **more}]}


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ([], "snapshot: a mapping is expected"),
        ({"wrk": []}, "wrk: unknown key 'wrk'; did you mean 'work'?"),
        ({"subject": 5}, "subject: a mapping is expected"),
        ({"subject": {"knd": "STAFF"}}, "subject.knd: unknown key 'knd'; did you mean 'kind'?"),
        ({"subject": {"kind": "HEAD"}}, "subject.kind: 'HEAD' is none of STAFF, DEPUTY"),
        ({"subject": {"unit": ""}}, "subject.unit: a text is expected"),
        ({"subject": {"unit": True}}, "subject.unit: a text is expected"),
        ({"subject": {"unit": ["u"]}}, "subject.unit: a text is expected"),
        ({"general_total": -1}, "general_total: must be 0 or more"),
        ({"general_total": "x"}, "general_total: 'x' is not exact"),
        ({"working_days": "-0.5"}, "working_days: must be 0 or more"),
        ({"unit": {"subordinates": -1}}, "unit.subordinates: must be 0 or more"),
        ({"period": []}, "period: a text is expected"),
        ({"general": [1]}, "general: a mapping is expected"),
        ({"general": {"A": "x"}}, "general.A: 'x' is not exact"),
        ({"elements": {"a": {"vale": 1}}}, "elements.a.vale: unknown key 'vale'; did you"),
        ({"elements": {"a": {"value": 1, "weight": -1}}}, "elements.a.weight: must be 0 or more"),
        ({"elements": {"a": {"weight": 1}}}, "elements.a: a text is expected"),
        ({"elements": {"a": ""}}, "elements.a: a text is expected"),
        ({"work": "x"}, "work: a list is expected"),
        ({"work": {"a": 1}}, "work: a list is expected"),
        ({"work": ["x"]}, "work[0]: a mapping is expected"),
        (row(itm="y"), "work[0].itm: unknown key 'itm'; did you mean 'item'?"),
        (row(nothing=1), "work[0].nothing: unknown key 'nothing'; known: item, "),
        (row(completed=None), "work[0].completed: is required"),
        (row(item=None), "work[0].item: is required"),
        (row(coefficient=0), "work[0].coefficient: must be more than 0"),
        (row(coefficient=-1), "work[0].coefficient: must be more than 0"),
        (row(assigned=-1), "work[0].assigned: must be 0 or more"),
        (row(late="-1/3"), "work[0].late: must be 0 or more"),
        (row(late=0.5), "work[0].late: 0.5 is not exact"),
        (row(item=""), "work[0].item: a text is expected"),
        (row(kind="EASY"), "work[0].kind: 'EASY' is none of SPEARHEAD, HARD, SOFT"),
        (row(evidence="x"), "work[0].evidence: a list is expected"),
        (row(evidence=[5]), "work[0].evidence[0]: a mapping is expected"),
        (row(evidence=[{}]), "work[0].evidence[0].ref: a text is expected"),
        (row(evidence=[{"ref": "r", "by": "x"}]), "work[0].evidence[0].by: unknown key 'by'"),
        (row(evidence=[{"ref": "r", "hash": ""}]), "work[0].evidence[0].hash: a text is expected"),
        (
            row(evidence=[{"ref": "r", "confirmed_by": []}]),
            "work[0].evidence[0].confirmed_by: a text is expected",
        ),
        ({"indicators": [{**INDICATOR, "shared": "yes"}]}, "indicators[0].shared: true or false"),
        ({"indicators": [INDICATOR, {"code": "j"}]}, "indicators[1].target: is required"),
        ({"events": [{"decision": "d"}]}, "events[0].event: is required"),
        ({"history": [{"period": "2026", "state": "OPEN"}]}, "history[0].state: 'OPEN' is none of"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(facts: object, message: str) -> None:
    with pytest.raises(Invalid) as refusal:
        Snapshot.from_document(facts)

    assert refusal.value.en.startswith(message)
    assert refusal.value.field == message.partition(": ")[0]
    assert refusal.value.vi.removeprefix("«").startswith(refusal.value.field)


def test_the_row_out_of_range_is_named() -> None:
    with pytest.raises(Invalid, match=r"^work\[2\].assigned: must be 0 or more"):
        Snapshot.from_document({"work": [item(), item(1, 2), item(1, -2), item(1, -2)]})


@pytest.mark.parametrize(
    ("minimum", "above", "value", "taken"),
    [
        (Fraction(1, 2), None, "0.5", True),
        (Fraction(1, 2), None, "0.49", False),
        (Fraction(3), None, "17/6", False),
        (Fraction(3), None, "19/6", True),
        (None, Fraction(2, 3), "2/3", False),
        (None, Fraction(2, 3), "7/10", True),
        (None, Fraction(5), "5.01", True),
        (None, Fraction(5), "4", False),
        (None, None, "-9", True),
    ],
)
def test_a_bound_is_kept_exactly(
    minimum: Fraction | None, above: Fraction | None, value: str, taken: bool
) -> None:
    section = Section("s", "k", (Field("k", "text"), Field("n", minimum=minimum, above=above)))
    rows = [{"k": "a", "n": value}]

    if taken:
        assert read_table(section, rows, "s").numbers["n"].at(0) == Fraction(value)
    else:
        with pytest.raises(Invalid, match=r"^s\[0\]\.n: must be "):
            read_table(section, rows, "s")


WHOLE: Mapping[str, object] = {
    "period": "2026-Q1",
    "general_total": "25.5",
    "working_days": "60",
    "subject": {"kind": "STAFF", "unit": "u1"},
    "general": {"A": "1/3", "B": "2"},
    "unit": {"subordinates": "4", "unity": "FULL"},
    "satisfaction": {"index": "0.9"},
    "elements": {"grade": "GOLD", "skill": {"value": "4", "weight": "2"}, "yes": "1"},
    "work": [
        {
            "item": "C.56.1@1",
            "kind": "HARD",
            "coefficient": "1.5",
            "assigned": "2",
            "completed": "2",
            "quality_failures": "0",
            "quality_exempt": "0",
            "late": "1",
            "late_exempt": "0",
            "evidence": [{"ref": "r1", "hash": "h1", "confirmed_by": "p1"}],
        },
        {
            "item": "B.1@1",
            "coefficient": "1",
            "assigned": "1",
            "completed": "1",
            "quality_failures": "0",
            "quality_exempt": "0",
            "late": "0",
            "late_exempt": "0",
        },
    ],
    "indicators": [
        {
            "code": "i1",
            "weight": "1",
            "baseline": "0",
            "target": "10",
            "actual": "8",
            "direction": "UP",
            "shared": False,
        },
        {
            "code": "i2",
            "weight": "1",
            "baseline": "0",
            "target": "10",
            "direction": "DOWN",
            "shared": True,
        },
    ],
    "events": [{"event": "E1"}, {"event": "E2", "decision": "d"}],
    "history": [{"period": "2025-Q4", "total": "70", "band": "HTT", "state": "SCORED"}],
}


def test_a_whole_snapshot_is_written_as_it_was_read() -> None:
    assert Snapshot.from_document(WHOLE).to_document() == WHOLE


def test_what_was_left_out_is_written_with_its_default() -> None:
    facts = {"work": [item(1, 1, 1)], "elements": {"done": True, "not": False}, "events": ["E"]}

    written = Snapshot.from_document(facts).to_document()

    zeros = dict.fromkeys(("quality_failures", "quality_exempt", "late", "late_exempt"), "0")
    counts = {"coefficient": "1", "assigned": "1", "completed": "1"}
    assert written == {
        "work": [{"item": "C.56.1@1", **counts, **zeros}],
        "elements": {"done": "1", "not": "0"},
        "events": [{"event": "E"}],
    }


def test_a_snapshot_without_facts_is_empty() -> None:
    empty = Snapshot.from_document({"work": [], "subject": {}, "general": None, "period": None})

    assert empty == Snapshot()
    assert empty.to_document() == {}
    assert len(empty.table("work")) == 0


def test_evidence_is_kept_with_its_row() -> None:
    work = Snapshot.from_document(WHOLE).table("work")

    assert work.cells["evidence"] == ((CitizenEvidence("r1", "h1", "p1"),), ())
    assert work.labels == ("C.56.1@1", "B.1@1")


def test_criteria_and_elements_are_lists_too() -> None:
    snapshot = Snapshot.from_document(WHOLE)

    general, elements = snapshot.table("general"), snapshot.table("elements")

    assert general.cells == {"criterion": ("A", "B")}
    assert [general.numbers["points"].at(i) for i in range(2)] == [Fraction(1, 3), 2]
    assert elements.cells == {"key": ("skill", "yes")}
    assert [elements.numbers["value"].at(i) for i in range(2)] == [4, 1]
    assert [elements.numbers["weight"].has(i) for i in range(2)] == [True, False]


HISTORY_ROWS = [
    {"period": "2025-Q4", "total": 60, "band": "HTT"},
    {"period": "2025-Q2", "state": "NOT_RATED"},
]


def positions(rows: list[dict[str, object]], period: str | None) -> list[tuple[str, int, int]]:
    found = timeline(read_table(HISTORY, rows, "history"), period, Fraction(90), "HTXS")
    numbers = found.numbers
    return [
        (found.label(i), int(numbers["position"].at(i)), int(numbers["year"].at(i)))
        for i in range(len(found))
    ]


def test_history_and_the_current_period_stand_in_order_of_time() -> None:
    found = timeline(read_table(HISTORY, HISTORY_ROWS, "history"), "2026-Q1", Fraction(90), "HTXS")

    assert found.labels == ("2025-Q2", "2025-Q4", "2026-Q1")
    assert found.cells == {
        "period": ("2025-Q2", "2025-Q4", "2026-Q1"),
        "band": (None, "HTT", "HTXS"),
        "state": ("NOT_RATED", "SCORED", "SCORED"),
    }
    total = found.numbers["total"]
    assert [total.at(i) if total.has(i) else None for i in range(3)] == [None, 60, 90]


@pytest.mark.parametrize(
    ("former", "period", "last", "distance"),
    [
        ("2025", "2026", ("2026", 2026), 1),
        ("2025", None, ("now", 2026), 1),
        ("2025-Q4", "2026-Q1", ("2026-Q1", 2026), 1),
        ("2025-Q4", None, ("now", 2026), 1),
        ("2025-Q3", None, ("now", 2025), 1),
        ("2025-Q1", "2026-Q1", ("2026-Q1", 2026), 4),
        ("2025-H2", "2026-H1", ("2026-H1", 2026), 1),
        ("2025-H2", None, ("now", 2026), 1),
        ("2025-H1", None, ("now", 2025), 1),
        ("2025-12", "2026-01", ("2026-01", 2026), 1),
        ("2025-12", None, ("now", 2026), 1),
        ("2025-11", None, ("now", 2025), 1),
    ],
)
def test_periods_are_counted_within_their_kind(
    former: str, period: str | None, last: tuple[str, int], distance: int
) -> None:
    before, now = positions([{"period": former}], period)

    assert (now[0], now[2]) == last
    assert now[1] - before[1] == distance


def test_a_first_period_without_a_label_stands_alone() -> None:
    assert positions([], None) == [("now", 0, 0)]


@pytest.mark.parametrize(
    ("former", "period", "field", "message"),
    [
        (["2025-Q5"], "2026-Q1", "snapshot.history[0].period", "'2025-Q5' is no period; write"),
        (["2025", "FY26"], "2026", "snapshot.history[1].period", "'FY26' is no period"),
        (["2025-13"], "2026-01", "snapshot.history[0].period", "'2025-13' is no period"),
        (["2025-Q1"], "soon", "snapshot.period", "'soon' is no period"),
        (["2025", "2025-Q1"], None, "snapshot.history", "its periods and the current one"),
        (["2025"], "2026-Q1", "snapshot.history", "its periods and the current one"),
        (["2025", "2024", "2025"], "2026", "snapshot.history", "'2025' is given twice"),
        (["2026"], "2026", "snapshot.history", "reaches into the current period '2026'"),
        (["2024", "2027"], "2026", "snapshot.history", "reaches into the current period '2026'"),
    ],
)  # fmt: skip
def test_a_history_that_cannot_be_ordered_is_refused(
    former: list[str], period: str | None, field: str, message: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        positions([{"period": label} for label in former], period)

    assert refusal.value.field == field
    assert message in refusal.value.en


def test_periods_of_a_year_have_their_own_columns() -> None:
    table = read_table(PERIODS, [{"period": "2026-Q1", "total": 5}], "periods")

    assert table.numbers["weight"].at(0) == 1
    assert [table.numbers[name].has(0) for name in ("numerator", "denominator", "general")] == [
        False,
        False,
        False,
    ]
