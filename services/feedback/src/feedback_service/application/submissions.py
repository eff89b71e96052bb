"""Use cases of ratings, suggestions and praise."""

import secrets
from dataclasses import dataclass
from datetime import date

from congvu_kit.application.perform import Command
from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Forbidden, Invalid, NotFound
from congvu_kit.domain.ids import new_id
from feedback_service.application.appending import append_one
from feedback_service.application.collections import COMPLAINTS, DOSSIERS, SUBMISSIONS, UNITS
from feedback_service.application.people import PrivateStore, submitter
from feedback_service.application.places import unit_path
from feedback_service.domain.public_log import SALT_BYTES, ActorClass, EntryType, PublicFact
from feedback_service.domain.references import Dossier
from feedback_service.domain.submissions import (
    Answer,
    Channel,
    Driver,
    Kind,
    Submission,
    SubmitterType,
)
from feedback_service.domain.words import public_text, text


@dataclass(frozen=True, kw_only=True)
class SubmitSatisfaction(Command):
    """`answered_on` is given by a portal that collected the answer earlier (kiosk, paper)."""

    dossier_code: str
    submitter_token: str | None
    submitter_type: SubmitterType
    channel: Channel
    answer: Answer
    drivers: tuple[Driver, ...]
    comment: str | None
    answered_on: date | None


@dataclass(frozen=True, kw_only=True)
class SubmitSuggestion(Command):
    unit_id: str
    kind: Kind
    submitter_token: str | None
    submitter_type: SubmitterType
    channel: Channel
    text: str


@dataclass(frozen=True, kw_only=True)
class ErasePrivateData(Command):
    owner_id: str
    submitter_token: str | None
    legal_basis: str


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """What was erased; `erased` is False when there was nothing left to erase."""

    owner_id: str
    erased: bool


async def dossier_by_code(tx: Transaction, code: str, *, field: str) -> Dossier:
    dossier = await tx.store(DOSSIERS).first(Eq("code", code))
    if dossier is None:
        raise NotFound(
            en=f"no dossier {code!r} is known here (yet)",
            vi=f"chưa có hồ sơ {code!r} trong hệ thống",
            field=field,
        )
    return dossier


@dataclass(frozen=True)
class Submissions:
    private: PrivateStore

    async def submit_satisfaction(self, command: SubmitSatisfaction, tx: Transaction) -> Submission:
        """One rating per dossier and person; a retry gets the first one back (F-I4)."""
        actor = command.actor
        actor.require(Role.CITIZEN, Role.SERVICE_PORTAL)
        dossier = await dossier_by_code(tx, command.dossier_code, field="input.dossierCode")
        province = (await tx.store(UNITS).get(dossier.unit_path[0])).province
        token = submitter(actor, command.submitter_token, province=province)
        _require_not_own_work(actor, dossier)
        on = _answered_on(command, dossier, business_date(tx.now))
        person = self.private.vault.person(dossier.salt, token)
        first = await tx.store(SUBMISSIONS).first(Eq("target", dossier.id), Eq("person", person))
        if first is not None:
            first.same_rating_or_conflict(command.answer)
            return first
        return await self._save(
            tx,
            Submission(
                id=new_id("sub"),
                kind=Kind.SATISFACTION,
                province=province,
                unit_id=dossier.unit_path[0],
                unit_path=dossier.unit_path,
                target=dossier.id,
                person=person,
                salt=dossier.salt,
                servant_id=dossier.servant_id,
                procedure_code=dossier.procedure_code,
                channel=command.channel,
                submitter_type=command.submitter_type,
                answer=command.answer,
                drivers=tuple(sorted(set(command.drivers))),
                received_on=on,
                log_seq=0,
            ),
            command.comment and text(command.comment, field="input.comment"),
        )

    async def submit_suggestion(self, command: SubmitSuggestion, tx: Transaction) -> Submission:
        """A suggestion or praise; one may send several."""
        if command.kind is Kind.SATISFACTION:
            raise Invalid(
                en="a rating needs a dossier: use submitSatisfaction",
                vi="đánh giá phải gắn với hồ sơ: dùng submitSatisfaction",
                field="input.kind",
            )
        command.actor.require(Role.CITIZEN, Role.SERVICE_PORTAL)
        path = await unit_path(tx, command.unit_id, field="input.unitId")
        province = (await tx.store(UNITS).get(path[0])).province
        token = submitter(command.actor, command.submitter_token, province=province)
        id, salt = new_id("sub"), secrets.token_hex(SALT_BYTES)
        return await self._save(
            tx,
            Submission(
                id=id,
                kind=command.kind,
                province=province,
                unit_id=path[0],
                unit_path=path,
                target=id,
                person=self.private.vault.person(salt, token),
                salt=salt,
                servant_id=None,
                procedure_code=None,
                channel=command.channel,
                submitter_type=command.submitter_type,
                answer=None,
                drivers=(),
                received_on=business_date(tx.now),
                log_seq=0,
            ),
            text(command.text, field="input.text"),
        )

    async def _save(
        self, tx: Transaction, submission: Submission, comment: str | None
    ) -> Submission:
        submission.log_seq = await append_one(tx, _public(submission))
        submission.announce()
        await tx.store(SUBMISSIONS).save(submission)
        if comment:
            await self.private.keep(tx, submission.id, {"comment": comment})
        return submission

    async def erase_private_data(self, command: ErasePrivateData, tx: Transaction) -> Erasure:
        """Destroys the key, on the wish of who sent it or by decision of the review board. The
        public log stays valid, and tells that and why something was erased."""
        command.actor.require(Role.CITIZEN, Role.SERVICE_PORTAL, Role.REVIEW_BOARD)
        basis = public_text(command.legal_basis, field="input.legalBasis")
        owner = await tx.store(SUBMISSIONS).find(command.owner_id)
        target = owner or await tx.store(COMPLAINTS).get(command.owner_id)
        if command.actor.has(Role.REVIEW_BOARD):
            command.actor.require_province(target.province)
            by = ActorClass.REVIEW_BOARD
        else:
            token = submitter(command.actor, command.submitter_token, province=target.province)
            require_same_person(self.private.vault.person(target.salt, token), target.person)
            by = ActorClass.SUBMITTER
        erased = await self.private.erase(tx, target.id)
        if erased:
            fact = PublicFact(
                type=EntryType.PRIVATE_DATA_ERASED,
                by=by,
                subject=target.id,
                fields={"legal_basis": basis, "province": target.province},
            )
            await append_one(tx, fact)
        return Erasure(owner_id=target.id, erased=erased)


def require_same_person(person: str, sender: str) -> None:
    if not secrets.compare_digest(person, sender):
        raise Forbidden(en="only the person who sent it", vi="chỉ người đã gửi mới được thực hiện")


def _require_not_own_work(actor: Actor, dossier: Dossier) -> None:
    if actor.officer is not None and actor.officer == dossier.servant_id:
        raise Forbidden(
            en="nobody rates their own work", vi="không được tự đánh giá hồ sơ do mình xử lý"
        )


def _answered_on(command: SubmitSatisfaction, dossier: Dossier, today: date) -> date:
    if command.answered_on is None:
        return today
    if not command.actor.has(Role.SERVICE_PORTAL):
        raise Forbidden(
            en="only a portal passes on earlier answers",
            vi="chỉ cổng dịch vụ được gửi câu trả lời thu thập trước đó",
            field="input.answeredOn",
        )
    if not dossier.received_on <= command.answered_on <= today:
        raise Invalid(
            en=f"must lie between {dossier.received_on} and {today}",
            vi=f"phải từ {dossier.received_on} đến {today}",
            field="input.answeredOn",
        )
    return command.answered_on


def _public(submission: Submission) -> PublicFact:
    fields = {
        "kind": submission.kind.value,
        "province": submission.province,
        "unit": submission.unit_id,
        "procedure": submission.procedure_code or "",
        "answer": submission.answer.value if submission.answer else "",
        "drivers": ",".join(submission.drivers),
        "channel": submission.channel.value,
        "on": submission.received_on.isoformat(),
    }
    return PublicFact(
        type=EntryType.SUBMISSION_RECEIVED,
        by=ActorClass.SUBMITTER,
        subject=submission.id,
        fields={name: value for name, value in fields.items() if value},
    )
