"""Units (đơn vị) and job positions (vị trí việc làm), as the personnel systems report them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.ids import derived_id


class UnitLevel(StrEnum):
    CENTRAL = "CENTRAL"
    PROVINCE = "PROVINCE"
    COMMUNE = "COMMUNE"
    DEPARTMENT = "DEPARTMENT"


class LocalityType(StrEnum):
    URBAN = "URBAN"
    RURAL = "RURAL"
    MOUNTAIN = "MOUNTAIN"
    DISADVANTAGED = "DISADVANTAGED"
    SPECIAL = "SPECIAL"


@dataclass(frozen=True, kw_only=True)
class ExternalRef:
    """How another system calls the same thing."""

    system: str
    id: str

    def ours(self, prefix: str) -> str:
        """Our id for it: the same on every machine and at every sync."""
        return derived_id(prefix, self.system, self.id)


@dataclass(frozen=True, kw_only=True)
class OrgUnitSynced(Event):
    TYPE: ClassVar[str] = "congvu.evaluation.org_unit.synced.v1"

    unit_id: str
    code: str
    name: str
    level: UnitLevel
    parent_id: str | None
    province: str
    locality_type: LocalityType
    valid_from: date
    valid_to: date | None
    successor_ids: tuple[str, ...]
    revision: int


@dataclass(frozen=True, kw_only=True)
class UnitFacts:
    """What the source system says of a unit."""

    code: str
    name: str
    level: UnitLevel
    province: str
    parent_id: str | None
    locality_type: LocalityType
    valid_from: date
    valid_to: date | None
    successor_ids: tuple[str, ...]


@dataclass(kw_only=True)
class OrgUnit(Aggregate):
    """`path` leads from the root of its tree to the unit itself.

    `agency_id` is the agency (cơ quan) it belongs to: the nearest unit upwards that is no
    department. The quota holds inside an agency.
    """

    external_ref: ExternalRef
    facts: UnitFacts
    path: tuple[str, ...]
    agency_id: str

    @property
    def name(self) -> str:
        return self.facts.name

    @property
    def province(self) -> str:
        return self.facts.province

    def sync(self, facts: UnitFacts, parent: "OrgUnit | None") -> bool:
        """Take over what the source says; False when that is what is known already."""
        above = parent.path if parent else ()
        if self.id in above:
            raise Invalid(
                en=f"unit {facts.code!r} would be above itself",
                vi=f"đơn vị {facts.code!r} không thể là cấp trên của chính nó",
                field="parentRef",
                rule_id="UNIT-TREE",
            )
        if self.revision and facts.province != self.province:
            raise Conflict(
                en=f"unit {facts.code!r} is of another province; a merged one is a new unit",
                vi=f"đơn vị {facts.code!r} thuộc tỉnh khác; đơn vị sau sáp nhập là đơn vị mới",
                field="province",
                rule_id="E-I21",
            )
        path = (*above, self.id)
        agency_id = agency_of(self.id, facts.level, parent)
        if self.revision and (facts, path, agency_id) == (self.facts, self.path, self.agency_id):
            return False
        self.facts, self.path, self.agency_id = facts, path, agency_id
        self.record(
            OrgUnitSynced(
                unit_id=self.id,
                code=facts.code,
                name=facts.name,
                level=facts.level,
                parent_id=facts.parent_id,
                province=facts.province,
                locality_type=facts.locality_type,
                valid_from=facts.valid_from,
                valid_to=facts.valid_to,
                successor_ids=facts.successor_ids,
                revision=self.revision + 1,
            )
        )
        return True


def agency_of(unit_id: str, level: UnitLevel, parent: OrgUnit | None) -> str:
    """A department belongs to the agency above it; any other unit is an agency itself."""
    return parent.agency_id if parent and level is UnitLevel.DEPARTMENT else unit_id


def new_unit(ref: ExternalRef, facts: UnitFacts, parent: OrgUnit | None) -> OrgUnit:
    unit_id = ref.ours("unit")
    unit = OrgUnit(id=unit_id, external_ref=ref, facts=facts, path=(), agency_id=unit_id)
    unit.sync(facts, parent)
    return unit


@dataclass(kw_only=True)
class JobPosition(Aggregate):
    """`duty_group` (nhóm nhiệm vụ tương đồng) is whom its holders are compared with."""

    province: str
    code: str
    title: str
    family: str | None
    duty_group: str
    leadership: bool


def position_id(province: str, code: str) -> str:
    return derived_id("pos", province, code)
