"""What the rules on stages refuse, each by itself."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from congvu_kit.domain.errors import Conflict, DomainError, Invalid
from congvu_scoring.documents.policy_files import shipped_policy
from evaluation import specimens as a
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.stages.delegations import DELEGATED_MAX_DAYS, StageDelegation
from evaluation_service.domain.stages.files import REMARK_MAX_CHARS, check_remark, course_of

DAY = timedelta(days=1)


def delegation(**changes: Any) -> StageDelegation:
    """From today to as late as one may be."""
    whole: dict[str, Any] = {
        "valid_from": a.TODAY,
        "until": a.TODAY + DELEGATED_MAX_DAYS * DAY,
        "from_civil_servant_id": "cs_1",
        "to_civil_servant_id": "cs_2",
    }
    return replace(a.delegation(), ended_on=None, **(whole | changes))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        (
            {"decision": Decision(number=" ", decided_on=a.TODAY)},
            "input.decision.number",
        ),
        ({"to_civil_servant_id": "cs_1"}, "input.toCivilServantId"),
        ({"valid_from": a.TODAY - DAY}, "input.until"),
        ({"until": a.TODAY - DAY}, "input.until"),
        ({"until": a.TODAY + (DELEGATED_MAX_DAYS + 1) * DAY}, "input.until"),
    ],
)
def test_a_delegation_is_to_another_by_a_decision_and_for_so_many_days(
    changes: dict[str, Any], field: str
) -> None:
    whole, wrong = delegation(), delegation(**changes)

    whole.delegate(a.TODAY)
    with pytest.raises(Invalid) as refusal:
        wrong.delegate(a.TODAY)

    assert refusal.value.field == field
    assert (len(whole.recorded), len(wrong.recorded)) == (1, 0)


@pytest.mark.parametrize(
    ("changes", "day"),
    [
        ({"ended_on": a.TODAY}, a.TODAY),
        ({"until": a.TODAY}, a.TODAY + DAY),
    ],
)
def test_a_delegation_that_is_over_is_not_ended_again(changes: dict[str, Any], day: date) -> None:
    over = replace(delegation(), **changes)
    last = delegation(until=a.TODAY)

    with pytest.raises(Conflict):
        over.end(day)
    last.end(a.TODAY)

    assert (over.recorded, last.ended_on) == ((), a.TODAY)


def test_a_stage_that_the_policy_has_not_is_refused_with_those_it_has() -> None:
    course = course_of(shipped_policy("IN-SPARROW"), a.TODAY)
    assert course is not None

    with pytest.raises(Invalid) as refusal:
        course.require_stage("LAST", "input.stage")

    assert (refusal.value.field, refusal.value.rule_id) == ("input.stage", "IN-SPARROW")
    assert "ACCEPTING" in refusal.value.en
    assert course.require_stage("ACCEPTING", "input.stage").id == "ACCEPTING"


@pytest.mark.parametrize("remark", ["", " \n", "x" * (REMARK_MAX_CHARS + 1)])
def test_a_remark_says_something_and_not_too_much(remark: str) -> None:
    check_remark(None, "input.remark")
    check_remark("x" * REMARK_MAX_CHARS, "input.remark")

    with pytest.raises(DomainError):
        check_remark(remark, "input.remark")
