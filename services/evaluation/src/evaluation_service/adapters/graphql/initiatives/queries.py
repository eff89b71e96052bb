"""Looking initiatives up."""

import strawberry

from congvu_kit.graph import listing
from evaluation_service.adapters.graphql.initiatives.inputs import InitiativeFilter
from evaluation_service.adapters.graphql.initiatives.types import Initiative
from evaluation_service.application.initiatives import queries


@strawberry.type
class InitiativeQuery:
    initiatives = listing(
        queries.list_initiatives,
        Initiative,
        filter=InitiativeFilter,
        description="Initiatives: one's own, of led units, or of the province.",
    )
