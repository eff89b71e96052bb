"""When a condition holds, and which facts it names for having held."""

from fractions import Fraction

import pytest

from congvu_scoring import Input
from scoring.making import item, tiny_score

WORDS = "clause: s, text: {vi: r, en: r}"
FACTS = {
    "period": "2026-Q1",
    "subject": {"unit": "H32.01"},
    "elements": {"skill": 4, "grade": "GOLD"},
    "work": [
        {**item(2, 5, 4, late=2), "item": "a", "kind": "HARD"},
        {**item(1, 2, 2), "item": "b"},
    ],
    "indicators": [
        {"code": "i1", "perspective": "P", "target": 10, "actual": 8, "shared": True},
        {"code": "i2", "perspective": "Q", "target": 10, "actual": 12},
    ],
    "events": ["STORM", {"event": "FLOOD", "decision": "12/QĐ"}],
    "history": [
        {"period": "2025-Q1", "total": 30, "band": "B"},
        {"period": "2025-Q3", "total": 60, "band": "A"},
        {"period": "2025-Q4", "total": 40, "band": "B"},
    ],
}
INPUTS = (
    "inputs:\n"
    "  elements.skill: {text: {vi: s, en: s}}\n"
    "  elements.none: {text: {vi: s, en: s}}\n"
    "  elements.grade: {values: [GOLD, SILVER], text: {vi: g, en: g}}\n"
    "  elements.blank: {values: [X], text: {vi: g, en: g}}\n"
)


def facts_of(when: str, total: str = "60") -> tuple[str, ...] | None:
    """The facts a rule under this condition names; None when it is not in force."""
    rule = f"rules: [{{id: R, kind: GATE, when: {when}, then: {{counted_total: 0}}, {WORDS}}}]\n"
    result = tiny_score(total, FACTS, INPUTS + rule)
    if not result.in_force:
        return None
    return tuple(f"{given.name} {given.value}" for given in result.in_force[0].inputs)


@pytest.mark.parametrize(
    ("when", "facts"),
    [
        ("{less: [{input: elements.skill}, 5]}", ("elements.skill 4",)),
        ("{less: [{input: elements.skill}, 4]}", None),
        ("{at_most: [{input: elements.skill}, 4]}", ("elements.skill 4",)),
        ("{at_most: [{input: elements.skill}, 3]}", None),
        ("{greater: [{input: elements.skill}, 3]}", ("elements.skill 4",)),
        ("{greater: [{input: elements.skill}, 4]}", None),
        ("{at_least: [{input: elements.skill}, 4]}", ("elements.skill 4",)),
        ("{at_least: [{input: elements.skill}, 5]}", None),
        ("{equals: [{input: elements.skill}, 4]}", ("elements.skill 4",)),
        ("{equals: [{input: elements.skill}, 5]}", None),
        ("{not_equals: [{input: elements.skill}, 5]}", ("elements.skill 4",)),
        ("{not_equals: [{input: elements.skill}, 4]}", None),
        ("{less: [{input: elements.none}, 5]}", None),
        ("{not: {less: [{input: elements.none}, 5]}}", None),
        ("{equals: [{input: elements.grade}, GOLD]}", ("elements.grade GOLD",)),
        ("{equals: [GOLD, {input: elements.grade}]}", ("elements.grade GOLD",)),
        ("{equals: [{input: elements.grade}, SILVER]}", None),
        ("{not_equals: [{input: elements.grade}, SILVER]}", ("elements.grade GOLD",)),
        ("{not_equals: [{input: elements.blank}, X]}", ("elements.blank –",)),
        ("{equals: [{input: {path: elements.blank, default: X}}, X]}", ("elements.blank X",)),
        ("{one_of: {of: {input: elements.grade}, values: [SILVER, GOLD]}}",
         ("elements.grade GOLD",)),
        ("{starts_with: {of: {input: subject.unit}, prefixes: [H1, H32]}}",
         ("subject.unit H32.01",)),
        ("{starts_with: {of: {input: subject.unit}, prefixes: [01]}}", None),
        ("{ends_with: {of: {input: subject.unit}, suffixes: ['.01']}}", ("subject.unit H32.01",)),
        ("{ends_with: {of: {input: subject.unit}, suffixes: [H32]}}", None),
        ("{event: STORM}", ("event STORM",)),
        ("{event: [NONE, FLOOD, STORM]}", ("event STORM", "event FLOOD (12/QĐ)")),
        ("{event: NONE}", None),
        ("{present: {input: elements.skill}}", ("elements.skill 4",)),
        ("{present: {input: elements.none}}", None),
        ("{not: {present: {input: elements.none}}}", ()),
        ("{present: {input: elements.grade}}", ("elements.grade GOLD",)),
        ("{present: {input: elements.blank}}", None),
        ("{present: total}", ("total 60",)),
        ("{all: [{event: STORM}, {at_least: [{input: elements.skill}, 4]}]}",
         ("event STORM", "elements.skill 4")),
        ("{all: [{event: STORM}, {event: NONE}]}", None),
        ("{any: [{event: NONE}, {event: STORM}, {less: [{input: elements.none}, 1]}]}",
         ("event STORM",)),
        ("{any: [{event: NONE}, {less: [{input: elements.skill}, 1]}]}", None),
        ("{not: {any: [{event: NONE}, {less: [{input: elements.skill}, 1]}]}}",
         ("elements.skill 4",)),
        ("{not: {all: [{less: [{input: elements.skill}, 1]}, {event: STORM}]}}",
         ("elements.skill 4",)),
        ("{equals: [{result: band}, A]}", ("band A",)),
        ("{equals: [{result: raw_band}, B]}", None),
        ("{equals: [{result: state}, SCORED]}", ("state SCORED",)),
        ("{at_least: [{result: total}, 60]}", ("total 60",)),
        ("{greater: [{result: total}, 60]}", None),
        ("{band_at_least: {of: {result: band}, band: A}}", ("band A",)),
        ("{band_at_least: {of: {result: band}, band: B}}", ("band A",)),
        ("{band_below: {of: {result: band}, band: A}}", None),
        ("{band_below: {of: {text: B}, band: A}}", ()),
        ("{band_below: {of: {text: B}, band: B}}", None),
        ("{band_below: {of: {text: Z}, band: A}}", None),
        ("{band_at_least: {of: {text: Z}, band: B}}", None),
        ("true", ()),
        ("{every: {over: work, meets: {at_least: [{field: completed}, 2]}}}", ()),
        ("{every: {over: work, meets: {greater: [{field: completed}, 2]}}}", None),
        ("{every: {over: work, where: {equals: [{field: kind}, SOFT]}, meets: false}}", ()),
        ("{not: {every: {over: work, meets: {greater: [{field: completed}, 2]}}}}", ("work b",)),
        ("{some: {over: work, meets: {greater: [{field: completed}, 2]}}}", ("work a",)),
        ("{some: {over: work, meets: {greater: [{field: completed}, 9]}}}", None),
        ("{some: {over: work, where: {equals: [{field: kind}, SOFT]}, meets: true}}", None),
        ("{some: {over: indicators, meets: {flag: shared}}}", ("indicators i1",)),
        ("{some: {over: indicators, by: perspective, meets: {every: {over: group, meets:"
         " {at_least: [{achievement: {}}, 1]}}}}}", ("indicators Q",)),
        ("{some: {over: indicators, by: perspective, meets: {some: {over: group, meets: {equals:"
         " [{outer: perspective}, P]}}}}}", ("indicators P",)),
        ("{consecutive: {periods: 1, meets: {equals: [{field: band}, A]}}}", ("period 2026-Q1",)),
        ("{consecutive: {periods: 2, meets: {equals: [{field: state}, SCORED]}}}",
         ("period 2025-Q4", "period 2026-Q1")),
        ("{consecutive: {periods: 4, meets: {equals: [{field: state}, SCORED]}}}", None),
        ("{consecutive: {periods: 2, meets: {equals: [{field: band}, A]}}}", None),
        ("{times_within: {times: 2, periods: 3, meets: {equals: [{field: band}, A]}}}",
         ("period 2025-Q3", "period 2026-Q1")),
        ("{times_within: {times: 2, periods: 2, meets: {equals: [{field: band}, A]}}}", None),
        ("{times_within: {times: 3, years: 1, meets: {equals: [{field: state}, SCORED]}}}", None),
        ("{times_within: {times: 4, years: 2, meets: {equals: [{field: state}, SCORED]}}}",
         ("period 2025-Q1", "period 2025-Q3", "period 2025-Q4", "period 2026-Q1")),
        ("{times_within: {times: 1, periods: 5, meets: {less: [{field: total}, 35]}}}",
         ("period 2025-Q1",)),
        ("{times_within: {times: 1, periods: 4, meets: {less: [{field: total}, 35]}}}", None),
    ],
)  # fmt: skip
def test_a_condition_holds_and_names_its_facts(when: str, facts: tuple[str, ...] | None) -> None:
    assert facts_of(when) == facts


def test_a_trigger_names_its_facts_too() -> None:
    trigger = f"triggers: [{{id: T, when: {{event: FLOOD}}, case: {{vi: c, en: c}}, {WORDS}}}]\n"

    fired = tiny_score("1", FACTS, trigger).fired

    assert [(found.id, found.clause, found.case.vi, found.inputs) for found in fired] == [
        ("T", "s", "c", (Input("event", "FLOOD (12/QĐ)"),))
    ]


def test_a_rule_sees_the_band_the_rules_before_it_gave() -> None:
    rules = (
        f"rules: [{{id: R, kind: CAP, when: {{event: STORM}}, then: {{band_at_most: B}}, {WORDS}}},"
        " {id: S, kind: GATE, when: {equals: [{result: band}, B]}, then: {counted_total: 7},"
        f" {WORDS}}}]\n"
    )

    result = tiny_score("60", FACTS, rules)

    assert (result.raw_band, result.band, result.counted_total) == ("A", "B", Fraction(7))
    assert result.reasons == ("R",)
    assert [(found.rule.rule.id, found.changed) for found in result.in_force] == [
        ("R", True),
        ("S", False),
    ]


def test_the_counted_total_is_known_to_triggers() -> None:
    sections = (
        "rules: [{id: R, kind: CAP, when: {event: STORM}, then: {counted_total: {min:"
        f" [{{result: total}}, 9]}}}}, {WORDS}}}]\n"
        "triggers: [{id: T, when: {less: [{result: counted_total}, 10]}, case: {vi: c, en: c},"
        f" {WORDS}}}]\n"
    )

    result = tiny_score("60", FACTS, sections)

    assert (result.total, result.counted_total, result.triggers) == (
        Fraction(60),
        Fraction(9),
        ("T",),
    )
    assert result.fired[0].inputs == (Input("counted_total", "9"),)
