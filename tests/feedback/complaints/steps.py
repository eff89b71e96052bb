"""Further steps of a complaint, each as one call."""

from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor
from feedback import people
from feedback.scenes import (
    new_key,
)
from feedback_service.application.complaints.commands import (
    AssignComplaint,
    CloseComplaint,
    ConfirmAnswer,
    TakeUpComplaint,
    assign_complaint,
    close_complaint,
    confirm_answer,
    take_up_complaint,
)
from feedback_service.application.needs import Needs
from feedback_service.application.verdicts.commands import ReopenComplaint, reopen_complaint
from feedback_service.domain.complaints.complaint import Complaint
from feedback_service.domain.complaints.values import (
    ComplaintState,
)

S = ComplaintState


async def close(
    uow: UnitOfWork,
    needs: Needs,
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
        expected_revision=complaint.revision,
        outcome=outcome,
        reason=reason,
        duplicate_of=duplicate_of,
    )
    return await perform(close_complaint, command, uow, needs=needs)


async def reopen(uow: UnitOfWork, needs: Needs, complaint: Complaint) -> Complaint:
    command = ReopenComplaint(
        actor=people.CHAIR,
        idempotency_key=new_key(),
        complaint_id=complaint.id,
        expected_revision=complaint.revision,
        reason="Trả lời chưa đúng nội dung phản ánh",
    )
    return await perform(reopen_complaint, command, uow, needs=needs)


async def confirm(
    uow: UnitOfWork, needs: Needs, complaint: Complaint, actor: Actor, token: str | None = None
) -> Complaint:
    command = ConfirmAnswer(
        actor=actor,
        idempotency_key=new_key(),
        complaint_id=complaint.id,
        expected_revision=complaint.revision,
        submitter_token=token,
    )
    return await perform(confirm_answer, command, uow, needs=needs)


async def assign(uow: UnitOfWork, needs: Needs, complaint: Complaint, handler_id: str) -> Complaint:
    command = AssignComplaint(
        actor=people.COUNTER_MANAGER,
        idempotency_key=new_key(),
        complaint_id=complaint.id,
        expected_revision=complaint.revision,
        handler_id=handler_id,
    )
    return await perform(assign_complaint, command, uow, needs=needs)


async def take_up(uow: UnitOfWork, needs: Needs, complaint: Complaint, actor: Actor) -> Complaint:
    command = TakeUpComplaint(
        actor=actor,
        idempotency_key=new_key(),
        complaint_id=complaint.id,
        expected_revision=complaint.revision,
    )
    return await perform(take_up_complaint, command, uow, needs=needs)
