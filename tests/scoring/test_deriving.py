"""A province's own policy: other defaults within declared bounds, nothing else."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from congvu_kit.domain.errors import Invalid
from congvu_scoring import (
    Policy,
    PolicyChange,
    Snapshot,
    compile_policy,
    derive,
    diff,
    plain,
    score,
    undeclared_changes,
)
from congvu_scoring.documents.policy_files import load_policy, shipped_policy
from congvu_scoring.documents.yaml_documents import parse_yaml
from congvu_scoring.engine.stages import dated_days
from scoring.making import STAFF, item, tiny, tiny_text

BASE = shipped_policy(STAFF)
WORDS = "clause: s, text: {vi: r, en: r}"
SECTIONS = (
    f"switches: {{bonus: {{default: 1, min: 0, max: 5, {WORDS}}}}}\n"
    f"weights:\n  g: {{items: {{W: {{default: 60, max: 70, text: {{vi: w, en: w}}}},"
    f" V: {{rest: true, text: {{vi: v, en: v}}}}}}, {WORDS}}}\n"
)
WEIGHTED = (
    "{weighted_sum: {parts: [{id: p, weight: {weight: W}, value: {switch: bonus},"
    f" {WORDS}}}, {{id: q, weight: {{weight: V}}, value: 1, {WORDS}}}]}}}}"
)


def test_a_derived_policy_scores_by_its_own_defaults() -> None:
    own = derive(BASE, {"on_zero_assigned": "ZERO"}, policy_id="H32-STAFF")

    result = score(compile_policy(own), Snapshot.from_document({"general_total": 30}))

    assert (own.ref, result.state, result.band) == ("H32-STAFF@1", "SCORED", "KHT")
    assert own.hash != BASE.hash
    assert own.document["derived_from"] == {
        "id": STAFF,
        "version": BASE.version,
        "hash": BASE.hash,
    }


def test_a_derived_policy_is_a_policy_file_again() -> None:
    own = derive(BASE, {"quota_rate": "0.25"}, policy_id="H32-STAFF")

    assert load_policy(own.document, "h32.yaml").hash == own.hash


def test_beyond_the_bounds_is_refused() -> None:
    with pytest.raises(Invalid, match=r"quota_rate: 0.3 lies outside 0 to 0.25") as refusal:
        derive(BASE, {"quota_rate": "0.3"}, policy_id="H32-STAFF")

    assert refusal.value.rule_id == "quota_rate"


def test_weights_must_still_sum_to_100() -> None:
    with pytest.raises(Invalid, match="E-I6"):
        derive(shipped_policy("KHANHHOA-UNIT-2025"), {"ADMIN_REFORM": "50"}, policy_id="H32-UNIT")


def test_a_derived_policy_needs_its_own_id() -> None:
    with pytest.raises(Invalid, match="needs an id of its own"):
        derive(BASE, {}, policy_id=STAFF)


def test_the_difference_names_each_place() -> None:
    own = derive(BASE, {"quota_rate": "0.25"}, policy_id="H32-STAFF")

    found = {change.path: change for change in diff(BASE, own)}

    assert found["switches.quota_rate.default"] == PolicyChange(
        "switches.quota_rate.default", "0.20", "0.25"
    )
    assert set(found) - {"version"} == {
        "id",
        "derived_from",
        "switches.quota_rate.default",
    }
    assert undeclared_changes(BASE, own) == ()


def test_a_change_beyond_the_declared_freedom_is_named() -> None:
    own = derive(BASE, {}, policy_id="H32-STAFF")
    document = {**own.document, "subjects": ["STAFF", "LEADER"]}

    tampered = load_policy(document, "h32.yaml")

    assert [change.path for change in undeclared_changes(BASE, tampered)] == [
        "subjects[1]",
        "switches.head_not_above_unit",
    ]


def test_the_base_is_untouched() -> None:
    derive(BASE, {"quota_rate": "0.25"}, policy_id="H32-STAFF")

    facts = Snapshot.from_document({"general_total": 30, "work": [item()]})
    assert compile_policy(BASE).settings()["quota_rate"] == "0.2"
    assert score(compile_policy(BASE), facts).total == 100


def changes(before: object, after: object) -> list[tuple[str, object, object]]:
    one, other = (tiny("1", f"workflow: {{settings: {given}}}\n") for given in (before, after))
    return [(change.path, change.before, change.after) for change in diff(one, other)]


def test_what_was_added_or_removed_has_one_side_only() -> None:
    assert changes("{a: x, b: y}", "{b: z, c: w}") == [
        ("workflow.settings.a", "x", None),
        ("workflow.settings.b", "y", "z"),
        ("workflow.settings.c", None, "w"),
    ]


def test_a_longer_list_is_told_entry_by_entry() -> None:
    middle = "{code: M, at_least: 5, text: {vi: m, en: m}}\n    - {code: B,"
    one = tiny("1")
    other = load_policy(parse_yaml(tiny_text("1").replace("{code: B,", middle), "b"), "b")

    paths = [change.path for change in diff(one, other)]

    assert paths[0] == "bands.table[1].code"
    assert paths[-1] == "bands.table[2]"


def test_a_value_of_another_shape_is_one_change() -> None:
    one, other = tiny("{add: [1, 2]}"), tiny("5")

    assert diff(one, other) == (PolicyChange("measures.total.value", {"add": [1, 2]}, 5),)


@pytest.mark.parametrize(
    ("path", "value", "free"),
    [
        ("title", {"vi": "t", "en": "t"}, True),
        ("summary", {"vi": "t", "en": "t"}, True),
        ("effective_from", "2026-01-01", True),
        ("units", ["u1"], True),
        ("version", 2, True),
        ("sources", [{"id": "s", "kind": "LAW", "text": {"vi": "x", "en": "x"}}], False),
        ("switches.bonus.default", "2", True),
        ("switches.bonus.max", "9", False),
        ("weights.g.items.W.default", "55", True),
        ("weights.g.items.W.max", "99", False),
        ("total", "total", True),
    ],
)
def test_only_what_is_declared_may_differ(path: str, value: object, free: bool) -> None:
    base = tiny(WEIGHTED, SECTIONS)
    document: dict[str, object] = json.loads(json.dumps(plain(base.document)))
    *above, last = path.split(".")
    spot: Any = document
    for step in above:
        spot = spot[step]
    spot[last] = value

    changed = undeclared_changes(base, load_policy(document, "changed"))

    assert (changed == ()) is free


def test_a_derived_policy_keeps_what_it_did_not_choose() -> None:
    base = tiny(WEIGHTED, SECTIONS)

    own = derive(
        base, {"W": "55", "bonus": "2"}, policy_id="OWN", version=3, title={"vi": "R", "en": "O"}
    )

    assert (own.ref, own.title.en) == ("OWN@3", "O")
    assert compile_policy(own).settings() == {"V": "45", "W": "55", "bonus": "2"}
    assert compile_policy(base).settings() == {"V": "40", "W": "60", "bonus": "1"}
    assert [change.path for change in diff(base, own)] == [
        "id",
        "version",
        "title.vi",
        "title.en",
        "switches.bonus.default",
        "weights.g.items.W.default",
        "derived_from",
    ]
    assert undeclared_changes(base, own) == ()


SPARROW = shipped_policy("IN-SPARROW")


def moved(**days: str) -> Policy:
    named = {f"{stage}.last_day": day for stage, day in days.items()}
    return derive(SPARROW, named, policy_id="H32-STAGES")


def test_the_last_days_of_stages_are_moved_and_nothing_else() -> None:
    own = moved(SELF_APPRAISAL="04-30", REPORTING="05-15")

    days = dated_days(own.workflow, date(2026, 4, 1))

    assert [f"{day:%m-%d}" for day in days.values()] == ["04-30", "05-15", "07-31", "08-31"]
    assert {change.path for change in diff(SPARROW, own)} == {
        "id",
        "version",
        "derived_from",
        "workflow.stages[0].last_day",
        "workflow.stages[1].last_day",
    }
    assert undeclared_changes(SPARROW, own) == ()


@pytest.mark.parametrize(
    ("days", "why"),
    [
        ({"SELF_APPRAISAL": "06-30"}, "after that of the stage before it"),
        ({"SELF_APPRAISAL": "03-31"}, "outside 04-01 to 12-31"),
        ({"ACCEPTING": "01-15"}, "outside 04-01 to 12-31"),
        ({"ACCEPTING": "13-01"}, "no day MM-DD"),
        ({"ACCEPTED": "12-01"}, "no such stage"),
    ],
)
def test_a_last_day_stays_in_order_and_within_the_law_s_dates(
    days: Mapping[str, str], why: str
) -> None:
    with pytest.raises(Invalid, match=why):
        moved(**days)


def test_a_stage_that_the_base_does_not_let_move_stays() -> None:
    """Nor does a document that says so of itself."""
    lab = shipped_policy("MY-LAB")
    fixed = next(stage for stage in lab.workflow.stages if stage.last_day)
    with pytest.raises(Invalid, match="no such stage") as refusal:
        derive(lab, {f"{fixed.id}.last_day": "11-30"}, policy_id="OWN")
    written = json.loads(derive(SPARROW, {}, policy_id="OWN").text)
    written["workflow"]["stages"][0] |= {
        "movable": {"from": "01-01", "to": "12-31"},
        "last_day": "02-01",
    }
    wider = load_policy(written, "own.yaml")

    assert refusal.value.rule_id == f"{fixed.id}.last_day"
    assert [change.path for change in undeclared_changes(SPARROW, wider)] == [
        "workflow.stages[0].movable.from"
    ]


def test_a_policy_without_switches_is_derived_without_them() -> None:
    own = derive(tiny("1"), {}, policy_id="OWN")

    assert "switches" not in own.document
    assert "weights" not in own.document
