"""The evaluation periods, and which of them are closed."""

from dataclasses import dataclass
from datetime import date

from congvu_kit.domain.aggregate import Aggregate


@dataclass(kw_only=True)
class Period(Aggregate):
    """An evaluation period (kỳ đánh giá), half-open; `told_revision` is the newest one that was
    told."""

    name: str
    province: str
    unit_ids: tuple[str, ...]
    starts_on: date
    ends_on: date
    closed: bool = False
    told_revision: int = 0

    def covers(self, day: date) -> bool:
        return self.starts_on <= day < self.ends_on
