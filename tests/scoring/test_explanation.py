"""Every point is accounted for, under every shipped policy, with its rule, clause and proof."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvu_kit.domain.canonical import fingerprint
from congvu_scoring import (
    CitizenEvidence,
    Explanation,
    Input,
    NextBand,
)
from congvu_scoring.documents.policy_files import shipped_policies
from scoring.explained import explained_cases
from scoring.making import STAFF, item, scored

PERSPECTIVES = {
    "ND335-2025-AGENCY": ("PLAN", "PROGRESS", "MANAGEMENT", "PROCEDURES"),
    "KHANHHOA-UNIT-2025": ("ADMIN_REFORM", "CITIZEN_SERVICE", "SOCIO_ECONOMIC"),
    "LEADER-CONTRACT-BSC": ("OPERATIONS", "SOCIAL", "CAPACITY_INTEGRITY"),
    "BSC-CASCADE": ("FINANCE", "CUSTOMER", "PROCESS", "LEARNING"),
}
ELEMENTS = {
    "US-SES": ("results", "people", "change", "acumen", "coalitions"),
    "IN-SPARROW": ("work_output", "attributes", "competency"),
    "PETITION-57": (),
}
PLAIN_GENERAL = {"ND335-2025-STAFF", "ND335-2025-DEPUTY", "ND335-2025-LEADER", "PUBLIC-COMMITMENT"}

counts = st.integers(0, 5)


@st.composite
def facts_for(draw: st.DrawFn, policy: str) -> dict[str, object]:
    """Facts of every kind the policy may read; what it does not read must not matter."""
    work = [
        {
            **item(draw(st.integers(1, 9)), draw(counts), draw(counts)),
            "orientation": draw(st.sampled_from(["ADMIN_PROCEDURE", "PUBLIC_SERVICE"])),
            "kind": draw(st.sampled_from(["SPEARHEAD", "HARD", "SOFT"])),
            "quality_failures": draw(counts),
            "quality_exempt": draw(counts),
            "late": draw(counts),
            "late_exempt": draw(counts),
        }
        for _ in range(draw(st.integers(0, 3)))
    ]
    indicators = [
        {
            "code": f"{name}-{index}",
            "perspective": name,
            "weight": draw(st.integers(1, 9)),
            "target": draw(st.integers(1, 9)),
            "actual": draw(st.integers(-2, 12)),
            "parent": "unit-1",
        }
        for name in PERSPECTIVES.get(policy, ("o1", "o2"))
        for index in range(draw(st.integers(1, 2)))
    ]
    general = {"I.2": draw(counts), "III.4": "1.5"} if policy in PLAIN_GENERAL else {}
    if policy == "ND335-2025-AGENCY":
        general = dict.fromkeys(("POLICY_LAW", "DISCIPLINE", "HEAD", "ENVIRONMENT"), "0.7")
    data = {"quantity": "0.9", "quality": "0.8", "progress": 1, "on_time": "0.7", "workload": 18}
    return {
        "general": general,
        "work": work,
        "indicators": indicators,
        "elements": {name: draw(st.integers(1, 5)) for name in ELEMENTS.get(policy, ())},
        "conduct": [{"rule": "TRAINING_ABSENCE", "count": draw(counts)}],
        "faults": [{"step": "APPROVE_WORK", "working_days_late": draw(st.integers(0, 9))}],
        "satisfaction": {"index": "0.8", "n": draw(st.integers(0, 60))},
        "unit": {
            "subordinates": 3,
            "not_completed": draw(st.integers(0, 1)),
            "organising": "FULL",
            "unity": draw(st.sampled_from(["FULL", "CONFLICT"])),
            **draw(st.sampled_from([data, {}])),
        },
        "events": draw(st.sampled_from([[], ["CORRUPTION_IN_UNIT"], ["WORK_SAFETY_VIOLATION"]])),
    }


@pytest.mark.parametrize("policy", sorted(shipped_policies()))
@settings(max_examples=30)
@given(st.data())
def test_points_add_up_exactly_at_every_node(policy: str, data: st.DataObject) -> None:
    result = scored(policy, data.draw(facts_for(policy)))

    explanation = result.explanation()

    assert sum(leaf.points for leaf in explanation.leaves()) == (result.total or 0)
    for node in nodes(explanation):
        assert not node.children or sum(child.points for child in node.children) == node.points
        assert node.rule_id
        assert node.clause
        assert node.text_vi
        assert node.text_en
    assert result.hash() == scored(policy, result.snapshot.to_document()).hash()


def nodes(node: Explanation) -> list[Explanation]:
    return [node, *(below for child in node.children for below in nodes(child))]


def test_a_deduction_is_a_leaf_with_item_version_evidence_and_confirmer() -> None:
    evidence = [{"ref": "doc:1", "hash": "ab", "confirmed_by": "officer-7"}]
    work = {**item(8, 1, 1, quality_failures=2, quality_exempt=1), "evidence": evidence}

    result = scored(STAFF, {"general_total": 30, "work": [work]})

    row = next(node for node in nodes(result.explanation()) if node.rule_id == "b" and node.inputs)
    assert (row.text_vi, row.value, row.points) == ("C.56.1@1", Fraction(6), Fraction(35, 2))
    assert row.inputs == (
        Input("coefficient", "8"),
        Input("completed", "1"),
        Input("quality_failures", "2"),
        Input("quality_exempt", "1"),
        Input("evidence", "C.56.1@1", (CitizenEvidence("doc:1", "ab", "officer-7"),)),
    )
    assert [(part.text_en, part.points) for part in row.children] == [
        ("C.56.1@1", Fraction(70, 3)),
        ("Quality failures: 0.25 off for each one not exempted", Fraction(-35, 6)),
    ]


def test_a_cap_that_binds_is_a_leaf_of_its_own() -> None:
    result = scored(STAFF, {"general_total": 30, "work": [item(1, 2, 3)]})

    bounds = [leaf for leaf in result.explanation().leaves() if leaf.text_en == "Capped at 1"]

    assert [leaf.points for leaf in bounds] == [Fraction(-35, 3)] * 3
    assert result.total == 100


def test_the_next_band_says_how_far_it_was() -> None:
    result = scored(STAFF, {"general_total": 30, "work": [item(1, 7, 4)]})

    assert result.next_band() == NextBand(
        "HTXS", Fraction(90), strictly=False, missing=Fraction(20)
    )


def test_the_next_band_names_what_holds_the_person_below_it() -> None:
    facts = {"general_total": 30, "work": [item()], "events": ["DISCIPLINED"]}

    found = scored(STAFF, facts).next_band()

    assert found == NextBand("HT", Fraction(50), False, Fraction(0), ("DISCIPLINED",))


def test_the_best_band_has_none_above() -> None:
    assert scored(STAFF, {"general_total": 30, "work": [item()]}).next_band() is None


def test_the_document_of_an_explanation_is_plain_data() -> None:
    result = scored(STAFF, {"general_total": "29.5", "work": [item()]})

    document = result.explanation().document()

    assert document["rule_id"] == "total"
    assert document["points"] == "99.5"
    assert document["points_display"] == "99.50"
    assert isinstance(document["children"], list)
    assert len(document["children"]) == 2


EXPLANATIONS = "6a2a4c9035e5c9d9d8ee273bee67c96fe56a1c9454872bb9d299b2d2c3cc5cb4"
"""Over what is said of every worked case; a faster way to say it says the same. It is made when it
is asked for and no seal binds it, so that a text may be put right."""


def test_every_worked_case_is_explained_in_the_words_that_are_known() -> None:
    assert fingerprint(dict(explained_cases())) == EXPLANATIONS
