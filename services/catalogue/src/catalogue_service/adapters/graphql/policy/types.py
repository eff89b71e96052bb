"""The catalogue policy as the graph shows it."""

from decimal import Decimal
from typing import Self

import strawberry

from catalogue_service.domain.common.kinds import Complexity, LocalityType
from catalogue_service.domain.policy import policy
from catalogue_service.domain.products.content import UNIT_FIELDS
from congvu_kit.domain.text import camel
from congvu_kit.graph import at_most, by_name


@strawberry.type(description="What one unit of a product of this complexity may be worth.")
class ComplexityBounds:
    complexity: Complexity = strawberry.field(description="Complexity group N1-N5.")
    least_coefficient: Decimal = strawberry.field(description="Lowest coefficient.")
    most_coefficient: Decimal = strawberry.field(description="Highest coefficient.")
    most_points: Decimal = strawberry.field(description="Most points.")


@strawberry.type(description="How far a local adjustment may go from the common norm.")
class LocalReach:
    locality: LocalityType = strawberry.field(description="Kind of locality.")
    percent: Decimal = strawberry.field(description="Either way, in percent of the norm.")


@strawberry.type(description="The bounds of a province's lists.")
class CataloguePolicy:
    province: str = strawberry.field(description="Two digits, a ministry's code, or 00.")
    revision: int = strawberry.field(
        description="Pass as expectedRevision; 0 while the platform's defaults hold."
    )
    reference_points: Decimal = strawberry.field(description="Points of the reference product.")
    bounds: list[ComplexityBounds] = strawberry.field(
        description="One for each of N1 to N5.", directives=at_most(len(Complexity))
    )
    reaches: list[LocalReach] = strawberry.field(
        description="One for each kind of locality.", directives=at_most(len(LocalityType))
    )
    unit_fields: list[str] = strawberry.field(
        description="Optional fields that units may fill in group C.",
        directives=at_most(len(UNIT_FIELDS)),
    )
    decision_number: str | None = strawberry.field(description="Number of the decision.")

    @classmethod
    def of(cls, aggregate: policy.CataloguePolicy) -> Self:
        return by_name(
            cls,
            aggregate,
            province=aggregate.id,
            bounds=[
                ComplexityBounds(
                    complexity=each.complexity,
                    least_coefficient=each.least_coefficient,
                    most_coefficient=each.most_coefficient,
                    most_points=each.most_points,
                )
                for each in aggregate.bounds
            ],
            reaches=[
                LocalReach(locality=each.locality, percent=each.percent)
                for each in aggregate.reaches
            ],
            unit_fields=[camel(name) for name in aggregate.unit_fields],
        )
