"""What holds for a unit on a day, and the adjustments of a province."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from catalogue_service.application.access import READERS_OF_DRAFTS
from catalogue_service.application.collections import (
    ADJUSTMENTS,
    CALENDARS,
    PRODUCTS,
    UNITS,
    VERSIONS,
)
from catalogue_service.domain.adjustments.adjustments import (
    AdjustmentState,
    LocalAdjustment,
    Norm,
    norm_of,
)
from catalogue_service.domain.copies.calendars import COUNTRY
from catalogue_service.domain.products.versions import WorkProductVersion
from congvu_kit.application.ports import Condition, Eq, In, Page, Transaction
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.working_days import WorkingDays

PUBLIC_STATES = (AdjustmentState.APPROVED, AdjustmentState.EXPIRED)

LEVELS_MAX = 10
"""How far up the units an adjustment is looked for; the administration has four levels."""


@dataclass(frozen=True, kw_only=True)
class EffectiveNorms:
    """What holds for a unit on a day: the version, and the nearest adjustment of each norm."""

    day: date
    province: str
    version: WorkProductVersion
    adjustments: Sequence[LocalAdjustment]

    def adjusted(self, norm: Norm) -> LocalAdjustment | None:
        return next((each for each in self.adjustments if each.norm is norm), None)

    def value(self, norm: Norm) -> Decimal | None:
        adjusted = self.adjusted(norm)
        return adjusted.value if adjusted else norm_of(self.version.content, norm)


@dataclass(frozen=True, kw_only=True)
class LeadTerm:
    """When the lead days end; `provisional` while a year up to it is not announced."""

    ends_on: date
    provisional: bool


async def lead_term(norms: EffectiveNorms, begins_on: date, tx: Transaction) -> LeadTerm | None:
    """By the working calendar of the unit's province; None for a product without lead days."""
    count = norms.value(Norm.LEAD_DAYS)
    if count is None:
        return None
    calendars = await tx.store(CALENDARS).select(In("province", [COUNTRY, norms.province]))
    days = WorkingDays.of(each.days for each in calendars)
    ends_on = days.after(begins_on, int(count))
    return LeadTerm(ends_on=ends_on, provisional=not days.is_settled(begins_on, ends_on))


async def effective_norms(
    tx: Transaction, code: str, unit_id: str, day: date
) -> EffectiveNorms | None:
    """None when nothing of `code` is in force on `day`."""
    product = await tx.store(PRODUCTS).find(code)
    version_id = product.version_id_on(day) if product is not None else None
    version = await tx.store(VERSIONS).find(version_id) if version_id is not None else None
    if version is None:
        return None
    path = await _upwards(tx, unit_id)
    found = await tx.store(ADJUSTMENTS).select(In("unit_id", path), Eq("version_id", version.id))
    nearest: dict[Norm, LocalAdjustment] = {}
    for each in sorted(found, key=lambda adjustment: path.index(adjustment.unit_id)):
        if each.holds_on(day):
            nearest.setdefault(each.norm, each)
    unit = await tx.store(UNITS).find(unit_id)
    return EffectiveNorms(
        day=day,
        province=unit.province if unit else version.catalogue.province,
        version=version,
        adjustments=list(nearest.values()),
    )


async def _upwards(tx: Transaction, unit_id: str) -> list[str]:
    """The unit and those above it, nearest first."""
    path = [unit_id]
    while len(path) < LEVELS_MAX:
        unit = await tx.store(UNITS).find(path[-1])
        if unit is None or unit.parent_id is None or unit.parent_id in path:
            break
        path.append(unit.parent_id)
    return path


@dataclass(frozen=True, kw_only=True)
class AdjustmentFilter:
    code: str | None = None
    unit_id: str | None = None
    state: AdjustmentState | None = None


async def local_adjustments(
    reader: Actor,
    tx: Transaction,
    province: str,
    wanted: AdjustmentFilter,
    *,
    first: int,
    after: str | None,
) -> Page[LocalAdjustment]:
    """In the order in which they were asked for. What was approved is public; what waits or was
    rejected is the province's own business, like a draft."""
    await require_there(tx.store(UNITS), wanted.unit_id, "filter.unitId")
    await require_there(tx.store(PRODUCTS), wanted.code, "filter.code")
    exact = {"code": wanted.code, "unit_id": wanted.unit_id, "state": wanted.state}
    conditions: list[Condition] = [
        Eq(path, str(value)) for path, value in exact.items() if value is not None
    ]
    if not (reader.has(*READERS_OF_DRAFTS) and reader.province == province):
        conditions.append(In("state", PUBLIC_STATES))
    return await tx.store(ADJUSTMENTS).page(
        Eq("province", province), *conditions, first=first, after=after
    )
