"""The catalogue policy in the graph: bounds inside which a province's lists are written."""

from decimal import Decimal
from typing import Annotated, Self, TypeAlias

import strawberry

from catalogue_service.adapters.graphql import enums  # noqa: F401 - describes them first
from catalogue_service.adapters.graphql.arguments import Province
from catalogue_service.adapters.graphql.inputs import KEY
from catalogue_service.application import lookups, policies
from catalogue_service.domain import policy
from catalogue_service.domain.content import camel, snake
from catalogue_service.domain.kinds import Complexity, LocalityType
from congvu_kit.graph import Info, Problem


@strawberry.type(description="What one unit of a product of this complexity may be worth.")
class ComplexityBounds:
    complexity: Complexity = strawberry.field(description="Nhóm N1-N5.")
    least_coefficient: Decimal = strawberry.field(description="Hệ số thấp nhất.")
    most_coefficient: Decimal = strawberry.field(description="Hệ số cao nhất.")
    most_points: Decimal = strawberry.field(description="Điểm tối đa.")


@strawberry.type(description="How far a local adjustment may go from the common norm.")
class LocalReach:
    locality: LocalityType = strawberry.field(description="Loại địa bàn.")
    percent: Decimal = strawberry.field(description="Either way, in percent of the norm.")


@strawberry.type(description="The bounds of a province's lists (quy định danh mục).")
class CataloguePolicy:
    province: str = strawberry.field(description="Two digits.")
    revision: int = strawberry.field(
        description="Pass as expectedRevision; 0 while the platform's defaults hold."
    )
    reference_points: Decimal = strawberry.field(
        description="Points of the reference product (điểm sản phẩm chuẩn gốc)."
    )
    bounds: list[ComplexityBounds] = strawberry.field(description="One for each of N1 to N5.")
    reaches: list[LocalReach] = strawberry.field(description="One for each kind of locality.")
    unit_fields: list[str] = strawberry.field(
        description="Optional fields that units may fill in group C."
    )
    decision_number: str | None = strawberry.field(description="Số quyết định.")

    @classmethod
    def of(cls, kept: policy.CataloguePolicy) -> Self:
        return cls(
            province=kept.id,
            revision=kept.rev,
            reference_points=kept.reference_points,
            bounds=[
                ComplexityBounds(
                    complexity=each.complexity,
                    least_coefficient=each.least_coefficient,
                    most_coefficient=each.most_coefficient,
                    most_points=each.most_points,
                )
                for each in kept.bounds
            ],
            reaches=[
                LocalReach(locality=each.locality, percent=each.percent) for each in kept.reaches
            ],
            unit_fields=[camel(name) for name in kept.unit_fields],
            decision_number=kept.decision_number,
        )


@strawberry.input(description="The bounds of one complexity group.")
class ComplexityBoundsInput:
    complexity: Complexity = strawberry.field(description="Nhóm N1-N5.")
    least_coefficient: Decimal = strawberry.field(description="Over 0.")
    most_coefficient: Decimal = strawberry.field(description="At least the least.")
    most_points: Decimal = strawberry.field(description="At most 100, 200 … 500 for N1 … N5.")


@strawberry.input(description="How far a local adjustment may go in one kind of locality.")
class LocalReachInput:
    locality: LocalityType = strawberry.field(description="Loại địa bàn.")
    percent: Decimal = strawberry.field(description="0 to under 100.")


@strawberry.input(description="Replaces the province's policy, in full.")
class EnactCataloguePolicyInput:
    idempotency_key: str = strawberry.field(description=KEY)
    expected_revision: int = strawberry.field(description="0 while none was enacted.")
    decision_number: str = strawberry.field(description="Số quyết định.")
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


EnactCataloguePolicyResult: TypeAlias = Annotated[
    CataloguePolicy | Problem, strawberry.union("EnactCataloguePolicyResult")
]


@strawberry.type
class PolicyQuery:
    @strawberry.field(
        description="The policy of a province; the platform's defaults where it enacted none."
    )
    async def catalogue_policy(self, info: Info, province: Province) -> CataloguePolicy:
        return CataloguePolicy.of(await lookups.policy_of(info.context.reading(), province))


@strawberry.type
class PolicyMutation:
    @strawberry.mutation(
        description="Enacts the policy by decision; binds what is written from then on. Role "
        "steering-committee of the province."
    )
    async def enact_catalogue_policy(
        self, info: Info, input: EnactCataloguePolicyInput
    ) -> EnactCataloguePolicyResult:
        command = policies.EnactCataloguePolicy(
            actor=info.context.actor,
            idempotency_key=input.idempotency_key,
            province=input.province,
            expected_revision=input.expected_revision,
            decision_number=input.decision_number,
            reference_points=input.reference_points,
            bounds=tuple(
                policy.Bounds(
                    complexity=each.complexity,
                    least_coefficient=each.least_coefficient,
                    most_coefficient=each.most_coefficient,
                    most_points=each.most_points,
                )
                for each in input.bounds
            ),
            reaches=tuple(
                policy.Reach(locality=each.locality, percent=each.percent) for each in input.reaches
            ),
            unit_fields=tuple(snake(name) for name in input.unit_fields),
        )
        done = await info.context.perform(
            policies.enact_catalogue_policy, command, policy.CataloguePolicy
        )
        return CataloguePolicy.of(done)
