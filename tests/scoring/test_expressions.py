"""Every operator computes what the manual says, exactly."""

from fractions import Fraction

import pytest

from congvu_kit.domain.errors import Invalid
from scoring.making import item, tiny_score

WORK = {
    "work": [
        item(2, 5, 5, orientation="ADMIN_PROCEDURE"),
        {**item(4, 2, 1, late=2, late_exempt=1, kind="HARD"), "item": "B.9@2"},
    ],
    "indicators": [
        {"code": "i1", "perspective": "P", "weight": 3, "target": 10, "actual": 8},
        {"code": "i2", "perspective": "P", "weight": 1, "target": 10, "actual": 10},
        {"code": "i3", "perspective": "Q", "target": 95, "baseline": 100, "actual": 97,
         "direction": "DOWN", "shared": True},
    ],
    "conduct": [{"rule": "LATE", "count": 3}, {"rule": "PRAISE"}],
    "history": [{"period": "2024", "total": 60, "band": "A"}, {"period": "2025", "total": 40}],
    "events": ["STORM"],
    "elements": {"skill": 4, "level": "GOOD", "share": "1/3"},
}  # fmt: skip
INPUTS = """
inputs:
  elements.skill: {min: 0, max: 5, text: {vi: Kỹ năng, en: Skill}}
  elements.share: {text: {vi: Tỷ lệ, en: Share}}
  elements.none: {text: {vi: Không có, en: Absent}}
  elements.level: {values: [GOOD, BAD], text: {vi: Mức, en: Level}}
"""


@pytest.mark.parametrize(
    ("total", "value"),
    [
        ("2.5", "5/2"),
        ("4/7", "4/7"),
        ("{add: [1, 2, 3]}", "6"),
        ("{subtract: [10, 2, 3]}", "5"),
        ("{multiply: [2, 3, '1/2']}", "3"),
        ("{divide: {of: 1, by: 3, if_zero: 0}}", "1/3"),
        ("{divide: {of: 1, by: 0, if_zero: 7}}", "7"),
        ("{min: [3, 2, 5]}", "2"),
        ("{max: [3, 2, 5]}", "5"),
        ("{clamp: {value: 7, low: 0, high: 5}}", "5"),
        ("{clamp: {value: -7, low: 0}}", "0"),
        ("{average: [1, 2]}", "3/2"),
        ("{round: {value: '2.345', places: 2}}", "2.35"),
        ("{floor: '2.9'}", "2"),
        ("{ceiling: '2.1'}", "3"),
        ("{first_available: [{input: elements.none}, 3]}", "3"),
        ("{input: elements.share}", "1/3"),
        ("{input: {path: elements.none, default: 9}}", "9"),
        ("{sum: {over: work, of: {multiply: [{field: coefficient}, {field: assigned}]}}}", "18"),
        ("{sum: {over: work, where: {starts_with: {of: {field: item}, prefixes: [C.56]}}, "
         "of: {field: assigned}}}", "5"),
        ("{sum: {over: work, where: {equals: [{field: kind}, HARD]}, of: {field: assigned}}}", "2"),
        ("{sum: {over: work, where: {one_of: {of: {field: orientation}, values: "
         "[ADMIN_PROCEDURE]}}, of: {field: completed}}}", "5"),
        ("{sum: {over: work, where: {ends_with: {of: {field: item}, suffixes: ['@2']}}, "
         "of: {field: completed}}}", "1"),
        ("{count: {over: work, where: {greater: [{field: late}, {field: late_exempt}]}}}", "1"),
        ("{average: {over: indicators, where: {equals: [{field: perspective}, P]}, "
         "of: {achievement: {}}, weight: {field: weight}, if_none: 0}}", "17/20"),
        ("{average: {over: indicators, where: {equals: [{field: perspective}, Z]}, "
         "of: {achievement: {}}, if_none: 5}}", "5"),
        ("{sum: {over: indicators, where: {flag: shared}, of: {achievement: {}}}}", "3/5"),
        ("{sum: {over: indicators, by: perspective, of: {min: {over: group, "
         "of: {achievement: {}}, if_none: 0}}}}", "7/5"),
        ("{share: {over: indicators, meets: {at_least: [{achievement: {}}, 1]}, if_none: 0}}",
         "1/3"),
        ("{min: {over: work, of: {field: coefficient}, if_none: 0}}", "2"),
        ("{max: {over: work, of: {field: coefficient}, if_none: 0}}", "4"),
        ("{last: {over: history, of: {field: total}, if_none: 0}}", "40"),
        ("{first: {over: history, of: {field: total}, if_none: 0}}", "60"),
        ("{sum: {over: work, of: {credit: {of: {field: completed}, faults: {field: late}, "
         "exempt: {field: late_exempt}, step: '0.25'}}}}", "23/4"),
        ("{converted_ratio: {if_nothing_assigned: 0}}", "7/9"),
        ("{converted_ratio: {faults: late, step: '0.25', if_nothing_assigned: 0}}", "13/18"),
        ("{converted_ratio: {where: {equals: [{field: kind}, SOFT]}, if_nothing_assigned: 3}}",
         "3"),
        ("{if: {when: {event: STORM}, then: 1, else: 2}}", "1"),
        ("{if: {when: {event: [FIRE, FLOOD]}, then: 1, else: 2}}", "2"),
        ("{if: {when: {present: {input: elements.none}}, then: 1, else: 2}}", "2"),
        ("{if: {when: {equals: [{input: elements.level}, GOOD]}, then: 1, else: 2}}", "1"),
        ("{if: {when: {all: [{equals: [1, 1]}, {not: {less: [2, 1]}}]}, then: 1, else: 2}}", "1"),
        ("{if: {when: {any: [{equals: [1, 2]}, {not_equals: [1, 2]}]}, then: 1, else: 2}}", "1"),
        ("{if: {when: {every: {over: indicators, meets: {at_least: [{achievement: {}}, '0.6']}}},"
         " then: 1, else: 2}}", "1"),
        ("{if: {when: {some: {over: indicators, meets: {at_most: [{field: actual}, 8]}}},"
         " then: 1, else: 2}}", "1"),
        ("{choose: {cases: [{when: {less: [2, 1]}, value: 1}, {when: {less: [1, 2]}, value: 2}], "
         "otherwise: 3}}", "2"),
        ("{steps: {of: 79.9, below: 0, table: [{at_least: 50, value: 1}, "
         "{at_least: 80, value: 2}]}}", "1"),
        ("{steps: {of: 80, below: 0, table: [{at_least: 50, value: 1}, {above: 80, value: 2}]}}",
         "1"),
        ("{interpolate: {of: 10, points: [[50, 1], [100, 10], [200, 9]]}}", "1"),
        ("{interpolate: {of: 150, points: [[50, 1], [100, 10], [200, 9]]}}", "9.5"),
        ("{interpolate: {of: 75, points: [[50, 0], [100, 10]]}}", "5"),
        ("{interpolate: {of: 120, points: [[50, 0], [100, 10]]}}", "10"),
        ("{lookup: {of: {input: elements.level}, table: {GOOD: 8, BAD: 2}}}", "8"),
        ("{achievement: {baseline: 0, target: 4, actual: 5, cap: '1.2'}}", "6/5"),
        ("{achievement: {baseline: 4, target: 4, actual: 4}}", "1"),
        ("{ledger: {start: 10, floor: 0, ceiling: 12, entries: ["
         "{id: LATE, each: -2, limit: 5, clause: s, text: {vi: a, en: a}},"
         "{id: PRAISE, each: 9, clause: s, text: {vi: b, en: b}}]}}", "12"),
    ],
)  # fmt: skip
def test_the_operator_gives_the_exact_value_and_its_points_add_up(total: str, value: str) -> None:
    unitless = f"{{multiply: [1, {total}]}}"

    result = tiny_score(unitless, WORK, INPUTS if "elements" in total else "")

    assert result.total == Fraction(value)
    assert sum(leaf.points for leaf in result.explanation().leaves()) == Fraction(value)


@pytest.mark.parametrize(
    "total",
    [
        "NOT_EVALUABLE",
        "{input: elements.none}",
        "{divide: {of: 1, by: 0, if_zero: NOT_EVALUABLE}}",
        "{satisfaction: {minimum: 30}}",
        "{sum: {over: indicators, of: {field: actual}}}",
        "{lookup: {of: {input: elements.level}, table: {BAD: 2}}}",
    ],
)
def test_what_has_no_basis_has_no_value(total: str) -> None:
    facts = {
        "satisfaction": {"index": "0.9", "n": 29},
        "indicators": [{"code": "open", "target": 5}],
        "elements": {"level": "GOOD"},
    }

    unitless = f"{{multiply: [1, {total}]}}"

    result = tiny_score(unitless, facts, INPUTS if "elements" in total else "")

    assert (result.state, result.total, result.band) == ("NOT_EVALUABLE", None, None)
    assert result.explanation().text_vi


RULES = """
rules:
  - {id: R, kind: CAP, when: true, then: THEN, clause: s, text: {vi: r, en: r}}
"""


@pytest.mark.parametrize(
    ("total", "then", "band", "reasons"),
    [
        (60, "{lower_by: 1}", "B", ("R",)),
        (10, "{lower_by: 1}", "B", ()),
        (10, "{raise_by: 1}", "A", ("R",)),
        (60, "{band_at_most: B}", "B", ("R",)),
        (10, "{band_at_least: A}", "A", ("R",)),
        (10, "{band: A}", "A", ("R",)),
    ],
)
def test_rules_move_the_band_and_say_so(
    total: int, then: str, band: str, reasons: tuple[str, ...]
) -> None:
    result = tiny_score(str(total), {}, RULES.replace("THEN", then))

    assert (result.total, result.band, result.reasons) == (Fraction(total), band, reasons)


def test_a_rule_can_cap_what_is_counted() -> None:
    capped = RULES.replace("THEN", "{counted_total: {min: [{result: total}, '49.99']}}")

    result = tiny_score("60", {}, capped)

    assert (result.total, result.counted_total) == (Fraction(60), Fraction("49.99"))


TRIGGER = """
triggers:
  - {id: T, when: WHEN, case: {vi: c, en: c}, clause: s, text: {vi: t, en: t}}
"""


@pytest.mark.parametrize(
    ("period", "history", "fires"),
    [
        (None, {"2024": 40, "2025": 45}, True),
        (None, {"2024": 40, "2025": 55}, False),
        ("2027", {"2024": 40, "2025": 45}, False),
        ("2026", {"2025": 45, "2024": 40}, True),
        ("2026-Q1", {"2025-Q3": 40, "2025-Q4": 45}, True),
        ("2026-01", {"2025-11": 40, "2025-12": 45}, True),
        ("2026-Q1", {"2025-Q2": 40, "2025-Q4": 45}, False),
    ],
)
def test_three_periods_in_a_row(period: str | None, history: dict[str, int], fires: bool) -> None:
    when = "{consecutive: {periods: 3, meets: {less: [{field: total}, 50]}}}"
    facts: dict[str, object] = {
        "history": [{"period": name, "total": total} for name, total in history.items()]
    }
    if period:
        facts["period"] = period

    result = tiny_score("40", facts, TRIGGER.replace("WHEN", when))

    assert result.triggers == (("T",) if fires else ())


def test_twice_within_so_many_years_counts_quarters_of_those_years() -> None:
    when = "{times_within: {times: 2, years: 2, meets: {equals: [{field: band}, B]}}}"
    history = [{"period": "2024-Q4", "band": "B"}, {"period": "2025-Q1", "band": "B"}]

    found = [
        tiny_score(
            "60", {"period": period, "history": history}, TRIGGER.replace("WHEN", when)
        ).triggers
        for period in ("2025-Q3", "2026-Q1", "2027-Q1")
    ]

    assert found == [("T",), (), ()]


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "direction", "value"),
    [
        (0, 10, 5, "UP", "1/2"),
        (0, 10, 12, "UP", "1"),
        (0, 10, -3, "UP", "0"),
        (2, 10, 4, "UP", "1/4"),
        (10, 2, 4, "DOWN", "3/4"),
        (10, 2, 1, "DOWN", "1"),
        (10, 2, 11, "DOWN", "0"),
        (5, 5, 5, "UP", "1"),
        (5, 5, 4, "UP", "0"),
        (5, 5, 5, "DOWN", "1"),
        (5, 5, 6, "DOWN", "0"),
    ],
)
def test_an_achievement_lies_between_0_and_its_cap(
    baseline: int, target: int, actual: int, direction: str, value: str
) -> None:
    given = f"baseline: {baseline}, target: {target}, actual: {actual}, direction: {direction}"

    assert tiny_score(f"{{multiply: [1, {{achievement: {{{given}}}}}]}}", {}).total == Fraction(
        value
    )


@pytest.mark.parametrize(("target", "direction"), [(10, "DOWN"), (-10, "UP")])
def test_a_target_on_the_wrong_side_of_the_baseline_is_refused(target: int, direction: str) -> None:
    row = {"code": "i7", "target": target, "actual": 1, "direction": direction}
    best = "{max: {over: indicators, of: {achievement: {}}, if_none: 0}}"

    with pytest.raises(Invalid, match=r"^i7: the target lies on the wrong side of the baseline$"):
        tiny_score(best, {"indicators": [row]})


def test_an_achievement_of_its_own_is_told_by_its_rule() -> None:
    given = "baseline: 0, target: 5, actual: 1, direction: DOWN"

    with pytest.raises(Invalid, match=r"^total: the target lies on the wrong side of"):
        tiny_score(f"{{multiply: [1, {{achievement: {{{given}}}}}]}}", {})
