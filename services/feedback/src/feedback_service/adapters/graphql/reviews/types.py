"""Reviews of answers that look odd, as the graph shows them."""

from datetime import date
from typing import Self

import strawberry

from congvu_kit.graph import (
    PAGED,
    After,
    Connection,
    First,
    at_most,
    by_name,
    connection,
    describe,
    page_size,
)
from feedback_service.adapters.graphql.context import Info
from feedback_service.adapters.graphql.indexes.types import OrgUnit
from feedback_service.adapters.graphql.submissions.types import Submission
from feedback_service.application.reviews import queries
from feedback_service.domain.reviews import rating_review
from feedback_service.domain.reviews.rating_review import ReviewOutcome, ReviewState
from feedback_service.domain.submissions.rating_stream import Doubt

describe(
    Doubt,
    "What is odd about answers.",
    BURST="Too many about one unit, one way, in one minute, or said to be of one day.",
    UNIFORM="Long runs that say exactly the same.",
    JUMP="A sudden turn against all that was said before.",
)
describe(
    ReviewState,
    "Whether doubted answers count.",
    PENDING="They wait for a decision and do not count.",
    COUNTED="They count.",
    SET_ASIDE="They do not count; they stay, marked.",
)
describe(
    ReviewOutcome,
    "What becomes of doubted answers.",
    COUNTED="They count.",
    SET_ASIDE="They do not count; they stay, marked.",
)


@strawberry.type(description="Answers about one unit that came one way and look odd.")
class RatingReview:
    aggregate: strawberry.Private[rating_review.RatingReview]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    revision: int = strawberry.field(description="To be sent as expectedRevision.")
    unit: OrgUnit = strawberry.field(description="The unit they are about.")
    source: str = strawberry.field(
        description="The way they came: `citizens`, or the portal's account as an opaque id."
    )
    doubts: list[Doubt] = strawberry.field(
        description="What is odd; at most one of each.", directives=at_most(len(Doubt))
    )
    answers: int = strawberry.field(description="How many answers.")
    satisfied: int = strawberry.field(description="How many of them are satisfied.")
    state: ReviewState = strawberry.field(description="Whether they count.")
    opened_on: date = strawberry.field(description="Day in Vietnam.")
    decide_by: date = strawberry.field(
        description="Last day for a decision; without one they count."
    )
    decided_on: date | None = strawberry.field(description="When it ended.")
    decision_sequence: int | None = strawberry.field(
        description="The entry of the public log that says the outcome and why."
    )

    @strawberry.field(description="The answers, in the order they came.", directives=PAGED)
    async def submissions(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[Submission]:
        page = await queries.list_answers(
            self.aggregate, info.context.reading(), first=page_size(first), after=after
        )
        return await connection(page, Submission.of)

    @classmethod
    def of(cls, aggregate: rating_review.RatingReview) -> Self:
        return by_name(cls, aggregate, unit=OrgUnit(id=strawberry.ID(aggregate.unit_id)))
