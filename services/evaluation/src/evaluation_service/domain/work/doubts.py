"""Doubts (nghi vấn trùng): signs that the same work was counted before, for the checker to see."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.ids import derived_id

DOUBTS_MAX = 20
"""Of one piece of work; a checker needs no more to look again."""


class DoubtKind(StrEnum):
    """What points to the same work."""

    SAME_EVIDENCE = "SAME_EVIDENCE"
    PORTAL_COUNTED = "PORTAL_COUNTED"


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """`assignment_id` is the other place, or this one where the portal counted here; `evidence` is
    the hash that stands in both."""

    kind: DoubtKind
    assignment_id: str
    evidence: str | None


@dataclass(frozen=True, kw_only=True)
class DoubtDecision:
    """What a superior found at both places: `withdrawn` of what was accepted counts elsewhere."""

    withdrawn: Decimal
    reason: str
    decided_by: Participant
    decided_at: datetime


def doubt_decision_id(assignment_id: str, number: int) -> str:
    """Of the so-and-so-many-th decision: what a later sheet, or a post-audit, rests on."""
    return derived_id("dbt", assignment_id, str(number))
