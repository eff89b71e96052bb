"""The units of the administration, as evaluation tells them."""

from dataclasses import dataclass
from datetime import date

from catalogue_service.domain.common.kinds import LocalityType
from congvu_kit.domain.aggregate import Aggregate


@dataclass(kw_only=True)
class Unit(Aggregate):
    """A unit (đơn vị); `told_revision` is the newest one that was told."""

    code: str
    name: str
    level: str
    parent_id: str | None
    province: str
    locality_type: LocalityType | None
    valid_to: date | None
    told_revision: int = 0
