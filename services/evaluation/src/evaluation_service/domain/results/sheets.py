"""Scorings of a person (phiếu điểm), one after the other."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from evaluation_service.domain.periods.pins import PolicyPin


class EvaluationOutcome(StrEnum):
    SCORED = "SCORED"
    NOT_EVALUABLE = "NOT_EVALUABLE"
    NOT_RATED = "NOT_RATED"


class Remedy(StrEnum):
    """What gives a person a score who has none."""

    ENTER_WHAT_IS_MISSING = "ENTER_WHAT_IS_MISSING"
    CORRECT_WHAT_IS_REFUSED = "CORRECT_WHAT_IS_REFUSED"
    CHECK_WHAT_WAS_REPORTED = "CHECK_WHAT_WAS_REPORTED"
    CHECK_WORKING_TIME = "CHECK_WORKING_TIME"


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """Why there is no score: the rule that kept the person from one, and what helps (E-I14)."""

    rule_id: str
    vi: str
    en: str
    remedy: Remedy


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One scoring of the person: inputs, rules, result; never changed, only followed by another.

    `snapshot` is canonical JSON; with the policy it gives the result again, hash and all (E-I2).
    `basis` is the appeal or post-audit that led to it, None for the first. `attempt` is the run's
    latest scoring of the agency that gave this.
    """

    number: int
    policy: PolicyPin
    snapshot: str
    snapshot_hash: str
    outcome: EvaluationOutcome
    total: Fraction | None
    counted_total: Fraction | None
    raw_band: str | None
    band: str | None
    components: dict[str, Fraction]
    reasons: tuple[str, ...]
    triggers: tuple[str, ...]
    result_hash: str
    made_at: datetime
    basis: str | None = None
    trouble: Trouble | None = None
    attempt: int = 1

    def says_the_same(self, other: "Sheet") -> bool:
        """From the same inputs, by the same rules, the same result."""
        return (self.policy, self.snapshot_hash, self.result_hash) == (
            other.policy,
            other.snapshot_hash,
            other.result_hash,
        )
