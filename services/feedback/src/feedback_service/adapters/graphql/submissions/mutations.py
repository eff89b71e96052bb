"""Ratings, suggestions and praise: what can be done."""

import strawberry

from congvu_kit.graph import mutation
from feedback_service.adapters.graphql.submissions.inputs import (
    ErasePrivateDataInput,
    SubmitSatisfactionInput,
    SubmitSuggestionInput,
)
from feedback_service.adapters.graphql.submissions.types import Erasure, Submission
from feedback_service.application.submissions import commands


@strawberry.type
class SubmissionMutation:
    submit_satisfaction = mutation(
        commands.submit_satisfaction,
        SubmitSatisfactionInput,
        Submission,
        description="Rate how a dossier was handled: once (F-I4), by who handed it in, with its "
        "rating code (F-I10). Citizens with their own token; a service-portal for its own dossiers "
        "and its province. What looks odd is taken, marked and reviewed, never dropped.",
        result="The rating, or why not.",
    )
    submit_suggestion = mutation(
        commands.submit_suggestion,
        SubmitSuggestionInput,
        Submission,
        description="Send a suggestion or praise; roles citizen, service-portal.",
        result="The suggestion, or why not.",
    )
    erase_private_data = mutation(
        commands.erase_private_data,
        ErasePrivateDataInput,
        Erasure,
        description="Destroy the private part of what was sent: its sender, or the review board."
        " The public log stays valid and tells it (F-I2).",
        result="The erasure, or why not.",
    )
