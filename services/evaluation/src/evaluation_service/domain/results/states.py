"""Where an evaluation stands."""

from enum import StrEnum


class EvaluationState(StrEnum):
    NOT_STARTED = "NOT_STARTED"
    SELF_ASSESSED = "SELF_ASSESSED"
    MANAGER_SCORED = "MANAGER_SCORED"
    RANKED = "RANKED"
    PUBLISHED = "PUBLISHED"
    APPEALED = "APPEALED"
    FINAL = "FINAL"
    CORRECTED = "CORRECTED"
    HANDED_OVER = "HANDED_OVER"


UNRATED = frozenset(
    {
        EvaluationState.NOT_STARTED,
        EvaluationState.SELF_ASSESSED,
        EvaluationState.MANAGER_SCORED,
        EvaluationState.HANDED_OVER,
    }
)
"""States before the ranking, in which inputs are still taken; or without one, rated elsewhere."""

RATED = frozenset(
    {
        EvaluationState.RANKED,
        EvaluationState.PUBLISHED,
        EvaluationState.APPEALED,
        EvaluationState.CORRECTED,
    }
)
"""States from the ranking on."""
