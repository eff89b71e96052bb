"""Ratings of a visit, or of a procedure at a unit, that no dossier stands behind."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from congvu_kit.application.commands import Command
from congvu_kit.application.personal_numbers import SealedText
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.ids import derived_id
from congvu_kit.domain.procedures import procedure_in
from feedback_service.application.access import SUBMITTERS, submitter
from feedback_service.application.needs import Vault
from feedback_service.application.submissions.intake import SAID_WITHIN, Intake
from feedback_service.domain.common.texts import text
from feedback_service.domain.submissions.rating_limits import RatingLimits
from feedback_service.domain.submissions.submission import (
    Answer,
    Channel,
    Driver,
    Kind,
    Submission,
    SubmitterType,
)


@dataclass(frozen=True, kw_only=True)
class GivenVisitRating:
    """Of a visit to a unit, or of a procedure there."""

    kind: Kind
    unit_id: str
    procedure_code: str | None
    submitter_token: SealedText | None
    submitter_type: SubmitterType
    channel: Channel
    answer: Answer
    drivers: tuple[Driver, ...]
    comment: SealedText | None
    answered_on: date | None
    round_id: str | None


@dataclass(frozen=True, kw_only=True)
class RateService(GivenVisitRating, Command):
    operation: ClassVar[str] = "rate_service"


async def rate_service(
    command: RateService, tx: Transaction, *, vault: Vault, limits: RatingLimits
) -> Submission:
    command.actor.require(*SUBMITTERS)
    intake = Intake(tx, command.actor, vault, limits)
    await intake.look_up([], [(command.submitter_token, command.answered_on)])
    submission = await rate_visit(command, intake)
    await intake.keep()
    return submission


async def rate_visit(given: GivenVisitRating, intake: Intake) -> Submission:
    """Of a visit, or of a procedure at a unit: one a person and day (F-I4). No dossier tells a
    person from an invented one, so it moves no index (F-I10); it tells what to look at."""
    code = _procedure(given)
    path, province = await intake.place(given.unit_id, field="input.unitId")
    token = submitter(intake.actor, given.submitter_token, province=province)
    on = intake.said_on(given.answered_on, intake.today - SAID_WITHIN)
    comment = given.comment and text(given.comment, field="input.comment")
    about = f"{given.kind}/{path[0]}/{code or ''}/{on}"
    target = derived_id("visit", intake.vault.person(about, token))
    if (first := await intake.of_target(target, province)) is not None:
        first.same_rating_or_conflict(first.person, given.answer)
        return first
    await intake.require_asked(given, path, on)
    await intake.count(token, on)
    submission = intake.made(given, token, kind=given.kind, path=path, province=province)
    submission.target, submission.procedure_code = target, code
    intake.answered(submission, given, on)
    return intake.accept(submission, comment)


def _procedure(given: GivenVisitRating) -> str | None:
    if given.kind not in (Kind.VISIT, Kind.PROCEDURE):
        raise Invalid(
            en="VISIT or PROCEDURE",
            vi="Vui lòng chọn đánh giá lượt giao dịch hoặc đánh giá thủ tục.",
            field="input.kind",
        )
    if (given.kind is Kind.PROCEDURE) != (given.procedure_code is not None):
        raise Invalid(
            en="a rating of a procedure names it, one of a visit does not",
            vi="Đánh giá thủ tục phải nêu mã thủ tục, đánh giá lượt giao dịch thì không.",
            field="input.procedureCode",
        )
    if given.procedure_code is None:
        return None
    return procedure_in(given.procedure_code, "input.procedureCode").code
