"""That a leader promised something in public (cam kết công khai), as feedback told it."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from congvu_kit.domain.aggregate import Aggregate
from congvu_scoring import CompiledPolicy

PUBLISHED = "citizens.published"
"""How many commitments and key tasks the person published in the period."""

DUE = "commitments_due"
"""The switch of a policy that says how many a leader owes in each period."""


@dataclass(kw_only=True)
class PublishedCommitment(Aggregate):
    civil_servant_id: str
    province: str
    unit_id: str
    published_on: date


def owed_by(rules: CompiledPolicy) -> int:
    """How many the policy asks of a leader; none where it does not look."""
    owed = rules.constants.get(DUE)
    return int(owed) if isinstance(owed, Fraction) and PUBLISHED in rules.reads.inputs else 0
