"""What those outside the unit send about a complaint."""

import strawberry

from congvu_kit.graph import RevisedInput
from feedback_service.adapters.graphql.common.inputs import TOKEN
from feedback_service.application.verdicts import commands
from feedback_service.domain.complaints.values import Verdict


@strawberry.input(description="Send a complaint back for another answer.")
class ReopenComplaintInput(RevisedInput):
    COMMAND = commands.ReopenComplaint

    complaint_id: strawberry.ID = strawberry.field(description="The complaint.")
    reason: str = strawberry.field(
        description="Why; from outside the unit for the public, from the complainant private."
    )
    submitter_token: str | None = strawberry.field(default=None, description=TOKEN)


@strawberry.input(description="The verdict from outside the unit.")
class DecideComplaintInput(RevisedInput):
    COMMAND = commands.DecideComplaint

    complaint_id: strawberry.ID = strawberry.field(description="The complaint.")
    verdict: Verdict = strawberry.field(description="Upheld, partly or not.")
    reason: str = strawberry.field(description="For the public.")
    remedied: bool = strawberry.field(
        default=False, description="Whether what was wrong has been put right."
    )


@strawberry.input(description="Look up who complained, and say why in public.")
class DiscloseSubmitterInput(RevisedInput):
    COMMAND = commands.DiscloseSubmitter

    complaint_id: strawberry.ID = strawberry.field(description="The complaint.")
    reason: str = strawberry.field(description="For the public.")
