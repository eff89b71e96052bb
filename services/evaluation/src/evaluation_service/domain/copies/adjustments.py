"""Local adjustments, as the catalogue approved them."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from congvu_kit.domain.aggregate import Aggregate


@dataclass(kw_only=True)
class LocalAdjustment(Aggregate):
    """A unit's own coefficient of a version (điều chỉnh theo địa bàn), in force [from, to);
    `told_revision` is the newest one that was told."""

    province: str
    version_id: str
    unit_id: str
    value: Fraction
    valid_from: date
    valid_to: date | None
    expired: bool = False
    told_revision: int = 0

    def in_force(self, on: date) -> bool:
        over = self.valid_to is not None and self.valid_to <= on
        return not self.expired and self.valid_from <= on and not over
