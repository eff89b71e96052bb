"""Asking for another norm, and deciding it."""

import strawberry

from catalogue_service.adapters.graphql.adjustments.inputs import (
    DecideLocalAdjustmentInput,
    ProposeLocalAdjustmentInput,
)
from catalogue_service.adapters.graphql.adjustments.types import LocalAdjustment
from catalogue_service.application.adjustments import commands
from congvu_kit.graph import mutation


@strawberry.type
class AdjustmentMutation:
    propose_local_adjustment = mutation(
        commands.propose_local_adjustment,
        ProposeLocalAdjustmentInput,
        LocalAdjustment,
        description="Asks for another norm in your unit. Role catalogue-editor or unit-head of it.",
    )

    decide_local_adjustment = mutation(
        commands.decide_local_adjustment,
        DecideLocalAdjustmentInput,
        LocalAdjustment,
        description="Approves or refuses it. Role unit-head of the superior unit; the "
        "steering-committee where that is the province; never whoever asked.",
    )
