"""What callers send about a complaint."""

import strawberry

from feedback_service.adapters.graphql.context import Info
from feedback_service.adapters.graphql.submission_types import KEY_TEXT, TOKEN_TEXT
from feedback_service.application import complaint_commands as commands
from feedback_service.domain.complaint_parts import Category, ComplaintState, Verdict
from feedback_service.domain.submissions import Channel, SubmitterType

REVISION_TEXT = "The `revision` last read; CONFLICT when it moved meanwhile."


@strawberry.input(description="A file beside a complaint; we keep where it is, and its hash.")
class AttachmentInput:
    uri: str = strawberry.field(description="Where it lies.")
    sha256: str = strawberry.field(description="SHA-256, lower-case hexadecimal.")


@strawberry.input(description="A complaint about a dossier, or about a unit (phản ánh).")
class FileComplaintInput:
    idempotency_key: str = strawberry.field(description=KEY_TEXT)
    text: str = strawberry.field(description="What is wrong; at most 4000 characters, private.")
    dossier_code: str | None = strawberry.field(
        default=None, description="The dossier; or else give the unit."
    )
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="The unit; or else give the dossier."
    )
    servant_id: strawberry.ID | None = strawberry.field(
        default=None, description="The person complained of; default: who handled the dossier."
    )
    submitter_token: str | None = strawberry.field(default=None, description=TOKEN_TEXT)
    submitter_type: SubmitterType = strawberry.field(
        default=SubmitterType.CITIZEN, description="Citizen or business."
    )
    channel: Channel = strawberry.field(default=Channel.PORTAL, description="How it reached us.")
    name: str | None = strawberry.field(default=None, description="Who complains; sealed.")
    contact: str | None = strawberry.field(default=None, description="How to reach them; sealed.")
    attachments: list[AttachmentInput] = strawberry.field(
        default_factory=list, description="At most 10."
    )

    def command(self, info: Info) -> commands.FileComplaint:
        return commands.FileComplaint(
            actor=info.context.actor,
            idempotency_key=self.idempotency_key,
            dossier_code=self.dossier_code,
            unit_id=self.unit_id,
            servant_id=self.servant_id,
            submitter_token=self.submitter_token,
            submitter_type=self.submitter_type,
            channel=self.channel,
            text=self.text,
            name=self.name,
            contact=self.contact,
            attachments=tuple(
                commands.Attachment(uri=each.uri, sha256=each.sha256) for each in self.attachments
            ),
        )


@strawberry.input(description="Say what a complaint is about (phân loại).")
class ClassifyComplaintInput:
    idempotency_key: str = strawberry.field(description=KEY_TEXT)
    complaint_id: strawberry.ID = strawberry.field(description="The complaint.")
    expected_revision: int = strawberry.field(description=REVISION_TEXT)
    category: Category = strawberry.field(description="What it is about.")
    summary: str = strawberry.field(description="For the public; must name nobody (F-I2).")

    def command(self, info: Info) -> commands.ClassifyComplaint:
        return commands.ClassifyComplaint(
            actor=info.context.actor,
            idempotency_key=self.idempotency_key,
            complaint_id=self.complaint_id,
            expected_revision=self.expected_revision,
            category=self.category,
            summary=self.summary,
        )


@strawberry.input(description="Make somebody of the unit responsible (phân công).")
class AssignComplaintInput:
    idempotency_key: str = strawberry.field(description=KEY_TEXT)
    complaint_id: strawberry.ID = strawberry.field(description="The complaint.")
    expected_revision: int = strawberry.field(description=REVISION_TEXT)
    handler_id: strawberry.ID = strawberry.field(
        description="A civil servant of the unit, not the person complained of."
    )

    def command(self, info: Info) -> commands.AssignComplaint:
        return commands.AssignComplaint(
            actor=info.context.actor,
            idempotency_key=self.idempotency_key,
            complaint_id=self.complaint_id,
            expected_revision=self.expected_revision,
            handler_id=self.handler_id,
        )


@strawberry.input(description="Begin work on a complaint (bắt đầu xử lý).")
class TakeUpComplaintInput:
    idempotency_key: str = strawberry.field(description=KEY_TEXT)
    complaint_id: strawberry.ID = strawberry.field(description="The complaint.")
    expected_revision: int = strawberry.field(description=REVISION_TEXT)

    def command(self, info: Info) -> commands.TakeUpComplaint:
        return commands.TakeUpComplaint(
            actor=info.context.actor,
            idempotency_key=self.idempotency_key,
            complaint_id=self.complaint_id,
            expected_revision=self.expected_revision,
        )


@strawberry.input(description="Answer a complaint in public (trả lời).")
class AnswerComplaintInput:
    idempotency_key: str = strawberry.field(description=KEY_TEXT)
    complaint_id: strawberry.ID = strawberry.field(description="The complaint.")
    expected_revision: int = strawberry.field(description=REVISION_TEXT)
    answer: str = strawberry.field(description="For the public; must name nobody (F-I2).")

    def command(self, info: Info) -> commands.AnswerComplaint:
        return commands.AnswerComplaint(
            actor=info.context.actor,
            idempotency_key=self.idempotency_key,
            complaint_id=self.complaint_id,
            expected_revision=self.expected_revision,
            answer=self.answer,
        )


@strawberry.input(description="The complainant confirms that it is resolved (xác nhận).")
class ConfirmAnswerInput:
    idempotency_key: str = strawberry.field(description=KEY_TEXT)
    complaint_id: strawberry.ID = strawberry.field(description="The complaint.")
    expected_revision: int = strawberry.field(description=REVISION_TEXT)
    submitter_token: str | None = strawberry.field(default=None, description=TOKEN_TEXT)

    def command(self, info: Info) -> commands.ConfirmAnswer:
        return commands.ConfirmAnswer(
            actor=info.context.actor,
            idempotency_key=self.idempotency_key,
            complaint_id=self.complaint_id,
            expected_revision=self.expected_revision,
            submitter_token=self.submitter_token,
        )


@strawberry.input(description="The complainant does not accept the answer (không đồng ý).")
class DisputeAnswerInput:
    idempotency_key: str = strawberry.field(description=KEY_TEXT)
    complaint_id: strawberry.ID = strawberry.field(description="The complaint.")
    expected_revision: int = strawberry.field(description=REVISION_TEXT)
    reason: str = strawberry.field(description="Why not; private.")
    submitter_token: str | None = strawberry.field(default=None, description=TOKEN_TEXT)

    def command(self, info: Info) -> commands.DisputeAnswer:
        return commands.DisputeAnswer(
            actor=info.context.actor,
            idempotency_key=self.idempotency_key,
            complaint_id=self.complaint_id,
            expected_revision=self.expected_revision,
            submitter_token=self.submitter_token,
            reason=self.reason,
        )


@strawberry.input(description="Send a disputed complaint back for another answer (mở lại).")
class ReopenComplaintInput:
    idempotency_key: str = strawberry.field(description=KEY_TEXT)
    complaint_id: strawberry.ID = strawberry.field(description="The complaint.")
    expected_revision: int = strawberry.field(description=REVISION_TEXT)
    reason: str = strawberry.field(description="For the public.")

    def command(self, info: Info) -> commands.ReopenComplaint:
        return commands.ReopenComplaint(
            actor=info.context.actor,
            idempotency_key=self.idempotency_key,
            complaint_id=self.complaint_id,
            expected_revision=self.expected_revision,
            reason=self.reason,
        )


@strawberry.input(description="The verdict from outside the unit (kết luận).")
class DecideComplaintInput:
    idempotency_key: str = strawberry.field(description=KEY_TEXT)
    complaint_id: strawberry.ID = strawberry.field(description="The complaint.")
    expected_revision: int = strawberry.field(description=REVISION_TEXT)
    verdict: Verdict = strawberry.field(description="Upheld, partly or not.")
    reason: str = strawberry.field(description="For the public.")
    remedied: bool = strawberry.field(
        default=False, description="Whether what was wrong has been put right."
    )

    def command(self, info: Info) -> commands.DecideComplaint:
        return commands.DecideComplaint(
            actor=info.context.actor,
            idempotency_key=self.idempotency_key,
            complaint_id=self.complaint_id,
            expected_revision=self.expected_revision,
            verdict=self.verdict,
            remedied=self.remedied,
            reason=self.reason,
        )


@strawberry.input(description="The unit ends a complaint (kết thúc).")
class CloseComplaintInput:
    idempotency_key: str = strawberry.field(description=KEY_TEXT)
    complaint_id: strawberry.ID = strawberry.field(description="The complaint.")
    expected_revision: int = strawberry.field(description=REVISION_TEXT)
    outcome: ComplaintState = strawberry.field(
        description="CLOSED_RESOLVED, CLOSED_NOT_COMPETENT or CLOSED_DUPLICATE."
    )
    reason: str | None = strawberry.field(
        default=None, description="Why it is set aside; for the public."
    )
    duplicate_of: strawberry.ID | None = strawberry.field(
        default=None, description="The earlier complaint."
    )

    def command(self, info: Info) -> commands.CloseComplaint:
        return commands.CloseComplaint(
            actor=info.context.actor,
            idempotency_key=self.idempotency_key,
            complaint_id=self.complaint_id,
            expected_revision=self.expected_revision,
            outcome=self.outcome,
            reason=self.reason,
            duplicate_of=self.duplicate_of,
        )


@strawberry.input(description="Look up who complained, and say why in public (tiết lộ danh tính).")
class DiscloseSubmitterInput:
    idempotency_key: str = strawberry.field(description=KEY_TEXT)
    complaint_id: strawberry.ID = strawberry.field(description="The complaint.")
    expected_revision: int = strawberry.field(description=REVISION_TEXT)
    reason: str = strawberry.field(description="For the public.")

    def command(self, info: Info) -> commands.DiscloseSubmitter:
        return commands.DiscloseSubmitter(
            actor=info.context.actor,
            idempotency_key=self.idempotency_key,
            complaint_id=self.complaint_id,
            expected_revision=self.expected_revision,
            reason=self.reason,
        )
