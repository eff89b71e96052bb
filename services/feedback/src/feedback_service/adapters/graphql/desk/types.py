"""The complaints and doubted answers in a caller's inbox, which evaluation shows."""

from typing import Self

import strawberry

from congvu_kit.graph import (
    PAGED,
    After,
    Connection,
    First,
    Shown,
    at_most,
    connection,
    describe,
    page_size,
)
from feedback_service.adapters.graphql.complaints.types import Complaint
from feedback_service.adapters.graphql.context import Info
from feedback_service.adapters.graphql.reviews.types import RatingReview
from feedback_service.application.desk import queries
from feedback_service.application.desk.queries import ComplaintTask

describe(
    ComplaintTask,
    "What is to be done about a complaint.",
    ANSWER="To answer it for your unit, or the step before: classifyComplaint, assignComplaint, "
    "answerComplaint.",
    ESCALATED="Its date passed and the caller was told by name, as the one above who is late: see"
    " that it is answered, or decide it from outside the unit.",
    DECIDE="To decide from outside the unit, since its answer is disputed or its date has passed:"
    " decideComplaint, reopenComplaint.",
)


@strawberry.type(description="How many complaints wait for one thing.")
class ComplaintCount(Shown):
    SHOWS = queries.Count

    task: ComplaintTask = strawberry.field(description="What is to be done.")
    count: int = strawberry.field(description="How many.")
    late: int = strawberry.field(description="Of these, past their last day.")


@strawberry.federation.type(
    keys=["id"], description="What waits for you: here, complaints and doubted answers."
)
class Inbox:
    id: strawberry.ID = strawberry.field(description="The account that is logged in.")

    @strawberry.field(
        description="One a task of your roles; null while complaints cannot be read.",
        directives=at_most(len(ComplaintTask)),
    )
    async def complaint_counts(self, info: Info) -> list[ComplaintCount] | None:
        found = await queries.count_waiting(info.context.actor, info.context.reading())
        return [ComplaintCount.of(each) for each in found]

    @strawberry.field(
        description="Those that wait for one thing: overdue ones first, whose `dueOn` is null, "
        "then what is due first. Null while complaints cannot be read.",
        directives=PAGED,
    )
    async def complaints(
        self, info: Info, task: ComplaintTask, first: First = 20, after: After = None
    ) -> Connection[Complaint] | None:
        page = await queries.list_waiting(
            info.context.actor,
            info.context.reading(),
            task,
            first=page_size(first),
            after=after,
        )
        return await connection(page, Complaint.of)

    @strawberry.field(
        description="Doubted answers that wait for your decision: role review-board. Null while "
        "they cannot be read."
    )
    async def rating_review_count(self, info: Info) -> int | None:
        return await queries.count_reviews(info.context.actor, info.context.reading())

    @strawberry.field(
        description="Those to be decided first on top: decideRatingReview. What nobody decides in "
        "time counts.",
        directives=PAGED,
    )
    async def rating_reviews(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[RatingReview] | None:
        page = await queries.list_reviews(
            info.context.actor, info.context.reading(), first=page_size(first), after=after
        )
        return await connection(page, RatingReview.of)

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID, **_: object) -> Self | None:
        found = await info.context.load(queries.find_inboxes, str(id))
        return cls(id=strawberry.ID(found)) if found else None
