"""Looking units, positions and people up."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date

from congvu_kit.application.ports import Eq, Page, Transaction
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.text import canonical_text
from evaluation_service.application.access import (
    NATIONAL,
    SUPERIORS,
    WHOLE_PROVINCE,
    find_servants,
    overseers,
)
from evaluation_service.application.collections import POSITIONS, SERVANTS, UNITS, equal
from evaluation_service.application.imports.directory import Directory
from evaluation_service.application.imports.inheritance import runs_past
from evaluation_service.domain.personnel.lives import ExternalRef, canonical, in_force
from evaluation_service.domain.personnel.positions import JobPosition
from evaluation_service.domain.personnel.servants import CivilServant
from evaluation_service.domain.personnel.units import OrgUnit, UnitLevel


async def list_civil_servants(
    reader: Actor, tx: Transaction, unit_id: str, *, first: int, after: str | None
) -> Page[CivilServant]:
    await require_there(tx.store(UNITS), unit_id, "unitId")
    unit = await tx.store(UNITS).get(unit_id)
    await _require_list(reader, tx, unit)
    return await _people_of(tx, unit, first=first, after=after)


async def _require_list(reader: Actor, tx: Transaction, unit: OrgUnit) -> None:
    reader.require(*SUPERIORS, *WHOLE_PROVINCE)
    reader.require_province(unit.province)
    if not reader.has(*WHOLE_PROVINCE):
        reader.require_unit(sorted((await overseers(tx, [unit]))[unit.id]))


async def _people_of(
    tx: Transaction, unit: OrgUnit, *, first: int, after: str | None
) -> Page[CivilServant]:
    return await tx.store(SERVANTS).page(
        Eq("appointments.unit_id", unit.id), order=["extra.sort"], first=first, after=after
    )


PeopleOf = Callable[..., Awaitable[Page[CivilServant] | None]]
"""`async def list_...(reader, tx, unit, *, first, after)`."""


async def list_people(
    reader: Actor, tx: Transaction, unit: OrgUnit, *, first: int, after: str | None
) -> Page[CivilServant] | None:
    """None for who may not list them."""
    may = await _may_list(reader, tx, unit)
    return await _people_of(tx, unit, first=first, after=after) if may else None


async def _may_list(reader: Actor, tx: Transaction, unit: OrgUnit) -> bool:
    if reader.province != unit.province:
        return False
    if reader.has(*WHOLE_PROVINCE):
        return True
    return reader.has(*SUPERIORS) and reader.unit in (await overseers(tx, [unit]))[unit.id]


async def list_people_past_end(
    reader: Actor, tx: Transaction, unit: OrgUnit, *, first: int, after: str | None
) -> Page[CivilServant] | None:
    """A page may be short, as it is cut from the people of the unit. None for who may not list
    them."""
    if not await _may_list(reader, tx, unit):
        return None
    page = await _people_of(tx, unit, first=first, after=after)
    kept = [at for at, each in enumerate(page.items) if runs_past(each, unit)]
    return replace(
        page,
        items=[page.items[at] for at in kept],
        cursors=[page.cursors[at] for at in kept],
        end=page.end or (page.cursors[-1] if page.cursors else None),
    )


async def list_predecessors(
    tx: Transaction, unit_id: str, *, first: int, after: str | None
) -> Page[OrgUnit]:
    return await tx.store(UNITS).page(
        Eq("facts.successor_ids", unit_id), order=["facts.valid_from"], first=first, after=after
    )


@dataclass(frozen=True, kw_only=True)
class OrgUnitFilter:
    level: UnitLevel | None = None
    parent_id: str | None = None
    code: str | None = None


async def list_units(
    tx: Transaction, province: str, wanted: OrgUnitFilter, *, first: int, after: str | None
) -> Page[OrgUnit]:
    """The oldest first, those that have ended too."""
    await require_there(tx.store(UNITS), wanted.parent_id, "filter.parentId")
    return await tx.store(UNITS).page(
        Eq("facts.province", province),
        *equal(
            **{
                "facts.level": wanted.level,
                "facts.parent_id": wanted.parent_id,
                "facts.code": None if wanted.code is None else canonical_text(wanted.code),
            }
        ),
        order=["facts.valid_from"],
        first=first,
        after=after,
    )


async def list_children(
    tx: Transaction, unit: OrgUnit, *, first: int, after: str | None
) -> Page[OrgUnit]:
    below = OrgUnitFilter(parent_id=unit.id)
    return await list_units(tx, unit.province, below, first=first, after=after)


async def list_positions(
    tx: Transaction, province: str, *, first: int, after: str | None
) -> Page[JobPosition]:
    return await tx.store(POSITIONS).page(
        Eq("province", province), order=["code"], first=first, after=after
    )


async def position_on(tx: Transaction, province: str, code: str, on: date) -> JobPosition | None:
    """The one that had the code on that day, or last."""
    return in_force(await Directory(tx).positions_of(province, code), on)


async def unit_by_ref(tx: Transaction, ref: ExternalRef, on: date) -> OrgUnit | None:
    """The one that bears the id on that day, or did last."""
    return in_force(await Directory(tx).units_of(canonical(ref)), on)


async def servant_by_ref(
    reader: Actor, tx: Transaction, ref: ExternalRef, on: date
) -> CivilServant | None:
    """None also for whom the reader may not see."""
    found = in_force(await Directory(tx).people_of(canonical(ref)), on)
    return (await find_servants([found.id], reader, tx))[0] if found else None


def may_see_leaves(reader: Actor, servant: CivilServant) -> bool:
    """Why somebody was away is between them and the personnel system."""
    if reader.officer == servant.id:
        return True
    own = reader.province == servant.province or NATIONAL in reader.scopes
    return reader.has(Role.PERSONNEL_SYNC) and own
