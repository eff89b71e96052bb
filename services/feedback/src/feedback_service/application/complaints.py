"""Use cases of the two sides of a complaint: who filed it, and the unit complained of."""

import secrets
from dataclasses import dataclass

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Forbidden, Invalid
from congvu_kit.domain.ids import new_id
from feedback_service.application.appending import append_one
from feedback_service.application.collections import COMPLAINTS, SERVANTS, UNITS
from feedback_service.application.complaint_commands import (
    AnswerComplaint,
    AssignComplaint,
    ClassifyComplaint,
    CloseComplaint,
    ComplaintCommand,
    ConfirmAnswer,
    DisputeAnswer,
    FileComplaint,
    TakeUpComplaint,
)
from feedback_service.application.complaint_texts import private_texts
from feedback_service.application.people import PrivateStore, submitter
from feedback_service.application.places import unit_path
from feedback_service.application.submissions import dossier_by_code, require_same_person
from feedback_service.domain.complaint_parts import ComplaintState, PublicText, Terms
from feedback_service.domain.complaints import Complaint
from feedback_service.domain.public_log import SALT_BYTES, ActorClass, EntryType, PublicFact
from feedback_service.domain.words import public_text, text
from feedback_service.domain.working_days import after_working_days

STAFF = (Role.UNIT_HEAD, Role.MANAGER)


async def opened(tx: Transaction, command: ComplaintCommand) -> Complaint:
    complaint = await tx.store(COMPLAINTS).get(command.complaint_id)
    complaint.expect_revision(command.expected_revision)
    return complaint


async def log(
    tx: Transaction, complaint: Complaint, type: EntryType, by: ActorClass, **fields: str
) -> int:
    """Tell the public; return the entry's number."""
    about = {"province": complaint.province, "unit": complaint.unit_id}
    return await append_one(
        tx, PublicFact(type=type, by=by, subject=complaint.id, fields={**about, **fields})
    )


def staff_class(actor: Actor) -> ActorClass:
    return ActorClass.UNIT_HEAD if actor.has(Role.UNIT_HEAD) else ActorClass.UNIT_STAFF


@dataclass(frozen=True)
class Complaints:
    private: PrivateStore
    terms: Terms

    async def file_complaint(self, command: FileComplaint, tx: Transaction) -> Complaint:
        command.actor.require(Role.CITIZEN, Role.SERVICE_PORTAL)
        path, servant_id = await self._target(tx, command)
        province = (await tx.store(UNITS).get(path[0])).province
        token = submitter(command.actor, command.submitter_token, province=province)
        plain = private_texts(command)
        id, salt, today = new_id("cpl"), secrets.token_hex(SALT_BYTES), business_date(tx.now)
        complaint = Complaint(
            id=id,
            province=province,
            unit_id=path[0],
            unit_path=path,
            servant_id=servant_id,
            dossier_code=command.dossier_code,
            channel=command.channel,
            submitter_type=command.submitter_type,
            person=self.private.vault.person(salt, token),
            salt=salt,
            terms=self.terms,
            filed_on=today,
            filed_at=tx.now,
            answer_by=after_working_days(today, self.terms.answer_days),
            due_on=after_working_days(today, self.terms.classify_days),
            log_seq=0,
        )
        complaint.log_seq = await log(
            tx,
            complaint,
            EntryType.COMPLAINT_FILED,
            ActorClass.SUBMITTER,
            channel=command.channel,
            on=today.isoformat(),
            answer_by=complaint.answer_by.isoformat(),
        )
        complaint.file()
        await self.private.keep(tx, id, plain)
        await tx.store(COMPLAINTS).save(complaint)
        return complaint

    async def _target(
        self, tx: Transaction, command: FileComplaint
    ) -> tuple[tuple[str, ...], str | None]:
        """The unit (and those above it) and the person complained of."""
        if (command.dossier_code is None) == (command.unit_id is None):
            raise Invalid(
                en="name either a dossier or a unit",
                vi="nêu mã hồ sơ hoặc đơn vị (một trong hai)",
                field="input.dossierCode",
            )
        if command.dossier_code is not None:
            dossier = await dossier_by_code(tx, command.dossier_code, field="input.dossierCode")
            return dossier.unit_path, command.servant_id or dossier.servant_id
        path = await unit_path(tx, command.unit_id or "", field="input.unitId")
        if command.servant_id is not None:
            await _require_of_unit(tx, command.servant_id, path[0], field="input.servantId")
        return path, command.servant_id

    async def classify_complaint(self, command: ClassifyComplaint, tx: Transaction) -> Complaint:
        """What it is about, with a public summary that names nobody."""
        by, complaint = await _as_staff(tx, command)
        summary = public_text(command.summary, field="input.summary")
        seq = await log(
            tx,
            complaint,
            EntryType.COMPLAINT_CLASSIFIED,
            staff_class(command.actor),
            category=command.category,
            summary=summary,
        )
        noted = PublicText(text=summary, log_seq=seq, on=business_date(tx.now))
        complaint.classify(command.category, noted, by)
        await tx.store(COMPLAINTS).save(complaint)
        return complaint

    async def assign_complaint(self, command: AssignComplaint, tx: Transaction) -> Complaint:
        by, complaint = await _as_staff(tx, command)
        await _require_of_unit(tx, command.handler_id, complaint.unit_id, field="input.handlerId")
        complaint.assign(command.handler_id, by)
        await log(tx, complaint, EntryType.COMPLAINT_ASSIGNED, staff_class(command.actor))
        await tx.store(COMPLAINTS).save(complaint)
        return complaint

    async def take_up_complaint(self, command: TakeUpComplaint, tx: Transaction) -> Complaint:
        """By the unit's staff or by the person it was assigned to."""
        by, complaint = await _as_handler(tx, command)
        complaint.take_up(by)
        await log(tx, complaint, EntryType.COMPLAINT_TAKEN_UP, staff_class(command.actor))
        await tx.store(COMPLAINTS).save(complaint)
        return complaint

    async def answer_complaint(self, command: AnswerComplaint, tx: Transaction) -> Complaint:
        by, complaint = await _as_staff(tx, command)
        answer = public_text(command.answer, field="input.answer")
        today = business_date(tx.now)
        seq = await log(
            tx,
            complaint,
            EntryType.COMPLAINT_ANSWERED,
            staff_class(command.actor),
            answer=answer,
            on=today.isoformat(),
        )
        complaint.answer(PublicText(text=answer, log_seq=seq, on=today), by)
        await tx.store(COMPLAINTS).save(complaint)
        return complaint

    async def confirm_answer(self, command: ConfirmAnswer, tx: Transaction) -> Complaint:
        complaint = await self._as_submitter(tx, command, command.submitter_token)
        complaint.confirm()
        await log(tx, complaint, EntryType.COMPLAINT_CONFIRMED, ActorClass.SUBMITTER)
        await tx.store(COMPLAINTS).save(complaint)
        return complaint

    async def dispute_answer(self, command: DisputeAnswer, tx: Transaction) -> Complaint:
        """Within the window; the reason stays private."""
        complaint = await self._as_submitter(tx, command, command.submitter_token)
        reason = text(command.reason, field="input.reason")
        complaint.dispute(business_date(tx.now))
        await self.private.keep(tx, complaint.id, {f"dispute_{complaint.disputes}": reason})
        await log(tx, complaint, EntryType.COMPLAINT_DISPUTED, ActorClass.SUBMITTER)
        await tx.store(COMPLAINTS).save(complaint)
        return complaint

    async def close_complaint(self, command: CloseComplaint, tx: Transaction) -> Complaint:
        """The unit's own ways to end one; none of them passes over a dispute (F-I6)."""
        by, complaint = await _as_staff(tx, command)
        today = business_date(tx.now)
        if command.outcome is ComplaintState.CLOSED_RESOLVED:
            complaint.close_as_resolved(today)
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

    async def _as_submitter(
        self, tx: Transaction, command: ComplaintCommand, token: str | None
    ) -> Complaint:
        command.actor.require(Role.CITIZEN, Role.SERVICE_PORTAL)
        complaint = await tx.store(COMPLAINTS).get(command.complaint_id)
        person = submitter(command.actor, token, province=complaint.province)
        require_same_person(self.private.vault.person(complaint.salt, person), complaint.person)
        complaint.expect_revision(command.expected_revision)
        return complaint


async def _set_aside(
    tx: Transaction, complaint: Complaint, command: CloseComplaint, by: str
) -> None:
    state = command.outcome
    if state not in (ComplaintState.CLOSED_NOT_COMPETENT, ComplaintState.CLOSED_DUPLICATE):
        raise Invalid(
            en=f"a unit cannot close a complaint as {state}",
            vi=f"đơn vị không được kết thúc phản ánh với kết quả {state}",
            field="input.outcome",
            rule_id="F-I6",
        )
    if state is ComplaintState.CLOSED_DUPLICATE:
        await _require_earlier(tx, complaint, command.duplicate_of)
        complaint.duplicate_of = command.duplicate_of
    reason = public_text(command.reason or "", field="input.reason")
    seq = await log(
        tx,
        complaint,
        EntryType.COMPLAINT_CLOSED,
        staff_class(command.actor),
        state=state,
        reason=reason,
    )
    complaint.set_aside(state, PublicText(text=reason, log_seq=seq, on=business_date(tx.now)), by)


async def _require_earlier(tx: Transaction, complaint: Complaint, id: str | None) -> None:
    other = await tx.store(COMPLAINTS).find(id or "")
    same_unit = other is not None and other.unit_id == complaint.unit_id
    if other is None or not same_unit or other.filed_at >= complaint.filed_at:
        raise Invalid(
            en="a duplicate names an earlier complaint about the same unit",
            vi="trùng lặp phải nêu phản ánh gửi trước về cùng đơn vị",
            field="input.duplicateOf",
        )


async def _as_staff(tx: Transaction, command: ComplaintCommand) -> tuple[str, Complaint]:
    by = command.actor.require(*STAFF)
    complaint = await tx.store(COMPLAINTS).get(command.complaint_id)
    complaint.require_unit_staff(command.actor)
    complaint.expect_revision(command.expected_revision)
    return by, complaint


async def _as_handler(tx: Transaction, command: ComplaintCommand) -> tuple[str, Complaint]:
    by = command.actor.require(*STAFF, Role.OFFICER)
    complaint = await tx.store(COMPLAINTS).get(command.complaint_id)
    complaint.require_unit_staff(command.actor)
    if not command.actor.has(*STAFF) and command.actor.officer != complaint.handler:
        raise Forbidden(
            en="it is assigned to somebody else", vi="phản ánh được giao cho người khác"
        )
    complaint.expect_revision(command.expected_revision)
    return by, complaint


async def _require_of_unit(tx: Transaction, servant_id: str, unit_id: str, *, field: str) -> None:
    servant = await tx.store(SERVANTS).find(servant_id)
    if servant is None or unit_id not in servant.unit_ids:
        raise Invalid(
            en=f"{servant_id!r} is not of unit {unit_id!r}",
            vi=f"{servant_id!r} không thuộc đơn vị {unit_id!r}",
            field=field,
        )
