"""What leaders, assessors and citizens send about a commitment."""

from datetime import date

import strawberry

from congvu_kit.graph import CommandInput, RevisedInput, ValueInput
from feedback_service.application.commitments import commands
from feedback_service.domain.commitments.commitment import CommitmentOutcome, CommitmentState


@strawberry.input(description="What is promised.")
class PledgeInput(ValueInput):
    VALUE = commands.Pledge

    text: str = strawberry.field(description="The promise; must name nobody.")
    target: str = strawberry.field(description="How it will be measured.")
    due: date = strawberry.field(description="By when; a future day.")
    beneficiaries: str = strawberry.field(description="For whom.")
    milestones: list[str] = strawberry.field(default_factory=list, description="At most 20.")


@strawberry.input(description="Make a promise in public, for one's own unit (công khai cam kết).")
class PublishCommitmentInput(CommandInput):
    COMMAND = commands.PublishCommitment

    pledge: PledgeInput = strawberry.field(description="What is promised.")


@strawberry.input(description="A new public version of a promise (điều chỉnh cam kết).")
class AmendCommitmentInput(RevisedInput):
    COMMAND = commands.AmendCommitment

    commitment_id: strawberry.ID = strawberry.field(description="The commitment.")
    pledge: PledgeInput = strawberry.field(description="What is promised from now on.")
    reason: str = strawberry.field(description="Why; public.")


@strawberry.input(description="Progress on a promise, or its end (báo cáo tiến độ).")
class ReportCommitmentInput(RevisedInput):
    COMMAND = commands.ReportCommitment

    commitment_id: strawberry.ID = strawberry.field(description="The commitment.")
    note: str = strawberry.field(description="What was done; public.")
    evidence: list[str] = strawberry.field(
        default_factory=list, description="Where it can be seen; at most 20, public."
    )
    done: bool = strawberry.field(default=False, description="The target is reached.")


@strawberry.input(description="Whether a promise was met, by the review board (đánh giá cam kết).")
class AssessCommitmentInput(RevisedInput):
    COMMAND = commands.AssessCommitment

    commitment_id: strawberry.ID = strawberry.field(description="The commitment.")
    outcome: CommitmentOutcome = strawberry.field(description="Met, partly or missed.")
    reason: str = strawberry.field(description="Why; public.")


@strawberry.input(description="One person's score of a promise (đánh giá của người dân).")
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
