"""Units (đơn vị), as the personnel systems report them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.domain.personnel.lives import (
    ExternalRef,
    Life,
    Remark,
    SourceMark,
    differing,
    new_life_id,
)

SUCCESSORS_MAX = 50
"""Units that one was split into; the merger of 2025 made at most a few of one."""

PREDECESSORS_MAX = 200
TOLD_MAX = 1_000
"""People whom one event of a dissolved unit names."""


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
class OrgUnitSynced(Event):
    """A unit as it is now. `external_ref` is how its personnel system calls it; events of before
    tell none."""

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
    external_ref: ExternalRef | None = None


@dataclass(frozen=True, kw_only=True)
class OrgUnitDissolved(Event):
    """It ends. `civil_servant_ids` are in appointments there that run past the end: whoever
    listens tells them, and the personnel system moves them."""

    TYPE: ClassVar[str] = "congvu.evaluation.org_unit.dissolved.v1"

    unit_id: str
    province: str
    ended_on: date
    successor_ids: tuple[str, ...]
    civil_servant_ids: tuple[str, ...]


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

    @property
    def life(self) -> Life:
        return Life(self.valid_from, self.valid_to)


@dataclass(kw_only=True)
class OrgUnit(Aggregate):
    """`path` leads from the root of its tree to the unit itself.

    `agency_id` is the agency (cơ quan) it belongs to: the nearest unit upwards that is no
    department. The quota holds inside an agency. `successor_refs` are its successors as they were
    named, also those that have not come yet; `heir_ids` are the successors, theirs, and all units
    above them that are not above this one: whose superiors see what stayed here (E-I21).
    """

    external_ref: ExternalRef
    facts: UnitFacts
    path: tuple[str, ...]
    agency_id: str
    successor_refs: tuple[ExternalRef, ...] = ()
    heir_ids: tuple[str, ...] = ()
    source: SourceMark | None = None

    @property
    def name(self) -> str:
        return self.facts.name

    @property
    def province(self) -> str:
        return self.facts.province

    @property
    def life(self) -> Life:
        return self.facts.life

    def sync(self, facts: UnitFacts, parent: "OrgUnit | None") -> bool:
        """Take over what the source says; False when that is what is known already."""
        above = parent.path if parent else ()
        if self.id in above:
            raise Invalid(
                en=f"unit {facts.code!r} would be above itself",
                vi=f"Đơn vị {vi_text(facts.code)} không thể là cấp trên của chính nó.",
                field="parentRef",
                rule_id="UNIT-TREE",
            )
        if self.revision and facts.province != self.province:
            raise Conflict(
                en=f"unit {facts.code!r} is of another province; a merged one is a new unit",
                vi=f"Đơn vị {vi_text(facts.code)} thuộc tỉnh khác; đơn vị sau sáp nhập là đơn "
                "vị mới.",
                field="province",
                rule_id="E-I21",
            )
        path = (*above, self.id)
        agency_id = agency_of(self.id, facts.level, parent)
        known = not differing(self.facts, facts)
        if self.revision and known and (path, agency_id) == (self.path, self.agency_id):
            return False
        self.facts, self.path, self.agency_id = facts, path, agency_id
        self.record(self._synced())
        return True

    def _synced(self) -> OrgUnitSynced:
        facts = self.facts
        return OrgUnitSynced(
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
            external_ref=self.external_ref,
        )

    def tell_dissolved(self, civil_servant_ids: Sequence[str]) -> None:
        if self.facts.valid_to is not None:
            self.record(
                OrgUnitDissolved(
                    unit_id=self.id,
                    province=self.province,
                    ended_on=self.facts.valid_to,
                    successor_ids=self.facts.successor_ids,
                    civil_servant_ids=tuple(civil_servant_ids[:TOLD_MAX]),
                )
            )

    def inherit(self, successors: Sequence["OrgUnit"]) -> bool:
        """Its heirs, from its successors; False when they are known."""
        found = (id for each in successors for id in (*each.path, *each.heir_ids))
        heirs = tuple(dict.fromkeys(id for id in found if id not in self.path))
        changed = heirs != self.heir_ids
        self.heir_ids = heirs
        return changed


def agency_of(unit_id: str, level: UnitLevel, parent: OrgUnit | None) -> str:
    """A department belongs to the agency above it; any other unit is an agency itself."""
    return parent.agency_id if parent and level is UnitLevel.DEPARTMENT else unit_id


def new_unit(
    ref: ExternalRef, facts: UnitFacts, parent: OrgUnit | None, lives: Sequence[OrgUnit] = ()
) -> OrgUnit:
    unit_id = new_life_id("unit", lives, facts.valid_from, ref.system, ref.id)
    unit = OrgUnit(id=unit_id, external_ref=ref, facts=facts, path=(), agency_id=unit_id)
    unit.sync(facts, parent)
    return unit


def check_unit_life(
    facts: UnitFacts, parent: OrgUnit | None, successors: Sequence[ExternalRef]
) -> Iterator[Remark]:
    """Raise `Invalid` where a unit's time contradicts itself or that of the one above it."""
    facts.life.require_order("validTo", "UNIT-LIFE")
    if len(successors) > SUCCESSORS_MAX:
        raise Invalid(
            en=f"at most {SUCCESSORS_MAX} successors",
            vi=f"Tối đa {SUCCESSORS_MAX} đơn vị kế thừa.",
            field="successorRefs",
        )
    if successors and facts.valid_to is None:
        raise Invalid(
            en="a unit with successors has an end (validTo), and is not its own successor",
            vi="Đơn vị có đơn vị kế thừa phải có ngày kết thúc và không tự kế thừa mình.",
            field="successorRefs",
            rule_id="UNIT-SUCCESSOR",
        )
    if parent is None:
        return
    if facts.life.ends_after(parent.life) or not facts.life.meets(parent.life):
        raise Invalid(
            en=f"the unit above it lives from {parent.facts.valid_from} until before "
            f"{parent.facts.valid_to or 'further notice'}: a unit lives no longer than it",
            vi=f"Đơn vị cấp trên hoạt động từ {vi_text(parent.facts.valid_from)} đến trước "
            f"{vi_text(parent.facts.valid_to) if parent.facts.valid_to else 'khi có thay đổi'}; "
            "đơn vị trực thuộc không hoạt động lâu hơn.",
            field="parentRef",
            rule_id="UNIT-LIFE",
        )
    if facts.valid_from < parent.facts.valid_from:
        yield Remark(
            rule_id="UNIT-LIFE",
            field="parentRef",
            en=f"it is older than the unit above it ({parent.facts.valid_from})",
            vi="Đơn vị có trước đơn vị cấp trên (thành lập ngày "
            f"{vi_text(parent.facts.valid_from)}).",
        )
