"""Objective causes (nguyên nhân khách quan): claimed by one, confirmed by another (E-I12)."""

from dataclasses import dataclass, replace
from enum import StrEnum

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.errors import Conflict
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.domain.common.evidence import Evidence


class CauseKind(StrEnum):
    """Which deduction it would cancel."""

    QUALITY = "QUALITY"
    LATE = "LATE"


class CauseState(StrEnum):
    CLAIMED = "CLAIMED"
    CONFIRMED = "CONFIRMED"
    REFUSED = "REFUSED"


@dataclass(frozen=True, kw_only=True)
class ObjectiveCause:
    """`count` failures or delays of the assignment had a cause beyond the officer's control."""

    id: str
    kind: CauseKind
    count: int
    reason: str
    evidence: tuple[Evidence, ...]
    claimed_by: Participant
    state: CauseState = CauseState.CLAIMED
    decided_by: Participant | None = None
    decision_reason: str | None = None

    def decided(self, *, confirmed: bool, by: Participant, reason: str | None) -> "ObjectiveCause":
        if self.state is not CauseState.CLAIMED:
            raise Conflict(
                en=f"this cause is already {self.state}",
                vi=f"Nguyên nhân này đã được quyết định: {vi_text(self.state)}.",
                rule_id="E-I12",
            )
        state = CauseState.CONFIRMED if confirmed else CauseState.REFUSED
        return replace(self, state=state, decided_by=by, decision_reason=reason)
