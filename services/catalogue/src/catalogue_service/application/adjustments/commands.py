"""Local adjustments: proposed by a unit, decided above it, ended when their time is over."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, ClassVar

from catalogue_service.application.access import (
    closed_periods,
    policy_of,
    require_superior,
    unit_of,
    unknown_version,
    version_of,
)
from catalogue_service.application.collections import ADJUSTMENTS, UNITS
from catalogue_service.domain.adjustments.adjustments import (
    NORM,
    AdjustmentState,
    LocalAdjustment,
    Norm,
    check_validity,
    check_value,
)
from catalogue_service.domain.common.kinds import NATIONAL, LocalityType
from catalogue_service.domain.common.steps import Act
from catalogue_service.domain.copies.units import Unit
from catalogue_service.domain.products.versions import WorkProductVersion
from catalogue_service.domain.releases.releases import check_effective
from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.ports import Eq, Lt, Transaction
from congvu_kit.domain.actor import Role
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Conflict, Invalid, NotFound
from congvu_kit.domain.ids import new_id
from congvu_kit.domain.vietnamese import vi_text

EXPIRING_BATCH = 200


@dataclass(frozen=True, kw_only=True)
class ProposeLocalAdjustment(Command):
    operation: ClassVar[str] = "propose_local_adjustment"

    version_id: str
    unit_id: str | None
    norm: Norm
    value: Annotated[Decimal, NORM]
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
    listed = version.catalogue
    theirs = listed.province in (unit.province, NATIONAL) and listed.unit_id in (None, unit.id)
    if not version.is_issued or not theirs:
        raise unknown_version()
    return version


def _locality(unit: Unit) -> LocalityType:
    if unit.locality_type is None:
        raise Invalid(
            en=f"the personnel system names no kind of locality for {unit.name!r}",
            vi=f"Hệ thống nhân sự chưa ghi loại địa bàn của đơn vị {vi_text(unit.name)}. Vui lòng "
            "bổ sung rồi đồng bộ lại.",
            field="input.unitId",
        )
    return unit.locality_type


@dataclass(frozen=True, kw_only=True)
class DecideLocalAdjustment(RevisedCommand):
    operation: ClassVar[str] = "decide_local_adjustment"

    adjustment_id: str
    approve: bool
    reason: str | None


async def decide_local_adjustment(
    command: DecideLocalAdjustment, tx: Transaction
) -> LocalAdjustment:
    """Decided by the superior unit, never by whoever asked (C-I3)."""
    adjustment = await tx.store(ADJUSTMENTS).find(command.adjustment_id)
    if adjustment is None:
        raise NotFound(
            en="there is no adjustment with this id",
            vi="Không tìm thấy điều chỉnh theo địa bàn này.",
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
                en=f"another adjustment holds from {other.valid_from} to {other.valid_to} already",
                vi=f"Đã có điều chỉnh khác có hiệu lực từ ngày {vi_text(other.valid_from)} "
                f"đến trước ngày {vi_text(other.valid_to)}.",
                field="input.adjustmentId",
                rule_id="C-I2",
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
