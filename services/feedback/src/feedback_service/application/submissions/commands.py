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
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Forbidden, Invalid
from congvu_kit.domain.ids import new_id
from feedback_service.application.access import SUBMITTERS, submitter
from feedback_service.application.collections import DOSSIERS, SUBMISSIONS
from feedback_service.application.copies.queries import dossier_by_code, province_of, unit_path
from feedback_service.application.log.entries import PUBLIC_LOG, log
from feedback_service.application.needs import Vault
from feedback_service.application.submissions.private_data import seal_private_data
from feedback_service.application.submissions.ratings import (
    Questioned,
    minute_of,
    question,
    within_limits,
)
from feedback_service.domain.common.texts import text
from feedback_service.domain.copies.dossier import Dossier
from feedback_service.domain.log.entry import SALT_BYTES, ActorClass, EntryType
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
    turn: ClassVar[str] = PUBLIC_LOG


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
    turn: ClassVar[str] = PUBLIC_LOG


async def submit_satisfaction(
    command: SubmitSatisfaction, tx: Transaction, *, vault: Vault, limits: RatingLimits
) -> Submission:
    command.actor.require(*SUBMITTERS)
    return await rate(command, command.actor, tx, vault=vault, limits=limits)


async def rate(
    given: GivenRating, actor: Actor, tx: Transaction, *, vault: Vault, limits: RatingLimits
) -> Submission:
    """One rating per dossier, by its applicant (F-I10); a retry gets the first one back (F-I4).
    Refused, it leaves nothing behind."""
    dossier = await dossier_by_code(tx, given.dossier_code, field="input.dossierCode")
    province = await province_of(tx, dossier.unit_path[0])
    token = submitter(actor, given.submitter_token, province=province)
    _require_applicant(given, actor, dossier, token)
    on = _answered_on(given, actor, dossier, business_date(tx.now))
    comment = given.comment and text(given.comment, field="input.comment")
    person = vault.person(dossier.salt, token)
    if (first := await tx.store(SUBMISSIONS).find(dossier.rating_id or "")) is not None:
        first.same_rating_or_conflict(person, given.answer)
        return first
    submission = Submission(
        id=new_id("sub"),
        kind=Kind.SATISFACTION,
        province=province,
        unit_id=dossier.unit_path[0],
        unit_path=dossier.unit_path,
        target=dossier.id,
        person=person,
        salt=dossier.salt,
        civil_servant_id=dossier.civil_servant_id,
        other_officers=dossier.other_officers,
        procedure_code=dossier.procedure_code,
        channel=given.channel,
        submitter_type=given.submitter_type,
        answer=given.answer,
        drivers=tuple(sorted(set(given.drivers))),
        received_on=on,
        log_sequence=0,
        source=await within_limits(tx, vault, limits, actor=actor, person=token, on=on),
        arrived=minute_of(tx),
        given=_given(given, tx, on),
    )
    await _hand_in(tx, dossier, submission)
    odd = await question(tx, submission, limits)
    return await _receive(tx, vault, submission, comment, odd=odd)


async def _hand_in(tx: Transaction, dossier: Dossier, submission: Submission) -> None:
    """Two answers at once meet on the dossier: one of them is run again, and finds the first."""
    dossier.rating_id = submission.id
    await tx.store(DOSSIERS).save(dossier)


def _given(given: GivenRating, tx: Transaction, on: date) -> str:
    """When it was said: to the minute, or the day of an answer collected earlier."""
    today = given.answered_on in (None, business_date(tx.now))
    return minute_of(tx) if today else on.isoformat()


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
    return await suggest(command, command.actor, tx, vault=vault, limits=limits)


async def suggest(
    given: GivenWords, actor: Actor, tx: Transaction, *, vault: Vault, limits: RatingLimits
) -> Submission:
    """A suggestion or praise; one may send several. Refused, it leaves nothing behind."""
    if given.kind is Kind.SATISFACTION:
        raise Invalid(
            en="a rating needs a dossier: use submitSatisfaction",
            vi="đánh giá phải gắn với hồ sơ: hãy gửi ở phần khảo sát hài lòng",
            field="input.kind",
        )
    path = await unit_path(tx, given.unit_id, field="input.unitId")
    province = await province_of(tx, path[0])
    token = submitter(actor, given.submitter_token, province=province)
    said = text(given.text, field="input.text")
    id, salt, today = new_id("sub"), secrets.token_hex(SALT_BYTES), business_date(tx.now)
    source = await within_limits(tx, vault, limits, actor=actor, person=token, on=today)
    submission = Submission(
        id=id,
        kind=given.kind,
        province=province,
        unit_id=path[0],
        unit_path=path,
        target=id,
        person=vault.person(salt, token),
        salt=salt,
        civil_servant_id=None,
        procedure_code=None,
        channel=given.channel,
        submitter_type=given.submitter_type,
        answer=None,
        drivers=(),
        received_on=today,
        log_sequence=0,
        source=source,
        arrived=minute_of(tx),
    )
    return await _receive(tx, vault, submission, said)


async def _receive(
    tx: Transaction,
    vault: Vault,
    submission: Submission,
    comment: str | None,
    *,
    odd: Questioned | None = None,
) -> Submission:
    fields = {
        "path": ",".join(submission.unit_path),
        "kind": submission.kind.value,
        "procedure": submission.procedure_code or "",
        "answer": submission.answer.value if submission.answer else "",
        "drivers": ",".join(submission.drivers),
        "channel": submission.channel.value,
        "on": submission.received_on.isoformat(),
        "review": submission.review_id or "",
    }
    submission.log_sequence = await log(
        tx,
        submission,
        EntryType.SUBMISSION_RECEIVED,
        ActorClass.SUBMITTER,
        **{name: value for name, value in fields.items() if value},
    )
    if odd is not None:
        await odd.mark(tx, submission)
    submission.announce()
    await tx.store(SUBMISSIONS).save(submission)
    if comment:
        await seal_private_data(tx, vault, submission.id, {"comment": comment})
    return submission


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
