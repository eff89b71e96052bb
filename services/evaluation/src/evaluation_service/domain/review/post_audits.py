"""Post-audits (hậu kiểm): whether a result that stands must be corrected."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from congvu_kit.domain.actor import Actor, Participant, account_id
from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.domain.common.separation import refuse_participant


class PostAuditOrigin(StrEnum):
    COMPLAINT = "COMPLAINT"
    COUNCIL = "COUNCIL"
    DOUBLE_COUNT = "DOUBLE_COUNT"
    CHANGED_PART = "CHANGED_PART"


class PostAuditState(StrEnum):
    REQUESTED = "REQUESTED"
    CORRECTED = "CORRECTED"
    DISMISSED = "DISMISSED"


@dataclass(frozen=True, kw_only=True)
class CouncilAudit(Event):
    """A post-audit that a council asked for. It tells of units and periods, never of a person."""

    post_audit_id: str
    province: str
    unit_id: str
    period_id: str


@dataclass(frozen=True, kw_only=True)
class CouncilAuditRequested(CouncilAudit):
    """`reason` was written for everybody to read."""

    TYPE: ClassVar[str] = "congvu.evaluation.post_audit.requested.v1"

    reason: str


@dataclass(frozen=True, kw_only=True)
class CouncilAuditDecided(CouncilAudit):
    TYPE: ClassVar[str] = "congvu.evaluation.post_audit.decided.v1"

    state: PostAuditState


@dataclass(kw_only=True)
class PostAudit(Aggregate):
    """An upheld complaint, a council, or what was found here asks whether a result must be
    corrected (hậu kiểm).

    Of a complaint or a finding: `decider_id` and `decider_account` are who decided it. Of a
    finding: `subject_id` is the work or the part, `concerned_id` the result that it counts in. Of a
    council: `requested_by` asks about the unit with all below it in one published period.
    """

    province: str
    unit_id: str
    reason: str
    origin: PostAuditOrigin = PostAuditOrigin.COMPLAINT
    complaint_id: str | None = None
    civil_servant_id: str | None = None
    dossier_code: str | None = None
    verdict: str | None = None
    decided_on: date | None = None
    subject_id: str | None = None
    concerned_id: str | None = None
    decider_id: str | None = None
    decider_account: str | None = None
    period_id: str | None = None
    requested_by: Participant | None = None
    state: PostAuditState = PostAuditState.REQUESTED
    evaluation_id: str | None = None
    decision_reason: str | None = None
    decided_by: Participant | None = None
    decided_at: datetime | None = None

    @property
    def asked_by(self) -> Participant | None:
        """Who asks: the council's member, or who found the complaint right."""
        if self.requested_by is None and self.decider_account is not None:
            return Participant(subject=self.decider_account, officer=self.decider_id)
        return self.requested_by

    def require_other_decider(self, actor: Actor) -> None:
        """Raise `Forbidden` for whoever decided the complaint, by any account (E-I4)."""
        officer, account = actor.require_officer("E-I4"), account_id(actor.require_login())
        if officer == self.decider_id or account == self.decider_account:
            raise Forbidden(
                en="you decided this complaint or finding; another person decides the post-audit",
                vi="Người đã kết luận vụ việc này không được quyết định hậu kiểm. Đề nghị "
                "người khác thực hiện.",
                rule_id="E-I4",
            )
        if self.requested_by is not None:
            refuse_participant(actor, [self.requested_by], "E-I4")

    def require_part(self, *, also_corrected: bool) -> None:
        """Raise `Invalid` where there is no changed part to take, or something else to correct."""
        if self.origin is not PostAuditOrigin.CHANGED_PART or also_corrected:
            raise Invalid(
                en="takePart takes a part that changed, and no correction beside it",
                vi="Chỉ nhận phần bàn giao khi phần đó đã thay đổi và không kèm điều chỉnh khác.",
                field="input.takePart",
            )

    def request(self) -> None:
        self.record(CouncilAuditRequested(**self._where(), reason=self.reason))

    def decide(self, corrected_id: str | None, reason: str, by: Participant, now: datetime) -> None:
        """`corrected_id` is the evaluation that is corrected, None when it is dismissed."""
        if self.state is not PostAuditState.REQUESTED:
            raise Conflict(
                en=f"the post-audit is already {self.state}",
                vi=f"Hậu kiểm này đã kết thúc: {vi_text(self.state)}.",
            )
        self.state = PostAuditState.CORRECTED if corrected_id else PostAuditState.DISMISSED
        self.evaluation_id = corrected_id
        self.decision_reason, self.decided_by, self.decided_at = reason, by, now
        if self.origin is PostAuditOrigin.COUNCIL:
            self.record(CouncilAuditDecided(**self._where(), state=self.state))

    def _where(self) -> dict[str, str]:
        return {
            "post_audit_id": self.id,
            "province": self.province,
            "unit_id": self.unit_id,
            "period_id": self.period_id or "",
        }
