"""What one person thinks of a commitment."""

from dataclasses import dataclass
from datetime import date

from congvu_kit.domain.aggregate import Aggregate


@dataclass(kw_only=True)
class CommitmentRating(Aggregate):
    """One person's score; unique per commitment and person (F-I4)."""

    commitment_id: str
    person: str
    score: int
    on: date
    log_sequence: int
