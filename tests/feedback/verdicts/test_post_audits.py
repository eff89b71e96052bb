"""What becomes of a post-audit."""

from datetime import date

import pytest

from feedback import people
from feedback_service.domain.verdicts.post_audit import PostAudit, PostAuditState

DAY = date(2026, 8, 3)


@pytest.mark.parametrize("state", PostAuditState)
@pytest.mark.parametrize("known", [False, True])
def test_a_post_audit_hears_of_each_correction_once(state: PostAuditState, known: bool) -> None:
    audit = PostAudit(
        id="audit_1",
        complaint_id="cpl_1",
        province="56",
        unit_id=people.COUNTER,
        civil_servant_id=None,
        dossier_code=None,
        verdict="UPHELD",
        decided_on=DAY,
        state=state,
        corrections=("eval_1/2",) if known else (),
    )

    assert audit.corrected("eval_1/2") is not known
    assert audit.corrections == ("eval_1/2",)
    assert audit.state is (state if known else PostAuditState.CORRECTED)
