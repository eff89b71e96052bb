"""Asking for a local adjustment and deciding it, through the real use cases."""

from datetime import date
from decimal import Decimal

from catalogue import facts, scenes
from catalogue.people import COMMITTEE, EDITOR, person
from catalogue_service.application.adjustments.commands import (
    DecideLocalAdjustment,
    ProposeLocalAdjustment,
    decide_local_adjustment,
    expire_adjustments,
    propose_local_adjustment,
)
from catalogue_service.application.collections import ADJUSTMENTS
from catalogue_service.domain.adjustments.adjustments import LocalAdjustment, Norm
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor, Role

NEXT_YEAR = date(2027, 7, 1)
TEAM_HEAD = person("team-head", Role.UNIT_HEAD, unit=facts.TEAM.unit_id)
WHY = "Địa bàn miền núi, đi lại khó khăn"


async def in_place(uow: UnitOfWork) -> UnitOfWork:
    """A mountain commune under its province, with a team below, and one shared product."""
    await facts.tell_units(uow, facts.UNIT, facts.PROVINCE, facts.TEAM)
    await scenes.published(uow, scenes.PLAN, scenes.named("Lập kế hoạch"))
    return uow


async def propose(
    uow: UnitOfWork,
    value: str = "3",
    norm: Norm = Norm.COEFFICIENT,
    *,
    actor: Actor = EDITOR,
    unit_id: str | None = None,
    version_id: str = f"{scenes.PLAN}@1",
    valid_from: date = scenes.JULY,
    valid_to: date = NEXT_YEAR,
) -> LocalAdjustment:
    command = ProposeLocalAdjustment(
        actor=actor,
        idempotency_key=scenes.key(),
        version_id=version_id,
        unit_id=unit_id,
        norm=norm,
        value=Decimal(value),
        justification=WHY,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    return await perform(propose_local_adjustment, command, uow)


async def decide(
    uow: UnitOfWork,
    adjustment: LocalAdjustment,
    *,
    approve: bool = True,
    actor: Actor = COMMITTEE,
    reason: str | None = None,
) -> LocalAdjustment:
    command = DecideLocalAdjustment(
        actor=actor,
        idempotency_key=scenes.key(),
        adjustment_id=adjustment.id,
        expected_revision=adjustment.revision,
        approve=approve,
        reason=reason,
    )
    return await perform(decide_local_adjustment, command, uow)


async def expire(uow: UnitOfWork) -> int:
    async with uow.begin() as tx:
        return await expire_adjustments(tx)


async def stored(uow: UnitOfWork, id: str) -> LocalAdjustment:
    return await uow.reading().store(ADJUSTMENTS).get(id)
