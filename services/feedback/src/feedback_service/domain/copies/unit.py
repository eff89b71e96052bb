"""A unit, as evaluation tells it."""

from dataclasses import dataclass

from congvu_kit.domain.aggregate import Aggregate


@dataclass(kw_only=True)
class Unit(Aggregate):
    """An agency or department; `told_revision` is evaluation's, the higher one wins."""

    name: str
    province: str
    parent_id: str | None
    told_revision: int
