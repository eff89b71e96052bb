"""Further steps of a complaint, each as one call."""

from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor
from feedback import people
from feedback.scenes import (
    new_key,
)
from feedback_service.application.complaint_commands import (
    AssignComplaint,
    CloseComplaint,
    ConfirmAnswer,
    ReopenComplaint,
    TakeUpComplaint,
)
from feedback_service.application.office import Office
from feedback_service.domain.complaint_parts import (
    ComplaintState,
)
from feedback_service.domain.complaints import Complaint

S = ComplaintState


async def close(
    uow: UnitOfWork,
    office: Office,
    complaint: Complaint,
    outcome: ComplaintState = S.CLOSED_RESOLVED,
    *,
    reason: str | None = None,
    duplicate_of: str | None = None,
    actor: Actor = people.COUNTER_HEAD,
) -> Complaint:
    command = CloseComplaint(
        actor=actor,
        idempotency_key=new_key(),
        complaint_id=complaint.id,
        expected_revision=complaint.rev,
        outcome=outcome,
        reason=reason,
        duplicate_of=duplicate_of,
    )
    return await perform(office.complaints.close_complaint, command, uow, Complaint)


async def reopen(uow: UnitOfWork, office: Office, complaint: Complaint) -> Complaint:
    command = ReopenComplaint(
        actor=people.CHAIR,
        idempotency_key=new_key(),
        complaint_id=complaint.id,
        expected_revision=complaint.rev,
        reason="Trả lời chưa đúng nội dung phản ánh",
    )
    return await perform(office.decisions.reopen_complaint, command, uow, Complaint)


async def confirm(
    uow: UnitOfWork, office: Office, complaint: Complaint, actor: Actor, token: str | None = None
) -> Complaint:
    command = ConfirmAnswer(
        actor=actor,
        idempotency_key=new_key(),
        complaint_id=complaint.id,
        expected_revision=complaint.rev,
        submitter_token=token,
    )
    return await perform(office.complaints.confirm_answer, command, uow, Complaint)


async def assign(
    uow: UnitOfWork, office: Office, complaint: Complaint, handler_id: str
) -> Complaint:
    command = AssignComplaint(
        actor=people.COUNTER_MANAGER,
        idempotency_key=new_key(),
        complaint_id=complaint.id,
        expected_revision=complaint.rev,
        handler_id=handler_id,
    )
    return await perform(office.complaints.assign_complaint, command, uow, Complaint)


async def take_up(uow: UnitOfWork, office: Office, complaint: Complaint, actor: Actor) -> Complaint:
    command = TakeUpComplaint(
        actor=actor,
        idempotency_key=new_key(),
        complaint_id=complaint.id,
        expected_revision=complaint.rev,
    )
    return await perform(office.complaints.take_up_complaint, command, uow, Complaint)
