"""What the catalogue remembers of evaluation's facts: units, periods, open assignments."""

from dataclasses import dataclass
from datetime import date

from catalogue_service.domain.kinds import LocalityType
from congvu_kit.domain.aggregate import Aggregate


@dataclass(kw_only=True)
class Unit(Aggregate):
    """A unit (đơn vị); `revision` is the newest one that was told."""

    code: str
    name: str
    level: str
    parent_id: str | None
    province: str
    locality_type: LocalityType | None
    valid_to: date | None
    revision: int = 0


@dataclass(kw_only=True)
class Period(Aggregate):
    """An evaluation period (kỳ đánh giá), half-open."""

    name: str
    province: str
    unit_ids: tuple[str, ...]
    starts_on: date
    ends_on: date
    closed: bool = False

    def covers(self, day: date) -> bool:
        return self.starts_on <= day < self.ends_on


@dataclass(kw_only=True)
class Assignment(Aggregate):
    """Whether somebody still works on a version."""

    version_id: str
    code: str
    period_id: str
    open: bool = True
