"""A period that is asked for again: whether the one that is there is what is meant."""

from collections.abc import Collection
from datetime import date
from typing import Final

from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.pins import PolicyPin

SAID: Final = (
    "name",
    "kind",
    "scope_unit_id",
    "starts_on",
    "ends_on",
    "release_ids",
    "minimum_answers",
    "review_sla_days",
    "appeal_days",
    "made_of",
    "rolled_up",
    "rated_until",
)
"""What whoever opens a period says of it, besides policies."""


def is_what_was_asked(
    there: EvaluationPeriod,
    asked: EvaluationPeriod,
    policies: Collection[str],
    objectives_until: date | None,
) -> bool:
    """Of `there`, whatever became of it since. A policy that none of `policies` names by id@version
    is the same in any version: the newest of then stays the period's. `objectives_until` is what
    was said of it; the day that follows from the rest depends on the day of the call."""
    old, new = there.policies.all, asked.policies.all
    return (
        all(getattr(there, name) == getattr(asked, name) for name in SAID)
        and objectives_until in (None, there.objectives_until)
        and len(old) == len(new)
        and all(_same(*pins, policies) for pins in zip(old, new, strict=True))
    )


def _same(old: PolicyPin, new: PolicyPin, named: Collection[str]) -> bool:
    alike = (old.policy_id, old.switches) == (new.policy_id, new.switches)
    return alike and (old.version == new.version or new.reference not in named)
