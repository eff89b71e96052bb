"""What leaders, assessors and citizens send about a commitment."""

from datetime import date

import strawberry

from congvu_kit.graph import CommandInput, RevisedInput, ValueInput
from feedback_service.application.commitments import commands, drafts
from feedback_service.domain.commitments import draft
from feedback_service.domain.commitments.values import (
    CommitmentKind,
    CommitmentOutcome,
    CommitmentState,
)


@strawberry.input(description="What is promised.")
class PledgeInput(ValueInput):
    VALUE = draft.Pledge

    text: str = strawberry.field(description="The promise; must name nobody.")
    target: str = strawberry.field(description="How it will be measured.")
    due: date = strawberry.field(description="By when; a future day.")
    beneficiaries: str = strawberry.field(description="For whom.")
    milestones: list[str] = strawberry.field(default_factory=list, description="At most 20.")
    kind: CommitmentKind | None = strawberry.field(
        default=None, description="PROMISE unless said; a new version keeps what it was."
    )
    milestone_dates: list[date] = strawberry.field(
        default_factory=list,
        description="By when each milestone is to be reached, in order; one for each, or none.",
    )


@strawberry.input(description="Write a promise down before it is published.")
class DraftCommitmentInput(CommandInput):
    COMMAND = drafts.DraftCommitment

    pledge: PledgeInput = strawberry.field(description="What is to be promised.")


@strawberry.input(description="Write a draft anew.")
class ReviseCommitmentDraftInput(RevisedInput):
    COMMAND = drafts.ReviseDraft

    draft_id: strawberry.ID = strawberry.field(description="The draft.")
    pledge: PledgeInput = strawberry.field(description="What is to be promised.")


@strawberry.input(description="Make a draft public.")
class PublishCommitmentDraftInput(RevisedInput):
    COMMAND = drafts.PublishDraft

    draft_id: strawberry.ID = strawberry.field(description="The draft.")


@strawberry.input(description="Make a promise in public, for one's own unit.")
class PublishCommitmentInput(CommandInput):
    COMMAND = commands.PublishCommitment

    pledge: PledgeInput = strawberry.field(description="What is promised.")


@strawberry.input(description="A new public version of a promise.")
class AmendCommitmentInput(RevisedInput):
    COMMAND = commands.AmendCommitment

    commitment_id: strawberry.ID = strawberry.field(description="The commitment.")
    pledge: PledgeInput = strawberry.field(description="What is promised from now on.")
    reason: str = strawberry.field(description="Why; public.")


@strawberry.input(description="Progress on a promise, or its end.")
class ReportCommitmentInput(RevisedInput):
    COMMAND = commands.ReportCommitment

    commitment_id: strawberry.ID = strawberry.field(description="The commitment.")
    note: str = strawberry.field(description="What was done; public.")
    evidence: list[str] = strawberry.field(
        default_factory=list, description="Where it can be seen; at most 20, public."
    )
    done: bool = strawberry.field(default=False, description="The target is reached.")
    percent: int | None = strawberry.field(
        default=None, description="How much of it is done, 0 to 100, as the leader sees it."
    )
    milestone: int | None = strawberry.field(
        default=None,
        description="Number of the milestone that is reached; needs evidence.",
    )


@strawberry.input(description="Whether a promise was met, by the level above.")
class AssessCommitmentInput(RevisedInput):
    COMMAND = commands.AssessCommitment

    commitment_id: strawberry.ID = strawberry.field(description="The commitment.")
    outcome: CommitmentOutcome = strawberry.field(description="Met, partly or missed.")
    reason: str = strawberry.field(description="Why; public.")


@strawberry.input(description="One person's score of a promise.")
class RateCommitmentInput(CommandInput):
    COMMAND = commands.RateCommitment

    commitment_id: strawberry.ID = strawberry.field(description="The commitment.")
    score: int = strawberry.field(description="1 (worst) to 5 (best).")


@strawberry.input(description="Which commitments.")
class CommitmentFilter:
    unit_id: strawberry.ID | None = strawberry.field(default=None, description="Of this unit.")
    province: str | None = strawberry.field(default=None, description="Of this province's units.")
    leader_id: strawberry.ID | None = strawberry.field(default=None, description="Of this leader.")
    state: CommitmentState | None = strawberry.field(default=None, description="In this state.")
    kind: CommitmentKind | None = strawberry.field(default=None, description="Of this kind.")
