"""Steps of those outside the unit complained of: the superior level and the review board."""

from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.application.personal_numbers import SealedText
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Actor, Participant, Role
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Forbidden
from congvu_kit.domain.ids import derived_id
from feedback_service.application.access import SUBMITTERS
from feedback_service.application.collections import COMPLAINTS, POST_AUDITS
from feedback_service.application.complaints.parties import ComplaintCommand, as_submitter
from feedback_service.application.copies.queries import working_days
from feedback_service.application.log.entries import log, next_number
from feedback_service.application.needs import Vault
from feedback_service.application.submissions.private_data import seal_private_data
from feedback_service.domain.common.texts import public_text, text
from feedback_service.domain.complaints.complaint import Complaint
from feedback_service.domain.complaints.values import ComplaintDecision, PublicText, Verdict
from feedback_service.domain.log.entry import ActorClass, EntryType
from feedback_service.domain.verdicts.post_audit import PostAudit

OUTSIDERS = (Role.REVIEW_BOARD, Role.UNIT_HEAD)


@dataclass(frozen=True, kw_only=True)
class ReopenComplaint(ComplaintCommand):
    """By somebody outside the unit, for everybody to read; or by the complainant, whose reason
    stays private."""

    operation: ClassVar[str] = "reopen_complaint"

    reason: SealedText
    submitter_token: SealedText | None = None


@dataclass(frozen=True, kw_only=True)
class DecideComplaint(ComplaintCommand):
    """`remedied` says whether what was wrong has been put right."""

    operation: ClassVar[str] = "decide_complaint"

    verdict: Verdict
    remedied: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class DiscloseSubmitter(ComplaintCommand):
    operation: ClassVar[str] = "disclose_submitter"

    reason: str


async def reopen_complaint(command: ReopenComplaint, tx: Transaction, *, vault: Vault) -> Complaint:
    """Back to the unit, which owes another answer: a disputed one from outside the unit, one that
    ended in silence or on the complainant's word by the complainant."""
    if command.actor.has(*SUBMITTERS) and not command.actor.has(*OUTSIDERS):
        return await _reopen_closed(command, tx, vault)
    _, by, complaint = await _as_outsider(tx, command)
    reason = public_text(command.reason, field="input.reason")
    complaint.reopen(business_date(tx.now), await working_days(complaint.province, tx))
    await log(tx, complaint, EntryType.COMPLAINT_REOPENED, by, reason=reason)
    await tx.store(COMPLAINTS).save(complaint)
    return complaint


async def _reopen_closed(command: ReopenComplaint, tx: Transaction, vault: Vault) -> Complaint:
    complaint = await as_submitter(tx, command, command.submitter_token, vault)
    reason = text(command.reason, field="input.reason")
    complaint.reopen_closed(business_date(tx.now), await working_days(complaint.province, tx))
    await seal_private_data(tx, vault, complaint.id, {f"dispute_{complaint.disputes}": reason})
    await log(tx, complaint, EntryType.COMPLAINT_REOPENED, ActorClass.SUBMITTER)
    await tx.store(COMPLAINTS).save(complaint)
    return complaint


async def decide_complaint(command: DecideComplaint, tx: Transaction) -> Complaint:
    """The verdict, when the complainant contested the unit's answer or the unit kept silent; an
    upheld complaint asks for a post-audit of everybody who did the work."""
    subject, by, complaint = await _as_outsider(tx, command)
    today = business_date(tx.now)
    reason = public_text(command.reason, field="input.reason")
    sequence = await next_number(tx)
    decision = ComplaintDecision(
        verdict=command.verdict,
        remedied=command.remedied,
        reason=PublicText(text=reason, log_sequence=sequence, on=today),
        by=subject,
    )
    complaint.decide(decision)
    await log(
        tx,
        complaint,
        EntryType.COMPLAINT_DECIDED,
        by,
        verdict=command.verdict,
        remedied=str(command.remedied).lower(),
        on=today.isoformat(),
        reason=reason,
    )
    if command.verdict is not Verdict.NOT_UPHELD:
        audits = _post_audits(complaint, decision)
        for audit in audits:
            audit.request(reason, Participant.of(command.actor))
        await tx.store(POST_AUDITS).save_many(audits)
    await tx.store(COMPLAINTS).save(complaint)
    return complaint


async def disclose_submitter(command: DiscloseSubmitter, tx: Transaction) -> Complaint:
    """Lets the caller read who complained, today; the public log tells that it happened."""
    subject = command.actor.require(Role.REVIEW_BOARD)
    complaint = await _seen_from_outside(tx, command)
    reason = public_text(command.reason, field="input.reason")
    complaint.disclose_to(subject, business_date(tx.now))
    board = ActorClass.REVIEW_BOARD
    await log(tx, complaint, EntryType.SUBMITTER_DISCLOSED, board, reason=reason)
    await tx.store(COMPLAINTS).save(complaint)
    return complaint


async def _as_outsider(
    tx: Transaction, command: ComplaintCommand
) -> tuple[str, ActorClass, Complaint]:
    subject = command.actor.require(*OUTSIDERS)
    complaint = await _seen_from_outside(tx, command)
    return subject, _capacity(command.actor, complaint), complaint


async def _seen_from_outside(tx: Transaction, command: ComplaintCommand) -> Complaint:
    complaint = await tx.store(COMPLAINTS).get(command.complaint_id)
    complaint.require_outside(command.actor)
    complaint.expect_revision(command.expected_revision)
    return complaint


def _capacity(actor: Actor, complaint: Complaint) -> ActorClass:
    if actor.has(Role.REVIEW_BOARD):
        return ActorClass.REVIEW_BOARD
    if actor.unit not in complaint.unit_path[1:]:
        raise Forbidden(
            en="only the head of a unit above, or the review board",
            vi="Chỉ thủ trưởng đơn vị cấp trên hoặc Hội đồng đánh giá, xếp loại được kết luận.",
        )
    return ActorClass.SUPERIOR


def _post_audits(complaint: Complaint, decision: ComplaintDecision) -> list[PostAudit]:
    """One of the unit where nobody is named, else one of each officer."""
    others = sorted(complaint.officers - {complaint.civil_servant_id})
    return [
        PostAudit(
            id=derived_id("audit", complaint.id, *of),
            complaint_id=complaint.id,
            province=complaint.province,
            unit_id=complaint.unit_id,
            civil_servant_id=officer,
            dossier_code=complaint.dossier_code,
            verdict=decision.verdict,
            decided_on=decision.reason.on,
        )
        for officer, of in [(complaint.civil_servant_id, ()), *((each, (each,)) for each in others)]
    ]
