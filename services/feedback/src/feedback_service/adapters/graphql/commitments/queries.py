"""Leaders' public commitments, asked for."""

import strawberry

from congvu_kit.graph import PAGED, After, Connection, First, connection, page_size
from feedback_service.adapters.graphql.commitments.inputs import CommitmentFilter
from feedback_service.adapters.graphql.commitments.types import Commitment
from feedback_service.adapters.graphql.context import Info
from feedback_service.application.commitments import queries


@strawberry.type
class CommitmentQuery:
    @strawberry.field(description="One public commitment.")
    async def commitment(self, info: Info, id: strawberry.ID) -> Commitment | None:
        return await Commitment.find(info, id)

    @strawberry.field(description="Public commitments, by their date.", directives=PAGED)
    async def commitments(
        self,
        info: Info,
        filter: CommitmentFilter | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Commitment]:
        wanted = filter or CommitmentFilter()
        page = await queries.list_commitments(
            info.context.reading(),
            unit_id=wanted.unit_id,
            province=wanted.province,
            leader_id=wanted.leader_id,
            state=wanted.state,
            first=page_size(first),
            after=after,
        )
        return await connection(page, Commitment.of)
