"""Rules, bands, measures and switches that nothing could ever reach or use, at their edges."""

import pytest

from congvu_kit.domain.errors import Invalid
from congvu_scoring.documents.policy_files import load_policy
from congvu_scoring.documents.yaml_documents import parse_yaml
from scoring.making import tiny, tiny_text

WORDS = "clause: s, text: {vi: r, en: r}"
RANGED = "unit: points\n    min: 0\n    max: 10\n    evidence: true\n    value: 5\n"
MEASURES = f"  m:\n    clause: s\n    text: {{vi: m, en: m}}\n    {RANGED}"


def rule(when: str, then: str = "{band: B}") -> str:
    return f"rules: [{{id: R, kind: GATE, when: {when}, then: {then}, {WORDS}}}]\n"


NEVER = [
    "{at_least: [m, '10.01']}",
    "{equals: [m, 11]}",
    "{greater: [m, 10]}",
    "{greater: [m, 11]}",
    "{at_most: [m, '-0.01']}",
    "{equals: [m, -1]}",
    "{less: [m, 0]}",
    "{less: [m, -1]}",
    "{at_most: [11, m]}",
    "{less: [10, m]}",
    "{equals: [11, m]}",
    "{at_least: [-1, m]}",
    "{greater: [0, m]}",
    "false",
]
SOMETIMES = [
    "{at_least: [m, 10]}",
    "{equals: [m, 10]}",
    "{greater: [m, '9.99']}",
    "{at_most: [m, 0]}",
    "{equals: [m, 0]}",
    "{less: [m, '0.01']}",
    "{not_equals: [m, 11]}",
    "{at_most: [10, m]}",
    "{less: [9, m]}",
    "{at_least: [0, m]}",
    "{greater: [1, m]}",
    "{at_least: [total, 99]}",
    "{at_least: [m, total]}",
    "{less: [1, 2]}",
    "true",
]


@pytest.mark.parametrize("when", NEVER)
def test_a_rule_outside_the_declared_range_is_refused(when: str) -> None:
    with pytest.raises(Invalid, match=r"rules: rule R: it can never apply$"):
        tiny("1", rule(when), MEASURES)


@pytest.mark.parametrize("when", SOMETIMES)
def test_a_rule_that_can_apply_is_taken(when: str) -> None:
    assert [found.rule.id for found in tiny("1", rule(when), MEASURES).rules] == ["R"]


@pytest.mark.parametrize(
    ("section", "name"),
    [
        (f"states: [{{id: S, state: NOT_RATED, when: false, {WORDS}}}]\n", "S"),
        (f"constraints: [{{id: C, require: false, {WORDS}}}]\n", "C"),
        (f"triggers: [{{id: T, when: false, case: {{vi: c, en: c}}, {WORDS}}}]\n", "T"),
    ],
)
def test_no_section_has_a_condition_that_never_holds(section: str, name: str) -> None:
    with pytest.raises(Invalid, match=f"rules: rule {name}: it can never apply"):
        tiny("1", section)


def bands(high: str, low: str, first: str, second: str) -> str:
    text = tiny_text("1").replace(
        "unit: points\n    value: 1", f"unit: points\n{high}{low}    value: 1"
    )
    rows = (
        f"    - {{code: A, {first}, text: {{vi: A, en: A}}}}\n"
        f"    - {{code: M, {second}, text: {{vi: M, en: M}}}}\n"
    )
    return text.replace("    - {code: A, at_least: 50, text: {vi: A, en: A}}\n", rows)


HIGH, LOW = "    max: 100\n", "    min: 0\n"


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("at_least: '100.01'", "at_least: 5", r"the total is at most 100: A is never reached"),
        ("at_least: 200", "at_least: 101", r"the total is at most 100: A is never reached"),
        ("at_least: 5", "at_least: 0", r"the total is at least 0: B is never reached"),
        ("at_least: 5", "at_least: -1", r"the total is at least 0: B is never reached"),
        ("at_least: 5", "at_least: 5", r"bands go from best to worst; this one is never reached"),
        ("at_least: 5", "at_least: 6", r"bands go from best to worst; this one is never reached"),
        ("at_least: 5", "above: 5", r"bands go from best to worst; this one is never reached"),
    ],
)  # fmt: skip
def test_a_band_that_no_total_reaches_is_refused(first: str, second: str, message: str) -> None:
    with pytest.raises(Invalid, match=message):
        load_policy(parse_yaml(bands(HIGH, LOW, first, second), "b"), "b")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("at_least: 100", "at_least: 5"),
        ("above: 5", "at_least: 5"),
        ("at_least: 5", "at_least: '0.01'"),
        ("at_least: 5, when: {event: E}", "at_least: 7"),
        ("at_least: 5", "at_least: 0, when: {event: E}"),
        ("when: {event: E}", "at_least: 5"),
    ],
)
def test_a_band_that_some_total_reaches_is_taken(first: str, second: str) -> None:
    policy = load_policy(parse_yaml(bands(HIGH, LOW, first, second), "b"), "b")

    assert policy.bands.codes == ("A", "M", "B")


@pytest.mark.parametrize(
    "then", ["{lower_by: 1}", "{raise_by: 1}", "{band_at_most: B}", "{band: A}"]
)
def test_an_effect_that_can_change_something_is_taken(then: str) -> None:
    assert len(tiny("1", rule("{event: E}", then)).rules) == 1


@pytest.mark.parametrize(
    "then",
    ["{band_at_most: A}", "{band_at_least: B}", "{lower_by: 2, raise_by: 2}", "{lower_by: 0}"],
)
def test_an_effect_that_changes_nothing_is_refused(then: str) -> None:
    with pytest.raises(Invalid, match=r"rules: rule R: it changes nothing$"):
        tiny("1", rule("{event: E}", then))


def two_rules(first: str, second: str) -> str:
    one = f"{{id: R, kind: GATE, when: {{event: E}}, then: {first}, {WORDS}}}"
    other = f"{{id: S, kind: CAP, when: {{event: E}}, then: {second}, {WORDS}}}"
    return f"rules: [{one}, {other}]\n"


def test_a_rule_repeated_under_another_id_is_refused_unless_it_counts_bands() -> None:
    with pytest.raises(Invalid, match=r"rules\[1\]: rule S: it does what R does already$"):
        tiny("1", two_rules("{band: B}", "{band: B}"))

    assert len(tiny("1", two_rules("{lower_by: 1}", "{lower_by: 1}")).rules) == 2
    assert len(tiny("1", two_rules("{band: B}", "{counted_total: 0}")).rules) == 2


QUOTA = "quota: {top: A, otherwise: B, base"


@pytest.mark.parametrize(
    ("sections", "switch"),
    [
        (rule("{equals: [{switch: mode}, BB]}"), "mode"),
        (rule("{event: E}", "{counted_total: {switch: bonus}}"), "bonus"),
        (
            f"{QUOTA}: {{switch: mode, bands: {{AA: [B], BB: [A, B]}}}},"
            f" rate: '0.2', {WORDS}}}\n",
            "mode",
        ),
        (f"{QUOTA}: [B], rate: {{switch: bonus}}, {WORDS}}}\n", "bonus"),
        (
            f"roll_up: {{switch: mode, methods: {{AA: {{total: 1, {WORDS}}},"
            f" BB: {{total: 2, {WORDS}}}}}}}\n",
            "mode",
        ),
        (
            f"roll_up: {{methods: {{Y: {{total: {{switch: bonus}}, {WORDS}}}}}}}\n",
            "bonus",
        ),
        (
            "roll_up: {methods: {Y: {bands: [{when: {at_least: [{switch: bonus}, 1]}, band: A}],"
            f" otherwise: B, {WORDS}}}}}}}\n",
            "bonus",
        ),
        (
            "states: [{id: S, state: NOT_RATED, when: {equals: [{switch: mode}, BB]},"
            f" {WORDS}}}]\n",
            "mode",
        ),
        (f"constraints: [{{id: C, require: {{equals: [{{switch: mode}}, AA]}}, {WORDS}}}]\n",
         "mode"),
    ],
)  # fmt: skip
def test_a_switch_is_used_wherever_the_outcome_is_shaped(sections: str, switch: str) -> None:
    declared = {
        "mode": f"switches: {{mode: {{default: AA, values: {{AA: {{vi: a, en: a}},"
        f" BB: {{vi: b, en: b}}}}, {WORDS}}}}}\n",
        "bonus": f"switches: {{bonus: {{default: '0.2', min: 0, max: 1, {WORDS}}}}}\n",
    }[switch]

    assert list(tiny("1", declared + sections).switches) == [switch]
    with pytest.raises(Invalid, match=f"switches.{switch}: rule {switch}: nothing uses it"):
        tiny("1", declared)


def test_a_measure_is_used_by_the_total_by_a_rule_or_shown_as_evidence() -> None:
    idle = MEASURES.replace("    evidence: true\n", "")

    assert list(tiny("m", "", idle).measures) == ["m", "total"]
    assert list(tiny("1", rule("{less: [m, 5]}"), idle).measures) == ["m", "total"]
    with pytest.raises(Invalid, match=r"measures.m: rule m: no rule uses it; mark evidence"):
        tiny("1", "", idle)


def test_what_only_an_unused_measure_reads_is_unused_too() -> None:
    first = MEASURES.replace("    evidence: true\n", "")
    second = first.replace("  m:", "  n:").replace("value: 5", "value: m")

    with pytest.raises(Invalid) as refusal:
        tiny("1", "", first + second)

    assert [line.partition(": rule ")[2] for line in refusal.value.en.splitlines()] == [
        f"{name}: no rule uses it; mark evidence: true if it is only shown" for name in "mn"
    ]


@pytest.mark.parametrize("name", ["result", "general"])
def test_a_measure_that_breaks_ties_is_used(name: str) -> None:
    quota = f"quota: {{top: A, otherwise: B, base: [B], rate: '0.2', order: [{name}], {WORDS}}}\n"
    measure = MEASURES.replace("    evidence: true\n", "").replace("  m:", f"  {name}:")

    assert name in tiny("1", quota, measure).measures


@pytest.mark.parametrize(
    "cases",
    ["{when: true, value: 1}", "{when: {event: E}, value: 1}, {when: false, value: 2}"],
)
def test_a_case_that_is_settled_beforehand_is_refused(cases: str) -> None:
    with pytest.raises(Invalid, match=r"a case always or never holds, so another is never reached"):
        tiny(f"{{choose: {{cases: [{cases}], otherwise: 3}}}}")
