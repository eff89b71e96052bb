"""Deciding whether answers that look odd count."""

from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.application.commands import RevisedCommand
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Role
from congvu_kit.domain.clock import business_date
from feedback_service.application.collections import (
    CIVIL_SERVANTS,
    RATING_REVIEWS,
    RATING_STREAMS,
)
from feedback_service.application.log.entries import PUBLIC_LOG, log
from feedback_service.application.submissions.ratings import stream_id
from feedback_service.domain.common.outsiders import require_outsider
from feedback_service.domain.common.texts import public_text
from feedback_service.domain.log.entry import ActorClass, EntryType
from feedback_service.domain.reviews.rating_review import (
    RatingReview,
    ReviewOutcome,
    ReviewState,
)


@dataclass(frozen=True, kw_only=True)
class DecideRatingReview(RevisedCommand):
    operation: ClassVar[str] = "decide_rating_review"
    turn: ClassVar[str] = PUBLIC_LOG

    review_id: str
    outcome: ReviewOutcome
    reason: str


async def decide_rating_review(command: DecideRatingReview, tx: Transaction) -> RatingReview:
    """By the board, from outside the unit, with a reason that everybody reads."""
    subject = command.actor.require(Role.REVIEW_BOARD)
    review = await tx.store(RATING_REVIEWS).get(command.review_id)
    decider = await tx.store(CIVIL_SERVANTS).find(command.actor.officer or "")
    appointed = decider.unit_ids if decider else ()
    require_outsider(command.actor, review, review.civil_servant_ids, appointed)
    review.expect_revision(command.expected_revision)
    reason = public_text(command.reason, field="input.reason")
    board = ActorClass.REVIEW_BOARD
    state = ReviewState(command.outcome)
    await end_review(tx, review, state, board, by=subject, told={"reason": reason})
    return review


async def end_review(
    tx: Transaction,
    review: RatingReview,
    state: ReviewState,
    capacity: ActorClass,
    *,
    by: str | None,
    told: dict[str, str],
) -> None:
    type = EntryType.RATINGS_DECIDED
    fields = {"outcome": state.value, "answers": str(review.answers), **told}
    sequence = await log(tx, review, type, capacity, **fields)
    review.end(state, by=by, on=business_date(tx.now), sequence=sequence)
    await tx.store(RATING_REVIEWS).save(review)
    stream = await tx.store(RATING_STREAMS).get(stream_id(review.unit_id, review.source))
    stream.restart()
    await tx.store(RATING_STREAMS).save(stream)
