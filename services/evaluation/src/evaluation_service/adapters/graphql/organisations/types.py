"""Results of units: scores with where each point came from."""

from typing import Self

import strawberry

import congvu_scoring as scoring
from congvu_kit.graph import Info, at_most, by_name, costs
from evaluation_service.adapters.graphql.common.types import CriterionRating
from evaluation_service.adapters.graphql.common.values import ScoredResult, shown_of
from evaluation_service.adapters.graphql.consequences.types import HeadcountEvidence
from evaluation_service.adapters.graphql.periods.types import EvaluationPeriod, period_of
from evaluation_service.adapters.graphql.personnel.types import OrgUnit, unit_of
from evaluation_service.adapters.graphql.results.values import Recomputation
from evaluation_service.application.organisations import queries
from evaluation_service.application.results.queries import recompute
from evaluation_service.domain.common.sizes import CONSEQUENCES_MAX, ENTRIES_MAX
from evaluation_service.domain.organisations import org_evaluations


@strawberry.federation.type(
    keys=["id"],
    description="One unit's result in one period. Everybody sees a published one; who entered "
    "what, and the inputs, those who serve in the province.",
    directives=costs(25),
)
class OrgEvaluation(ScoredResult):
    aggregate: strawberry.Private[org_evaluations.OrgEvaluation]
    roads: strawberry.Private[bool]
    criteria: list[CriterionRating] = strawberry.field(
        description="What a superior of the unit entered.", directives=at_most(ENTRIES_MAX)
    )
    missing_evidence: bool = strawberry.field(
        description="The unit's index had not come: missing evidence, not zero."
    )

    @classmethod
    async def of(cls, aggregate: org_evaluations.OrgEvaluation, info: Info) -> Self:
        seen = await info.context.load(queries.see_org_evaluations, aggregate)
        given = aggregate.given.general if seen.roads else ()
        return by_name(
            cls,
            aggregate,
            aggregate=aggregate,
            roads=seen.roads,
            **shown_of(aggregate, seen.sheet, seen.state, roads=seen.roads),
            criteria=[CriterionRating.of(each) for each in given],
            missing_evidence=aggregate.missing_index,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID, **_: object) -> Self | None:
        found = await info.context.load(queries.find_org_evaluations, id)
        return await cls.of(found, info) if found else None

    @strawberry.field(description="The unit that is rated.")
    async def unit(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.aggregate.unit_id)

    @strawberry.field(description="The period.")
    async def period(self, info: Info) -> EvaluationPeriod | None:
        return await period_of(info, self.aggregate.period_id)

    @strawberry.field(
        description="Evidence for headcount of the unit with all below it.",
        directives=at_most(CONSEQUENCES_MAX),
    )
    async def headcount(self, info: Info) -> list[HeadcountEvidence]:
        found = await info.context.load(queries.headcount_of_units, self.aggregate)
        return [HeadcountEvidence.of(each) for each in found]

    @strawberry.field(
        description="What the seal of the closed period binds of it: canonical JSON of the record, "
        "with the hash and the marks that are stored of it. Roles period-admin, review-board, "
        "auditor; null before the closing."
    )
    async def sealed(self, info: Info) -> str | None:
        return await info.context.load(queries.sealed_units, self.aggregate)

    @strawberry.field(
        description="Computed again from its stored inputs (E-I2); null without a score to see.",
        directives=costs(100),
    )
    async def recomputation(self, info: Info) -> Recomputation | None:
        if self.shown is None:
            return None
        return Recomputation.of(self.shown, await recompute(info.context.reading(), self.shown))

    async def scored(self, info: Info) -> scoring.ScoreResult | None:
        if self.shown is None or not self.roads:
            return None
        return await info.context.load(queries.unit_results, self.aggregate)


async def shown_unit_result(info: Info, id: str) -> OrgEvaluation | None:
    found = await info.context.load(queries.find_org_evaluations, id)
    return await OrgEvaluation.of(found, info) if found else None
