"""What callers send about a complaint."""

import strawberry

from congvu_kit.graph import CommandInput, RevisedInput, ValueInput
from feedback_service.adapters.graphql.common.inputs import TOKEN
from feedback_service.application.complaints import commands, filing
from feedback_service.domain.complaints.values import Attachment, Category, ComplaintState
from feedback_service.domain.submissions.submission import Channel, SubmitterType


@strawberry.input(description="A file beside a complaint; we keep where it is, and its hash.")
class AttachmentInput(ValueInput):
    VALUE = Attachment

    uri: str = strawberry.field(description="Where it lies.")
    sha256: str = strawberry.field(description="SHA-256, lower-case hexadecimal.")


@strawberry.input(description="A complaint about a dossier, or about a unit.")
class FileComplaintInput(CommandInput):
    COMMAND = filing.FileComplaint

    text: str = strawberry.field(description="What is wrong; at most 4000 characters, private.")
    dossier_code: str | None = strawberry.field(
        default=None, description="The dossier; or else give the unit."
    )
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="The unit; or else give the dossier."
    )
    civil_servant_id: strawberry.ID | None = strawberry.field(
        default=None, description="The person complained of; default: who handled the dossier."
    )
    submitter_token: str | None = strawberry.field(default=None, description=TOKEN)
    submitter_type: SubmitterType = strawberry.field(
        default=SubmitterType.CITIZEN, description="Citizen or business."
    )
    channel: Channel = strawberry.field(default=Channel.PORTAL, description="How it reached us.")
    name: str | None = strawberry.field(default=None, description="Who complains; sealed.")
    contact: str | None = strawberry.field(default=None, description="How to reach them; sealed.")
    attachments: list[AttachmentInput] = strawberry.field(
        default_factory=list, description="At most 10."
    )


@strawberry.input(description="Say what a complaint is about.")
class ClassifyComplaintInput(RevisedInput):
    COMMAND = commands.ClassifyComplaint

    complaint_id: strawberry.ID = strawberry.field(description="The complaint.")
    category: Category = strawberry.field(description="What it is about.")
    summary: str = strawberry.field(description="For the public; must name nobody (F-I2).")


@strawberry.input(description="Pass a complaint on to the competent unit.")
class ForwardComplaintInput(RevisedInput):
    COMMAND = commands.ForwardComplaint

    complaint_id: strawberry.ID = strawberry.field(description="The complaint.")
    unit_id: strawberry.ID = strawberry.field(
        description="Whose business it is: a unit of the same province that did not have it yet."
    )
    reason: str = strawberry.field(description="Why; for the public, must name nobody (F-I2).")


@strawberry.input(description="Make somebody of the unit responsible.")
class AssignComplaintInput(RevisedInput):
    COMMAND = commands.AssignComplaint

    complaint_id: strawberry.ID = strawberry.field(description="The complaint.")
    handler_id: strawberry.ID = strawberry.field(
        description="A civil servant of the unit, not the person complained of."
    )


@strawberry.input(description="Begin work on a complaint.")
class TakeUpComplaintInput(RevisedInput):
    COMMAND = commands.TakeUpComplaint

    complaint_id: strawberry.ID = strawberry.field(description="The complaint.")


@strawberry.input(description="Answer a complaint in public.")
class AnswerComplaintInput(RevisedInput):
    COMMAND = commands.AnswerComplaint

    complaint_id: strawberry.ID = strawberry.field(description="The complaint.")
    answer: str = strawberry.field(description="For the public; must name nobody (F-I2).")


@strawberry.input(description="The complainant confirms that it is resolved.")
class ConfirmAnswerInput(RevisedInput):
    COMMAND = commands.ConfirmAnswer

    complaint_id: strawberry.ID = strawberry.field(description="The complaint.")
    submitter_token: str | None = strawberry.field(default=None, description=TOKEN)


@strawberry.input(description="The complainant does not accept the answer.")
class DisputeAnswerInput(RevisedInput):
    COMMAND = commands.DisputeAnswer

    complaint_id: strawberry.ID = strawberry.field(description="The complaint.")
    reason: str = strawberry.field(description="Why not; private.")
    submitter_token: str | None = strawberry.field(default=None, description=TOKEN)


@strawberry.input(description="The unit ends a complaint.")
class CloseComplaintInput(RevisedInput):
    COMMAND = commands.CloseComplaint

    complaint_id: strawberry.ID = strawberry.field(description="The complaint.")
    outcome: ComplaintState = strawberry.field(
        description="CLOSED_RESOLVED, CLOSED_NOT_COMPETENT or CLOSED_DUPLICATE."
    )
    reason: str | None = strawberry.field(
        default=None, description="Why it is set aside; for the public."
    )
    duplicate_of: strawberry.ID | None = strawberry.field(
        default=None, description="The earlier complaint."
    )


@strawberry.input(description="Which complaints.")
class ComplaintFilter:
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="Of this unit and the units below it."
    )
    state: ComplaintState | None = strawberry.field(default=None, description="In this state.")
