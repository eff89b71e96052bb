"""Looking appeals and post-audits up."""

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
from evaluation_service.adapters.graphql.review.types import Appeal, PostAudit
from evaluation_service.application.review import queries
from evaluation_service.domain.review.appeals import AppealState
from evaluation_service.domain.review.post_audits import PostAuditState


@strawberry.type
class ReviewQuery:
    @strawberry.field(
        description="Appeals: one's own, or with role review-board or auditor the province's.",
        directives=PAGED,
    )
    async def appeals(
        self,
        info: Info,
        state: AppealState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Appeal]:
        page = await queries.list_appeals(
            info.context.actor,
            info.context.reading(),
            state,
            first=page_size(first),
            after=after,
        )
        return await connection(page, Appeal.of)

    @strawberry.field(
        description="Post-audit requests. Roles review-board, auditor; council for those "
        "that councils asked for.",
        directives=PAGED,
    )
    async def post_audits(
        self,
        info: Info,
        state: PostAuditState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[PostAudit]:
        page = await queries.list_post_audits(
            info.context.actor,
            info.context.reading(),
            state,
            first=page_size(first),
            after=after,
        )
        return await connection(page, PostAudit.of)
