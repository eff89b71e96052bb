"""What the tests begin with: a clock, an needs, a ward with a counter, dossiers, a period."""

import itertools
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from congvu_kit.adapters.notes import Ed25519Notes
from congvu_kit.application.commands import Turns
from congvu_kit.application.perform import Command, perform
from congvu_kit.application.ports import Collection, UnitOfWork
from congvu_kit.domain.actor import account_id
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.heads import SignedHeads, TreeHead, empty, require_next
from feedback import people
from feedback_service.adapters.crypto.log_signer import RememberingSigner, SigningKeys
from feedback_service.adapters.crypto.vault import AesVault
from feedback_service.application import collections, reactions
from feedback_service.application.commitments.deadlines import pass_commitment_dates
from feedback_service.application.complaints.calendars import move_dates
from feedback_service.application.complaints.commands import (
    AnswerComplaint,
    ClassifyComplaint,
    DisputeAnswer,
    answer_complaint,
    classify_complaint,
    dispute_answer,
)
from feedback_service.application.complaints.deadlines import pass_complaint_dates
from feedback_service.application.complaints.filing import FileComplaint, file_complaint
from feedback_service.application.copies import calendars
from feedback_service.application.log.sequencing import sequence
from feedback_service.application.needs import Needs
from feedback_service.application.reviews.deadlines import pass_review_dates
from feedback_service.application.submissions.awaiting import pass_awaiting_dates
from feedback_service.application.submissions.commands import (
    SubmitSatisfaction,
    submit_satisfaction,
)
from feedback_service.application.verdicts.commands import DecideComplaint, decide_complaint
from feedback_service.domain.common.private_data import RememberedErasure, Retention
from feedback_service.domain.complaints.complaint import Complaint
from feedback_service.domain.complaints.values import Category, Terms, Verdict
from feedback_service.domain.copies.dossier import applicant_hash
from feedback_service.domain.log.entry import LogEntry
from feedback_service.domain.submissions.rating_limits import RatingLimits
from feedback_service.domain.submissions.submission import (
    Answer,
    Channel,
    Submission,
    SubmitterType,
)
from support.webhooks import SEALING, Receiver

A = TypeVar("A", bound=Aggregate)

PERIOD = "period_q3"
DOSSIER = "H32.31.07-260801-0001"
"""Of dan-1, as other dossiers of these tests are of whom `code_of` says."""
RATING_CODE = "0123456789abcdef" * 2
ORIGIN = "test/public-log"
PHONE_TEXT = "Gọi tôi 0905 123 456 nhé"

NOW = datetime(2026, 8, 3, 2, tzinfo=UTC)
"""Monday, 09:00 in Vietnam."""

_keys = itertools.count(1)


def new_key() -> str:
    return f"key-{next(_keys)}"


class MemoryErasures:
    """Remembers in this process."""

    def __init__(self) -> None:
        self._remembered: list[RememberedErasure] = []

    async def remember(self, erasure: RememberedErasure) -> None:
        self._remembered.append(erasure)

    async def all(self) -> Sequence[RememberedErasure]:
        return tuple(self._remembered)


class MemoryHeads:
    """Remembers what was signed, in this process."""

    def __init__(self) -> None:
        self._heads: list[TreeHead] = []

    def last(self, origin: str) -> TreeHead:
        mine = [head for head in self._heads if head.origin == origin]
        return mine[-1] if mine else empty(origin)

    def advance(self, head: TreeHead, *, since: TreeHead, proof: Sequence[str]) -> None:
        require_next(self.last(head.origin), head, since=since, proof=proof)
        self._heads.append(head)


SIGNING_KEY = Ed25519PrivateKey.from_private_bytes(b"s" * 32)
NOTES = Ed25519Notes(ORIGIN, SIGNING_KEY)
"""The log's key, for what somebody signs with it behind the service's back."""


def signer_with(heads: SignedHeads, *keys: Ed25519PrivateKey) -> RememberingSigner:
    """The scenes' log, signed with its own key or with others."""
    return RememberingSigner(ORIGIN, lambda: SigningKeys(keys or (SIGNING_KEY,)), heads)


def make_needs(terms: Terms | None = None, limits: RatingLimits | None = None) -> Needs:
    return Needs(
        erasures=MemoryErasures(),
        vault=AesVault.of(b"v" * 32),
        signer=signer_with(MemoryHeads()),
        terms=terms or Terms(),
        limits=limits or RatingLimits(),
        retention=Retention(),
        checkpoint_every=timedelta(days=1),
        sealing=SEALING,
        receivers=Receiver(),
    )


async def know_the_ward(uow: UnitOfWork, *, minimum_answers: int = 3) -> None:
    """Units, people, two dossiers and an open quarter, as evaluation's events tell them."""
    async with uow.begin() as tx:
        for unit_id, parent_id, province in (
            (people.WARD, None, "56"),
            (people.COUNTER, people.WARD, "56"),
            (people.OTHER_WARD, None, "56"),
            (people.HANOI, None, "01"),
        ):
            fact = reactions.UnitSynced(
                unit_id=unit_id, name=unit_id, province=province, revision=1, parent_id=parent_id
            )
            await reactions.keep_unit(fact, tx)
        for civil_servant_id in (people.LAN_ID, people.MINH_ID):
            appointment = reactions.AppointmentFact(unit_id=people.COUNTER)
            servant = reactions.CivilServantSynced(
                province="56",
                revision=1,
                civil_servant_id=civil_servant_id,
                appointments=(appointment,),
            )
            await reactions.keep_civil_servant(servant, tx)
        await reactions.keep_dossier(dossier_fact(1), tx)
        await reactions.keep_period(period_fact(minimum_answers), tx)


def period_fact(minimum_answers: int = 3) -> reactions.PeriodOpened:
    return reactions.PeriodOpened(
        period_id=PERIOD,
        province="56",
        name="Quý III/2026",
        starts_on=date(2026, 7, 1),
        ends_on=date(2026, 10, 1),
        minimum_answers=minimum_answers,
        unit_ids=(people.WARD, people.COUNTER, people.OTHER_WARD),
        policies=("ND335-2025-STAFF@1",),
    )


def code_of(person: str) -> str:
    """The dossier that a person handed in."""
    number = 1 if person == "dan-1" else zlib.crc32(person.encode())
    return f"H32.31.07-260801-{number:04d}"


def dossier_fact(
    number: int, unit_id: str = people.COUNTER, *, applicant: str = "dan-1", **changes: Any
) -> reactions.DossierRecorded:
    code = f"H32.31.07-260801-{number:04d}"
    fact = reactions.DossierRecorded(
        province="01" if unit_id == people.HANOI else "56",
        dossier_id=f"dossier_{number}",
        dossier_code=code,
        applicant_hash=applicant_hash(code, RATING_CODE, applicant),
        portal_id=account_id(people.PORTAL.subject or ""),
        procedure_code="1.001193",
        unit_id=unit_id,
        civil_servant_id=people.LAN_ID,
        received_at=datetime(2026, 7, 30, 2, tzinfo=UTC),
        completed_at=datetime(2026, 8, 1, 2, tzinfo=UTC),
    )
    return replace(fact, **changes)


def rating(
    answer: Answer = Answer.SATISFIED,
    *,
    dossier: str | None = None,
    token: str | None = "dan-1",
    key: str | None = None,
    comment: str | None = None,
    answered_on: date | None = None,
) -> SubmitSatisfaction:
    return SubmitSatisfaction(
        actor=people.PORTAL,
        idempotency_key=key or new_key(),
        dossier_code=dossier or code_of(token or "dan-1"),
        rating_code=RATING_CODE,
        submitter_token=token,
        submitter_type=SubmitterType.CITIZEN,
        channel=Channel.PORTAL,
        answer=answer,
        drivers=(),
        comment=comment,
        answered_on=answered_on,
    )


async def rate(uow: UnitOfWork, needs: Needs, command: SubmitSatisfaction) -> Submission:
    """By somebody who has handed a dossier in, when it is their own that is rated."""
    person = command.submitter_token or ""
    if person not in ("", "dan-1") and command.dossier_code == code_of(person):
        await hand_in(uow, person)
    sent = await perform(submit_satisfaction, command, uow, needs=needs)
    await enter(uow, needs)
    return await uow.reading().store(collections.SUBMISSIONS).get(sent.id)


async def enter(uow: UnitOfWork, needs: Needs) -> None:
    """What the sequencer does with what was acknowledged."""
    while await sequence(uow, needs.limits):
        pass


async def hand_in(uow: UnitOfWork, person: str, unit_id: str = people.COUNTER) -> str:
    """The code of this person's dossier."""
    code = code_of(person)
    number = int(code.rpartition("-")[2])
    async with uow.begin() as tx:
        if await tx.store(collections.DOSSIERS).find(f"dossier_{number}") is None:
            await reactions.keep_dossier(dossier_fact(number, unit_id, applicant=person), tx)
    return code


def complaint_filing(text: str = "Hồ sơ bị trả lại hai lần") -> FileComplaint:
    return FileComplaint(
        actor=people.CITIZEN,
        idempotency_key=new_key(),
        dossier_code=DOSSIER,
        unit_id=None,
        civil_servant_id=None,
        submitter_token=None,
        submitter_type=SubmitterType.CITIZEN,
        channel=Channel.APP,
        text=text,
        name="Nguyễn Thị Hoa",
        contact="0905 123 456",
        attachments=(),
    )


async def file(uow: UnitOfWork, needs: Needs) -> Complaint:
    return await perform(file_complaint, complaint_filing(), uow, needs=needs)


def calendar_fact(
    *, off: Sequence[date] = (), worked: Sequence[date] = (), **changes: Any
) -> calendars.CalendarPublished:
    fact = calendars.CalendarPublished(
        calendar_id="cal_2026",
        province="00",
        year=2026,
        edition=1,
        announced=True,
        days_off=tuple(calendars.DayFact(day=day) for day in off),
        worked_days=tuple(calendars.DayFact(day=day) for day in worked),
    )
    return replace(fact, **changes)


async def calendar_comes(uow: UnitOfWork, **said: Any) -> None:
    async with uow.begin() as tx:
        await calendars.keep_calendar(calendar_fact(**said), tx)


async def follow_calendars(uow: UnitOfWork) -> int:
    return await move_dates(uow, Turns(), RatingLimits().review_days)


async def classify(uow: UnitOfWork, needs: Needs, complaint: Complaint) -> Complaint:
    command = ClassifyComplaint(
        actor=people.COUNTER_MANAGER,
        idempotency_key=new_key(),
        complaint_id=complaint.id,
        expected_revision=complaint.revision,
        category=Category.DELAY,
        summary="Hồ sơ bị trả lại không nêu lý do",
    )
    return await perform(classify_complaint, command, uow, needs=needs)


async def answer(uow: UnitOfWork, needs: Needs, complaint: Complaint) -> Complaint:
    command = AnswerComplaint(
        actor=people.COUNTER_HEAD,
        idempotency_key=new_key(),
        complaint_id=complaint.id,
        expected_revision=complaint.revision,
        answer="Đơn vị đã rà soát và xin lỗi",
    )
    return await perform(answer_complaint, command, uow, needs=needs)


async def dispute(uow: UnitOfWork, needs: Needs, complaint: Complaint) -> Complaint:
    command = DisputeAnswer(
        actor=people.CITIZEN,
        idempotency_key=new_key(),
        complaint_id=complaint.id,
        expected_revision=complaint.revision,
        submitter_token=None,
        reason="Vẫn chưa nhận được kết quả",
    )
    return await perform(dispute_answer, command, uow, needs=needs)


async def answered(uow: UnitOfWork, needs: Needs) -> Complaint:
    return await answer(uow, needs, await classify(uow, needs, await file(uow, needs)))


async def disputed(uow: UnitOfWork, needs: Needs) -> Complaint:
    return await dispute(uow, needs, await answered(uow, needs))


def verdict(complaint: Complaint, verdict: Verdict = Verdict.UPHELD) -> DecideComplaint:
    return DecideComplaint(
        actor=people.BOARD,
        idempotency_key=new_key(),
        complaint_id=complaint.id,
        expected_revision=complaint.revision,
        verdict=verdict,
        remedied=True,
        reason="Trả hồ sơ không có văn bản là trái quy định",
    )


async def decide(uow: UnitOfWork, needs: Needs, command: DecideComplaint) -> Complaint:
    return await perform(decide_complaint, command, uow, needs=needs)


async def sweep(uow: UnitOfWork) -> int:
    """What the deadlines worker does with dates that passed."""
    passed = [
        pass_complaint_dates,
        pass_commitment_dates,
        pass_review_dates,
        pass_awaiting_dates,
    ]
    return sum([await each(uow) for each in passed])


async def log_of(uow: UnitOfWork) -> list[LogEntry]:
    return await all_of(uow, collections.LOG_ENTRIES)


async def all_of(uow: UnitOfWork, collection: Collection[A]) -> list[A]:
    return await uow.reading().store(collection).select()


async def everything(uow: UnitOfWork) -> dict[str, Sequence[Aggregate]]:
    """Every row there is, to show that a refusal wrote nothing."""
    return {each.name: await all_of(uow, each) for each in collections.ALL}


def as_actor(command: Command, **changes: object) -> Command:
    return type(command)(**{**command.__dict__, **changes})
