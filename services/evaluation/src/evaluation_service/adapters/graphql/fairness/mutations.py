"""Entering and confirming budgets."""

import strawberry

from congvu_kit.graph import mutation
from evaluation_service.adapters.graphql.fairness.inputs import (
    ConfirmUnitBudgetInput,
    EnterUnitBudgetInput,
)
from evaluation_service.adapters.graphql.personnel.values import UnitBudget
from evaluation_service.application.fairness import commands


@strawberry.type
class FairnessMutation:
    enter_unit_budget = mutation(
        commands.enter_unit_budget,
        EnterUnitBudgetInput,
        UnitBudget,
        description="Enter what a unit may spend in a year, with its source; expectedRevision 0 "
        "for the first. Entered anew, it waits to be confirmed again. Role period-admin.",
    )
    confirm_unit_budget = mutation(
        commands.confirm_unit_budget,
        ConfirmUnitBudgetInput,
        UnitBudget,
        description="Confirm a budget that another person entered (E-I15). Role period-admin.",
    )
