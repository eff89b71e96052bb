"""A province's own policy: other defaults within declared bounds, nothing else."""

import pytest

from congvu_kit.domain.errors import Invalid
from congvu_scoring import (
    Change,
    Snapshot,
    compile_policy,
    derive,
    diff,
    score,
    undeclared_changes,
)
from congvu_scoring.documents.policy_files import load_policy, shipped_policy
from scoring.making import STAFF, item

BASE = shipped_policy(STAFF)


def test_a_derived_policy_scores_by_its_own_defaults() -> None:
    own = derive(BASE, {"on_zero_assigned": "ZERO"}, policy_id="H56-STAFF")

    result = score(compile_policy(own), Snapshot.from_document({"general_total": 30}))

    assert (own.ref, result.state, result.band) == ("H56-STAFF@1", "SCORED", "KHT")
    assert own.hash != BASE.hash
    assert own.document["derived_from"] == {"id": STAFF, "version": 1, "hash": BASE.hash}


def test_a_derived_policy_is_a_policy_file_again() -> None:
    own = derive(BASE, {"quota_rate": "0.25"}, policy_id="H56-STAFF")

    assert load_policy(own.document, "h56.yaml").hash == own.hash


def test_beyond_the_bounds_is_refused() -> None:
    with pytest.raises(Invalid, match=r"quota_rate: 0.3 lies outside 0 to 0.25") as refusal:
        derive(BASE, {"quota_rate": "0.3"}, policy_id="H56-STAFF")

    assert refusal.value.rule_id == "quota_rate"


def test_weights_must_still_sum_to_100() -> None:
    with pytest.raises(Invalid, match="E-I6"):
        derive(shipped_policy("KHANHHOA-UNIT-2025"), {"ADMIN_REFORM": "50"}, policy_id="H56-UNIT")


def test_a_derived_policy_needs_its_own_id() -> None:
    with pytest.raises(Invalid, match="needs an id of its own"):
        derive(BASE, {}, policy_id=STAFF)


def test_the_difference_names_each_place() -> None:
    own = derive(BASE, {"quota_rate": "0.25"}, policy_id="H56-STAFF")

    found = {change.path: change for change in diff(BASE, own)}

    assert found["switches.quota_rate.default"] == Change(
        "switches.quota_rate.default", "0.20", "0.25"
    )
    assert set(found) == {
        "id",
        "derived_from",
        "switches.quota_rate.default",
    }
    assert undeclared_changes(BASE, own) == ()


def test_a_change_beyond_the_declared_freedom_is_named() -> None:
    own = derive(BASE, {}, policy_id="H56-STAFF")
    document = {**own.document, "subjects": ["STAFF", "LEADER"]}

    tampered = load_policy(document, "h56.yaml")

    assert [change.path for change in undeclared_changes(BASE, tampered)] == ["subjects[1]"]


def test_the_base_is_untouched() -> None:
    derive(BASE, {"quota_rate": "0.25"}, policy_id="H56-STAFF")

    facts = Snapshot.from_document({"general_total": 30, "work": [item()]})
    assert compile_policy(BASE).settings()["quota_rate"] == "0.2"
    assert score(compile_policy(BASE), facts).total == 100
