"""What can be changed in feedback: each mutation is one use case of the office."""

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
from feedback_service.adapters.graphql.complaint_inputs import (
    AnswerComplaintInput,
    AssignComplaintInput,
    ClassifyComplaintInput,
    CloseComplaintInput,
    ConfirmAnswerInput,
    DecideComplaintInput,
    DiscloseSubmitterInput,
    DisputeAnswerInput,
    FileComplaintInput,
    ReopenComplaintInput,
    TakeUpComplaintInput,
)
from feedback_service.adapters.graphql.complaint_types import (
    AnswerComplaintResult,
    AssignComplaintResult,
    ClassifyComplaintResult,
    CloseComplaintResult,
    Complaint,
    ConfirmAnswerResult,
    DecideComplaintResult,
    DiscloseSubmitterResult,
    DisputeAnswerResult,
    FileComplaintResult,
    ReopenComplaintResult,
    TakeUpComplaintResult,
)
from feedback_service.adapters.graphql.context import Info, perform
from feedback_service.adapters.graphql.log_types import (
    LogCheckpoint,
    PublicLogEntry,
    PublishCheckpointInput,
    PublishCheckpointResult,
    RedactLogEntryInput,
    RedactLogEntryResult,
)
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
from feedback_service.domain import checkpoints, commitments, complaints, public_log, submissions


@strawberry.type(description="Changes in the feedback service.")
class Mutation:
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

    @strawberry.mutation(
        description="Complain about a dossier or unit; roles citizen, service-portal."
    )
    async def file_complaint(self, info: Info, input: FileComplaintInput) -> FileComplaintResult:
        done = await perform(
            info,
            info.context.office.complaints.file_complaint,
            input.command(info),
            complaints.Complaint,
        )
        return Complaint.of(done)

    @strawberry.mutation(
        description="Say what it is about, with a public summary; management of the unit."
    )
    async def classify_complaint(
        self, info: Info, input: ClassifyComplaintInput
    ) -> ClassifyComplaintResult:
        done = await perform(
            info,
            info.context.office.complaints.classify_complaint,
            input.command(info),
            complaints.Complaint,
        )
        return Complaint.of(done)

    @strawberry.mutation(
        description="Make somebody of the unit responsible; management of the unit."
    )
    async def assign_complaint(
        self, info: Info, input: AssignComplaintInput
    ) -> AssignComplaintResult:
        done = await perform(
            info,
            info.context.office.complaints.assign_complaint,
            input.command(info),
            complaints.Complaint,
        )
        return Complaint.of(done)

    @strawberry.mutation(
        description="Begin work; management of the unit, or who it was assigned to."
    )
    async def take_up_complaint(
        self, info: Info, input: TakeUpComplaintInput
    ) -> TakeUpComplaintResult:
        done = await perform(
            info,
            info.context.office.complaints.take_up_complaint,
            input.command(info),
            complaints.Complaint,
        )
        return Complaint.of(done)

    @strawberry.mutation(
        description="Answer in public; management of the unit, never the person complained of."
    )
    async def answer_complaint(
        self, info: Info, input: AnswerComplaintInput
    ) -> AnswerComplaintResult:
        done = await perform(
            info,
            info.context.office.complaints.answer_complaint,
            input.command(info),
            complaints.Complaint,
        )
        return Complaint.of(done)

    @strawberry.mutation(description="It is resolved, says who complained.")
    async def confirm_answer(self, info: Info, input: ConfirmAnswerInput) -> ConfirmAnswerResult:
        done = await perform(
            info,
            info.context.office.complaints.confirm_answer,
            input.command(info),
            complaints.Complaint,
        )
        return Complaint.of(done)

    @strawberry.mutation(description="It is not, says who complained, within the window.")
    async def dispute_answer(self, info: Info, input: DisputeAnswerInput) -> DisputeAnswerResult:
        done = await perform(
            info,
            info.context.office.complaints.dispute_answer,
            input.command(info),
            complaints.Complaint,
        )
        return Complaint.of(done)

    @strawberry.mutation(
        description="Back to the unit for another answer; review board, or head of a unit above."
    )
    async def reopen_complaint(
        self, info: Info, input: ReopenComplaintInput
    ) -> ReopenComplaintResult:
        done = await perform(
            info,
            info.context.office.decisions.reopen_complaint,
            input.command(info),
            complaints.Complaint,
        )
        return Complaint.of(done)

    @strawberry.mutation(
        description="The verdict; review board, or head of a unit above, who did not handle it. "
        "Upheld asks for a post-audit."
    )
    async def decide_complaint(
        self, info: Info, input: DecideComplaintInput
    ) -> DecideComplaintResult:
        done = await perform(
            info,
            info.context.office.decisions.decide_complaint,
            input.command(info),
            complaints.Complaint,
        )
        return Complaint.of(done)

    @strawberry.mutation(
        description="End it; management of the unit. Never as resolved against a standing dispute "
        "(F-I6)."
    )
    async def close_complaint(self, info: Info, input: CloseComplaintInput) -> CloseComplaintResult:
        done = await perform(
            info,
            info.context.office.complaints.close_complaint,
            input.command(info),
            complaints.Complaint,
        )
        return Complaint.of(done)

    @strawberry.mutation(
        description="Look up who complained, for today; review board. The public log tells that "
        "and why."
    )
    async def disclose_submitter(
        self, info: Info, input: DiscloseSubmitterInput
    ) -> DiscloseSubmitterResult:
        done = await perform(
            info,
            info.context.office.decisions.disclose_submitter,
            input.command(info),
            complaints.Complaint,
        )
        return Complaint.of(done)

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

    @strawberry.mutation(
        description="Hide free text that shows a person, with a public tombstone (F-I7); review "
        "board."
    )
    async def redact_log_entry(
        self, info: Info, input: RedactLogEntryInput
    ) -> RedactLogEntryResult:
        done = await perform(
            info,
            info.context.office.public_log.redact_log_entry,
            input.command(info),
            public_log.LogEntry,
        )
        return PublicLogEntry.of(done)

    @strawberry.mutation(
        description="Sign the log now instead of with the daily checkpoint; review board, period "
        "admin."
    )
    async def publish_checkpoint(
        self, info: Info, input: PublishCheckpointInput
    ) -> PublishCheckpointResult:
        done = await perform(
            info,
            info.context.office.public_log.publish_checkpoint,
            input.command(info),
            checkpoints.Checkpoint,
        )
        return LogCheckpoint.of(done)
