"""Looking delegations up."""

import strawberry

from congvu_kit.graph import listing
from evaluation_service.adapters.graphql.stages.types import StageDelegation
from evaluation_service.application.stages import queries


@strawberry.type
class StageQuery:
    stage_delegations = listing(
        queries.list_delegations,
        StageDelegation,
        description="Delegations of a period: all for period-admin, board and auditor, their own "
        "for superiors.",
    )
