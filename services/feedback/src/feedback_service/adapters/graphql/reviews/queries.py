"""Doubted answers, asked for."""

import strawberry

from congvu_kit.graph import found, listing
from feedback_service.adapters.graphql.reviews.types import RatingReview
from feedback_service.application.reviews import queries


@strawberry.type
class ReviewQuery:
    rating_reviews = listing(
        queries.list_reviews,
        RatingReview,
        description="Answers that look odd, those to be decided first on top. For the review board "
        "and the auditor of the province.",
    )

    rating_review = found(
        queries.find_reviews,
        RatingReview,
        description="One review; null when it is not there, or not for this caller.",
    )
