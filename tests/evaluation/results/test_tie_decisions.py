"""The board decides on people tied at the cut of one quota, and on nobody else (E-I8)."""

import pytest

from congvu_kit.domain.errors import Invalid
from congvu_scoring import compile_policy
from congvu_scoring.documents.policy_files import shipped_policy
from evaluation import specimens as a
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.results.ranking import apply_quota, tie_decision_in_force
from evaluation_service.domain.results.rating import Rules, RulesByRole


def rules(policy: str) -> RulesByRole:
    compiled = compile_policy(shipped_policy(policy), {})
    return dict.fromkeys(AppointmentRole, Rules(pin=a.PIN, compiled=compiled))


@pytest.mark.parametrize("policy", ["ND335-2025-STAFF", "CN-TARGET"])
def test_E_I8_nobody_is_left_at_the_top_who_was_not_tied(policy: str) -> None:
    evaluation = a.evaluation()

    with pytest.raises(Invalid, match="not tied at the cut") as refused:
        apply_quota([evaluation], rules(policy), (evaluation.id,))

    assert (refused.value.rule_id, refused.value.field) == ("E-I8", "input.keptEvaluationIds")
    assert tie_decision_in_force([evaluation], rules(policy), (evaluation.id,)) is None


def test_a_decision_that_nobody_stays_at_the_top_stays_in_force() -> None:
    assert tie_decision_in_force([a.evaluation()], rules("ND335-2025-STAFF"), ()) == ()
