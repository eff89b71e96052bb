"""What the loader refuses, and that it says the file, the path and the rule."""

import pytest

from congvu_kit.domain.errors import Invalid
from congvu_scoring.documents.policy_files import load_policy
from congvu_scoring.documents.yaml_documents import parse_yaml
from scoring.making import tiny, tiny_score, tiny_text

SWITCH = """
switches:
  bonus: {default: 1, min: 0, max: 2, clause: s, text: {vi: Thưởng, en: Bonus}}
"""
MEASURES = """
  ratio:
    clause: s
    text: {vi: Tỷ lệ, en: Ratio}
    unit: ratio
    value: {converted_ratio: {if_nothing_assigned: 0}}
  points:
    clause: s
    text: {vi: Điểm, en: Points}
    unit: points
    value: 10
"""
PARTS = """
      weighted_sum:
        parts:
          - {id: p, weight: 60, value: 1, clause: s, text: {vi: p, en: p}}
          - {id: q, weight: SECOND, value: 1, clause: s, text: {vi: q, en: q}}
"""


@pytest.mark.parametrize(
    ("total", "message"),
    [
        ("{sqrt: 4}", "measures.total.value: rule total: unknown number operator 'sqrt'"),
        ("{multply: [1, 2]}", "did you mean 'multiply'"),
        ("{add: 5}", r"measures.total.value.add: rule total: a list of 1 or more is expected"),
        ("pionts", "unknown measure \\(defined above\\) 'pionts'"),
        ("{divide: {of: 1, by: 0}}", "divide: rule total: the key 'if_zero' is missing"),
        ("{input: elements.x}", "unknown number input 'elements.x'"),
        ("{field: completed}", "there is no list around it"),
        ("{sum: {over: work, of: {field: done}}}", "unknown number field of work 'done'"),
        ("{sum: {over: tasks, of: 1}}", "unknown list 'tasks'"),
        ("{switch: speed}", "unknown numeric switch 'speed'"),
        ("{result: total}", "the result is not known here"),
        ("{if: {when: {less: [1]}, then: 1, else: 2}}", "a list of 2 or more is expected"),
        ("{if: {when: {less: [{text: a}, {text: b}]}, then: 1, else: 2}}", "texts have no order"),
        ("{round: {value: 1, places: -1}}", "a whole number is expected"),
        ("{clamp: {value: 1}}", "give low, high or both"),
        (
            "{steps: {of: 1, below: 0, table: [{at_least: 5, value: 1}, {at_least: 4, value: 2}]}}",
            r"table\[1\]: rule total: thresholds must ascend; this step is never reached",
        ),
        (
            "{choose: {cases: [{when: true, value: 1}], otherwise: 2}}",
            "a case always or never holds",
        ),
        ("1e3", "unknown measure"),
        ("{consecutive: {periods: 2, meets: true}}", "unknown number operator 'consecutive'"),
        ("{}", "exactly one operator is expected"),
        ("{add: [1], subtract: [2, 1]}", "exactly one operator is expected"),
    ],
)
def test_a_wrong_expression_is_named_with_its_path_and_rule(total: str, message: str) -> None:
    with pytest.raises(Invalid, match=message) as refusal:
        tiny(total)

    assert str(refusal.value).startswith("tiny.yaml: measures.total.value")
    assert refusal.value.rule_id == "total"
    assert refusal.value.vi


@pytest.mark.parametrize("name", ["2nd", "a-b", "a b", "''"])
def test_the_name_of_a_measure_can_stand_in_a_formula(name: str) -> None:
    measure = MEASURES.replace("  ratio:", f"  {name}:")

    with pytest.raises(Invalid, match=r"a name is letters, digits and _$"):
        tiny("1", "", measure)


@pytest.mark.parametrize("value", [99, 101])
def test_weights_from_switches_sum_to_100_by_their_defaults(value: int) -> None:
    half = PARTS.replace("60", "{switch: half}").replace("SECOND", "40")
    switch = SWITCH.replace("bonus", "half").replace("default: 1, min: 0, max: 2", "default: 60")

    assert tiny(half, switch).total == "total"
    with pytest.raises(Invalid, match=rf"the weights sum to {value}, not 100 \(E-I6\)"):
        tiny(half, switch.replace("60", str(value - 40)))


@pytest.mark.parametrize(
    ("sections", "rule", "message"),
    [
        (SWITCH, "bonus", "switches.bonus: rule bonus: nothing uses it"),
        (SWITCH.replace("default: 1", "default: 3"), "bonus", "3 lies outside 0 to 2"),
        (SWITCH.replace("clause: s, ", ""), "bonus", "the key 'clause' is missing"),
        ("swiches: {}", "policy", "unknown key 'swiches'; did you mean 'switches'"),
        (
            "rules: [{id: R, kind: GATE, when: false, then: {band: B}, clause: s,"
            " text: {vi: r, en: r}}]",
            "R",
            "it can never apply",
        ),
        (
            "rules: [{id: R, kind: GATE, when: true, then: {band: C}, clause: s,"
            " text: {vi: r, en: r}}]",
            "R",
            "unknown band 'C'",
        ),
        (
            "rules: [{id: R, kind: CAP, when: true, then: {band_at_most: A}, clause: s,"
            " text: {vi: r, en: r}}]",
            "R",
            "it changes nothing",
        ),
        (
            "triggers: [{id: T, when: {times_within: {times: 3, periods: 2, meets: true}},"
            " case: {vi: c, en: c}, clause: s, text: {vi: t, en: t}}]",
            "T",
            "3 times within 2 periods can never hold",
        ),
        (
            "roll_up: {methods: {YEAR: {clause: s, text: {vi: n, en: y}, total: 1, bands: [{when:"
            " {consecutive: {periods: 2, meets: true}}, band: B}]}}}",
            "roll_up",
            "periods up to now are known only in rules and triggers",
        ),
        (
            "quota: {top: B, otherwise: A, base: [A], rate: 1, clause: s, text: {vi: q, en: q}}",
            "quota",
            "otherwise must be a lower band than top",
        ),
    ],
)
def test_a_wrong_section_is_named_with_its_rule(sections: str, rule: str, message: str) -> None:
    with pytest.raises(Invalid, match=message) as refusal:
        tiny("1", sections)

    assert str(refusal.value).startswith("tiny.yaml: ")
    assert refusal.value.rule_id == rule


def test_weights_that_do_not_sum_to_100_are_refused() -> None:
    with pytest.raises(Invalid, match=r"the weights sum to 99.5, not 100 \(E-I6\)"):
        tiny(PARTS.replace("SECOND", '"39.5"'))


def test_weights_that_sum_to_100_are_taken() -> None:
    assert tiny(PARTS.replace("SECOND", "40")).total == "total"


BY_KIND = """
      weighted_sum:
        parts:
          - id: p
            weight: {if: {when: {equals: [{input: subject.kind}, STAFF]}, then: 60, else: 70}}
            value: 1
            clause: s
            text: {vi: p, en: p}
          - {id: q, weight: 40, value: "0.5", clause: s, text: {vi: q, en: q}}
"""


def test_weights_that_depend_on_the_person_are_checked_for_each() -> None:
    assert tiny_score(BY_KIND, {"subject": {"kind": "STAFF"}}).total == 80

    with pytest.raises(Invalid, match=r"the weights sum to 110, not 100 \(E-I6\)"):
        tiny_score(BY_KIND, {})


def test_points_are_not_added_to_ratios() -> None:
    with pytest.raises(Invalid, match="rule total: mixes points and ratio"):
        tiny("{add: [ratio, points]}", measures=MEASURES)


def test_a_measure_must_be_in_the_unit_it_says() -> None:
    wrong = MEASURES.replace("unit: points\n    value: 10", "unit: points\n    value: ratio")

    with pytest.raises(Invalid, match="the value is in ratio, the measure says points"):
        tiny("points", measures=wrong)


def test_a_measure_nothing_uses_is_refused_unless_it_is_evidence() -> None:
    with pytest.raises(Invalid, match=r"measures.ratio: rule ratio: no rule uses it"):
        tiny("points", measures=MEASURES)

    evidence = MEASURES.replace("unit: ratio\n", "unit: ratio\n    evidence: true\n")
    assert tiny("points", measures=evidence).measures["ratio"].evidence


def test_bands_that_cannot_be_reached_are_refused() -> None:
    text = (
        tiny_text("1")
        .replace("at_least: 50", "at_least: 50")
        .replace(
            "    - {code: B, text",
            "    - {code: C, at_least: 60, text: {vi: C, en: C}}\n    - {code: B, text",
        )
    )

    with pytest.raises(Invalid, match=r"bands.table\[1\]: rule bands: .* is never reached"):
        load_policy(parse_yaml(text, "tiny"), "tiny.yaml")


@pytest.mark.parametrize(
    ("bounds", "message"),
    [
        ("max: 49", r"bands.table\[0\]: rule bands: the total is at most 49: A is never reached"),
        ("min: 50", "the total is at least 50: B is never reached"),
    ],
)
def test_bands_outside_the_range_of_the_total_are_refused(bounds: str, message: str) -> None:
    text = tiny_text("1").replace("    unit: points\n", f"    unit: points\n    {bounds}\n")

    with pytest.raises(Invalid, match=message):
        load_policy(parse_yaml(text, "tiny"), "tiny.yaml")


def test_a_missing_clause_names_the_rule() -> None:
    text = tiny_text("1").replace("    clause: s\n    text: {vi: Tổng", "    text: {vi: Tổng")

    with pytest.raises(Invalid, match="the key 'clause' is missing") as refusal:
        load_policy(parse_yaml(text, "tiny"), "tiny.yaml")

    assert refusal.value.rule_id == "total"


def test_yaml_decimals_stay_exact_and_words_stay_words() -> None:
    parsed = parse_yaml("{a: 0.1, b: no, c: 2026-01-01, d: '4/7', e: on}", "x")

    assert {key: str(value) for key, value in dict(parsed).items()} == {  # type: ignore[call-overload]
        "a": "0.1",
        "b": "no",
        "c": "2026-01-01",
        "d": "4/7",
        "e": "on",
    }


@pytest.mark.parametrize(
    ("text", "where"),
    [("a: [1", "x:1:"), ("a: 1\na: 2", "x:2:1: the key 'a' is given twice, first in line 1")],
)
def test_broken_yaml_says_line_and_column(text: str, where: str) -> None:
    with pytest.raises(Invalid, match=where):
        parse_yaml(text, "x")
