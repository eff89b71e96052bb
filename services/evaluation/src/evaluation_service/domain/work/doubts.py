"""Doubts (nghi vấn trùng): signs that the same work was counted before, for the checker to see."""

from dataclasses import dataclass
from enum import StrEnum

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
