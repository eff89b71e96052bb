"""Ratings, suggestions and praise, and erasing what their senders said of themselves."""

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from congvu_kit.application.commands import Command
from congvu_kit.application.personal_numbers import SealedText
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Actor, Role, account_id
from congvu_kit.domain.errors import Forbidden, Invalid
from feedback_service.application.access import SUBMITTERS, submitter
from feedback_service.application.copies.queries import no_dossier
from feedback_service.application.needs import Vault
from feedback_service.application.submissions.intake import Intake
from feedback_service.domain.common.texts import text
from feedback_service.domain.copies.dossier import Dossier, applicant_hash
from feedback_service.domain.submissions.rating_limits import RatingLimits
from feedback_service.domain.submissions.submission import (
    Answer,
    Channel,
    Driver,
    Kind,
    Submission,
    SubmitterType,
)

_DOSSIER_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z./-]{5,63}")
_RATING_CODE = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, kw_only=True)
class GivenRating:
    """`rating_code` is what the portal gave to the applicant with the dossier; `answered_on` is
    given by a portal that collected the answer earlier (kiosk, paper)."""

    dossier_code: str
    rating_code: SealedText
    submitter_token: SealedText | None
    submitter_type: SubmitterType
    channel: Channel
    answer: Answer
    drivers: tuple[Driver, ...]
    comment: SealedText | None
    answered_on: date | None
    round_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class SubmitSatisfaction(GivenRating, Command):
    operation: ClassVar[str] = "submit_satisfaction"


@dataclass(frozen=True, kw_only=True)
class GivenWords:
    """A suggestion or praise."""

    unit_id: str
    kind: Kind
    submitter_token: SealedText | None
    submitter_type: SubmitterType
    channel: Channel
    text: SealedText


@dataclass(frozen=True, kw_only=True)
class SubmitSuggestion(GivenWords, Command):
    operation: ClassVar[str] = "submit_suggestion"


async def submit_satisfaction(
    command: SubmitSatisfaction, tx: Transaction, *, vault: Vault, limits: RatingLimits
) -> Submission:
    command.actor.require(*SUBMITTERS)
    intake = Intake(tx, command.actor, vault, limits)
    said = command.submitter_token, command.answered_on
    await intake.look_up([command.dossier_code], [said])
    submission = await rate(command, intake)
    await intake.keep()
    return submission


async def rate(given: GivenRating, intake: Intake) -> Submission:
    """One rating per dossier, by its applicant (F-I10); a retry gets the first one back (F-I4).
    Refused, it leaves nothing behind."""
    dossier = intake.dossier(given.dossier_code)
    if dossier is None:
        return await _await(given, intake)
    token = submitter(intake.actor, given.submitter_token, province=dossier.province)
    _require_applicant(given, intake.actor, dossier, token)
    on = intake.said_on(given.answered_on, dossier.received_on)
    comment = given.comment and text(given.comment, field="input.comment")
    if (first := intake.first(dossier)) is not None:
        first.same_rating_or_conflict(intake.vault.person(first.salt, token), given.answer)
        return first
    await intake.require_asked(given, dossier.unit_path, on)
    await intake.count(token, on)
    submission = intake.made(
        given, token, kind=Kind.SATISFACTION, path=dossier.unit_path, province=dossier.province
    )
    submission.salt, submission.person = dossier.salt, intake.vault.person(dossier.salt, token)
    submission.civil_servant_id = dossier.civil_servant_id
    submission.other_officers = dossier.other_officers
    submission.procedure_code, submission.target = dossier.procedure_code, dossier.id
    intake.answered(submission, given, on)
    return intake.accept(submission, comment, dossier)


async def _await(given: GivenRating, intake: Intake) -> Submission:
    """Before its dossier was told: kept, and opened with the applicant's hash when that comes. Not
    by somebody who may have done the work, since nobody knows yet whose it is."""
    actor = intake.actor
    portal, officer = actor.has(Role.SERVICE_PORTAL), actor.officer is not None
    if not _DOSSIER_CODE.fullmatch(given.dossier_code) or officer or given.round_id:
        raise no_dossier(given.dossier_code, field="input.dossierCode")
    province = (actor.province or "") if portal else ""
    token = submitter(actor, given.submitter_token, province=province)
    code, on = _rating_code(given), intake.said_on(given.answered_on, None)
    comment = given.comment and text(given.comment, field="input.comment")
    if (first := intake.early(given.dossier_code, token)) is not None:
        first.same_rating_or_conflict(first.person, given.answer)
        return first
    await intake.count(token, on)
    submission = intake.made(given, token, kind=Kind.SATISFACTION, path=(), province=province)
    intake.answered(submission, given, on)
    submission.awaits = given.dossier_code
    submission.shown_hash = applicant_hash(given.dossier_code, code, token)
    return intake.accept(submission, comment)


def _require_applicant(given: GivenRating, actor: Actor, dossier: Dossier, token: str) -> None:
    """Their own dossier, passed on by the portal that told of it, and not the rater's own work."""
    if actor.has(Role.SERVICE_PORTAL):
        dossier.require_portal(account_id(actor.require_login()))
    dossier.require_applicant(token, _rating_code(given))
    _require_not_own_work(actor, dossier)


async def submit_suggestion(
    command: SubmitSuggestion, tx: Transaction, *, vault: Vault, limits: RatingLimits
) -> Submission:
    command.actor.require(*SUBMITTERS)
    intake = Intake(tx, command.actor, vault, limits)
    await intake.look_up([], [(command.submitter_token, None)])
    submission = await suggest(command, intake)
    await intake.keep()
    return submission


async def suggest(given: GivenWords, intake: Intake) -> Submission:
    """A suggestion or praise; one may send several. Refused, it leaves nothing behind."""
    if given.kind not in (Kind.SUGGESTION, Kind.PRAISE):
        raise Invalid(
            en="a rating needs a dossier: use submitSatisfaction",
            vi="Đánh giá phải gắn với hồ sơ. Vui lòng gửi ở phần khảo sát mức độ hài lòng.",
            field="input.kind",
        )
    path, province = await intake.place(given.unit_id, field="input.unitId")
    token = submitter(intake.actor, given.submitter_token, province=province)
    said = text(given.text, field="input.text")
    await intake.count(token, intake.today)
    submission = intake.made(given, token, kind=given.kind, path=path, province=province)
    return intake.accept(submission, said)


def _rating_code(given: GivenRating) -> str:
    if not _RATING_CODE.fullmatch(given.rating_code):
        raise Invalid(
            en="a rating code is 32 lower-case hexadecimal digits",
            vi="Mã đánh giá gồm 32 chữ số thập lục phân chữ thường.",
            field="input.ratingCode",
            rule_id="F-I10",
        )
    return given.rating_code


def _require_not_own_work(actor: Actor, dossier: Dossier) -> None:
    if actor.officer in dossier.officers:
        raise Forbidden(
            en="nobody rates their own work", vi="Không được tự đánh giá hồ sơ do mình xử lý."
        )
