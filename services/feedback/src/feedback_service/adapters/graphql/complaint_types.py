"""Complaints as the graph shows them."""

from datetime import date
from typing import Annotated, Self

import strawberry

from congvu_kit.domain.clock import business_date
from congvu_kit.graph import Problem
from feedback_service.adapters.graphql.context import Info
from feedback_service.adapters.graphql.index_types import OrgUnit
from feedback_service.adapters.graphql.private_reading import private_text
from feedback_service.application.collections import COMPLAINTS
from feedback_service.application.visibility import may_read_complaint, may_read_details
from feedback_service.domain import complaint_parts, complaints
from feedback_service.domain.complaint_parts import (
    Category,
    ClosingBasis,
    ComplaintState,
    Verdict,
)
from feedback_service.domain.submissions import Channel, SubmitterType


@strawberry.type(description="A public text of a complaint, and its entry in the public log.")
class PublicText:
    text: str | None = strawberry.field(description="Null once hidden; the log tells why.")
    on: date = strawberry.field(description="Day in Vietnam.")
    log_seq: int = strawberry.field(description="Its entry in the public log.")

    @classmethod
    def of(cls, text: complaint_parts.PublicText) -> Self:
        return cls(text=text.text, on=text.on, log_seq=text.log_seq)


@strawberry.type(description="What somebody outside the unit found (kết luận).")
class Decision:
    verdict: Verdict = strawberry.field(description="Upheld, partly or not.")
    remedied: bool = strawberry.field(description="Whether it has been put right.")
    reason: PublicText = strawberry.field(description="Why.")

    @classmethod
    def of(cls, decision: complaint_parts.Decision) -> Self:
        return cls(
            verdict=decision.verdict,
            remedied=decision.remedied,
            reason=PublicText.of(decision.reason),
        )


@strawberry.type(description="A date that passed without the step that was due (quá hạn).")
class Escalation:
    state: ComplaintState = strawberry.field(description="The state that lasted too long.")
    on: date = strawberry.field(description="When it was noticed.")

    @classmethod
    def of(cls, escalation: complaint_parts.Escalation) -> Self:
        return cls(state=escalation.state, on=escalation.on)


@strawberry.type(description="What was complained of, in the complainant's words. Private.")
class ComplaintDetails:
    text: str | None = strawberry.field(description="The complaint; null after an erasure.")
    attachments: list[str] = strawberry.field(description="SHA-256 and address of each file.")
    dispute_reasons: list[str] = strawberry.field(description="Why the answers were disputed.")
    servant_id: strawberry.ID | None = strawberry.field(description="The person complained of.")
    dossier_code: str | None = strawberry.field(description="The dossier (mã hồ sơ).")


@strawberry.type(description="Who complained, as far as they said. Shown after a disclosure.")
class SubmitterIdentity:
    name: str | None = strawberry.field(description="Name.")
    contact: str | None = strawberry.field(description="Telephone or address.")


@strawberry.federation.type(
    keys=["id"], description="A complaint and what became of it (hồ sơ phản ánh)."
)
class Complaint:
    source: strawberry.Private[complaints.Complaint]
    id: strawberry.ID = strawberry.field(description="Opaque id; the receipt to keep.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")
    state: ComplaintState = strawberry.field(description="Where it stands.")
    unit: OrgUnit = strawberry.field(description="The unit complained of.")
    channel: Channel = strawberry.field(description="How it reached us.")
    submitter_type: SubmitterType = strawberry.field(description="Citizen or business.")
    filed_on: date = strawberry.field(description="Day in Vietnam.")
    answer_by: date = strawberry.field(description="Last day for the answer.")
    due_on: date | None = strawberry.field(description="Last day of the step now due.")
    category: Category | None = strawberry.field(description="What it is about.")
    summary: PublicText | None = strawberry.field(description="Public summary by the unit.")
    answers: list[PublicText] = strawberry.field(description="The unit's answers, first to last.")
    dispute_until: date | None = strawberry.field(description="Last day to dispute the answer.")
    disputes: int = strawberry.field(description="How often an answer was disputed.")
    escalations: list[Escalation] = strawberry.field(description="Dates that passed in silence.")
    decision: Decision | None = strawberry.field(description="The verdict, when there is one.")
    closed_on: date | None = strawberry.field(description="When it ended.")
    basis: ClosingBasis | None = strawberry.field(description="On whose word it ended.")
    closing_reason: PublicText | None = strawberry.field(description="Why the unit set it aside.")
    duplicate_of: strawberry.ID | None = strawberry.field(description="The earlier complaint.")
    log_seq: int = strawberry.field(description="Its first entry in the public log.")

    @strawberry.field(
        description="What was written. For the sender, the unit's management and those above, "
        "board and auditor; never for the person complained of (F-I3)."
    )
    async def details(self, info: Info) -> ComplaintDetails | None:
        vault = info.context.office.private.vault
        if not may_read_details(vault, info.context.actor, self.source):
            return None
        plain = await private_text(info, self.source.id)
        reasons = [plain.get(f"dispute_{n + 1}") for n in range(self.source.disputes)]
        servant_id = self.source.servant_id
        return ComplaintDetails(
            text=plain.get("text"),
            attachments=plain.get("attachments", "").splitlines(),
            dispute_reasons=[reason for reason in reasons if reason],
            servant_id=strawberry.ID(servant_id) if servant_id else None,
            dossier_code=self.source.dossier_code,
        )

    @strawberry.field(
        description="Who complained: for a member of the review board, on the day on which they "
        "recorded a disclosure (discloseSubmitter); null for everybody else."
    )
    async def submitter(self, info: Info) -> SubmitterIdentity | None:
        context = info.context
        today = business_date(context.reading().now)
        if not self.source.disclosed_to(context.actor.subject, today):
            return None
        plain = await private_text(info, self.source.id)
        return SubmitterIdentity(name=plain.get("name"), contact=plain.get("contact"))

    @classmethod
    def of(cls, complaint: complaints.Complaint) -> Self:
        summary, decision = complaint.summary, complaint.decision
        reason, duplicate = complaint.closing_reason, complaint.duplicate_of
        return cls(
            source=complaint,
            id=strawberry.ID(complaint.id),
            revision=complaint.rev,
            state=complaint.state,
            unit=OrgUnit(id=strawberry.ID(complaint.unit_id)),
            channel=complaint.channel,
            submitter_type=complaint.submitter_type,
            filed_on=complaint.filed_on,
            answer_by=complaint.answer_by,
            due_on=complaint.due_on,
            category=complaint.category,
            summary=PublicText.of(summary) if summary else None,
            answers=[PublicText.of(answer) for answer in complaint.answers],
            dispute_until=complaint.dispute_until,
            disputes=complaint.disputes,
            escalations=[Escalation.of(each) for each in complaint.escalations],
            decision=Decision.of(decision) if decision else None,
            closed_on=complaint.closed_on,
            basis=complaint.basis,
            closing_reason=PublicText.of(reason) if reason else None,
            duplicate_of=strawberry.ID(duplicate) if duplicate else None,
            log_seq=complaint.log_seq,
        )

    @classmethod
    async def resolve_reference(
        cls, info: Info, id: strawberry.ID, **_: object
    ) -> "Complaint | None":
        return await find_complaint(info, id)


async def find_complaint(info: Info, id: str) -> Complaint | None:
    """Null when it is not there, or not for this caller: which of both is not told."""
    complaint = await info.context.by_id(COMPLAINTS).load(id)
    vault = info.context.office.private.vault
    if complaint is None or not may_read_complaint(vault, info.context.actor, complaint):
        return None
    return Complaint.of(complaint)


def _result(name: str) -> object:
    return strawberry.union(name, description="The complaint as it is now, or why not.")


FileComplaintResult = Annotated[Complaint | Problem, _result("FileComplaintResult")]
ClassifyComplaintResult = Annotated[Complaint | Problem, _result("ClassifyComplaintResult")]
AssignComplaintResult = Annotated[Complaint | Problem, _result("AssignComplaintResult")]
TakeUpComplaintResult = Annotated[Complaint | Problem, _result("TakeUpComplaintResult")]
AnswerComplaintResult = Annotated[Complaint | Problem, _result("AnswerComplaintResult")]
ConfirmAnswerResult = Annotated[Complaint | Problem, _result("ConfirmAnswerResult")]
DisputeAnswerResult = Annotated[Complaint | Problem, _result("DisputeAnswerResult")]
ReopenComplaintResult = Annotated[Complaint | Problem, _result("ReopenComplaintResult")]
DecideComplaintResult = Annotated[Complaint | Problem, _result("DecideComplaintResult")]
CloseComplaintResult = Annotated[Complaint | Problem, _result("CloseComplaintResult")]
DiscloseSubmitterResult = Annotated[Complaint | Problem, _result("DiscloseSubmitterResult")]
