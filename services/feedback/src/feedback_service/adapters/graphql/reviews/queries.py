"""Doubted answers, asked for."""

import strawberry

from congvu_kit.graph import PAGED, After, Connection, First, connection, page_size
from feedback_service.adapters.graphql.context import Info
from feedback_service.adapters.graphql.reviews.types import RatingReview
from feedback_service.application.reviews import queries
from feedback_service.domain.reviews.rating_review import ReviewState


@strawberry.type
class ReviewQuery:
    @strawberry.field(
        description="Answers that look odd, those to be decided first on top. For the review board "
        "and the auditor of the province.",
        directives=PAGED,
    )
    async def rating_reviews(
        self,
        info: Info,
        unit_id: strawberry.ID | None = None,
        state: ReviewState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[RatingReview]:
        page = await queries.list_reviews(
            info.context.actor,
            info.context.reading(),
            unit_id=unit_id,
            state=state,
            first=page_size(first),
            after=after,
        )
        return await connection(page, RatingReview.of)

    @strawberry.field(description="One review; null when it is not there, or not for this caller.")
    async def rating_review(self, info: Info, id: strawberry.ID) -> RatingReview | None:
        found = await info.context.load(queries.find_reviews, id)
        return RatingReview.of(found) if found is not None else None
