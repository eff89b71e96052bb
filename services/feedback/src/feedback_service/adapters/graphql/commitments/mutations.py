"""Leaders' public commitments: what can be done."""

import strawberry

from congvu_kit.graph import mutation
from feedback_service.adapters.graphql.commitments.inputs import (
    AmendCommitmentInput,
    AssessCommitmentInput,
    DraftCommitmentInput,
    PublishCommitmentDraftInput,
    PublishCommitmentInput,
    RateCommitmentInput,
    ReportCommitmentInput,
    ReviseCommitmentDraftInput,
)
from feedback_service.adapters.graphql.commitments.types import Commitment, CommitmentDraft
from feedback_service.application.commitments import commands, drafts

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
    draft_commitment = mutation(
        drafts.draft_commitment,
        DraftCommitmentInput,
        CommitmentDraft,
        description="Write a promise or key task down; head of a unit. Nobody else reads it.",
        result="The draft, or why not.",
    )
    revise_commitment_draft = mutation(
        drafts.revise_draft,
        ReviseCommitmentDraftInput,
        CommitmentDraft,
        description="Write a draft anew; the leader who drafted it.",
        result="The draft as it is now, or why not.",
    )
    publish_commitment_draft = mutation(
        drafts.publish_draft,
        PublishCommitmentDraftInput,
        Commitment,
        description="Make a draft public; the leader who drafted it. From here on it is amended or "
        "missed, never withdrawn (F-I8).",
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
        description="Say whether it was met; review board or head of a unit above, outside the "
        "unit. From 30 ratings on the lower of that and of what citizens say counts.",
        result=AS_IT_IS_NOW,
    )
    rate_commitment = mutation(
        commands.rate_commitment,
        RateCommitmentInput,
        Commitment,
        description="Rate a promise, once per verified person (F-I4); role citizen.",
        result=AS_IT_IS_NOW,
    )
