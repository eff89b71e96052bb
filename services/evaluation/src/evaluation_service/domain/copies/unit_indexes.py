"""Satisfaction indexes (chỉ số hài lòng) of units, as feedback froze them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.ids import derived_id
from congvu_scoring import exact_text

SCORE_MAX = 5
"""The best that a citizen gives a commitment."""


@dataclass(frozen=True, kw_only=True)
class LeaderRating:
    """How citizens rated a leader's commitments in the period: `score_sum` over all `ratings`."""

    leader_id: str
    ratings: int
    score_sum: int


@dataclass(kw_only=True)
class UnitIndex(Aggregate):
    """The satisfaction index of a unit in a period; `index` is exact text, None without answers.
    `freeze` says which freeze of the period it is of."""

    province: str
    unit_id: str
    period_id: str
    satisfied: int
    answers: int
    index: str | None
    minimum_answers: int
    state: str
    freeze: int = 1
    leaders: tuple[LeaderRating, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CitizensEvidence:
    """What citizens thought, as a snapshot has it; `index` is exact text."""

    index: str
    answers: int


def evidence_of(
    citizens: str, indexes: Mapping[str, UnitIndex], unit_id: str, leader_id: str
) -> CitizensEvidence | None:
    """What the policy takes for the evidence of citizens, from the indexes of the agency by unit;
    None without answers."""
    if citizens == "COMMITMENTS":
        return _of_commitments(indexes.values(), leader_id)
    index = indexes.get(unit_id)
    if index is None or index.index is None:
        return None
    return CitizensEvidence(index=index.index, answers=index.answers)


def _of_commitments(indexes: Iterable[UnitIndex], leader_id: str) -> CitizensEvidence | None:
    """All ratings of the leader's commitments, in whichever of the units."""
    found = [each for index in indexes for each in index.leaders if each.leader_id == leader_id]
    ratings = sum(each.ratings for each in found)
    if ratings == 0:
        return None
    mean = Fraction(sum(each.score_sum for each in found), SCORE_MAX * ratings)
    return CitizensEvidence(index=exact_text(mean), answers=ratings)


def unit_index_id(period_id: str, unit_id: str) -> str:
    return derived_id("uidx", period_id, unit_id)
