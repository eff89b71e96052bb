"""What the board sends about events, cases and ties."""

from datetime import date

import strawberry

from congvu_kit.graph import (
    CommandInput,
    RevisedInput,
)
from evaluation_service.adapters.graphql.common.inputs import DecisionDocumentInput
from evaluation_service.application.integrity import commands
from evaluation_service.domain.integrity.cases import CaseState


@strawberry.input(description="An event that forces or caps the person's band.")
class RecordVetoEventInput(CommandInput):
    COMMAND = commands.RecordVetoEvent

    civil_servant_id: strawberry.ID = strawberry.field(description="Whom it is about.")
    event: str = strawberry.field(description="Event code of the policies, e.g. DISCIPLINED.")
    decision: DecisionDocumentInput = strawberry.field(description="What it rests on.")
    valid_from: date = strawberry.field(description="In force from.")
    valid_to: date | None = strawberry.field(default=None, description="Until before this day.")


@strawberry.input(description="Lift a veto by a new decision.")
class LiftVetoEventInput(RevisedInput):
    COMMAND = commands.LiftVetoEvent

    veto_id: strawberry.ID = strawberry.field(description="The veto event.")
    decision: DecisionDocumentInput = strawberry.field(description="The new decision.")


@strawberry.input(description="What the board makes of a case.")
class ResolveTriggerCaseInput(RevisedInput):
    COMMAND = commands.ResolveTriggerCase

    case_id: strawberry.ID = strawberry.field(description="The case.")
    state: CaseState = strawberry.field(description="CONFIRMED, then ACTED; or DISMISSED.")
    reason: str = strawberry.field(description="Why.")


@strawberry.input(description="Who of those tied at the cut keeps the top band.")
class DecideTiesInput(RevisedInput):
    COMMAND = commands.DecideTies

    run_id: strawberry.ID = strawberry.field(description="The ranking run.")
    kept_evaluation_ids: list[strawberry.ID] = strawberry.field(
        description="Tied evaluations that stay at the top; the others stay below."
    )
    reason: str = strawberry.field(description="Why.")
