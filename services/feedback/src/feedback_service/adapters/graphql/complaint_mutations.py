"""Complaints. Each mutation is one use case of the office."""

import strawberry

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
from feedback_service.domain import complaints


@strawberry.type(description="Complaints.")
class ComplaintMutations:
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
