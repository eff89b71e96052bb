"""Looking objectives up."""

import strawberry

from congvu_kit.graph import PAGED, After, Connection, First, Info, connection, page_size
from evaluation_service.adapters.graphql.objectives.inputs import ObjectiveFilter
from evaluation_service.adapters.graphql.objectives.types import Objective
from evaluation_service.application.objectives import queries


@strawberry.type
class ObjectiveQuery:
    @strawberry.field(description="An objective by id; null when there is none, or not for you.")
    async def objective(self, info: Info, id: strawberry.ID) -> Objective | None:
        found = await info.context.load(queries.find_objectives, id)
        return Objective.of(found) if found else None

    @strawberry.field(
        description="Objectives by their codes: those of organisations and units (filter level) of "
        "your province; people's own, of led units, or of the province.",
        directives=PAGED,
    )
    async def objectives(
        self,
        info: Info,
        filter: ObjectiveFilter | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Objective]:
        wanted = (filter or ObjectiveFilter()).to_domain()
        actor, store, size = info.context.actor, info.context.reading(), page_size(first)
        found = await queries.list_objectives(actor, store, wanted, first=size, after=after)
        return await connection(found, Objective.of)
