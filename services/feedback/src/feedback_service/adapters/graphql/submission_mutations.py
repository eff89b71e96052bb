"""Ratings, suggestions and praise. Each mutation is one use case of the office."""

import strawberry

from feedback_service.adapters.graphql.context import Info, perform
from feedback_service.adapters.graphql.submission_types import (
    ErasePrivateDataInput,
    ErasePrivateDataResult,
    Erasure,
    Submission,
    SubmitSatisfactionInput,
    SubmitSatisfactionResult,
    SubmitSuggestionInput,
    SubmitSuggestionResult,
)
from feedback_service.application.submissions import Erasure as Erased
from feedback_service.domain import submissions


@strawberry.type(description="Ratings, suggestions and praise.")
class SubmissionMutations:
    @strawberry.mutation(
        description="Rate how a dossier was handled. One rating per dossier and person (F-I4); "
        "roles citizen, service-portal."
    )
    async def submit_satisfaction(
        self, info: Info, input: SubmitSatisfactionInput
    ) -> SubmitSatisfactionResult:
        done = await perform(
            info,
            info.context.office.submissions.submit_satisfaction,
            input.command(info),
            submissions.Submission,
        )
        return Submission.of(done)

    @strawberry.mutation(description="Send a suggestion or praise; roles citizen, service-portal.")
    async def submit_suggestion(
        self, info: Info, input: SubmitSuggestionInput
    ) -> SubmitSuggestionResult:
        done = await perform(
            info,
            info.context.office.submissions.submit_suggestion,
            input.command(info),
            submissions.Submission,
        )
        return Submission.of(done)

    @strawberry.mutation(
        description="Destroy the private part of what was sent: its sender, or the review board. "
        "The public log stays valid and tells it (F-I2)."
    )
    async def erase_private_data(
        self, info: Info, input: ErasePrivateDataInput
    ) -> ErasePrivateDataResult:
        done = await perform(
            info, info.context.office.submissions.erase_private_data, input.command(info), Erased
        )
        return Erasure.of(done)
