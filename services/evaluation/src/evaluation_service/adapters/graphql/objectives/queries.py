"""Looking objectives up."""

import strawberry

from congvu_kit.graph import found, listing
from evaluation_service.adapters.graphql.objectives.inputs import ObjectiveFilter
from evaluation_service.adapters.graphql.objectives.types import Objective
from evaluation_service.application.objectives import queries


@strawberry.type
class ObjectiveQuery:
    objective = found(
        queries.find_objectives,
        Objective,
        description="An objective by id; null when there is none, or not for you.",
    )
    objectives = listing(
        queries.list_objectives,
        Objective,
        filter=ObjectiveFilter,
        description="Objectives by their codes: those of organisations and units (filter level) of "
        "your province; people's own, of led units, or of the province.",
    )
