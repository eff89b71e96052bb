"""Decisions that change how much of an assignment is asked for while it runs."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.errors import Invalid
from evaluation_service.domain.common.decisions import Decision

REASON_MAX_CHARS = 2000
CHANGES_MAX = 20
"""Changes of one piece of work."""


class ReductionKind(StrEnum):
    """Why less is asked for."""

    LEAVE = "LEAVE"
    TRANSFER = "TRANSFER"
    WITHDRAWN = "WITHDRAWN"
    OTHER = "OTHER"


class ChangeKind(StrEnum):
    """Every way in which the quantity of an assignment moves."""

    RAISED = "RAISED"
    LEAVE = "LEAVE"
    TRANSFER = "TRANSFER"
    WITHDRAWN = "WITHDRAWN"
    OTHER = "OTHER"
    CARRIED_OVER = "CARRIED_OVER"
    SHARES = "SHARES"


IN_WORDS = {
    ChangeKind.RAISED: "giao thêm",
    ChangeKind.LEAVE: "nghỉ",
    ChangeKind.TRANSFER: "chuyển việc",
    ChangeKind.WITHDRAWN: "rút nhiệm vụ",
    ChangeKind.OTHER: "lý do khác",
    ChangeKind.CARRIED_OVER: "chuyển kỳ sau",
    ChangeKind.SHARES: "chia lại tỷ lệ",
}
"""As they stand beside the work in an explanation."""


@dataclass(frozen=True, kw_only=True)
class QuantityChange:
    """A recorded decision of a superior; `before` and `after` are what was and is asked for."""

    kind: ChangeKind
    before: Decimal
    after: Decimal
    reason: str
    decision: Decision | None
    changed_by: Participant
    changed_at: datetime

    @property
    def in_words(self) -> str:
        """Without the reason: a person's illness is nobody's business who reads a score."""
        number = f"{self.decision.number}: " if self.decision else ""
        verb, to = ("tăng", "lên") if self.after > self.before else ("giảm", "xuống")
        return f"{number}{verb} từ {self.before:f} {to} {self.after:f}, {IN_WORDS[self.kind]}"


def check_reason(reason: str) -> None:
    if not (reason.strip() and len(reason) <= REASON_MAX_CHARS):
        raise Invalid(
            en=f"reason must be 1 to {REASON_MAX_CHARS} characters",
            vi=f"Lý do phải có 1 đến {REASON_MAX_CHARS} ký tự.",
            field="input.reason",
        )
