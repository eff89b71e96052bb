"""Ratings, suggestions and praise, asked for."""

import strawberry

from congvu_kit.graph import PAGED, After, Connection, First, connection, page_size
from feedback_service.adapters.graphql.context import Info
from feedback_service.adapters.graphql.submissions.types import Submission
from feedback_service.application.submissions import queries


@strawberry.type
class SubmissionQuery:
    @strawberry.field(
        description="What was said of a unit and those below it, newest first. For its management, "
        "the review board and the auditor; nothing in it tells who spoke.",
        directives=PAGED,
    )
    async def submissions(
        self,
        info: Info,
        unit_id: strawberry.ID | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Submission]:
        page = await queries.list_submissions(
            info.context.actor,
            info.context.reading(),
            unit_id=unit_id,
            first=page_size(first),
            after=after,
        )
        return await connection(page, Submission.of)

    @strawberry.field(
        description="One rating, suggestion or praise, by the id its sender got: for the sender, "
        "and for those who may list it; null for everybody else."
    )
    async def submission(self, info: Info, id: strawberry.ID) -> Submission | None:
        found = await info.context.load(queries.find_submissions, id)
        return Submission.of(found) if found is not None else None
