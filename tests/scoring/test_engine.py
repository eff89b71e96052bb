"""From a compiled policy to bands and effects, and what refuses a snapshot or a switch."""

from fractions import Fraction

import pytest

from congvu_kit.domain.errors import Invalid
from congvu_scoring import (
    CompiledPolicy,
    NextBand,
    Snapshot,
    SubordinateBand,
    compile_policy,
    count_subordinates,
    score,
)
from congvu_scoring.documents.policy_files import load_policy
from congvu_scoring.documents.yaml_documents import parse_yaml
from scoring.making import tiny, tiny_score, tiny_text

WORDS = "clause: s, text: {vi: luật, en: law}"
SKILL = "inputs:\n  elements.skill: {text: {vi: s, en: s}}\n"
TOTAL = "{input: {path: elements.skill, default: 0}}"
TABLE = """    - {code: A, at_least: 90, text: {vi: A, en: A}}
    - {code: B, above: 70, text: {vi: B, en: B}}
    - {code: C, at_least: 50, when: {event: OK}, text: {vi: C, en: C}}
    - {code: D, text: {vi: D, en: D}}
"""


def graded(sections: str = "", bands: str = "") -> CompiledPolicy:
    """A policy of four bands whose total is the element skill."""
    text = tiny_text(TOTAL, SKILL + sections)
    head, _, _ = text.partition("    - {code: A")
    return compile_policy(load_policy(parse_yaml(f"{head}{TABLE}{bands}", "g"), "g"))


def facts(skill: object, *events: str) -> Snapshot:
    return Snapshot.from_document({"elements": {"skill": skill}, "events": list(events)})


@pytest.mark.parametrize(
    ("skill", "events", "band"),
    [
        (90, (), "A"),
        ("89.999", (), "B"),
        ("70.001", (), "B"),
        (70, ("OK",), "C"),
        (70, (), "D"),
        (50, ("OK",), "C"),
        ("49.9", ("OK",), "D"),
        (0, (), "D"),
    ],
)
def test_the_first_band_reached_counts(skill: object, events: tuple[str, ...], band: str) -> None:
    assert score(graded(), facts(skill, *events)).band == band


@pytest.mark.parametrize(
    ("places", "skill", "band"), [("0", "89.5", "A"), ("0", "89.4", "B"), ("1", "89.94", "B")]
)
def test_a_band_may_be_read_on_the_rounded_total(places: str, skill: str, band: str) -> None:
    result = score(graded(bands=f"  places: {places}\n"), facts(skill))

    assert (result.band, result.total) == (band, Fraction(skill))


def test_a_switch_tells_whether_the_band_is_read_on_the_rounded_total() -> None:
    switch = (
        "switches: {on: {default: EXACT, values: {EXACT: {vi: a, en: a}, R: {vi: b, en: b}},"
        f" {WORDS}}}}}\n"
    )
    compiled = graded(switch, "  places: 0\n  read_on: {switch: on}\n")
    rounded = compile_policy(compiled.policy, {"on": "R"})

    assert score(compiled, facts("89.5")).band == "B"
    assert score(rounded, facts("89.5")).band == "A"


def test_a_band_may_be_read_on_another_number() -> None:
    result = score(graded(bands="  of: {multiply: [2, total]}\n"), facts(46))

    assert (result.total, result.band) == (Fraction(46), "A")


def rule(then: str, when: str = "{event: E}", name: str = "R") -> str:
    return f"rules: [{{id: {name}, kind: GATE, when: {when}, then: {then}, {WORDS}}}]\n"


@pytest.mark.parametrize(
    ("then", "skill", "band", "changed"),
    [
        ("{band: C}", 95, "C", True),
        ("{band: D}", 10, "D", False),
        ("{band_at_most: B}", 95, "B", True),
        ("{band_at_most: B}", 75, "B", False),
        ("{band_at_most: B}", 10, "D", False),
        ("{band_at_least: B}", 10, "B", True),
        ("{band_at_least: B}", 75, "B", False),
        ("{band_at_least: B}", 95, "A", False),
        ("{lower_by: 1}", 95, "B", True),
        ("{lower_by: 2}", 95, "C", True),
        ("{lower_by: 9}", 95, "D", True),
        ("{lower_by: 1}", 10, "D", False),
        ("{raise_by: 1}", 75, "A", True),
        ("{raise_by: 9}", 10, "A", True),
        ("{raise_by: 1}", 95, "A", False),
        ("{lower_by: 3, raise_by: 1}", 95, "C", True),
        ("{lower_by: 3, band_at_least: B}", 95, "B", True),
        ("{raise_by: 3, band_at_most: B}", 10, "B", True),
        ("{counted_total: 5}", 95, "A", False),
    ],
)
def test_an_effect_moves_the_band(then: str, skill: int, band: str, changed: bool) -> None:
    result = score(graded(rule(then)), facts(skill, "E"))

    assert (result.band, result.total) == (band, Fraction(skill))
    assert [found.changed for found in result.in_force] == [changed]
    assert result.reasons == (("R",) if changed else ())
    assert score(graded(rule(then)), facts(skill)).in_force == ()


@pytest.mark.parametrize(
    ("skill", "events", "found"),
    [
        (95, (), None),
        (80, (), NextBand("A", Fraction(90), False, Fraction(10))),
        (60, ("OK",), NextBand("B", Fraction(70), True, Fraction(10))),
        (60, (), NextBand("C", Fraction(50), False, Fraction(0))),
        (95, ("E",), NextBand("A", Fraction(90), False, Fraction(0), ("R",))),
        (75, ("E",), NextBand("A", Fraction(90), False, Fraction(15), ())),
    ],
)
def test_the_next_band_is_the_one_above(
    skill: int, events: tuple[str, ...], found: NextBand | None
) -> None:
    assert score(graded(rule("{band_at_most: B}")), facts(skill, *events)).next_band() == found


def test_a_band_above_that_goes_by_conditions_has_no_threshold() -> None:
    text = tiny_text("1").replace("at_least: 50", "when: {event: TOP}")
    result = score(compile_policy(load_policy(parse_yaml(text, "t"), "t")), Snapshot())

    assert result.next_band() == NextBand("A", None, False, None)


def test_a_state_rule_gives_no_score_and_its_own_reason() -> None:
    state = f"states: [{{id: AWAY, state: NOT_RATED, when: {{event: AWAY}}, {WORDS}}}]\n"

    result = score(graded(state), facts(80, "AWAY"))

    assert (result.state, result.total, result.band, result.raw_band) == (
        "NOT_RATED",
        None,
        None,
        None,
    )
    assert result.components == {"total": 80}
    assert result.next_band() is None
    tree = result.explanation()
    assert (tree.rule_id, tree.text_vi, tree.points, tree.value) == (
        "AWAY",
        "luật",
        Fraction(0),
        None,
    )
    assert result.document()["not_scored_because"] == "AWAY"
    assert score(graded(state), facts(80)).state == "SCORED"


RANGED = "unit: points\n    min: 10\n    max: 90\n    value"


@pytest.mark.parametrize(("skill", "fits"), [(10, True), (90, True), ("9.99", False), (91, False)])
def test_a_measure_out_of_its_range_is_an_error_not_a_score(skill: object, fits: bool) -> None:
    text = tiny_text(TOTAL, SKILL).replace("unit: points\n    value", RANGED)
    compiled = compile_policy(load_policy(parse_yaml(text, "r"), "r"))

    if fits:
        assert score(compiled, facts(skill)).total == Fraction(str(skill))
        return
    with pytest.raises(Invalid, match=rf"^total is {skill}, outside 10 to 90 \(E-I5\)$") as refusal:
        score(compiled, facts(skill))
    assert (refusal.value.field, refusal.value.rule_id) == ("total", "total")


@pytest.mark.parametrize(
    ("bounds", "skill", "told"),
    [("    min: 10\n", 9, "9, outside 10 to –"), ("    max: 5\n", 6, "6, outside – to 5")],
)
def test_an_open_range_is_told_as_open(bounds: str, skill: int, told: str) -> None:
    text = tiny_text(TOTAL, SKILL).replace("    value: {input", f"{bounds}    value: {{input")
    text = text.replace("at_least: 50", "when: {event: TOP}")
    compiled = compile_policy(load_policy(parse_yaml(text, "r"), "r"))

    with pytest.raises(Invalid, match=told):
        score(compiled, facts(skill))


def test_a_hidden_measure_is_checked_and_not_shown() -> None:
    hidden = (
        "  m:\n    clause: s\n    text: {vi: m, en: m}\n    unit: points\n    hidden: true\n"
        "    max: 5\n    value: {input: {path: elements.skill, default: 0}}\n"
    )

    assert tiny_score("m", {}, SKILL, hidden).components == {"total": 0}
    with pytest.raises(Invalid, match="m is 6, outside – to 5"):
        tiny_score("m", {"elements": {"skill": 6}}, SKILL, hidden)


DECLARED = (
    "units: [u1, u2]\ninputs:\n"
    "  elements.skill: {min: 1, max: 5, text: {vi: s, en: s}}\n"
    "  elements.open: {min: 1, text: {vi: s, en: s}}\n"
    "  elements.low: {max: 5, text: {vi: s, en: s}}\n"
    "  elements.*: {min: 0, max: 9, text: {vi: s, en: s}}\n"
    "  elements.grade: {values: [GOLD, SILVER], text: {vi: g, en: g}}\n"
    "  satisfaction.index: {min: 0, max: 1, text: {vi: i, en: i}}\n"
)
CRITERIA = (
    "{criteria: {from: general, total: general_total, items: {"
    f"A: {{max: 5, min: 1, {WORDS}}}, B: {{max: 10, absent: 0, {WORDS}}}}}}}}}"
)


@pytest.mark.parametrize(
    ("given", "rule_id", "field", "message"),
    [
        ({"subject": {"kind": "LEADER"}}, "TINY", "subject.kind", "the policy is for STAFF, not"),
        ({"subject": {"unit": "u3"}}, "TINY", "subject.unit", "'u3' is none of them"),
        ({"elements": {"skill": "0.9"}}, "elements.skill", "elements.skill", "must lie in 1 to 5"),
        ({"elements": {"skill": "5.1"}}, "elements.skill", "elements.skill", "must lie in 1 to 5"),
        ({"elements": {"open": 0}}, "elements.open", "elements.open", "must lie in 1 to –"),
        ({"elements": {"low": 6}}, "elements.low", "elements.low", "must lie in – to 5"),
        ({"elements": {"other": 10}}, "elements.*", "elements.other", "must lie in 0 to 9"),
        ({"elements": {"grade": "BRONZE"}}, "elements.grade", "elements.grade", "'BRONZE' is none"),
        ({"satisfaction": {"index": 2}}, "satisfaction.index", "satisfaction.index", "in 0 to 1"),
        ({"general": {"C": 1}}, "TINY", "general.C", "the policy has no such criterion"),
        ({"general": {"A": "0.5"}}, "A", "general.A", "must lie in 1 to 5"),
        ({"general": {"B": 11}}, "B", "general.B", "must lie in 0 to 10"),
        ({"general_total": 16}, "total", "general_total", "must lie in 1 to 15"),
        ({"general_total": "0.5"}, "total", "general_total", "must lie in 1 to 15"),
    ],
)
def test_a_snapshot_that_does_not_fit_the_policy_is_refused(
    given: dict[str, object], rule_id: str, field: str, message: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        tiny_score(CRITERIA, given, DECLARED)

    assert message in refusal.value.en
    assert refusal.value.en.startswith(f"snapshot.{field}: ")
    assert (refusal.value.rule_id, refusal.value.field) == (rule_id, f"snapshot.{field}")


@pytest.mark.parametrize(
    "given",
    [
        {"subject": {"kind": "STAFF", "unit": "u2"}},
        {"elements": {"skill": 1, "open": 99, "low": 0, "other": 9, "grade": "SILVER"}},
        {"elements": {"skill": 5, "low": 5, "open": 1, "text": "anything"}},
        {"general": {"A": 1, "B": 10}, "satisfaction": {"index": 1}},
        {"general_total": 15},
        {"general_total": 1},
    ],
)
def test_a_snapshot_at_the_edges_fits(given: dict[str, object]) -> None:
    assert tiny_score(CRITERIA, given, DECLARED).snapshot.to_document()


LEDGER = f"{{ledger: {{start: 1, entries: [{{id: LATE, each: -1, {WORDS}}}]}}}}"


def test_conduct_of_no_ledger_is_refused_with_what_was_meant() -> None:
    with pytest.raises(Invalid) as refusal:
        tiny_score(LEDGER, {"conduct": [{"rule": "LATE"}, {"rule": "LAET"}]})

    assert refusal.value.field == "snapshot.conduct[1].rule"
    assert refusal.value.en.endswith("TINY@1 has no rule 'LAET'; did you mean 'LATE'?")
    assert tiny_score(LEDGER, {"conduct": [{"rule": "LATE"}]}).total == 0


def test_a_former_band_must_be_known_to_a_policy_that_reads_history() -> None:
    history = {"history": [{"period": "2025", "band": "OLD"}], "period": "2026"}
    reads = "{count: {over: history}}"

    with pytest.raises(Invalid, match="TINY@1 has no band 'OLD'; known: A, B"):
        tiny_score(f"{{multiply: [1, {reads}]}}", history)
    assert tiny_score("1", history).total == 1
    former = tiny_text(f"{{multiply: [1, {reads}]}}") + "  former: [OLD]\n"
    policy = compile_policy(load_policy(parse_yaml(former, "f"), "f"))
    assert score(policy, Snapshot.from_document(history)).total == 1


SWITCHES = (
    f"switches:\n  bonus: {{default: 1, min: 0, max: 2, {WORDS}}}\n"
    f"  open: {{default: 1, {WORDS}}}\n"
    f"  mode: {{default: AA, values: {{AA: {{vi: a, en: a}}, BB: {{vi: b, en: b}}}}, {WORDS}}}\n"
    f"weights:\n  g: {{items: {{W: {{default: 60, min: 50, max: 70, text: {{vi: w, en: w}}}},"
    f" V: {{rest: true, min: 35, text: {{vi: v, en: v}}}}}}, {WORDS}}}\n"
    f"constraints: [{{id: C, require: {{any: [{{less: [{{switch: bonus}}, 2]}},"
    f" {{equals: [{{switch: mode}}, BB]}}]}}, {WORDS}}}]\n"
)
WEIGHTED = (
    f"{{weighted_sum: {{parts: [{{id: p, weight: {{weight: W}}, value: {{switch: open}}, {WORDS}}},"
    f" {{id: q, weight: {{weight: V}}, value: 1, {WORDS}}}]}}}}"
)


@pytest.mark.parametrize(
    ("given", "field", "rule_id", "message"),
    [
        ({"bonus": "3"}, "switches.bonus", "bonus", "3 lies outside 0 to 2"),
        ({"bonus": "-1"}, "switches.bonus", "bonus", "-1 lies outside 0 to 2"),
        ({"bonus": "x"}, "switches.bonus", None, "'x' is not exact"),
        ({"mode": "CC"}, "switches.mode", "mode", "'CC' is none of AA, BB"),
        ({"none": "1"}, "switches.none", "none", "no switch 'none'; the policy has: bonus, open, "),
        ({"V": "40"}, "switches.V", "V", "it takes the rest to 100"),
        ({"W": "71"}, "weights.g.items.W", "W", "the weight 71 lies outside 50 to 70 (E-I6)"),
        ({"W": "49"}, "weights.g.items.W", "W", "the weight 49 lies outside 50 to 70 (E-I6)"),
        ({"W": "66"}, "weights.g.items.V", "V", "the weight 34 lies outside 35 to 100 (E-I6)"),
        ({"bonus": "2"}, "constraints.C", "C", "rule C: law (bonus = 2, mode = AA)"),
    ],
)
def test_a_switch_or_weight_out_of_bounds_is_refused(
    given: dict[str, str], field: str, rule_id: str | None, message: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        compile_policy(tiny(WEIGHTED, SWITCHES), given)

    assert message in refusal.value.en
    assert (refusal.value.field, refusal.value.rule_id) == (field, rule_id)


def test_switches_and_weights_within_bounds_are_in_force() -> None:
    policy = tiny(WEIGHTED, SWITCHES)

    found = compile_policy(policy, {"bonus": "2", "mode": "BB", "W": "65", "open": "99/7"})

    assert found.settings() == {"V": "35", "W": "65", "bonus": "2", "mode": "BB", "open": "99/7"}
    assert compile_policy(policy).settings()["V"] == "40"
    assert found.hash != compile_policy(policy).hash


def test_a_constraint_that_reads_facts_refuses_the_snapshot() -> None:
    require = "{at_least: [{count: {over: work}}, 1]}"
    section = f"constraints: [{{id: C, require: {require}, {WORDS}}}]\n"

    with pytest.raises(Invalid, match=r"^rule C: law \(work = 0\)$"):
        tiny_score("1", {}, section)


def test_a_constraint_that_cannot_be_told_is_kept() -> None:
    require = "{less: [{input: elements.skill}, 1]}"
    section = f"{SKILL}constraints: [{{id: C, require: {require}, {WORDS}}}]\n"

    assert tiny_score("1", {}, section).total == 1


@pytest.mark.parametrize(
    ("people", "fields", "counts"),
    [
        ([], None, (0, 0, None)),
        ([("a", "A", "x", 90), ("b", "B", "y", 40)], None, (2, 1, "65")),
        ([("a", "A", "x", 90), ("b", "B", "y", None)], None, (2, 1, None)),
        ([("a", None, "x", 90), ("b", "B", "y", 40)], None, (1, 1, "40")),
        ([("a", "A", "x", 90), ("b", "B", "y", 40)], ["x"], (1, 0, "90")),
        ([("a", "A", "x", 90), ("b", "B", "y", 40)], [], (0, 0, None)),
    ],
)
def test_subordinates_are_counted_when_rated(
    people: list[tuple[str, str | None, str, int | None]],
    fields: list[str] | None,
    counts: tuple[int, int, str | None],
) -> None:
    bands = [
        SubordinateBand(name, band, field, None if total is None else Fraction(total))
        for name, band, field, total in people
    ]

    found = count_subordinates(compile_policy(tiny("1")), bands, fields)

    expected = {"subordinates": str(counts[0]), "not_completed": str(counts[1])}
    if counts[2] is not None:
        expected["average_total"] = counts[2]
    assert found.unit_inputs() == expected
