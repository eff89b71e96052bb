"""Looking assignments up."""

import strawberry

from congvu_kit.graph import (
    PAGED,
    After,
    Connection,
    First,
    Info,
    connection,
    page_size,
)
from evaluation_service.adapters.graphql.work.inputs import AssignmentFilter
from evaluation_service.adapters.graphql.work.types import Assignment
from evaluation_service.application.work import queries


@strawberry.type
class WorkQuery:
    @strawberry.field(description="An assignment by id; null when there is none, or not for you.")
    async def assignment(self, info: Info, id: strawberry.ID) -> Assignment | None:
        found = await info.context.load(queries.find_assignments, id)
        return Assignment.of(found) if found else None

    @strawberry.field(
        description="Assignments the caller may see: own, of led units, or of the province.",
        directives=PAGED,
    )
    async def assignments(
        self,
        info: Info,
        filter: AssignmentFilter | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Assignment]:
        page = await queries.list_assignments(
            info.context.actor,
            info.context.reading(),
            (filter or AssignmentFilter()).to_domain(),
            first=page_size(first),
            after=after,
        )
        return await connection(page, Assignment.of)
