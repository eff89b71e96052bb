"""What is entered of a unit."""

from decimal import Decimal

import strawberry

from congvu_kit.graph import RevisedInput, ValueInput
from evaluation_service.application.organisations import commands, queries
from evaluation_service.domain.results import inputs


@strawberry.input(description="Points of one general criterion of a unit.")
class UnitCriterionInput(ValueInput):
    VALUE = inputs.Rating

    key: str = strawberry.field(description="Criterion of the policy for units (POLICY_LAW).")
    points: Decimal = strawberry.field(description="In the policy's range, such as 0 to 1.")
    reason: str | None = strawberry.field(default=None, description="Why.")
    evidence: str | None = strawberry.field(default=None, description="Where to look it up.")


@strawberry.input(description="The general criteria of a unit.")
class ScoreUnitCriteriaInput(RevisedInput):
    COMMAND = commands.ScoreUnitCriteria

    period_id: strawberry.ID = strawberry.field(description="An open period with a unit policy.")
    unit_id: strawberry.ID = strawberry.field(description="The unit, below the caller's own.")
    criteria: list[UnitCriterionInput] = strawberry.field(
        description="Points of each criterion; one that is named again is replaced."
    )


@strawberry.input(description="Which results of units; what is left out is any.")
class OrgEvaluationFilter(ValueInput):
    VALUE = queries.OrgEvaluationFilter

    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="Of this unit and below."
    )
    band: str | None = strawberry.field(default=None, description="With this final band.")
