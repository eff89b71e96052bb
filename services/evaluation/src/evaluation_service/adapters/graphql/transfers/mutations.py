"""importPriorResults and decidePriorResult: two persons bring a result of before in."""

import strawberry

from congvu_kit.graph import mutation
from evaluation_service.adapters.graphql.transfers.inputs import (
    DecidePriorResultInput,
    ImportPriorResultsInput,
)
from evaluation_service.adapters.graphql.transfers.types import PriorReport, PriorResult
from evaluation_service.application.transfers import commands


@strawberry.type
class TransferMutation:
    import_prior_results = mutation(
        commands.import_prior_results,
        ImportPriorResultsInput,
        PriorReport,
        description="Enter results from before the platform with the documents they rest on, each"
        " row on its own; they count once another person confirmed them. Roles "
        "personnel-sync (of the province, or with scope personnel:national), period-"
        "admin.",
    )
    decide_prior_result = mutation(
        commands.decide_prior_result,
        DecidePriorResultInput,
        PriorResult,
        description="Confirm a result of before, refuse it, or withdraw it; by somebody who had no "
        "part in entering it (E-I4). Role review-board.",
    )
