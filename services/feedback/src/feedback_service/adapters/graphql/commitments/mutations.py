"""Leaders' public commitments: what can be done."""

import strawberry

from congvu_kit.graph import mutation
from feedback_service.adapters.graphql.commitments.inputs import (
    AmendCommitmentInput,
    AssessCommitmentInput,
    PublishCommitmentInput,
    RateCommitmentInput,
    ReportCommitmentInput,
)
from feedback_service.adapters.graphql.commitments.types import Commitment
from feedback_service.application.commitments import commands

AS_IT_IS_NOW = "The commitment as it is now, or why not."


@strawberry.type
class CommitmentMutation:
    publish_commitment = mutation(
        commands.publish_commitment,
        PublishCommitmentInput,
        Commitment,
        description="Promise something in public; head of a unit.",
        result=AS_IT_IS_NOW,
    )
    amend_commitment = mutation(
        commands.amend_commitment,
        AmendCommitmentInput,
        Commitment,
        description="A new public version, before its date; the leader who made it.",
        result=AS_IT_IS_NOW,
    )
    report_commitment = mutation(
        commands.report_commitment,
        ReportCommitmentInput,
        Commitment,
        description="Report progress, or that it is done; the leader who made it.",
        result=AS_IT_IS_NOW,
    )
    assess_commitment = mutation(
        commands.assess_commitment,
        AssessCommitmentInput,
        Commitment,
        description="Say whether it was met; review board, outside the unit.",
        result=AS_IT_IS_NOW,
    )
    rate_commitment = mutation(
        commands.rate_commitment,
        RateCommitmentInput,
        Commitment,
        description="Rate a promise, once per verified person (F-I4); roles citizen, service-"
        "portal.",
        result=AS_IT_IS_NOW,
    )
