"""Use cases of those outside the unit complained of: the superior level and the review board."""

from dataclasses import dataclass

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Forbidden
from congvu_kit.domain.ids import derived_id
from feedback_service.application.collections import COMPLAINTS, POST_AUDITS
from feedback_service.application.complaint_commands import (
    ComplaintCommand,
    DecideComplaint,
    DiscloseSubmitter,
    ReopenComplaint,
)
from feedback_service.application.complaints import log, opened
from feedback_service.domain.complaint_parts import Decision, PublicText, Verdict
from feedback_service.domain.complaints import Complaint
from feedback_service.domain.post_audits import PostAudit
from feedback_service.domain.public_log import ActorClass, EntryType
from feedback_service.domain.words import public_text


@dataclass(frozen=True)
class ComplaintDecisions:
    """The complainant contested the unit's word, or the unit kept silent."""

    async def reopen_complaint(self, command: ReopenComplaint, tx: Transaction) -> Complaint:
        """Back to the unit, which owes another answer."""
        _, by, complaint = await _as_outsider(tx, command)
        reason = public_text(command.reason, field="input.reason")
        complaint.reopen(business_date(tx.now))
        await log(tx, complaint, EntryType.COMPLAINT_REOPENED, by, reason=reason)
        await tx.store(COMPLAINTS).save(complaint)
        return complaint

    async def decide_complaint(self, command: DecideComplaint, tx: Transaction) -> Complaint:
        """The verdict; an upheld complaint asks for a post-audit."""
        subject, by, complaint = await _as_outsider(tx, command)
        today = business_date(tx.now)
        reason = public_text(command.reason, field="input.reason")
        seq = await log(
            tx,
            complaint,
            EntryType.COMPLAINT_DECIDED,
            by,
            verdict=command.verdict,
            remedied=str(command.remedied).lower(),
            reason=reason,
        )
        complaint.decide(
            Decision(
                verdict=command.verdict,
                remedied=command.remedied,
                reason=PublicText(text=reason, log_seq=seq, on=today),
                by=subject,
            )
        )
        if command.verdict is not Verdict.NOT_UPHELD:
            await _request_post_audit(tx, complaint, reason)
        await tx.store(COMPLAINTS).save(complaint)
        return complaint

    async def disclose_submitter(self, command: DiscloseSubmitter, tx: Transaction) -> Complaint:
        """Lets the caller read who complained, today; the public log tells that it happened."""
        subject = command.actor.require(Role.REVIEW_BOARD)
        complaint = await opened(tx, command)
        complaint.require_outside(command.actor)
        reason = public_text(command.reason, field="input.reason")
        complaint.disclose_to(subject, business_date(tx.now))
        board = ActorClass.REVIEW_BOARD
        await log(tx, complaint, EntryType.SUBMITTER_DISCLOSED, board, reason=reason)
        await tx.store(COMPLAINTS).save(complaint)
        return complaint


async def _as_outsider(
    tx: Transaction, command: ComplaintCommand
) -> tuple[str, ActorClass, Complaint]:
    subject = command.actor.require(Role.REVIEW_BOARD, Role.UNIT_HEAD)
    complaint = await tx.store(COMPLAINTS).get(command.complaint_id)
    complaint.require_outside(command.actor)
    by = _capacity(command.actor, complaint)
    complaint.expect_revision(command.expected_revision)
    return subject, by, complaint


def _capacity(actor: Actor, complaint: Complaint) -> ActorClass:
    if actor.has(Role.REVIEW_BOARD):
        return ActorClass.REVIEW_BOARD
    if actor.unit not in complaint.unit_path[1:]:
        raise Forbidden(
            en="only the head of a unit above, or the review board",
            vi="chỉ thủ trưởng cấp trên hoặc hội đồng được kết luận",
        )
    return ActorClass.SUPERIOR


async def _request_post_audit(tx: Transaction, complaint: Complaint, reason: str) -> None:
    decision = complaint.decision
    if decision is None:
        raise ValueError(f"{complaint.id!r} has no decision")
    audit = PostAudit(
        id=derived_id("audit", complaint.id),
        complaint_id=complaint.id,
        province=complaint.province,
        unit_id=complaint.unit_id,
        servant_id=complaint.servant_id,
        dossier_code=complaint.dossier_code,
        verdict=decision.verdict,
        decided_on=decision.reason.on,
    )
    audit.request(reason)
    await tx.store(POST_AUDITS).save(audit)
