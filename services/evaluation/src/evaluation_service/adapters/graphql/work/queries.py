"""Looking assignments up."""

import strawberry

from congvu_kit.graph import (
    found,
    listing,
)
from evaluation_service.adapters.graphql.work.inputs import AssignmentFilter
from evaluation_service.adapters.graphql.work.types import Assignment
from evaluation_service.application.work import queries


@strawberry.type
class WorkQuery:
    assignment = found(
        queries.find_assignments,
        Assignment,
        description="An assignment by id; null when there is none, or not for you.",
    )

    assignments = listing(
        queries.list_assignments,
        Assignment,
        filter=AssignmentFilter,
        description="Assignments the caller may see: own, of led units, or of the province.",
    )
