"""What is asked for another norm, and what decides it."""

from datetime import date
from decimal import Decimal

import strawberry

from catalogue_service.application.adjustments import commands
from catalogue_service.application.adjustments.queries import AdjustmentFilter
from catalogue_service.domain.adjustments.adjustments import AdjustmentState, Norm
from congvu_kit.graph import (
    CommandInput,
    RevisedInput,
    ValueInput,
)


@strawberry.input(description="Asks for another norm in one unit, for a time.")
class ProposeLocalAdjustmentInput(CommandInput):
    COMMAND = commands.ProposeLocalAdjustment

    version_id: strawberry.ID = strawberry.field(description="Of which published version.")
    norm: Norm = strawberry.field(description="What is to differ.")
    value: Decimal = strawberry.field(
        description="What is to hold instead, within the percentage that the province's policy "
        "allows for the unit's kind of locality."
    )
    justification: str = strawberry.field(description="Why.")
    valid_from: date = strawberry.field(description="First day: today or later.")
    valid_to: date = strawberry.field(description="First day it holds no more.")
    unit_id: strawberry.ID | None = strawberry.field(default=None, description="Your own unit.")


@strawberry.input(description="Decides what a unit below asked for.")
class DecideLocalAdjustmentInput(RevisedInput):
    COMMAND = commands.DecideLocalAdjustment

    adjustment_id: strawberry.ID = strawberry.field(description="Which one.")
    approve: bool = strawberry.field(description="False refuses it.")
    reason: str | None = strawberry.field(default=None, description="Needed to refuse.")


@strawberry.input(description="Everything given must hold.")
class LocalAdjustmentFilter(ValueInput):
    VALUE = AdjustmentFilter

    code: str | None = strawberry.field(default=None, description="Code.")
    unit_id: strawberry.ID | None = strawberry.field(default=None, description="Unit.")
    state: AdjustmentState | None = strawberry.field(default=None, description="State.")
