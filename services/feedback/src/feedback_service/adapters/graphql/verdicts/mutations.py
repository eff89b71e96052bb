"""Complaints: what those outside the unit complained of can do."""

import strawberry

from congvu_kit.graph import mutation
from feedback_service.adapters.graphql.complaints.types import Complaint
from feedback_service.adapters.graphql.verdicts.inputs import (
    DecideComplaintInput,
    DiscloseSubmitterInput,
    ReopenComplaintInput,
)
from feedback_service.application.verdicts import commands

AS_IT_IS_NOW = "The complaint as it is now, or why not."


@strawberry.type
class VerdictMutation:
    reopen_complaint = mutation(
        commands.reopen_complaint,
        ReopenComplaintInput,
        Complaint,
        description="Back to the unit for another answer: of a disputed one by the review board or "
        "the head of a unit above; of one that ended in silence or on the complainant's own word "
        "by the complainant, until `reopenUntil`.",
        result=AS_IT_IS_NOW,
    )
    decide_complaint = mutation(
        commands.decide_complaint,
        DecideComplaintInput,
        Complaint,
        description="The verdict; review board, or head of a unit above, who did not handle it. "
        "Upheld asks for a post-audit.",
        result=AS_IT_IS_NOW,
    )
    disclose_submitter = mutation(
        commands.disclose_submitter,
        DiscloseSubmitterInput,
        Complaint,
        description="Look up who complained, for today; review board. The public log tells that "
        "and why.",
        result=AS_IT_IS_NOW,
    )
