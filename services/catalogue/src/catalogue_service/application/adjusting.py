"""Local adjustments: proposed by a unit, decided above it, and what holds in the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from catalogue_service.application.collections import ADJUSTMENTS, PRODUCTS, UNITS, VERSIONS
from catalogue_service.application.lookups import (
    closed_periods,
    policy_of,
    unit_of,
    unknown_version,
    version_of,
)
from catalogue_service.domain.adjustments import (
    AdjustmentState,
    LocalAdjustment,
    Norm,
    check_validity,
    check_value,
)
from catalogue_service.domain.authority import require_superior
from catalogue_service.domain.copies import Unit
from catalogue_service.domain.kinds import NATIONAL, LocalityType
from catalogue_service.domain.releases import check_effective
from catalogue_service.domain.steps import Act
from catalogue_service.domain.versions import WorkProductVersion
from congvu_kit.application.perform import Command
from congvu_kit.application.ports import Condition, Eq, In, Lt, Page, Transaction
from congvu_kit.domain.actor import Role
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Conflict, Invalid, NotFound
from congvu_kit.domain.ids import new_id

LEVELS_MAX = 10
"""How far up the units an adjustment is looked for; the administration has four levels."""

EXPIRING_BATCH = 200


@dataclass(frozen=True, kw_only=True)
class ProposeLocalAdjustment(Command):
    version_id: str
    unit_id: str | None
    norm: Norm
    value: Decimal
    justification: str
    valid_from: date
    valid_to: date


async def propose_local_adjustment(
    command: ProposeLocalAdjustment, tx: Transaction
) -> LocalAdjustment:
    """Asked for by the unit's own editor or head."""
    actor = command.actor
    by = actor.require(Role.CATALOGUE_EDITOR, Role.UNIT_HEAD)
    unit = await unit_of(tx, command.unit_id or actor.unit or "")
    actor.require_unit([unit.id])
    actor.require_province(unit.province)
    version = await _issued_here(tx, command.version_id, unit)
    locality = _locality(unit)
    policy = await policy_of(tx, unit.province)
    check_value(version.content, command.norm, command.value, locality, policy)
    check_validity(command.valid_from, command.valid_to)
    closed = await closed_periods(tx, unit.province, unit.id, command.valid_from)
    check_effective(command.valid_from, business_date(tx.now), closed, field="input.validFrom")
    act = Act.of(actor, tx.now, reason=command.justification)
    adjustment = LocalAdjustment(
        id=new_id("adj"),
        version_id=version.id,
        code=version.code,
        province=unit.province,
        unit_id=unit.id,
        norm=command.norm,
        value=command.value,
        justification=act.require_reason(),
        locality=locality,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
        proposed_by=by,
        steps=(act.step("PROPOSED"),),
    )
    await tx.store(ADJUSTMENTS).save(adjustment)
    return adjustment


async def _issued_here(tx: Transaction, version_id: str, unit: Unit) -> WorkProductVersion:
    version = await version_of(tx, version_id)
    place = version.catalogue
    theirs = place.province in (unit.province, NATIONAL) and place.unit_id in (None, unit.id)
    if not version.is_issued or not theirs:
        raise unknown_version(version_id)
    return version


def _locality(unit: Unit) -> LocalityType:
    if unit.locality_type is None:
        raise Invalid(
            en=f"the personnel system names no kind of locality for {unit.id!r}",
            vi=f"hệ thống nhân sự chưa nêu loại địa bàn của {unit.id!r}",
            field="input.unit",
        )
    return unit.locality_type


@dataclass(frozen=True, kw_only=True)
class DecideLocalAdjustment(Command):
    adjustment_id: str
    expected_revision: int
    approve: bool
    reason: str | None


async def decide_local_adjustment(
    command: DecideLocalAdjustment, tx: Transaction
) -> LocalAdjustment:
    """Decided by the superior unit, never by whoever asked (C-I3)."""
    adjustment = await tx.store(ADJUSTMENTS).find(command.adjustment_id)
    if adjustment is None:
        raise NotFound(
            en=f"there is no adjustment {command.adjustment_id!r}",
            vi=f"không có điều chỉnh {command.adjustment_id!r}",
            field="input.adjustmentId",
        )
    adjustment.expect_revision(command.expected_revision)
    unit = await unit_of(tx, adjustment.unit_id)
    superior = await tx.store(UNITS).find(unit.parent_id) if unit.parent_id else None
    require_superior(command.actor, unit, superior)
    act = Act.of(command.actor, tx.now, reason=command.reason)
    if command.approve:
        await _check_again(tx, adjustment)
        adjustment.approve(act)
    else:
        adjustment.reject(act)
    await tx.store(ADJUSTMENTS).save(adjustment)
    return adjustment


async def _check_again(tx: Transaction, adjustment: LocalAdjustment) -> None:
    """The policy may have moved since it was asked for, and another one may have been approved."""
    version = await version_of(tx, adjustment.version_id)
    policy = await policy_of(tx, adjustment.province)
    check_value(version.content, adjustment.norm, adjustment.value, adjustment.locality, policy)
    others = await tx.store(ADJUSTMENTS).select(
        Eq("unit_id", adjustment.unit_id),
        Eq("version_id", adjustment.version_id),
        Eq("norm", adjustment.norm.value),
        Eq("state", AdjustmentState.APPROVED.value),
    )
    for other in others:
        if other.overlaps(adjustment):
            raise Conflict(
                en=f"{other.id!r} holds from {other.valid_from} to {other.valid_to} already",
                vi=f"{other.id!r} đã có hiệu lực từ {other.valid_from} đến {other.valid_to}",
                field="input.adjustmentId",
                rule_id="C-I2",
            )


@dataclass(frozen=True, kw_only=True)
class EffectiveNorms:
    """What holds for a unit on a day: the version, and the nearest adjustment of each norm."""

    version: WorkProductVersion
    adjustments: Sequence[LocalAdjustment]

    def adjusted(self, norm: Norm) -> LocalAdjustment | None:
        return next((each for each in self.adjustments if each.norm is norm), None)


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
    return EffectiveNorms(version=version, adjustments=list(nearest.values()))


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
    tx: Transaction, province: str, wanted: AdjustmentFilter, *, first: int, after: str | None
) -> Page[LocalAdjustment]:
    """In the order in which they were asked for."""
    exact = {"code": wanted.code, "unit_id": wanted.unit_id, "state": wanted.state}
    conditions: list[Condition] = [
        Eq(path, str(value)) for path, value in exact.items() if value is not None
    ]
    return await tx.store(ADJUSTMENTS).page(
        Eq("province", province), *conditions, first=first, after=after
    )


async def expire_adjustments(tx: Transaction) -> int:
    """End what came to its end by today in Vietnam; return how many of one batch."""
    tomorrow = (business_date(tx.now) + timedelta(days=1)).isoformat()
    due = await tx.store(ADJUSTMENTS).select(
        Eq("state", AdjustmentState.APPROVED.value),
        Lt("valid_to", tomorrow),
        limit=EXPIRING_BATCH,
    )
    for adjustment in due:
        adjustment.expire(Act(by="catalogue", at=tx.now))
        await tx.store(ADJUSTMENTS).save(adjustment)
    return len(due)
