"""What was said on paper, by telephone and at meetings, in one call: each row is taken or refused
on its own."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import ClassVar, TypeAlias, TypeVar

from congvu_kit.application.commands import Command
from congvu_kit.application.personal_numbers import SealedText
from congvu_kit.application.ports import Transaction
from congvu_kit.application.rows import Refusal, Rows, each_row
from congvu_kit.domain.actor import Role
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.labels import capital, label
from congvu_kit.domain.text import camel
from congvu_kit.domain.vietnamese import vi_text
from feedback_service.application.complaints import filing
from feedback_service.application.needs import Vault
from feedback_service.application.submissions import commands as submissions
from feedback_service.application.submissions import visits
from feedback_service.application.submissions.intake import Intake
from feedback_service.domain.complaints.complaint import Complaint
from feedback_service.domain.complaints.values import Terms
from feedback_service.domain.submissions.rating_limits import RatingLimits
from feedback_service.domain.submissions.submission import (
    Answer,
    Channel,
    Driver,
    Kind,
    Submission,
    SubmitterType,
)

ROWS_MAX = 200
"""Of one call: well inside the limits of the gateway and of one transaction."""


class FeedbackKind(StrEnum):
    SATISFACTION = "SATISFACTION"
    VISIT = "VISIT"
    PROCEDURE = "PROCEDURE"
    COMPLAINT = "COMPLAINT"
    SUGGESTION = "SUGGESTION"
    PRAISE = "PRAISE"


@dataclass(frozen=True, kw_only=True)
class FeedbackRow:
    """What each kind needs is told by the rule of the kind."""

    kind: FeedbackKind
    channel: Channel
    submitter_token: SealedText | None
    submitter_type: SubmitterType
    dossier_code: str | None
    rating_code: SealedText | None
    answer: Answer | None
    drivers: tuple[Driver, ...]
    answered_on: date | None
    unit_id: str | None
    civil_servant_id: str | None
    text: SealedText | None
    name: SealedText | None
    contact: SealedText | None
    procedure_code: str | None = None
    round_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class SubmitFeedbackBulk(Command):
    """A dry run says what would become of each; nothing is kept."""

    operation: ClassVar[str] = "submit_feedback_bulk"
    rows: Rows[FeedbackRow]
    dry_run: bool

    @property
    def rehearsal(self) -> bool:
        return self.dry_run


T = TypeVar("T")
Taken: TypeAlias = Submission | Complaint


@dataclass(frozen=True, kw_only=True)
class FeedbackResult:
    row: int
    taken: Taken | None
    refusal: Refusal | None


@dataclass(frozen=True, kw_only=True)
class FeedbackReport:
    results: tuple[FeedbackResult, ...]
    dry_run: bool


async def submit_feedback_bulk(
    command: SubmitFeedbackBulk,
    tx: Transaction,
    *,
    vault: Vault,
    limits: RatingLimits,
    terms: Terms,
) -> FeedbackReport:
    actor = command.actor
    actor.require(Role.SERVICE_PORTAL)
    _require_few(len(command.rows))
    intake = Intake(tx, actor, vault, limits)
    rows = [row for row in command.rows if isinstance(row, FeedbackRow)]
    await intake.look_up(
        (row.dossier_code for row in rows if row.dossier_code),
        ((row.submitter_token, row.answered_on) for row in rows),
    )
    complain = partial(filing.file, actor=actor, tx=tx, vault=vault, terms=terms)

    async def take(row: FeedbackRow) -> Taken:
        match row.kind:
            case FeedbackKind.SATISFACTION:
                return await submissions.rate(_rating(row), intake)
            case FeedbackKind.VISIT | FeedbackKind.PROCEDURE:
                return await visits.rate_visit(_visit(row), intake)
            case FeedbackKind.COMPLAINT:
                return await complain(_complaint(row))
            case FeedbackKind.SUGGESTION | FeedbackKind.PRAISE:
                return await submissions.suggest(_words(row), intake)

    told = await each_row(command.rows, take, now=tx.now)
    await intake.keep()
    dry = command.dry_run
    results = tuple(_result(row, each, dry_run=dry) for row, each in enumerate(told))
    return FeedbackReport(dry_run=dry, results=results)


def _result(row: int, told: Taken | Refusal, *, dry_run: bool) -> FeedbackResult:
    if isinstance(told, Refusal):
        return FeedbackResult(row=row, taken=None, refusal=told)
    return FeedbackResult(row=row, taken=None if dry_run else told, refusal=None)


def _require_few(rows: int) -> None:
    if not 0 < rows <= ROWS_MAX:
        raise Invalid(
            en=f"1 to {ROWS_MAX} rows in one call, not {rows}",
            vi=f"Mỗi lần gửi từ 1 đến {ROWS_MAX} dòng; đang gửi {vi_text(rows)} dòng.",
            field="input.rows",
        )


def _rating(row: FeedbackRow) -> submissions.GivenRating:
    _refuse(row, "unit_id", "civil_servant_id", "name", "contact", "procedure_code")
    return submissions.GivenRating(
        dossier_code=_needed(row, "dossier_code", row.dossier_code),
        rating_code=_needed(row, "rating_code", row.rating_code),
        submitter_token=row.submitter_token,
        submitter_type=row.submitter_type,
        channel=row.channel,
        answer=_needed(row, "answer", row.answer),
        drivers=row.drivers,
        comment=row.text,
        answered_on=row.answered_on,
        round_id=row.round_id,
    )


def _visit(row: FeedbackRow) -> visits.GivenVisitRating:
    _refuse(row, "dossier_code", "rating_code", "civil_servant_id", "name", "contact")
    if row.kind is FeedbackKind.VISIT:
        _refuse(row, "procedure_code")
    else:
        _needed(row, "procedure_code", row.procedure_code)
    return visits.GivenVisitRating(
        kind=Kind(row.kind),
        unit_id=_needed(row, "unit_id", row.unit_id),
        procedure_code=row.procedure_code,
        submitter_token=row.submitter_token,
        submitter_type=row.submitter_type,
        channel=row.channel,
        answer=_needed(row, "answer", row.answer),
        drivers=row.drivers,
        comment=row.text,
        answered_on=row.answered_on,
        round_id=row.round_id,
    )


def _words(row: FeedbackRow) -> submissions.GivenWords:
    _refuse(
        row, "dossier_code", "rating_code", "answer", "drivers", "answered_on",
        "civil_servant_id", "name", "contact", "procedure_code", "round_id",
    )  # fmt: skip
    return submissions.GivenWords(
        unit_id=_needed(row, "unit_id", row.unit_id),
        kind=Kind(row.kind),
        submitter_token=row.submitter_token,
        submitter_type=row.submitter_type,
        channel=row.channel,
        text=_needed(row, "text", row.text),
    )


def _complaint(row: FeedbackRow) -> filing.GivenComplaint:
    _refuse(row, "rating_code", "answer", "drivers", "answered_on", "procedure_code", "round_id")
    return filing.GivenComplaint(
        dossier_code=row.dossier_code,
        unit_id=row.unit_id,
        civil_servant_id=row.civil_servant_id,
        submitter_token=row.submitter_token,
        submitter_type=row.submitter_type,
        channel=row.channel,
        text=_needed(row, "text", row.text),
        name=row.name,
        contact=row.contact,
        attachments=(),
    )


def _needed(row: FeedbackRow, name: str, value: T | None) -> T:
    if value is None:
        raise Invalid(
            en=f"{row.kind} needs {camel(name)}",
            vi=f"{capital(vi_text(row.kind))} phải có {label('field', name, 'vi')}.",
            field=f"input.{camel(name)}",
        )
    return value


def _refuse(row: FeedbackRow, *names: str) -> None:
    """Nothing that was written down is passed over in silence."""
    for name in names:
        if getattr(row, name) not in (None, ()):
            raise Invalid(
                en=f"{row.kind} has no {camel(name)}",
                vi=f"{capital(vi_text(row.kind))} không kèm {label('field', name, 'vi')}.",
                field=f"input.{camel(name)}",
            )
