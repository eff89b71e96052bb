"""What administrators send about budgets."""

from decimal import Decimal

import strawberry

from congvu_kit.graph import RevisedInput
from evaluation_service.application.fairness import commands


@strawberry.input(description="What a unit may spend in a year, and where that stands.")
class EnterUnitBudgetInput(RevisedInput):
    COMMAND = commands.EnterUnitBudget

    unit_id: strawberry.ID = strawberry.field(description="The unit, with all below it.")
    year: int = strawberry.field(description="The year, 2000 to 2099.")
    amount: Decimal = strawberry.field(description="In Vietnamese dong.")
    source: str = strawberry.field(description="The decision or the system it comes from.")


@strawberry.input(description="Confirm what another person entered.")
class ConfirmUnitBudgetInput(RevisedInput):
    COMMAND = commands.ConfirmUnitBudget

    budget_id: strawberry.ID = strawberry.field(description="The budget.")
