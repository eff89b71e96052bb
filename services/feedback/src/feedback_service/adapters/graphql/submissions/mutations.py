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
        description="Rate how a dossier was handled. One rating per dossier and person (F-I4); "
        "roles citizen, service-portal.",
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
