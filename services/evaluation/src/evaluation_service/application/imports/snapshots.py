"""A whole list: who is in ours and not in yours ends, unless that would be too many."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from congvu_kit.application.ports import AnyOf, Eq, In, Transaction
from congvu_kit.domain.actor import Role
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.ids import derived_id
from congvu_kit.domain.text import canonical_text
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.application.collections import LISTINGS, POSITIONS, SERVANTS, UNITS
from evaluation_service.application.imports.checks import check_ref, check_texts, require_reach
from evaluation_service.application.imports.directory import Directory
from evaluation_service.application.imports.inheritance import people_past_end
from evaluation_service.application.imports.rows import (
    Ended,
    ListPersonnel,
    PersonnelKind,
    SnapshotScope,
    SyncPersonnel,
    fit,
)
from evaluation_service.domain.personnel.listings import PersonnelListing
from evaluation_service.domain.personnel.lives import Living, canonical
from evaluation_service.domain.personnel.positions import JobPosition
from evaluation_service.domain.personnel.servants import Appointment, CivilServant
from evaluation_service.domain.personnel.units import OrgUnit

LISTED_MAX = 5_000
"""Refs of one call: about 300 kB."""

PARTS_MAX = 1_000
ENDED_MAX = 500
"""How many one call ends: as many as it takes rows."""

REMOVED_SHARE = Decimal("0.05")
"""Of a snapshot that says nothing else: a commune in twenty does not vanish in a day."""

MANY = 200_000
"""More than a province has."""


async def list_personnel(command: ListPersonnel, tx: Transaction) -> PersonnelListing:
    command.actor.require(Role.PERSONNEL_SYNC)
    said = replace(
        command,
        name=canonical(command.name),
        units=canonical(command.units),
        position_codes=canonical(command.position_codes),
        people=canonical(command.people),
    )
    require_reach(command.actor, said.province)
    check_texts(name=said.name)
    count = len(said.units) + len(said.position_codes) + len(said.people)
    if not 0 < count <= LISTED_MAX:
        raise Invalid(
            en=f"1 to {LISTED_MAX} entries in one call, not {count}",
            vi=f"Mỗi lần gửi từ 1 đến {LISTED_MAX} mục; đang gửi {count} mục.",
            field="input",
        )
    for ref in (*said.units, *said.people):
        check_ref(ref)
    who = command.actor.subject or ""
    part = PersonnelListing(
        id=derived_id("plist", who, said.province, said.name, command.idempotency_key),
        name=said.name,
        province=said.province,
        listed_by=who,
        units=tuple(each.key for each in said.units),
        position_codes=said.position_codes,
        people=tuple(each.key for each in said.people),
    )
    await tx.store(LISTINGS).save(part)
    return part


@dataclass(frozen=True, kw_only=True)
class _Listed:
    units: frozenset[str]
    position_codes: frozenset[str]
    people: frozenset[str]

    @property
    def systems(self) -> frozenset[str]:
        return frozenset(key.split(chr(31))[0] for key in self.units | self.people)


@dataclass(kw_only=True)
class Missing:
    """Who lives in the scope, and who of them is in no list. `covered` are the units of an
    agency; None for a whole province."""

    province: str
    covered: frozenset[str] | None
    living: dict[PersonnelKind, int] = field(default_factory=dict)
    units: list[OrgUnit] = field(default_factory=list)
    positions: list[JobPosition] = field(default_factory=list)
    people: list[CivilServant] = field(default_factory=list)

    def covers(self, post: Appointment) -> bool:
        if self.covered is None:
            return post.province in (None, self.province)
        return post.unit_id in self.covered

    def ends(self, post: Appointment, as_of: date) -> bool:
        return self.covers(post) and post.valid_from < as_of and post.in_force(as_of)

    def require_few(self, share: Decimal) -> None:
        for kind, gone in (
            (PersonnelKind.UNIT, len(self.units)),
            (PersonnelKind.POSITION, len(self.positions)),
            (PersonnelKind.PERSON, len(self.people)),
        ):
            require_share(kind, gone, self.living[kind], share)


def require_share(kind: PersonnelKind, removed: int, living: int, share: Decimal) -> None:
    if removed > share * living:
        raise Conflict(
            en=f"{removed} of {living} ({kind}) would be ended or detached, over maxRemovedShare "
            f"{share}: look at a dry run, then raise it if that is right",
            vi=f"{removed} trên {living} đối tượng sẽ bị kết thúc hoặc tách ra, vượt tỷ lệ "
            f"cho phép {vi_text(share)}. Vui lòng chạy thử, rồi nâng tỷ lệ này nếu đúng.",
            field="input.maxRemovedShare",
            rule_id="REMOVED-SHARE",
        )


async def end_missing(
    command: SyncPersonnel, scope: SnapshotScope, here: Directory
) -> tuple[list[Ended], int]:
    """The tombstones of this call, and how many are left for the next."""
    as_of = scope.as_of or business_date(here.tx.now)
    missing = await _missing(command, scope, as_of, here)
    share = command.max_removed_share
    missing.require_few(REMOVED_SHARE if share is None else share)
    whole = len(missing.people) + len(missing.units) + len(missing.positions)
    ended = [await _end_person(each, missing, as_of, here) for each in missing.people[:ENDED_MAX]]
    for unit in missing.units[: ENDED_MAX - len(ended)]:
        ended.append(await _end_unit(unit, as_of, here))
    for position in missing.positions[: ENDED_MAX - len(ended)]:
        position.sync(replace(position.facts, valid_to=as_of))
        await here.positions.save(position)
        ended.append(Ended(kind=PersonnelKind.POSITION, id=position.id, ref=position.code))
    return ended, whole - len(ended)


async def _end_person(
    person: CivilServant, missing: Missing, as_of: date, here: Directory
) -> Ended:
    """Posts in the scope end; those that had not begun are taken away."""
    posts = [
        replace(each, valid_to=as_of) if missing.ends(each, as_of) else each
        for each in person.appointments
        if not (missing.covers(each) and each.valid_from >= as_of)
    ]
    person.sync(person.full_name, posts, person.leaves)
    await here.people.save(person)
    return Ended(kind=PersonnelKind.PERSON, id=person.id, ref=person.external_refs[0].id)


async def _end_unit(unit: OrgUnit, as_of: date, here: Directory) -> Ended:
    parent = await here.units.by_id(unit.facts.parent_id) if unit.facts.parent_id else None
    unit.sync(replace(unit.facts, valid_to=as_of), parent)
    unit.tell_dissolved([each.id for each in await people_past_end(unit, here)])
    await here.units.save(unit)
    return Ended(kind=PersonnelKind.UNIT, id=unit.id, ref=unit.external_ref.id)


async def _listed(command: SyncPersonnel, scope: SnapshotScope, tx: Transaction) -> _Listed:
    parts: list[PersonnelListing] = []
    if scope.list_name is not None:
        found = await tx.store(LISTINGS).select(
            Eq("province", scope.province),
            Eq("name", canonical_text(scope.list_name)),
            Eq("listed_by", command.actor.subject),
            limit=PARTS_MAX,
        )
        parts = list(found)
        if not parts:
            raise Invalid(
                en="nothing was listed under this name in this province",
                vi="Chưa có danh sách nào mang tên này ở tỉnh này.",
                field="input.scope.listName",
            )
    own = PersonnelListing(
        id="",
        name="",
        province=scope.province,
        listed_by="",
        units=tuple(each.external_ref.key for each in fit(command.units)),
        position_codes=tuple(canonical_text(each.code) for each in fit(command.positions)),
        people=tuple(each.external_ref.key for each in fit(command.people)),
    )
    return _Listed(
        units=frozenset(key for each in (*parts, own) for key in each.units),
        position_codes=frozenset(code for each in (*parts, own) for code in each.position_codes),
        people=frozenset(key for each in (*parts, own) for key in each.people),
    )


async def _missing(
    command: SyncPersonnel, scope: SnapshotScope, as_of: date, here: Directory
) -> Missing:
    """Only of the kinds that the list names, and of the systems it is from."""
    listed = await _listed(command, scope, here.tx)
    agency = None
    if scope.agency_ref is not None:
        agency = await here.unit(scope.agency_ref, "input.scope.agencyRef", as_of)
        require_reach(command.actor, agency.province)
    within = Eq("path", agency.id) if agency else Eq("facts.province", scope.province)
    units = here.units.same(await here.tx.store(UNITS).select(within, limit=MANY))
    covered = frozenset(each.id for each in units) if agency else None
    living_units = [
        each
        for each in units
        if listed.units and each.external_ref.system in listed.systems and _lives(each, as_of)
    ]
    positions: list[JobPosition] = []
    if listed.position_codes and agency is None:
        found = await here.tx.store(POSITIONS).select(Eq("province", scope.province), limit=MANY)
        positions = [each for each in here.positions.same(found) if _lives(each, as_of)]
    missing = Missing(province=scope.province, covered=covered)
    people = await _living_people(listed, scope, missing, as_of, here)
    gone = [each for each in living_units if each.external_ref.key not in listed.units]
    missing.units = sorted(gone, key=lambda each: -len(each.path))
    missing.positions = [
        each for each in positions if canonical_text(each.code) not in listed.position_codes
    ]
    missing.people = [
        each for each in people if listed.people.isdisjoint(ref.key for ref in each.external_refs)
    ]
    missing.living = {
        PersonnelKind.UNIT: len(living_units),
        PersonnelKind.POSITION: len(positions),
        PersonnelKind.PERSON: len(people),
    }
    return missing


async def _living_people(
    listed: _Listed, scope: SnapshotScope, missing: Missing, as_of: date, here: Directory
) -> list[CivilServant]:
    if not listed.people:
        return []
    within = (
        AnyOf((Eq("province", scope.province), Eq("appointments.province", scope.province)))
        if missing.covered is None
        else In("appointments.unit_id", sorted(missing.covered))
    )
    found = await here.tx.store(SERVANTS).select(within, limit=MANY)
    return [
        each
        for each in here.people.same(found)
        if any(ref.system in listed.systems for ref in each.external_refs)
        and any(missing.ends(post, as_of) for post in each.appointments)
    ]


def _lives(one: Living, as_of: date) -> bool:
    return one.life.starts_on < as_of and one.life.holds(as_of)
