"""Leaders' public commitments, asked for."""

import strawberry

from congvu_kit.graph import (
    PAGED,
    After,
    Connection,
    First,
    at_most,
    connection,
    listing,
    page_size,
)
from feedback_service.adapters.graphql.commitments.inputs import CommitmentFilter
from feedback_service.adapters.graphql.commitments.types import (
    Commitment,
    CommitmentDraft,
    CommitmentOverview,
)
from feedback_service.adapters.graphql.context import Info
from feedback_service.application.commitments import drafts, queries


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
            kind=wanted.kind,
            first=page_size(first),
            after=after,
        )
        return await connection(page, Commitment.of)

    @strawberry.field(
        description="What was promised and how far it is, by leader: of a unit or of a leader, the "
        "newest 100 by their date.",
        directives=at_most(queries.NEWEST),
    )
    async def commitment_overview(
        self,
        info: Info,
        unit_id: strawberry.ID | None = None,
        leader_id: strawberry.ID | None = None,
    ) -> list[CommitmentOverview]:
        found = await queries.overview(info.context.reading(), unit_id=unit_id, leader_id=leader_id)
        return [CommitmentOverview.of(each) for each in found]

    commitment_drafts = listing(
        drafts.list_drafts,
        CommitmentDraft,
        description="The caller's own drafts that are not published; head of a unit.",
    )
