"""Who may enter what a unit may spend, and who confirms it."""

from collections.abc import Mapping
from decimal import Decimal

from congvu_kit.application.perform import perform
from congvu_kit.domain.actor import Participant, Role
from evaluation import scenes
from evaluation.people import ADMIN, COMMUNE, person
from evaluation_service.application.collections import UNIT_BUDGETS
from evaluation_service.application.fairness.commands import EnterUnitBudget, enter_unit_budget
from evaluation_service.domain.fairness.budgets import BudgetState
from support.callers import Case, Saved, Stage, elsewhere

ELSEWHERE = (elsewhere(province="01"), elsewhere(province=None))
OTHER = person("admin-2", Role.PERIOD_ADMIN)


async def entered(stage: Stage) -> Mapping[str, object]:
    await scenes.commune(stage.uow)
    command = EnterUnitBudget(
        actor=OTHER,
        idempotency_key=scenes.key(),
        expected_revision=0,
        unit_id=COMMUNE,
        year=2026,
        amount=Decimal(12_000_000_000),
        source="Quyết định 15/QĐ-UBND",
    )
    budget = await perform(enter_unit_budget, command, stage.uow)
    return {"budgetId": budget.id, "expectedRevision": budget.revision}


async def there(stage: Stage) -> Mapping[str, object]:
    """Entered before by another, and now anew."""
    revision = (await entered(stage))["expectedRevision"]
    return {"unitId": COMMUNE, "expectedRevision": revision}


CASES = [
    Case(
        mutation="enterUnitBudget",
        right=ADMIN,
        roles=(Role.PERIOD_ADMIN,),
        elsewhere=ELSEWHERE,
        given=there,
        input={"year": 2026, "amount": "12000000000", "source": "Quyết định 15/QĐ-UBND"},
        returns="UnitBudget",
        saved=Saved(
            UNIT_BUDGETS,
            {
                "unit_id": COMMUNE,
                "year": 2026,
                "state": BudgetState.ENTERED,
                "entered_by": Participant.of(ADMIN),
                "confirmed_by": None,
            },
        ),
        tells=(),
    ),
    Case(
        mutation="confirmUnitBudget",
        right=ADMIN,
        roles=(Role.PERIOD_ADMIN,),
        elsewhere=ELSEWHERE,
        given=entered,
        returns="UnitBudget",
        saved=Saved(
            UNIT_BUDGETS,
            {"state": BudgetState.CONFIRMED, "confirmed_by": Participant.of(ADMIN)},
        ),
        tells=(),
    ),
]
