"""Questions to what evaluation told us: units, dossiers, who is appointed where."""

from collections.abc import Collection, Sequence
from datetime import date

from congvu_kit.application.ports import Eq, In, Transaction
from congvu_kit.domain.errors import Conflict, Invalid, NotFound, Transient
from congvu_kit.domain.vietnamese import vi_text
from congvu_kit.domain.working_days import WorkingDays
from feedback_service.application.collections import CALENDARS, CIVIL_SERVANTS, DOSSIERS, UNITS
from feedback_service.domain.copies.calendar import COUNTRY
from feedback_service.domain.copies.civil_servant import head_among
from feedback_service.domain.copies.dossier import Dossier

LEVELS_MAX = 12
"""Deeper than any administration; a longer way up is a circle."""


async def unit_path(tx: Transaction, unit_id: str, *, field: str | None) -> tuple[str, ...]:
    """The unit, its parent, and so on to the top. Raise `NotFound` for an unknown unit, and
    `Transient` while a unit above it has not been heard of yet."""
    units = tx.store(UNITS)
    unit = await units.find(unit_id)
    if unit is None:
        raise NotFound(
            en="this unit is not known here (yet)",
            vi="Chưa có đơn vị này trong hệ thống. Vui lòng đồng bộ từ hệ thống nhân sự.",
            field=field,
        )
    path = [unit.id]
    while unit.parent_id is not None:
        parent = await units.find(unit.parent_id)
        if parent is None:
            raise Transient(
                en=f"unit {unit.parent_id!r} above {unit.name!r} is not known yet",
                vi=f"Chưa nhận được thông tin về đơn vị cấp trên của {vi_text(unit.name)}.",
            )
        if len(path) == LEVELS_MAX or parent.id in path:
            raise Conflict(
                en=f"the units above {unit.name!r} form a circle",
                vi=f"Các đơn vị cấp trên của {vi_text(unit.name)} tạo thành vòng.",
            )
        path.append(parent.id)
        unit = parent
    return tuple(path)


async def units_above(unit_ids: Collection[str], tx: Transaction) -> None:
    """Reads these units and all above them, a level at a time, for those who ask for each way up
    in this transaction."""
    wanted, read = set(unit_ids), set[str]()
    while wanted:
        found = await tx.store(UNITS).find_many(sorted(wanted))
        read |= wanted
        wanted = {each.parent_id for each in found if each and each.parent_id} - read


async def province_of(tx: Transaction, unit_id: str) -> str:
    return (await tx.store(UNITS).get(unit_id)).province


async def dossier_by_code(tx: Transaction, code: str, *, field: str) -> Dossier:
    dossier = await tx.store(DOSSIERS).first(Eq("code", code))
    if dossier is None:
        raise no_dossier(code, field=field)
    return dossier


def no_dossier(code: str, *, field: str) -> NotFound:
    return NotFound(
        en=f"no dossier {code!r} is known here (yet)",
        vi=f"Chưa có hồ sơ {vi_text(code)} trong hệ thống.",
        field=field,
    )


async def require_appointed(
    tx: Transaction, civil_servant_id: str, unit_id: str, *, field: str
) -> None:
    """Raise `Invalid` for somebody who is not appointed to this unit."""
    servant = await tx.store(CIVIL_SERVANTS).find(civil_servant_id)
    if servant is None or unit_id not in servant.unit_ids:
        raise Invalid(
            en="this person is not appointed to this unit",
            vi="Công chức này không thuộc đơn vị đã nêu.",
            field=field,
        )


async def heads_of(tx: Transaction, unit_ids: Sequence[str], on: date) -> dict[str, str]:
    """Who heads each of these units on that day, as far as evaluation told."""
    found = await tx.store(CIVIL_SERVANTS).select(In("unit_ids", list(unit_ids)))
    heads = {unit_id: head_among(found, unit_id, on) for unit_id in unit_ids}
    return {unit_id: head for unit_id, head in heads.items() if head is not None}


async def working_days(province: str, tx: Transaction) -> WorkingDays:
    """As far as evaluation told: a year not heard of yet has its weekends and fixed days off."""
    found = await tx.store(CALENDARS).select(In("province", [COUNTRY, province]))
    return WorkingDays.of(each.days for each in found)


def not_here(en: str, vi: str, id: str) -> Transient:
    """What another partition still has to tell."""
    return Transient(
        en=f"{en} {id!r} is not known yet", vi=f"Chưa nhận được thông tin về {vi} này."
    )
