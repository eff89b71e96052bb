"""What waits for a decision, and how an answer stands."""

from collections.abc import Sequence

from congvu_kit.application.ports import Eq, Page, Transaction
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor, Role
from feedback_service.application.collections import RATING_REVIEWS, SUBMISSIONS, UNITS
from feedback_service.domain.reviews.rating_review import RatingReview, ReviewState
from feedback_service.domain.submissions.submission import Kind, Submission

READERS = (Role.REVIEW_BOARD, Role.AUDITOR)


async def find_reviews(
    ids: Sequence[str], reader: Actor, tx: Transaction
) -> list[RatingReview | None]:
    """One per id: None when it is not there, or not for this reader."""
    return [
        review if review and reader.has(*READERS) and reader.province == review.province else None
        for review in await tx.store(RATING_REVIEWS).find_many(ids)
    ]


async def list_reviews(
    reader: Actor,
    tx: Transaction,
    unit_id: str | None,
    state: ReviewState | None,
    *,
    first: int,
    after: str | None,
) -> Page[RatingReview]:
    """Of the reader's province, those to be decided first on top."""
    reader.require(*READERS)
    await require_there(tx.store(UNITS), unit_id, "unitId")
    conditions = [Eq("province", reader.province)]
    if unit_id is not None:
        conditions.append(Eq("unit_path", unit_id))
    if state is not None:
        conditions.append(Eq("state", state))
    return await tx.store(RATING_REVIEWS).page(
        *conditions, order=["decide_by"], first=first, after=after
    )


async def list_answers(
    review: RatingReview, tx: Transaction, *, first: int, after: str | None
) -> Page[Submission]:
    """What is under review, in the order it came."""
    return await tx.store(SUBMISSIONS).page(
        Eq("review_id", review.id), order=["log_sequence"], first=first, after=after
    )


async def standings_of(
    submissions: Sequence[Submission], reader: Actor, tx: Transaction
) -> list[ReviewState | None]:
    """One per submission, for whoever sees it: how a rating stands; None for what is none."""
    del reader
    reviews = await tx.store(RATING_REVIEWS).find_many(
        [each.review_id or "" for each in submissions]
    )
    return [
        None
        if each.kind is not Kind.SATISFACTION or each.log_sequence is None
        else review.state
        if review is not None
        else ReviewState.COUNTED
        for each, review in zip(submissions, reviews, strict=True)
    ]
