"""What those who supervise send."""

import strawberry

from congvu_kit.graph import CommandInput
from evaluation_service.application.oversight import commands


@strawberry.input(description="Ask the board to look at the results of a unit again.")
class RequestPostAuditInput(CommandInput):
    COMMAND = commands.RequestPostAudit

    period_id: strawberry.ID = strawberry.field(description="A published period.")
    unit_id: strawberry.ID = strawberry.field(
        description="The unit, with all below it; somebody of it was rated in the period."
    )
    reason: str = strawberry.field(
        description="Why, 1 to 4000 characters; everybody may read it in the public log, so it "
        "names no person."
    )
