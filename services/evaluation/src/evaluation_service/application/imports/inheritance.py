"""What follows from a unit that moved or ended: paths below it, heirs, people left behind."""

from collections.abc import Sequence
from dataclasses import replace

from congvu_kit.application.ports import Eq
from evaluation_service.application.collections import SERVANTS, UNITS
from evaluation_service.application.imports.directory import Directory
from evaluation_service.domain.personnel.lives import ExternalRef, following
from evaluation_service.domain.personnel.servants import CivilServant
from evaluation_service.domain.personnel.units import OrgUnit, UnitFacts

MANY = 100_000
"""More than there are below one unit, or in it."""


async def move_below(moved: OrgUnit, here: Directory) -> None:
    """Units below a moved one get their new path, from the top down."""
    below = here.units.same(await here.tx.store(UNITS).select(Eq("path", moved.id), limit=MANY))
    known = {moved.id: moved}
    for unit in sorted(below, key=lambda each: len(each.path)):
        if unit.id != moved.id:
            unit.sync(unit.facts, known[unit.facts.parent_id or moved.id])
            await here.units.save(unit)
            await settle(unit, here)
            known[unit.id] = unit


async def successor_ids(
    unit_id: str, facts: UnitFacts, refs: Sequence[ExternalRef], here: Directory
) -> tuple[str, ...]:
    """Of those refs that name somebody who lives on when this unit has ended (E-I21)."""
    if facts.valid_to is None:
        return ()
    found = [following(await here.units_of(ref), facts.valid_to, unit_id) for ref in refs]
    return tuple(dict.fromkeys(each.id for each in found if each))


async def link_predecessors(unit: OrgUnit, here: Directory) -> None:
    """Whoever named it as a successor before it came."""
    waiting = await here.tx.store(UNITS).select(
        Eq("extra.waits_for", unit.external_ref.key), limit=MANY
    )
    for each in here.units.same(waiting):
        ids = await successor_ids(each.id, each.facts, each.successor_refs, here)
        if ids != each.facts.successor_ids:
            parent = await here.units.by_id(each.facts.parent_id) if each.facts.parent_id else None
            each.sync(replace(each.facts, successor_ids=ids), parent)
            await here.units.save(each)
            await settle(each, here)


async def settle(unit: OrgUnit, here: Directory) -> None:
    """Its heirs, and those of the units that it succeeds, and so on back."""
    found = [await here.units.by_id(id) for id in unit.facts.successor_ids]
    if unit.inherit([each for each in found if each]):
        await here.units.save(unit)
    before = await here.tx.store(UNITS).select(Eq("facts.successor_ids", unit.id), limit=MANY)
    for each in here.units.same(before):
        await settle(each, here)


async def people_past_end(unit: OrgUnit, here: Directory) -> list[CivilServant]:
    """In appointments of this unit that run past its end."""
    people = await here.tx.store(SERVANTS).select(Eq("appointments.unit_id", unit.id), limit=MANY)
    return [each for each in here.people.same(people) if runs_past(each, unit)]


def runs_past(servant: CivilServant, unit: OrgUnit) -> bool:
    return any(
        each.unit_id == unit.id and each.life.ends_after(unit.life) for each in servant.appointments
    )


async def units_past_end(unit: OrgUnit, here: Directory) -> int:
    """How many units right below outlive it."""
    below = await here.tx.store(UNITS).select(Eq("path", unit.id), limit=MANY)
    return sum(
        each.facts.parent_id == unit.id and each.life.ends_after(unit.life)
        for each in here.units.same(below)
    )
