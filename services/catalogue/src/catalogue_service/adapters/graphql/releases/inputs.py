"""What puts versions in force, and ends products."""

from datetime import date

import strawberry

from catalogue_service.application.releases import commands
from congvu_kit.graph import (
    REVISION,
    CommandInput,
    RevisedInput,
)


@strawberry.input(description="Puts approved versions in force by one decision.")
class PublishReleaseInput(CommandInput):
    COMMAND = commands.PublishRelease

    decision_number: str = strawberry.field(
        description="Number of the decision, up to 60 characters."
    )
    effective_from: date = strawberry.field(
        description="First day in force: today or later, in no closed period."
    )
    version_ids: list[strawberry.ID] = strawberry.field(
        description="1 to 500 approved versions of one province or of one unit."
    )
    province: str | None = strawberry.field(
        default=None, description="When given, the versions must be of it."
    )
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="When given, the versions must be of it."
    )


@strawberry.input(description="Ends a product.")
class RetireWorkProductInput(RevisedInput):
    COMMAND = commands.RetireWorkProduct

    code: str = strawberry.field(description="Which product.")
    expected_revision: int = strawberry.field(description=f"Of the product. {REVISION}")
    effective_to: date = strawberry.field(description="First day it is no more in force.")
    decision_number: str = strawberry.field(description="Number of the decision.")
    reason: str = strawberry.field(description="Why.")
    replacement_code: str | None = strawberry.field(
        default=None, description="Needed while open assignments use it."
    )
