"""Ratings, suggestions and praise: what can be done."""

import strawberry

from congvu_kit.graph import mutation
from feedback_service.adapters.graphql.submissions.inputs import (
    ErasePrivateDataInput,
    RateServiceInput,
    SubmitFeedbackBulkInput,
    SubmitSatisfactionInput,
    SubmitSuggestionInput,
)
from feedback_service.adapters.graphql.submissions.types import Erasure, FeedbackReport, Submission
from feedback_service.application.submissions import bulk, commands, erasures, visits


@strawberry.type
class SubmissionMutation:
    submit_satisfaction = mutation(
        commands.submit_satisfaction,
        SubmitSatisfactionInput,
        Submission,
        description="Rate how a dossier was handled: once (F-I4), by who handed it in, with its "
        "rating code (F-I10). Citizens with their own token; a service-portal for its own dossiers "
        "and its province. One that comes before its dossier is kept and joined. What looks odd is "
        "taken, marked and reviewed, never dropped.",
        result="The rating, or why not.",
    )
    rate_service = mutation(
        visits.rate_service,
        RateServiceInput,
        Submission,
        description="Rate a visit to a unit or a procedure there, once a person and day (F-I4). No "
        "dossier stands behind it, so it moves no index (F-I10). Roles citizen, service-portal.",
        result="The rating, or why not.",
    )
    submit_suggestion = mutation(
        commands.submit_suggestion,
        SubmitSuggestionInput,
        Submission,
        description="Send a suggestion or praise; roles citizen, service-portal.",
        result="The suggestion, or why not.",
    )
    submit_feedback_bulk = mutation(
        bulk.submit_feedback_bulk,
        SubmitFeedbackBulkInput,
        FeedbackReport,
        description="Pass on what people said on paper, by telephone or at meetings: each row "
        "under the rules of its kind and with a receipt of its own. Role service-"
        "portal, for its province.",
        result="What became of each, or why nothing was taken.",
    )
    erase_private_data = mutation(
        erasures.erase_private_data,
        ErasePrivateDataInput,
        Erasure,
        description="Destroy the private part of what was sent: its sender, or the review board."
        " The public log stays valid and tells it (F-I2).",
        result="The erasure, or why not.",
    )
