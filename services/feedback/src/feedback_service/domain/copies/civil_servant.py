"""A civil servant, as evaluation tells them."""

from dataclasses import dataclass

from congvu_kit.domain.aggregate import Aggregate


@dataclass(kw_only=True)
class CivilServant(Aggregate):
    """A civil servant, without a name: where they are or were appointed."""

    province: str
    unit_ids: tuple[str, ...]
    told_revision: int
