"""Leaders' public commitments. Each mutation is one use case of the office."""

import strawberry

from feedback_service.adapters.graphql.commitment_types import (
    AmendCommitmentInput,
    AmendCommitmentResult,
    AssessCommitmentInput,
    AssessCommitmentResult,
    Commitment,
    PublishCommitmentInput,
    PublishCommitmentResult,
    RateCommitmentInput,
    RateCommitmentResult,
    ReportCommitmentInput,
    ReportCommitmentResult,
)
from feedback_service.adapters.graphql.context import Info, perform
from feedback_service.domain import commitments


@strawberry.type(description="Leaders' public commitments.")
class CommitmentMutations:
    @strawberry.mutation(description="Promise something in public; head of a unit.")
    async def publish_commitment(
        self, info: Info, input: PublishCommitmentInput
    ) -> PublishCommitmentResult:
        done = await perform(
            info,
            info.context.office.commitments.publish_commitment,
            input.command(info),
            commitments.Commitment,
        )
        return Commitment.of(done)

    @strawberry.mutation(
        description="A new public version, before its date; the leader who made it."
    )
    async def amend_commitment(
        self, info: Info, input: AmendCommitmentInput
    ) -> AmendCommitmentResult:
        done = await perform(
            info,
            info.context.office.commitments.amend_commitment,
            input.command(info),
            commitments.Commitment,
        )
        return Commitment.of(done)

    @strawberry.mutation(description="Report progress, or that it is done; the leader who made it.")
    async def report_commitment(
        self, info: Info, input: ReportCommitmentInput
    ) -> ReportCommitmentResult:
        done = await perform(
            info,
            info.context.office.commitments.report_commitment,
            input.command(info),
            commitments.Commitment,
        )
        return Commitment.of(done)

    @strawberry.mutation(description="Say whether it was met; review board, outside the unit.")
    async def assess_commitment(
        self, info: Info, input: AssessCommitmentInput
    ) -> AssessCommitmentResult:
        done = await perform(
            info,
            info.context.office.commitments.assess_commitment,
            input.command(info),
            commitments.Commitment,
        )
        return Commitment.of(done)

    @strawberry.mutation(
        description="Rate a promise, once per verified person (F-I4); roles citizen, service- "
        "portal."
    )
    async def rate_commitment(self, info: Info, input: RateCommitmentInput) -> RateCommitmentResult:
        done = await perform(
            info,
            info.context.office.commitments.rate_commitment,
            input.command(info),
            commitments.Commitment,
        )
        return Commitment.of(done)
