"""Looking people up."""

from congvu_kit.application.ports import Eq, Page, Transaction
from congvu_kit.domain.actor import Actor
from evaluation_service.application.access import SUPERIORS, WHOLE_PROVINCE
from evaluation_service.application.collections import SERVANTS, UNITS
from evaluation_service.domain.personnel.servants import CivilServant


async def list_civil_servants(
    reader: Actor, tx: Transaction, unit_id: str, *, first: int, after: str | None
) -> Page[CivilServant]:
    reader.require(*SUPERIORS, *WHOLE_PROVINCE)
    unit = await tx.store(UNITS).get(unit_id)
    reader.require_province(unit.province)
    if not reader.has(*WHOLE_PROVINCE):
        reader.require_unit(unit.path)
    return await tx.store(SERVANTS).page(
        Eq("appointments.unit_id", unit_id), order=["extra.sort"], first=first, after=after
    )
