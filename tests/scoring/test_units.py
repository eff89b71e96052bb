"""Points are not added to ratios: the unit of every operator, and what may not be mixed."""

import pytest

from congvu_kit.domain.errors import Invalid
from scoring.making import tiny

MEASURES = "".join(
    f"  {name}:\n    clause: s\n    text: {{vi: {name}, en: {name}}}\n    unit: {unit}\n"
    f"    evidence: true\n    value: {value}\n"
    for name, unit, value in (
        ("r", "ratio", "{converted_ratio: {if_nothing_assigned: 0}}"),
        ("q", "ratio", "1"),
        ("p", "points", "10"),
        ("d", "days", "{input: working_days}"),
    )
)
SECTIONS = "inputs:\n  elements.x: {unit: hours, text: {vi: x, en: x}}\n" + (
    "  elements.free: {text: {vi: x, en: x}}\n"
)
WORDS = "clause: s, text: {vi: r, en: r}"


def unit_of(value: str) -> str:
    """The unit of an expression, told by the refusal to call it money."""
    asked = (
        "  asked:\n    clause: s\n    text: {vi: a, en: a}\n    unit: money\n    evidence: true\n"
    )
    try:
        tiny("1", SECTIONS, f"{MEASURES}{asked}    value: {value}\n")
    except Invalid as refusal:
        return refusal.en.removeprefix(
            "tiny.yaml: measures.asked.value: rule asked: the value is in "
        ).removesuffix(", the measure says money")
    return "any"


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        ("5", "any"),
        ("NOT_EVALUABLE", "any"),
        ("p", "points"),
        ("{input: working_days}", "days"),
        ("{input: general_total}", "points"),
        ("{input: unit.subordinates}", "people"),
        ("{input: unit.not_completed}", "people"),
        ("{input: unit.average_total}", "points"),
        ("{input: satisfaction.index}", "ratio"),
        ("{input: satisfaction.n}", "count"),
        ("{input: elements.x}", "hours"),
        ("{input: elements.free}", "any"),
        ("{add: [p, 5]}", "points"),
        ("{sum: [5, r]}", "ratio"),
        ("{subtract: [p, 5]}", "points"),
        ("{subtract: [5, p, 3]}", "points"),
        ("{multiply: [r, q]}", "ratio"),
        ("{multiply: [r, p]}", "points"),
        ("{multiply: [p, d]}", "any"),
        ("{multiply: [5, p]}", "any"),
        ("{multiply: [5, r]}", "any"),
        ("{divide: {of: p, by: p, if_zero: 0}}", "ratio"),
        ("{divide: {of: p, by: r, if_zero: 0}}", "points"),
        ("{divide: {of: p, by: d, if_zero: 0}}", "any"),
        ("{divide: {of: p, by: 5, if_zero: 0}}", "any"),
        ("{divide: {of: 5, by: 5, if_zero: 0}}", "any"),
        ("{min: [p, 5]}", "points"),
        ("{max: [5, p]}", "points"),
        ("{clamp: {value: p, low: 0, high: 5}}", "points"),
        ("{average: [p, 5]}", "points"),
        ("{round: {value: p, places: 1}}", "points"),
        ("{floor: r}", "ratio"),
        ("{ceiling: p}", "points"),
        ("{first_available: [5, p]}", "points"),
        ("{if: {when: {event: E}, then: p, else: 5}}", "points"),
        ("{choose: {cases: [{when: {event: E}, value: 5}], otherwise: p}}", "points"),
        ("{steps: {of: r, below: 0, table: [{at_least: 1, value: 1}]}}", "any"),
        ("{interpolate: {of: r, points: [[0, 0], [1, 100]]}}", "any"),
        ("{lookup: {of: {input: subject.kind}, table: {STAFF: p}, otherwise: 5}}", "any"),
        ("{sum: {over: work, of: {multiply: [p, r]}}}", "points"),
        ("{average: {over: work, of: p, if_none: 5}}", "points"),
        ("{share: {over: work, meets: {event: E}, if_none: 0}}", "any"),
        ("{count: {over: work}}", "count"),
        ("{min: {over: work, of: p, if_none: 0}}", "any"),
        ("{last: {over: work, of: p, if_none: 0}}", "any"),
        ("{credit: {of: p, faults: 1, step: 1}}", "any"),
        ("{converted_ratio: {cap: 1, if_nothing_assigned: 0}}", "any"),
        (f"{{criteria: {{from: general, items: {{A: {{max: 5, {WORDS}}}}}}}}}", "points"),
        (f"{{ledger: {{start: p, entries: [{{id: A, each: 1, {WORDS}}}]}}}}", "points"),
        (f"{{weighted_sum: {{parts: [{{id: A, weight: 100, value: r, {WORDS}}}]}}}}", "points"),
        (f"{{weighted_sum: {{parts: [{{id: A, weight: 100, value: p, {WORDS}}}]}}}}", "any"),
        ("{achievement: {baseline: p, target: p, actual: p}}", "ratio"),
        ("{satisfaction: {minimum: 30}}", "ratio"),
    ],
)
def test_every_operator_has_its_unit(value: str, unit: str) -> None:
    assert unit_of(value) == unit


@pytest.mark.parametrize(
    "value",
    [
        "{add: [p, r]}",
        "{subtract: [p, r]}",
        "{subtract: [1, p, r]}",
        "{min: [p, r]}",
        "{max: [r, p]}",
        "{average: [p, r]}",
        "{first_available: [p, r]}",
        "{if: {when: {event: E}, then: p, else: r}}",
        "{choose: {cases: [{when: {event: E}, value: p}, {when: {event: F}, value: r}],"
        " otherwise: 1}}",
        "{if: {when: {less: [p, r]}, then: 1, else: 2}}",
        "{if: {when: {not: {all: [{equals: [p, r]}, true]}}, then: 1, else: 2}}",
        "{if: {when: {present: {add: [p, r]}}, then: 1, else: 2}}",
        "{sum: {over: work, of: {add: [p, r]}}}",
        "{sum: {over: work, where: {less: [p, r]}, of: 1}}",
        "{share: {over: work, meets: {at_most: [p, r]}, if_none: 0}}",
        "{if: {when: {every: {over: work, meets: {greater: [p, r]}}}, then: 1, else: 2}}",
        "{round: {value: {add: [p, r]}, places: 1}}",
        "{divide: {of: {add: [p, r]}, by: 1, if_zero: 0}}",
        f"{{weighted_sum: {{parts: [{{id: A, weight: 60, value: p, {WORDS}}},"
        f" {{id: B, weight: 40, value: r, {WORDS}}}]}}}}",
        f"{{ledger: {{start: 1, entries: [{{id: A, amount: {{add: [p, r]}}, {WORDS}}}]}}}}",
        "{input: {path: elements.x, default: {add: [p, r]}}}",
    ],
)  # fmt: skip
def test_different_units_are_not_mixed_wherever_they_stand(value: str) -> None:
    with pytest.raises(Invalid, match=r"rule total: mixes points and ratio$") as refusal:
        tiny(value, SECTIONS, MEASURES)

    assert refusal.value.field == "measures.total.value"


def test_a_measure_in_another_unit_than_its_value_is_refused() -> None:
    with pytest.raises(Invalid, match=r"the value is in ratio, the measure says points$"):
        tiny("r", SECTIONS, MEASURES)
