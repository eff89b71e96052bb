"""Satisfaction indexes (chỉ số hài lòng) of units, as feedback froze them."""

from dataclasses import dataclass

from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.ids import derived_id


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


def unit_index_id(period_id: str, unit_id: str) -> str:
    return derived_id("uidx", period_id, unit_id)
