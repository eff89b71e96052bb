"""Crises, and what was said of leaders, for those who may see the person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from congvu_kit.application.ports import Eq, In, Page, Transaction
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.canonical import Json
from evaluation_service.application.access import find_servants, reach
from evaluation_service.application.collections import BALLOTS, CRISES, PERIODS, equal
from evaluation_service.application.results.members import PEOPLE_MAX
from evaluation_service.domain.leadership.crises import Crisis, CrisisState, rows_of


async def find_crises(ids: Sequence[str], reader: Actor, tx: Transaction) -> list[Crisis | None]:
    """One per id: None when there is none, or the person is not for this reader."""
    found = await tx.store(CRISES).find_many(ids)
    whose = sorted({each.civil_servant_id for each in found if each})
    seen = {each.id for each in await find_servants(whose, reader, tx) if each}
    return [each if each and each.civil_servant_id in seen else None for each in found]


@dataclass(frozen=True, kw_only=True)
class CrisisFilter:
    period_id: str | None = None
    civil_servant_id: str | None = None
    state: CrisisState | None = None


async def list_crises(
    reader: Actor, tx: Transaction, wanted: CrisisFilter, *, first: int, after: str | None
) -> Page[Crisis]:
    """Of led units, or of the province; one's own."""
    within = await reach(reader, "unit_path", tx)
    await require_there(tx.store(PERIODS), wanted.period_id, "filter.periodId")
    return await tx.store(CRISES).page(
        *within, *equal(**vars(wanted)), order=["began_at"], first=first, after=after
    )


async def said_of_leaders(
    civil_servant_ids: Sequence[str], period_id: str, tx: Transaction
) -> Mapping[str, Mapping[str, Json]]:
    """By person, the sections of the snapshot that colleagues and crises fill."""
    now, whose = Eq("period_id", period_id), In("civil_servant_id", list(civil_servant_ids))
    boxes = await tx.store(BALLOTS).select(now, whose, limit=PEOPLE_MAX)
    found: dict[str, dict[str, Json]] = {}
    for box in boxes:
        found.setdefault(box.civil_servant_id, {})["colleagues"] = {**box.section()}
    of: dict[str, list[Crisis]] = {}
    for crisis in await tx.store(CRISES).select(now, whose, limit=PEOPLE_MAX):
        of.setdefault(crisis.civil_servant_id, []).append(crisis)
    for id, crises in of.items():
        if rows := rows_of(crises):
            found.setdefault(id, {})["crises"] = rows
    return found
