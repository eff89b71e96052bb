"""What the board sends about doubted answers."""

import strawberry

from congvu_kit.graph import RevisedInput
from feedback_service.application.reviews import commands
from feedback_service.domain.reviews.rating_review import ReviewOutcome


@strawberry.input(description="Deciding whether doubted answers count.")
class DecideRatingReviewInput(RevisedInput):
    COMMAND = commands.DecideRatingReview

    review_id: strawberry.ID = strawberry.field(description="The review.")
    outcome: ReviewOutcome = strawberry.field(description="Counted or set aside.")
    reason: str = strawberry.field(description="For the public.")
