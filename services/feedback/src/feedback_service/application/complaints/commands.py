"""Steps of the two sides of a complaint: who filed it, and the unit complained of."""

from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.application.personal_numbers import SealedText
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Participant
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.vietnamese import vi_text
from feedback_service.application.collections import COMPLAINTS
from feedback_service.application.complaints.parties import (
    ComplaintCommand,
    as_handler,
    as_staff,
    as_submitter,
    require_earlier,
    require_same_province,
    staff_class,
)
from feedback_service.application.copies.queries import require_appointed, unit_path, working_days
from feedback_service.application.log.entries import log, next_number
from feedback_service.application.needs import Vault
from feedback_service.application.submissions.private_data import seal_private_data
from feedback_service.domain.common.texts import public_text, text
from feedback_service.domain.complaints.complaint import Complaint
from feedback_service.domain.complaints.values import (
    Category,
    ComplaintState,
    PublicText,
)
from feedback_service.domain.log.entry import ActorClass, EntryType


@dataclass(frozen=True, kw_only=True)
class ClassifyComplaint(ComplaintCommand):
    operation: ClassVar[str] = "classify_complaint"

    category: Category
    summary: str


@dataclass(frozen=True, kw_only=True)
class AssignComplaint(ComplaintCommand):
    operation: ClassVar[str] = "assign_complaint"

    handler_id: str


@dataclass(frozen=True, kw_only=True)
class TakeUpComplaint(ComplaintCommand):
    operation: ClassVar[str] = "take_up_complaint"


@dataclass(frozen=True, kw_only=True)
class AnswerComplaint(ComplaintCommand):
    operation: ClassVar[str] = "answer_complaint"

    answer: str


@dataclass(frozen=True, kw_only=True)
class ConfirmAnswer(ComplaintCommand):
    operation: ClassVar[str] = "confirm_answer"

    submitter_token: SealedText | None


@dataclass(frozen=True, kw_only=True)
class DisputeAnswer(ComplaintCommand):
    operation: ClassVar[str] = "dispute_answer"

    submitter_token: SealedText | None
    reason: SealedText


@dataclass(frozen=True, kw_only=True)
class CloseComplaint(ComplaintCommand):
    """By the unit: as resolved, another's business, or a duplicate of `duplicate_of`."""

    operation: ClassVar[str] = "close_complaint"

    outcome: ComplaintState
    reason: str | None
    duplicate_of: str | None


@dataclass(frozen=True, kw_only=True)
class ForwardComplaint(ComplaintCommand):
    operation: ClassVar[str] = "forward_complaint"

    unit_id: str
    reason: str


async def forward_complaint(command: ForwardComplaint, tx: Transaction) -> Complaint:
    """To the unit whose business it is: it is in that unit's inbox from now on."""
    by, complaint = await as_staff(tx, command)
    path = await unit_path(tx, command.unit_id, field="input.unitId")
    await require_same_province(tx, complaint, path[0])
    reason, before = public_text(command.reason, field="input.reason"), complaint.unit_id
    sequence = await next_number(tx)
    noted = PublicText(text=reason, log_sequence=sequence, on=business_date(tx.now))
    complaint.forward(path, noted, by, await working_days(complaint.province, tx))
    told = {"from": before, "path": ",".join(path), "answer_by": complaint.answer_by.isoformat()}
    capacity = staff_class(command.actor)
    await log(tx, complaint, EntryType.COMPLAINT_FORWARDED, capacity, reason=reason, **told)
    await tx.store(COMPLAINTS).save(complaint)
    return complaint


async def classify_complaint(command: ClassifyComplaint, tx: Transaction) -> Complaint:
    """What it is about, with a public summary that names nobody."""
    by, complaint = await as_staff(tx, command)
    summary = public_text(command.summary, field="input.summary")
    sequence = await next_number(tx)
    noted = PublicText(text=summary, log_sequence=sequence, on=business_date(tx.now))
    complaint.classify(command.category, noted, by)
    await log(
        tx,
        complaint,
        EntryType.COMPLAINT_CLASSIFIED,
        staff_class(command.actor),
        category=command.category,
        summary=summary,
    )
    await tx.store(COMPLAINTS).save(complaint)
    return complaint


async def assign_complaint(command: AssignComplaint, tx: Transaction) -> Complaint:
    by, complaint = await as_staff(tx, command)
    await require_appointed(tx, command.handler_id, complaint.unit_id, field="input.handlerId")
    complaint.assign(command.handler_id, by)
    await log(tx, complaint, EntryType.COMPLAINT_ASSIGNED, staff_class(command.actor))
    await tx.store(COMPLAINTS).save(complaint)
    return complaint


async def take_up_complaint(command: TakeUpComplaint, tx: Transaction) -> Complaint:
    by, complaint = await as_handler(tx, command)
    complaint.take_up(by)
    await log(tx, complaint, EntryType.COMPLAINT_TAKEN_UP, staff_class(command.actor))
    await tx.store(COMPLAINTS).save(complaint)
    return complaint


async def answer_complaint(command: AnswerComplaint, tx: Transaction) -> Complaint:
    by, complaint = await as_staff(tx, command)
    answer = public_text(command.answer, field="input.answer")
    today = business_date(tx.now)
    sequence = await next_number(tx)
    days = await working_days(complaint.province, tx)
    complaint.answer(PublicText(text=answer, log_sequence=sequence, on=today), by, days)
    await log(
        tx,
        complaint,
        EntryType.COMPLAINT_ANSWERED,
        staff_class(command.actor),
        answer=answer,
        on=today.isoformat(),
    )
    await tx.store(COMPLAINTS).save(complaint)
    return complaint


async def confirm_answer(command: ConfirmAnswer, tx: Transaction, *, vault: Vault) -> Complaint:
    complaint = await as_submitter(tx, command, command.submitter_token, vault)
    complaint.confirm()
    await log(tx, complaint, EntryType.COMPLAINT_CONFIRMED, ActorClass.SUBMITTER)
    await tx.store(COMPLAINTS).save(complaint)
    return complaint


async def dispute_answer(command: DisputeAnswer, tx: Transaction, *, vault: Vault) -> Complaint:
    """Within the window; the reason stays private."""
    complaint = await as_submitter(tx, command, command.submitter_token, vault)
    reason = text(command.reason, field="input.reason")
    complaint.dispute(business_date(tx.now), await working_days(complaint.province, tx))
    written = {f"dispute_{complaint.disputes}": reason}
    await seal_private_data(tx, vault, complaint.id, written)
    await log(tx, complaint, EntryType.COMPLAINT_DISPUTED, ActorClass.SUBMITTER)
    await tx.store(COMPLAINTS).save(complaint)
    return complaint


async def close_complaint(command: CloseComplaint, tx: Transaction) -> Complaint:
    """The unit's own ways to end one; none of them passes over a dispute (F-I6)."""
    by, complaint = await as_staff(tx, command)
    if command.outcome is ComplaintState.CLOSED_RESOLVED:
        days = await working_days(complaint.province, tx)
        complaint.close_as_resolved(business_date(tx.now), days)
        await log(
            tx,
            complaint,
            EntryType.COMPLAINT_CLOSED,
            staff_class(command.actor),
            state=complaint.state,
            basis=complaint.basis or "",
        )
    else:
        await _set_aside(tx, complaint, command, by)
    await tx.store(COMPLAINTS).save(complaint)
    return complaint


async def _set_aside(
    tx: Transaction, complaint: Complaint, command: CloseComplaint, by: Participant
) -> None:
    state = command.outcome
    if state not in (ComplaintState.CLOSED_NOT_COMPETENT, ComplaintState.CLOSED_DUPLICATE):
        raise Invalid(
            en=f"a unit cannot close a complaint as {state}",
            vi=f"Đơn vị không được tự kết thúc phản ánh với kết quả «{vi_text(state)}».",
            field="input.outcome",
            rule_id="F-I6",
        )
    if state is ComplaintState.CLOSED_DUPLICATE:
        await require_earlier(tx, complaint, command.duplicate_of)
        complaint.duplicate_of = command.duplicate_of
    reason = public_text(command.reason or "", field="input.reason")
    capacity = staff_class(command.actor)
    sequence = await next_number(tx)
    noted = PublicText(text=reason, log_sequence=sequence, on=business_date(tx.now))
    complaint.set_aside(state, noted, by, await working_days(complaint.province, tx))
    await log(tx, complaint, EntryType.COMPLAINT_CLOSED, capacity, state=state, reason=reason)
