"""Post-audits (hậu kiểm): an upheld complaint asks whether a result must be corrected."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from congvu_kit.domain.actor import Actor, Participant, account_id
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.errors import Conflict, Forbidden


class PostAuditState(StrEnum):
    REQUESTED = "REQUESTED"
    CORRECTED = "CORRECTED"
    DISMISSED = "DISMISSED"


@dataclass(kw_only=True)
class PostAudit(Aggregate):
    """An upheld complaint asks whether a result must be corrected (hậu kiểm). `decider_id` and
    `decider_account` are who decided the complaint."""

    complaint_id: str
    province: str
    unit_id: str
    civil_servant_id: str | None
    dossier_code: str | None
    verdict: str
    reason: str
    decided_on: date
    decider_id: str | None = None
    decider_account: str | None = None
    state: PostAuditState = PostAuditState.REQUESTED
    evaluation_id: str | None = None
    decision_reason: str | None = None
    decided_by: Participant | None = None
    decided_at: datetime | None = None

    def require_other_decider(self, actor: Actor) -> None:
        """Raise `Forbidden` for whoever decided the complaint, by any account (E-I4)."""
        officer, account = actor.require_officer("E-I4"), account_id(actor.require_login())
        if officer == self.decider_id or account == self.decider_account:
            raise Forbidden(
                en="you decided this complaint; another person must decide the post-audit",
                vi="bạn đã kết luận phản ánh này; người khác phải quyết định hậu kiểm",
                rule_id="E-I4",
            )

    def decide(self, corrected_id: str | None, reason: str, by: Participant, now: datetime) -> None:
        """`corrected_id` is the evaluation that is corrected, None when it is dismissed."""
        if self.state is not PostAuditState.REQUESTED:
            raise Conflict(
                en=f"the post-audit is already {self.state}",
                vi=f"hậu kiểm đã ở trạng thái {self.state}",
            )
        self.state = PostAuditState.CORRECTED if corrected_id else PostAuditState.DISMISSED
        self.evaluation_id = corrected_id
        self.decision_reason, self.decided_by, self.decided_at = reason, by, now
