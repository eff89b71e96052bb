"""Acting in a stage, and delegating it."""

from datetime import date

import strawberry

from congvu_kit.graph import CommandInput, RevisedInput
from evaluation_service.adapters.graphql.common.inputs import DecisionDocumentInput
from evaluation_service.adapters.graphql.results.inputs import RATING_REVISION, RatingsInput
from evaluation_service.application.stages import commands


@strawberry.input(description="What the caller enters in their stage of a file.")
class PassStageInput(RevisedInput):
    COMMAND = commands.PassStage

    period_id: strawberry.ID = strawberry.field(description="An open period.")
    civil_servant_id: strawberry.ID = strawberry.field(description="Whose file.")
    stage: str = strawberry.field(description="The stage, e.g. REVIEWING.")
    expected_revision: int = strawberry.field(description=RATING_REVISION)
    ratings: RatingsInput = strawberry.field(
        default_factory=RatingsInput,
        description="Own figures, one by one; without any the stage agrees with what counts.",
    )
    remark: str | None = strawberry.field(
        default=None, description="A remark, up to 1000 characters."
    )


@strawberry.input(description="Who has a stage in somebody's place, and until when.")
class DelegateStageInput(CommandInput):
    COMMAND = commands.DelegateStage

    period_id: strawberry.ID = strawberry.field(description="An open period.")
    stage: str = strawberry.field(description="The stage, e.g. REPORTING.")
    from_civil_servant_id: strawberry.ID | None = strawberry.field(
        default=None, description="Whose stage; null for an acting approver of `unitId`."
    )
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="Where nobody has the stage: this unit and all below it."
    )
    to_civil_servant_id: strawberry.ID = strawberry.field(description="Who acts.")
    valid_from: date | None = strawberry.field(default=None, description="Default: today.")
    until: date = strawberry.field(description="The last day.")
    decision: DecisionDocumentInput = strawberry.field(description="What it rests on.")


@strawberry.input(description="A delegation to end from today on.")
class EndStageDelegationInput(RevisedInput):
    COMMAND = commands.EndStageDelegation

    delegation_id: strawberry.ID = strawberry.field(description="A delegation in force.")
