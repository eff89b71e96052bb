"""Nobody's silence takes an answer away: what was not decided in time counts."""

from congvu_kit.application.perform import again
from congvu_kit.application.ports import Eq, Lt, UnitOfWork
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.vietnamese import vi_text
from feedback_service.application.collections import RATING_REVIEWS
from feedback_service.application.reviews.commands import end_review
from feedback_service.domain.log.entry import ActorClass
from feedback_service.domain.reviews.rating_review import ReviewState

BATCH = 100
"""Rows looked at in one step; the next step takes the rest."""


async def pass_review_dates(uow: UnitOfWork) -> int:
    """End the reviews that the board left; how many."""
    reading = uow.reading()
    overdue = await reading.store(RATING_REVIEWS).select(
        Eq("state", ReviewState.PENDING),
        Lt("decide_by", business_date(reading.now).isoformat()),
        limit=BATCH,
    )
    return sum([await _count(uow, review.id) for review in overdue])


@again
async def _count(uow: UnitOfWork, review_id: str) -> bool:
    async with uow.begin() as tx:
        review = await tx.store(RATING_REVIEWS).get(review_id)
        due = review.overdue(business_date(tx.now))
        if due:
            told = {"why": f"Quá hạn quyết định (ngày {vi_text(review.decide_by)})."}
            counted, platform = ReviewState.COUNTED, ActorClass.PLATFORM
            await end_review(tx, review, counted, platform, by=None, told=told)
    return due
