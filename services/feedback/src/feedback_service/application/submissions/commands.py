"""Ratings, suggestions and praise, and erasing what their senders said of themselves."""

import re
import secrets
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from congvu_kit.application.commands import Command
from congvu_kit.application.personal_numbers import SealedText
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Actor, Role, account_id
from congvu_kit.domain.errors import Forbidden, Invalid
from congvu_kit.domain.ids import new_id
from feedback_service.application.access import SUBMITTERS, submitter
from feedback_service.application.copies.queries import no_dossier
from feedback_service.application.needs import Vault
from feedback_service.application.submissions.intake import Intake
from feedback_service.domain.common.texts import text
from feedback_service.domain.copies.dossier import Dossier
from feedback_service.domain.log.entry import SALT_BYTES
from feedback_service.domain.submissions.rating_limits import RatingLimits
from feedback_service.domain.submissions.submission import (
    Answer,
    Channel,
    Driver,
    Kind,
    Submission,
    SubmitterType,
)

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
        raise no_dossier(given.dossier_code, field="input.dossierCode")
    token = submitter(intake.actor, given.submitter_token, province=dossier.province)
    _require_applicant(given, intake.actor, dossier, token)
    on = _answered_on(given, intake.actor, dossier, intake.today)
    comment = given.comment and text(given.comment, field="input.comment")
    if (first := intake.first(dossier)) is not None:
        first.same_rating_or_conflict(intake.vault.person(first.salt, token), given.answer)
        return first
    await intake.count(token, on)
    submission = Submission(
        id=new_id("sub"),
        kind=Kind.SATISFACTION,
        province=dossier.province,
        unit_id=dossier.unit_path[0],
        unit_path=dossier.unit_path,
        target=dossier.id,
        person=intake.vault.person(dossier.salt, token),
        salt=dossier.salt,
        civil_servant_id=dossier.civil_servant_id,
        other_officers=dossier.other_officers,
        procedure_code=dossier.procedure_code,
        channel=given.channel,
        submitter_type=given.submitter_type,
        answer=given.answer,
        drivers=tuple(sorted(set(given.drivers))),
        received_on=on,
        received_at=intake.received_at,
        source=intake.source,
        arrived=intake.minute,
        given=intake.minute if on == intake.today else on.isoformat(),
    )
    return intake.accept(submission, comment, dossier)


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
    if given.kind is Kind.SATISFACTION:
        raise Invalid(
            en="a rating needs a dossier: use submitSatisfaction",
            vi="đánh giá phải gắn với hồ sơ: hãy gửi ở phần khảo sát hài lòng",
            field="input.kind",
        )
    path, province = await intake.place(given.unit_id, field="input.unitId")
    token = submitter(intake.actor, given.submitter_token, province=province)
    said = text(given.text, field="input.text")
    id, salt = new_id("sub"), secrets.token_hex(SALT_BYTES)
    await intake.count(token, intake.today)
    submission = Submission(
        id=id,
        kind=given.kind,
        province=province,
        unit_id=path[0],
        unit_path=path,
        target=id,
        person=intake.vault.person(salt, token),
        salt=salt,
        civil_servant_id=None,
        procedure_code=None,
        channel=given.channel,
        submitter_type=given.submitter_type,
        answer=None,
        drivers=(),
        received_on=intake.today,
        received_at=intake.received_at,
        source=intake.source,
        arrived=intake.minute,
    )
    return intake.accept(submission, said)


def _rating_code(given: GivenRating) -> str:
    if not _RATING_CODE.fullmatch(given.rating_code):
        raise Invalid(
            en="a rating code is 32 lower-case hexadecimal digits",
            vi="mã đánh giá gồm 32 chữ số thập lục phân viết thường",
            field="input.ratingCode",
            rule_id="F-I10",
        )
    return given.rating_code


def _require_not_own_work(actor: Actor, dossier: Dossier) -> None:
    if actor.officer in dossier.officers:
        raise Forbidden(
            en="nobody rates their own work", vi="không được tự đánh giá hồ sơ do mình xử lý"
        )


def _answered_on(given: GivenRating, actor: Actor, dossier: Dossier, today: date) -> date:
    if given.answered_on is None:
        return today
    if not actor.has(Role.SERVICE_PORTAL):
        raise Forbidden(
            en="only a portal passes on earlier answers",
            vi="chỉ cổng dịch vụ được gửi câu trả lời thu thập trước đó",
            field="input.answeredOn",
        )
    if not dossier.received_on <= given.answered_on <= today:
        raise Invalid(
            en=f"must lie between {dossier.received_on} and {today}",
            vi=f"phải từ {dossier.received_on} đến {today}",
            field="input.answeredOn",
        )
    return given.answered_on
