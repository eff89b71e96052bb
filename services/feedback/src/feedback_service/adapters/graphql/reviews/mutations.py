"""Doubted answers: what the board can do."""

import strawberry

from congvu_kit.graph import mutation
from feedback_service.adapters.graphql.reviews.inputs import DecideRatingReviewInput
from feedback_service.adapters.graphql.reviews.types import RatingReview
from feedback_service.application.reviews import commands


@strawberry.type
class ReviewMutation:
    decide_rating_review = mutation(
        commands.decide_rating_review,
        DecideRatingReviewInput,
        RatingReview,
        description="Whether answers that look odd count, with a public reason. Review board, by a "
        "person who is not of the unit and was not rated (F-I3); frozen figures stay.",
        result="The review as it is now, or why not.",
    )
