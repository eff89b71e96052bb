"""Name and office of who leads a unit: public where they gave a public word."""

from collections.abc import Sequence
from dataclasses import dataclass

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Actor
from evaluation_service.application.collections import POSITIONS, SERVANTS, UNITS
from evaluation_service.domain.personnel.positions import position_id
from evaluation_service.domain.personnel.servants import AppointmentRole, CivilServant
from evaluation_service.domain.personnel.units import OrgUnit

LEADING = (AppointmentRole.HEAD, AppointmentRole.DEPUTY)


@dataclass(frozen=True, kw_only=True)
class Leader:
    id: str
    name: str
    office: str


async def find_leaders(ids: Sequence[str], reader: Actor, tx: Transaction) -> list[Leader | None]:
    """For everybody, of those alone who lead or led the unit: the id names the person and the unit
    that the promise is of."""
    del reader
    asked = [each.partition(":")[::2] for each in ids]
    servants = await tx.store(SERVANTS).find_many([servant_id for servant_id, _ in asked])
    units = await tx.store(UNITS).find_many([unit_id for _, unit_id in asked])
    return [
        await _leader(id, servant, unit, tx) if servant and unit else None
        for id, servant, unit in zip(ids, servants, units, strict=True)
    ]


async def _leader(id: str, servant: CivilServant, unit: OrgUnit, tx: Transaction) -> Leader | None:
    """Of several posts there the newest."""
    posts = [
        each for each in servant.appointments if each.unit_id == unit.id and each.role in LEADING
    ]
    if not posts:
        return None
    post = max(posts, key=lambda each: each.valid_from)
    position = await tx.store(POSITIONS).find(position_id(unit.province, post.position_code))
    return Leader(id=id, name=servant.full_name, office=position.title if position else "")
