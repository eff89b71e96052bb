"""What enacts a policy."""

from dataclasses import replace
from decimal import Decimal

import strawberry

from catalogue_service.application.policy import commands
from catalogue_service.domain.common.kinds import Complexity, LocalityType
from catalogue_service.domain.policy.policy import Bounds, Reach
from catalogue_service.domain.products.content import snake
from congvu_kit.application.commands import Command
from congvu_kit.domain.actor import Actor
from congvu_kit.graph import (
    RevisedInput,
    ValueInput,
)

FIELD_NAME_MAX_CHARS = 40


@strawberry.input(description="The bounds of one complexity group.")
class ComplexityBoundsInput(ValueInput):
    VALUE = Bounds

    complexity: Complexity = strawberry.field(description="Complexity group N1-N5.")
    least_coefficient: Decimal = strawberry.field(description="Over 0.")
    most_coefficient: Decimal = strawberry.field(description="At least the least.")
    most_points: Decimal = strawberry.field(description="At most 100, 200 … 500 for N1 … N5.")


@strawberry.input(description="How far a local adjustment may go in one kind of locality.")
class LocalReachInput(ValueInput):
    VALUE = Reach

    locality: LocalityType = strawberry.field(description="Kind of locality.")
    percent: Decimal = strawberry.field(description="0 to under 100.")


@strawberry.input(description="Replaces the province's policy, in full.")
class EnactCataloguePolicyInput(RevisedInput):
    COMMAND = commands.EnactCataloguePolicy

    expected_revision: int = strawberry.field(description="0 while none was enacted.")
    decision_number: str = strawberry.field(description="Number of the decision.")
    reference_points: Decimal = strawberry.field(
        description="Points of the reference product: no prime factor but 2 and 5, so that "
        "coefficients are exact decimals."
    )
    bounds: list[ComplexityBoundsInput] = strawberry.field(description="N1 to N5, once each.")
    reaches: list[LocalReachInput] = strawberry.field(description="Each locality once.")
    unit_fields: list[str] = strawberry.field(
        description="Optional content fields open to units: nameEn, description, field, "
        "standardHours, leadDays, qualityCriteria, evidenceRequired, orientation, kpiKind, "
        "jobPositions, legalBasis, procedureCode."
    )
    province: str | None = strawberry.field(default=None, description="Default: your own.")

    def to_command(self, actor: Actor) -> Command:
        """The content's fields have other names in the domain than in the graph."""
        # The start of a name that is longer than any is as unknown as the whole.
        fields = [snake(name[:FIELD_NAME_MAX_CHARS]) for name in self.unit_fields]
        named = replace(self, unit_fields=fields)
        return super(EnactCataloguePolicyInput, named).to_command(actor)
