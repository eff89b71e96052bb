"""Post-audit (hậu kiểm): an upheld complaint asks evaluation to look at results again."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from congvu_kit.domain.actor import Participant, account_id
from congvu_kit.domain.aggregate import Aggregate, Event


@dataclass(frozen=True, kw_only=True)
class PostAuditRequested(Event):
    """An upheld complaint asks evaluation to look at results again. Who decided it, by id and by
    the digest of the account, takes no part in the post-audit (E-I4)."""

    TYPE = "congvu.feedback.post_audit.requested.v1"

    post_audit_id: str
    complaint_id: str
    province: str
    unit_id: str
    civil_servant_id: str | None
    dossier_code: str | None
    verdict: str
    decided_on: date
    reason: str
    decider_id: str | None = None
    decider_account: str | None = None


class PostAuditState(StrEnum):
    REQUESTED = "REQUESTED"
    CORRECTED = "CORRECTED"


@dataclass(kw_only=True)
class PostAudit(Aggregate):
    """`corrections` are the evaluation revisions that came of it."""

    complaint_id: str
    province: str
    unit_id: str
    civil_servant_id: str | None
    dossier_code: str | None
    verdict: str
    decided_on: date
    state: PostAuditState = PostAuditState.REQUESTED
    corrections: tuple[str, ...] = ()

    def request(self, reason: str, by: Participant) -> None:
        self.record(
            PostAuditRequested(
                post_audit_id=self.id,
                complaint_id=self.complaint_id,
                province=self.province,
                unit_id=self.unit_id,
                civil_servant_id=self.civil_servant_id,
                dossier_code=self.dossier_code,
                verdict=self.verdict,
                decided_on=self.decided_on,
                reason=reason,
                decider_id=by.officer,
                decider_account=account_id(by.subject),
            )
        )

    def corrected(self, evaluation: str) -> bool:
        """True the first time this revision is heard of."""
        if evaluation in self.corrections:
            return False
        self.corrections = (*self.corrections, evaluation)
        self.state = PostAuditState.CORRECTED
        return True
