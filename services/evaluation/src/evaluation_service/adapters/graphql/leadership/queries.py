"""Looking crises up."""

import strawberry

from congvu_kit.graph import found, listing
from evaluation_service.adapters.graphql.leadership.inputs import CrisisFilter
from evaluation_service.adapters.graphql.leadership.types import Crisis
from evaluation_service.application.leadership import queries


@strawberry.type
class LeadershipQuery:
    crisis = found(
        queries.find_crises,
        Crisis,
        description="A crisis by id; null when there is none, or not for you.",
    )
    crises = listing(
        queries.list_crises,
        Crisis,
        filter=CrisisFilter,
        description="Crises by when they began: of led people, of the province, or one's own.",
    )
