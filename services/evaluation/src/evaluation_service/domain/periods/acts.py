"""What an administrator did with a period's inputs: fixed them, opened them again, or had them
scored without what had not come; on record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Conflict
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.readiness.gaps import GapCounts, blocking

ACTS_MAX = 100
"""Of one period: an agency is scored at most six times, and may be decided on by itself."""


class ActKind(StrEnum):
    FROZEN = "FROZEN"
    UNFROZEN = "UNFROZEN"
    WITHOUT_INDEXES = "WITHOUT_INDEXES"


@dataclass(frozen=True, kw_only=True)
class PeriodAct:
    """`early` and `accepted` are the reasons for a freeze before the period's end, and in spite of
    gaps; `gaps` how many there were of each kind; `decision` what an unfreezing rests on. Without
    indexes `accepted` says why nobody waits for them any more."""

    kind: ActKind
    by: Participant
    at: datetime
    early: str | None = None
    accepted: str | None = None
    gaps: Mapping[str, int] = field(default_factory=dict)
    decision: Decision | None = None


@dataclass(frozen=True, kw_only=True)
class Cutoff:
    """How the inputs are to be fixed, and what is missing when they are."""

    gaps: GapCounts
    early: str | None = None
    accepted: str | None = None

    def act(self, ends_on: date, by: Participant, now: datetime) -> PeriodAct:
        """Raise `Conflict` for what needs a reason and has none."""
        ended = business_date(now) >= ends_on
        if not ended and self.early is None:
            raise Conflict(
                en=f"the period runs until before {ends_on}: freezing it earlier needs a reason",
                vi=f"Kỳ chưa kết thúc (đến trước ngày {vi_text(ends_on)}). Để chốt số liệu "
                "sớm, vui lòng nêu lý do.",
                field="input.early",
                rule_id="E-I14",
            )
        missing = blocking(self.gaps)
        if missing and self.accepted is None:
            told = ", ".join(f"{kind}: {number}" for kind, number in sorted(missing.items()))
            told_vi = "; ".join(f"{vi_text(kind)}: {n}" for kind, n in sorted(missing.items()))
            raise Conflict(
                en=f"something is missing ({told}); periodReadiness lists it, and freezing the "
                "period all the same needs a reason",
                vi=f"Số liệu còn thiếu ({told_vi}). Nếu vẫn chốt, vui lòng nêu lý do.",
                field="input.acceptGaps",
                rule_id="E-I14",
            )
        return PeriodAct(
            kind=ActKind.FROZEN,
            by=by,
            at=now,
            early=None if ended else self.early,
            accepted=self.accepted if missing else None,
            gaps={str(kind): number for kind, number in sorted(self.gaps.items()) if number},
        )
