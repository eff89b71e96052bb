"""Answers that look odd."""

from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import account_id
from feedback import people
from feedback.scenes import all_of, new_key, rate, rating
from feedback_service.application import collections
from feedback_service.application.needs import Needs
from feedback_service.application.reviews.commands import DecideRatingReview
from feedback_service.domain.reviews.rating_review import RatingReview, ReviewOutcome
from feedback_service.domain.submissions.rating_limits import RatingLimits
from feedback_service.domain.submissions.submission import Answer

BURST = RatingLimits().burst_minute
PORTAL_ID = account_id(people.PORTAL.subject or "")


async def burst(
    uow: UnitOfWork, needs: Needs, answer: Answer = Answer.VERY_SATISFIED
) -> RatingReview:
    """One more in a minute than a counter serves: every one by its own applicant."""
    for number in range(BURST + 1):
        await rate(uow, needs, rating(answer, token=f"nguoi-{number}"))
    [review] = await all_of(uow, collections.RATING_REVIEWS)
    return review


def decision(
    review: RatingReview, outcome: ReviewOutcome = ReviewOutcome.SET_ASIDE
) -> DecideRatingReview:
    return DecideRatingReview(
        actor=people.BOARD,
        idempotency_key=new_key(),
        expected_revision=review.revision,
        review_id=review.id,
        outcome=outcome,
        reason="Cổng gửi trùng dữ liệu thử nghiệm",
    )
