"""What is said of how somebody leads."""

from datetime import datetime
from decimal import Decimal

import strawberry

from congvu_kit.graph import CommandInput, RevisedInput, ValueInput
from evaluation_service.adapters.graphql.common.inputs import WorkEvidenceInput
from evaluation_service.application.leadership import commands, queries
from evaluation_service.domain.leadership.crises import CrisisOutcome, CrisisState


@strawberry.input(description="A crisis that a leader handled.")
class RecordCrisisInput(CommandInput):
    COMMAND = commands.RecordCrisis

    period_id: strawberry.ID = strawberry.field(description="An open period.")
    civil_servant_id: strawberry.ID = strawberry.field(description="The head or deputy.")
    title: str = strawberry.field(description="What happened; names nobody.")
    began_at: datetime = strawberry.field(description="When it was known.")
    ended_at: datetime = strawberry.field(description="When it was over, within the period.")
    hours_allowed: Decimal = strawberry.field(description="Hours that the plan or order gave.")
    outcome: CrisisOutcome = strawberry.field(description="How it ended.")
    evidence: list[WorkEvidenceInput] = strawberry.field(
        default_factory=list, description="Up to 20."
    )


@strawberry.input(description="Whether a crisis was as it is told.")
class ConfirmCrisisInput(RevisedInput):
    COMMAND = commands.ConfirmCrisis

    crisis_id: strawberry.ID = strawberry.field(description="Entered by somebody else.")
    confirmed: bool = strawberry.field(default=True, description="False refuses it.")
    reason: str | None = strawberry.field(default=None, description="Needed to refuse it.")


@strawberry.input(description="The secret ballot of somebody who is led.")
class RateLeaderInput(CommandInput):
    COMMAND = commands.RateLeader

    period_id: strawberry.ID = strawberry.field(description="An open period.")
    civil_servant_id: strawberry.ID = strawberry.field(description="The head or deputy.")
    development: int = strawberry.field(description="How people are developed, 1 to 5.")
    sharing: int = strawberry.field(description="How clearly work is shared, 1 to 5.")
    trained: bool = strawberry.field(description="Whether you were trained in the period.")


@strawberry.input(description="What another unit says of working together.")
class RateCoordinationInput(CommandInput):
    COMMAND = commands.RateCoordination

    period_id: strawberry.ID = strawberry.field(description="An open period.")
    civil_servant_id: strawberry.ID = strawberry.field(description="The head or deputy.")
    score: int = strawberry.field(description="How work is coordinated, 1 to 5.")


@strawberry.input(description="Which crises.")
class CrisisFilter(ValueInput):
    VALUE = queries.CrisisFilter

    period_id: strawberry.ID | None = strawberry.field(default=None, description="One period.")
    civil_servant_id: strawberry.ID | None = strawberry.field(
        default=None, description="One person."
    )
    state: CrisisState | None = strawberry.field(default=None, description="One state.")
