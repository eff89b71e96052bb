"""How long a period is, and where it stands."""

from enum import StrEnum


class PeriodKind(StrEnum):
    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"


class PeriodState(StrEnum):
    OPEN = "OPEN"
    DATA_FROZEN = "DATA_FROZEN"
    SCORING = "SCORING"
    REVIEW = "REVIEW"
    PUBLISHED = "PUBLISHED"
    APPEAL_WINDOW = "APPEAL_WINDOW"
    CLOSED = "CLOSED"


PUBLIC_STATES = frozenset({PeriodState.PUBLISHED, PeriodState.APPEAL_WINDOW, PeriodState.CLOSED})
"""States in which the person concerned and the HRM see the results."""


UNPUBLISHED = (PeriodState.DATA_FROZEN, PeriodState.SCORING, PeriodState.REVIEW)
"""States after the freeze in which nobody outside has seen a result."""
