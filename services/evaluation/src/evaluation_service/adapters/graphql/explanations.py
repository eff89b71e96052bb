"""Explanations (giải trình điểm) as the graph shows them."""

from decimal import Decimal
from typing import Self

import strawberry

import congvu_scoring as scoring
from evaluation_service.adapters.graphql.numbers import as_decimal


@strawberry.type(description="What proves an input.")
class InputEvidence:
    ref: str = strawberry.field(description="Where it can be looked up.")
    hash: str | None = strawberry.field(description="SHA-256 of the file.")
    confirmed_by: str | None = strawberry.field(description="Who confirmed it.")


@strawberry.type(description="A fact that a rule read.")
class ExplanationInput:
    name: str = strawberry.field(description="Its name.")
    value: str = strawberry.field(description="Its exact value.")
    evidence: list[InputEvidence] = strawberry.field(description="What proves it.")

    @classmethod
    def of(cls, given: scoring.Input) -> Self:
        return cls(
            name=given.name,
            value=given.value,
            evidence=[
                InputEvidence(ref=each.ref, hash=each.hash, confirmed_by=each.confirmed_by)
                for each in given.evidence
            ],
        )


@strawberry.type(
    description="Where points came from: a tree whose leaves sum exactly to the total."
)
class Explanation:
    node: strawberry.Private[scoring.Explanation]
    rule_id: str = strawberry.field(description="The rule of the policy.")
    clause: str = strawberry.field(description="The clause of law or the source.")
    text_vi: str = strawberry.field(description="The rule in words, Vietnamese.")
    text_en: str = strawberry.field(description="The rule in words, English.")
    value: Decimal | None = strawberry.field(description="The value the rule gave.")
    points: Decimal | None = strawberry.field(
        description="Points it added or took away; rounded at 12 decimals when it has no end."
    )
    points_exact: str = strawberry.field(description="The same, exactly, e.g. 265/3.")

    @classmethod
    def of(cls, node: scoring.Explanation) -> Self:
        return cls(
            node=node,
            rule_id=node.rule_id,
            clause=node.clause,
            text_vi=node.text_vi,
            text_en=node.text_en,
            value=as_decimal(node.value),
            points=as_decimal(node.points),
            points_exact=scoring.exact_text(node.points),
        )

    @strawberry.field(description="The facts it read, with their evidence.")
    def inputs(self) -> list[ExplanationInput]:
        return [ExplanationInput.of(given) for given in self.node.inputs]

    @strawberry.field(description="The parts it is made of; their points sum to its own.")
    def children(self) -> list["Explanation"]:
        return [Explanation.of(child) for child in self.node.children]


@strawberry.type(description="What the band above would have needed.")
class NextBand:
    band: str = strawberry.field(description="The band above.")
    threshold: Decimal | None = strawberry.field(
        description="The value it starts at; null for a band that goes by conditions alone."
    )
    strictly: bool = strawberry.field(description="It starts above the threshold, not at it.")
    missing: Decimal | None = strawberry.field(description="Points that were missing.")
    held_by: list[str] = strawberry.field(
        description="Rules that would have kept the person below it all the same."
    )

    @classmethod
    def of(cls, found: scoring.NextBand) -> Self:
        return cls(
            band=found.band,
            threshold=as_decimal(found.threshold),
            strictly=found.strictly,
            missing=as_decimal(found.missing),
            held_by=list(found.held_by),
        )
