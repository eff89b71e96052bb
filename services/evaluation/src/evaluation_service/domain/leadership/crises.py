"""Crises (khủng hoảng) that a leader handled: entered by one, confirmed from outside (E-I15)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, TypeAlias

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.canonical import Json
from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.numbers import Bounded
from congvu_kit.domain.vietnamese import vi_text
from congvu_scoring import exact_text
from evaluation_service.domain.common.evidence import Evidence

TITLE_MAX_CHARS = 200
HOURS = Bounded(least=Decimal(0), most=Decimal(8784), strictly=True)
"""At most those of the longest year."""

Hours: TypeAlias = Annotated[Decimal, HOURS]
CRISES_MAX = 50
"""Of one person in one period."""


class CrisisOutcome(StrEnum):
    RESOLVED = "RESOLVED"
    PARTLY = "PARTLY"
    FAILED = "FAILED"


class CrisisState(StrEnum):
    RECORDED = "RECORDED"
    CONFIRMED = "CONFIRMED"
    REFUSED = "REFUSED"


@dataclass(kw_only=True)
class Crisis(Aggregate):
    """From when it was known until it was over; `hours_allowed` is what plan or order gave."""

    period_id: str
    province: str
    unit_id: str
    unit_path: tuple[str, ...]
    civil_servant_id: str
    title: str
    began_at: datetime
    ended_at: datetime
    hours_allowed: Hours
    outcome: CrisisOutcome
    evidence: tuple[Evidence, ...]
    entered_by: Participant
    entered_at: datetime
    state: CrisisState = CrisisState.RECORDED
    decided_by: Participant | None = None
    decided_at: datetime | None = None
    decision_reason: str | None = None

    @property
    def hours(self) -> Fraction:
        minutes = (self.ended_at - self.began_at) // timedelta(minutes=1)
        return Fraction(minutes, 60)

    def check(self) -> None:
        if not 0 < len(self.title.strip()) <= TITLE_MAX_CHARS:
            raise Invalid(
                en=f"a title has 1 to {TITLE_MAX_CHARS} characters",
                vi=f"Tên sự việc có từ 1 đến {TITLE_MAX_CHARS} ký tự.",
                field="input.title",
            )
        if self.ended_at < self.began_at:
            raise Invalid(
                en="it cannot begin after it ended",
                vi="Thời điểm bắt đầu không được sau thời điểm kết thúc.",
                field="input.beganAt",
            )

    def decide(
        self, *, confirmed: bool, reason: str | None, by: Participant, now: datetime
    ) -> None:
        if self.state is not CrisisState.RECORDED:
            raise Conflict(
                en=f"the crisis is {self.state} already",
                vi=f"Sự việc này {vi_text(self.state)}.",
                rule_id="E-I15",
            )
        self.state = CrisisState.CONFIRMED if confirmed else CrisisState.REFUSED
        self.decided_by, self.decided_at, self.decision_reason = by, now, reason

    def row(self) -> Json:
        """As the snapshot has it, with who confirmed it."""
        by = self.decided_by.subject if self.decided_by else None
        proof: list[Json] = [
            {
                "ref": each.uri,
                **({"hash": each.hash} if each.hash else {}),
                **({"confirmed_by": by} if by else {}),
            }
            for each in self.evidence
        ]
        return {
            "crisis": self.id,
            "outcome": self.outcome.value,
            "hours": exact_text(self.hours),
            "hours_allowed": format(self.hours_allowed, "f"),
            "evidence": proof or [{"ref": self.id, **({"confirmed_by": by} if by else {})}],
        }


def rows_of(crises: Iterable[Crisis]) -> list[Json]:
    confirmed = [each for each in crises if each.state is CrisisState.CONFIRMED]
    return [each.row() for each in sorted(confirmed, key=lambda each: (each.began_at, each.id))]
