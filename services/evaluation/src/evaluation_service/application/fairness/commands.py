"""What a unit may spend: entered by one, confirmed by another."""

from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.application.commands import RevisedCommand
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Participant, Role
from congvu_kit.domain.errors import Invalid
from evaluation_service.application.collections import UNIT_BUDGETS, UNITS
from evaluation_service.domain.common.numbers import Money
from evaluation_service.domain.common.reasons import require_reason
from evaluation_service.domain.common.separation import refuse_participant
from evaluation_service.domain.fairness.budgets import UnitBudget, budget_id

YEARS = range(2000, 2100)


@dataclass(frozen=True, kw_only=True)
class EnterUnitBudget(RevisedCommand):
    operation: ClassVar[str] = "enter_unit_budget"

    unit_id: str
    year: int
    amount: Money
    source: str


@dataclass(frozen=True, kw_only=True)
class ConfirmUnitBudget(RevisedCommand):
    operation: ClassVar[str] = "confirm_unit_budget"

    budget_id: str


async def enter_unit_budget(command: EnterUnitBudget, tx: Transaction) -> UnitBudget:
    command.actor.require(Role.PERIOD_ADMIN)
    unit = await tx.store(UNITS).get(command.unit_id)
    command.actor.require_province(unit.province)
    require_reason(command.source, "input.source")
    if command.year not in YEARS:
        raise Invalid(
            en="a year from 2000 to 2099", vi="Năm phải từ 2000 đến 2099.", field="input.year"
        )
    id, by = budget_id(unit.id, command.year), Participant.of(command.actor)
    known = await tx.store(UNIT_BUDGETS).find(id)
    budget = known or UnitBudget(
        id=id,
        province=unit.province,
        unit_id=unit.id,
        year=command.year,
        amount=command.amount,
        source=command.source,
        entered_by=by,
        entered_at=tx.now,
    )
    budget.expect_revision(command.expected_revision)
    if known is not None:
        known.enter(command.amount, command.source, by, tx.now)
    await tx.store(UNIT_BUDGETS).save(budget)
    return budget


async def confirm_unit_budget(command: ConfirmUnitBudget, tx: Transaction) -> UnitBudget:
    """By another person than entered it (E-I15)."""
    command.actor.require(Role.PERIOD_ADMIN)
    budget = await tx.store(UNIT_BUDGETS).get(command.budget_id)
    command.actor.require_province(budget.province)
    refuse_participant(command.actor, [budget.entered_by], "E-I15")
    budget.expect_revision(command.expected_revision)
    budget.confirm(Participant.of(command.actor), tx.now)
    await tx.store(UNIT_BUDGETS).save(budget)
    return budget
