"""What people ask for about a complaint."""

from dataclasses import dataclass

from congvu_kit.application.perform import Command
from feedback_service.domain.complaint_parts import Category, ComplaintState, Verdict
from feedback_service.domain.submissions import Channel, SubmitterType


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """Where a file lies and what it was: the SHA-256 in hexadecimal."""

    uri: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class FileComplaint(Command):
    """About a dossier, or about a unit and perhaps one of its people."""

    dossier_code: str | None
    unit_id: str | None
    servant_id: str | None
    submitter_token: str | None
    submitter_type: SubmitterType
    channel: Channel
    text: str
    name: str | None
    contact: str | None
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True, kw_only=True)
class ComplaintCommand(Command):
    complaint_id: str
    expected_revision: int


@dataclass(frozen=True, kw_only=True)
class ClassifyComplaint(ComplaintCommand):
    category: Category
    summary: str


@dataclass(frozen=True, kw_only=True)
class AssignComplaint(ComplaintCommand):
    handler_id: str


@dataclass(frozen=True, kw_only=True)
class TakeUpComplaint(ComplaintCommand):
    pass


@dataclass(frozen=True, kw_only=True)
class AnswerComplaint(ComplaintCommand):
    answer: str


@dataclass(frozen=True, kw_only=True)
class ConfirmAnswer(ComplaintCommand):
    submitter_token: str | None


@dataclass(frozen=True, kw_only=True)
class DisputeAnswer(ComplaintCommand):
    submitter_token: str | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReopenComplaint(ComplaintCommand):
    reason: str


@dataclass(frozen=True, kw_only=True)
class DecideComplaint(ComplaintCommand):
    """`remedied` says whether what was wrong has been put right."""

    verdict: Verdict
    remedied: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class CloseComplaint(ComplaintCommand):
    """By the unit: as resolved, another's business, or a duplicate of `duplicate_of`."""

    outcome: ComplaintState
    reason: str | None
    duplicate_of: str | None


@dataclass(frozen=True, kw_only=True)
class DiscloseSubmitter(ComplaintCommand):
    reason: str
