"""What a unit may spend stands beside a comparison once another person confirmed it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.domain.actor import Actor, Participant
from congvu_kit.domain.errors import Conflict, Forbidden
from evaluation import review_scenes, scenes
from evaluation import specimens as a
from evaluation.people import ADMIN, AUDITOR, COMMUNE
from evaluation_service.application.collections import UNIT_BUDGETS
from evaluation_service.application.fairness.commands import (
    ConfirmUnitBudget,
    EnterUnitBudget,
    confirm_unit_budget,
    enter_unit_budget,
)
from evaluation_service.application.fairness.means import means_of
from evaluation_service.domain.fairness.budgets import ENTRIES_MAX, UnitBudget
from evaluation_service.domain.periods.periods import EvaluationPeriod
from support.graph import Graph

SECOND = replace(ADMIN, subject="admin-2")


async def enter(uow: MemoryUnitOfWork, amount: int, revision: int) -> UnitBudget:
    command = EnterUnitBudget(
        actor=ADMIN,
        idempotency_key=scenes.key(),
        expected_revision=revision,
        unit_id=COMMUNE,
        year=2026,
        amount=Decimal(amount),
        source="Quyết định 15/QĐ-UBND",
    )
    return await perform(enter_unit_budget, command, uow)


async def confirm(uow: MemoryUnitOfWork, budget: UnitBudget, actor: Actor) -> UnitBudget:
    command = ConfirmUnitBudget(
        actor=actor,
        idempotency_key=scenes.key(),
        expected_revision=budget.revision,
        budget_id=budget.id,
    )
    return await perform(confirm_unit_budget, command, uow)


async def beside(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> Decimal | None:
    (found,) = await means_of([(COMMUNE, period.id)], AUDITOR, uow.reading())
    return found.budget.amount if found and found.budget else None


async def test_E_I15_a_budget_counts_once_another_person_confirmed_it(
    uow: MemoryUnitOfWork,
) -> None:
    period = await review_scenes.published(uow)
    entered = await enter(uow, 12_000_000_000, 0)
    with pytest.raises(Forbidden) as refused:
        await confirm(uow, entered, ADMIN)
    assert refused.value.rule_id == "E-I15"
    assert await beside(uow, period) is None

    confirmed = await confirm(uow, entered, SECOND)
    assert await beside(uow, period) == 12_000_000_000
    with pytest.raises(Conflict):
        await confirm(uow, confirmed, SECOND)

    again = await enter(uow, 9_000_000_000, confirmed.revision)
    assert await beside(uow, period) == 12_000_000_000
    await confirm(uow, again, SECOND)
    assert await beside(uow, period) == 9_000_000_000


async def test_a_correction_is_a_new_entry_and_the_ones_before_stay_with_who_and_when(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    period = await review_scenes.published(uow)
    first = await confirm(uow, await enter(uow, 12, 0), SECOND)
    second = await enter(uow, 9, first.revision)
    await enter(uow, 10, second.revision)
    budget = await uow.reading().store(UNIT_BUDGETS).get(first.id)

    assert [(each.amount, each.entered_by, each.confirmed_by) for each in budget.entries] == [
        (Decimal(12), Participant.of(ADMIN), Participant.of(SECOND)),
        (Decimal(9), Participant.of(ADMIN), None),
        (Decimal(10), Participant.of(ADMIN), None),
    ]
    assert all(each.entered_at and each.source for each in budget.entries)
    assert await beside(uow, period) == 12
    asked = {
        "idempotencyKey": scenes.key(),
        "expectedRevision": budget.revision,
        "budgetId": budget.id,
    }
    then = "... on UnitBudget { amount entries { amount enteredBy confirmedBy confirmedAt } }"
    shown = await graph.do("confirmUnitBudget", asked, SECOND, then)
    assert [each["confirmedBy"] for each in shown["entries"]] == ["admin-2", None, "admin-2"]


def test_no_more_entries_than_a_budget_holds() -> None:
    budget = a.budget()
    for _ in range(ENTRIES_MAX - 1):
        budget.enter(Decimal(1), "Quyết định", a.SOMEBODY, a.NOW)

    with pytest.raises(Conflict):
        budget.enter(Decimal(2), "Quyết định", a.SOMEBODY, a.NOW)

    assert len(budget.entries) == ENTRIES_MAX
