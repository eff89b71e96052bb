"""What policies say of units, and of heads beside their units."""

from collections.abc import Mapping
from fractions import Fraction

import pytest

from congvu_kit.domain.errors import Invalid
from congvu_scoring import Policy, compile_policy, read_policy, score
from congvu_scoring.documents.policy_files import shipped_policies, shipped_policy
from congvu_scoring.engine.head_cap import HEAD_NOT_ABOVE_UNIT
from scoring.making import LEADER, STAFF, item, scored

FOR_HEADS = [each for each in shipped_policies().values() if "LEADER" in each.subjects]
SET = (HEAD_NOT_ABOVE_UNIT.name, "YES")
AGENCY = shipped_policy("ND335-2025-AGENCY")
UNIT = {"subordinates": 1, "not_completed": 0, "organising": "FULL", "unity": "FULL"}


def head(**unit: object) -> dict[str, object]:
    return {"general_total": 30, "work": [item()], "unit": {**UNIT, **unit}}


@pytest.mark.parametrize(
    ("of_unit", "expected"), [("HTXS", "HTXS"), ("HTT", "HTT"), ("HT", "HT"), ("KHT", "KHT")]
)
def test_a_head_is_at_most_what_the_unit_is(of_unit: str, expected: str) -> None:
    result = scored(LEADER, head(band=of_unit), SET)

    assert (result.total, result.raw_band, result.band) == (Fraction(100), "HTXS", expected)
    assert result.reasons == (() if expected == "HTXS" else ("HEAD_NOT_ABOVE_UNIT",))


def test_the_explanation_says_that_the_unit_holds_the_head_down() -> None:
    result = scored(LEADER, head(band="HT"), SET)

    said = str(result.explanation().document())

    assert HEAD_NOT_ABOVE_UNIT.text.vi in said
    assert "unit.band" in said
    above = result.next_band()
    assert above is not None
    assert above.held_by == ("HEAD_NOT_ABOVE_UNIT",)


@pytest.mark.parametrize("unit", [{}, {"band": "GREEN"}], ids=["unrated", "another scale"])
def test_a_unit_without_a_band_of_the_policy_holds_nobody_down(unit: dict[str, object]) -> None:
    assert scored(LEADER, head(**unit), SET).band == "HTXS"


@pytest.mark.parametrize("policy", FOR_HEADS, ids=lambda policy: policy.id)
def test_every_policy_for_leaders_has_the_switch(policy: Policy) -> None:
    assert compile_policy(policy, dict([SET])).constants[SET[0]] == "YES"


def test_a_policy_of_staff_has_it_not() -> None:
    with pytest.raises(Invalid, match="no switch 'head_not_above_unit'"):
        scored(STAFF, {}, SET)


def test_what_the_band_above_needs_goes_by_the_switch() -> None:
    facts = {
        "general": dict.fromkeys(("POLICY_LAW", "DISCIPLINE", "HEAD", "ENVIRONMENT"), 1),
        "unit": {"quantity": 1, "quality": 1, "progress": 1},
        "indicators": [{"code": "m", "perspective": "MANAGEMENT", "target": 2, "actual": 1}],
    }

    found = [
        score(compile_policy(AGENCY, chosen), snapshot).next_band()
        for snapshot in [scored(AGENCY.id, facts).snapshot]
        for chosen in ({}, {"excellent_from": "95"})
    ]

    assert found[0] is None
    assert [each and (each.band, each.threshold) for each in found[1:]] == [("HTXS", Fraction(95))]


def test_thresholds_that_do_not_descend_are_refused() -> None:
    with pytest.raises(Invalid, match="THRESHOLDS_DESCEND"):
        compile_policy(AGENCY, {"good_from": "40", "completed_from": "60"})


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"at_least": 90}, "one threshold"),
        ({"from_switch": "quota_base"}, "unknown numeric switch"),
    ],
)
def test_a_threshold_is_a_number_or_a_numeric_switch(row: dict[str, object], said: str) -> None:
    bands = AGENCY.document["bands"]
    assert isinstance(bands, Mapping)
    first, *others = bands["table"]
    document = {**AGENCY.document, "bands": {**bands, "table": [{**first, **row}, *others]}}

    with pytest.raises(Invalid, match=said):
        read_policy(document)
