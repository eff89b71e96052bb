"""Local adjustments, and what holds for a unit, as the graph shows them."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Self

import strawberry

from catalogue_service.adapters.graphql.common.types import HistoryStep, OrgUnit, unit_stub
from catalogue_service.adapters.graphql.products.types import WorkProductVersion
from catalogue_service.application.access import may_read_drafts
from catalogue_service.application.adjustments import queries
from catalogue_service.application.products.queries import find_versions
from catalogue_service.domain.adjustments import adjustments
from catalogue_service.domain.adjustments.adjustments import AdjustmentState, Norm
from catalogue_service.domain.common.kinds import Catalogue, Group, LocalityType
from catalogue_service.domain.common.steps import STEPS_MAX
from congvu_kit.graph import (
    Info,
    Shown,
    at_most,
    by_name,
    costs,
    describe,
)

describe(
    Norm,
    "What a local adjustment changes.",
    name="LocalNorm",
    COEFFICIENT="Conversion coefficient.",
    STANDARD_HOURS="Standard hours.",
    LEAD_DAYS="Working days to deliver.",
)
describe(
    AdjustmentState,
    "Where a local adjustment stands.",
    name="LocalAdjustmentState",
    PROPOSED="Waits for the superior unit.",
    APPROVED="Holds inside its validity.",
    REJECTED="Refused with a reason.",
    EXPIRED="Came to its end.",
)


@strawberry.type(description="Another norm for one product in one unit, public.")
class LocalAdjustment:
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    code: str = strawberry.field(description="The product's code.")
    unit: OrgUnit | None = strawberry.field(description="Where it holds, units below included.")
    norm: Norm = strawberry.field(description="What differs.")
    value: Decimal = strawberry.field(description="What holds instead.")
    justification: str = strawberry.field(description="Why.")
    locality: LocalityType = strawberry.field(description="Kind of locality.")
    valid_from: date = strawberry.field(description="First day it holds.")
    valid_to: date = strawberry.field(description="First day it holds no more.")
    state: AdjustmentState = strawberry.field(description="Where it stands.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")
    aggregate: strawberry.Private[adjustments.LocalAdjustment]

    @classmethod
    def of(cls, aggregate: adjustments.LocalAdjustment) -> Self:
        return by_name(cls, aggregate, unit=unit_stub(aggregate.unit_id))

    @strawberry.field(description="The version it was approved for; a later one starts afresh.")
    async def version(self, info: Info) -> WorkProductVersion | None:
        version = await info.context.load(find_versions, self.aggregate.version_id)
        return WorkProductVersion.of(version) if version else None

    @strawberry.field(
        description="Everything that happened to it, in order.", directives=at_most(STEPS_MAX)
    )
    def history(self, info: Info) -> list[HistoryStep]:
        province = Catalogue(group=Group.A, province=self.aggregate.province)
        named = may_read_drafts(info.context.actor, province)
        return [HistoryStep.of(step, named=named) for step in self.aggregate.steps]


@strawberry.type(description="One norm, and where it comes from.")
class EffectiveNorm:
    value: Decimal | None = strawberry.field(description="What holds.")
    common: Decimal | None = strawberry.field(description="What the version itself says.")
    adjustment: LocalAdjustment | None = strawberry.field(
        description="The local adjustment it comes from; null when it is the common norm."
    )


@strawberry.type(description="When work is due that nobody named a day for.")
class LeadTerm(Shown):
    SHOWS = queries.LeadTerm

    ends_on: date = strawberry.field(description="The last day in time.")
    provisional: bool = strawberry.field(
        description="Whether a year up to it is not announced: it may move."
    )


@strawberry.type(description="What holds of a product for a unit on a day.")
class EffectiveNorms:
    version: WorkProductVersion = strawberry.field(description="The version in force.")
    coefficient: EffectiveNorm = strawberry.field(description="The conversion coefficient.")
    standard_hours: EffectiveNorm = strawberry.field(description="Standard hours.")
    lead_days: EffectiveNorm = strawberry.field(description="Time limit in working days.")
    aggregate: strawberry.Private[queries.EffectiveNorms]

    @strawberry.field(
        description="When the lead days end of work that is given on a day (default: `asOf`), by "
        "the working calendar of the unit's province. Null without lead days.",
        directives=costs(10),
    )
    async def lead_term(
        self,
        info: Info,
        begins_on: Annotated[
            date | None, strawberry.argument(description="The day on which it is given.")
        ] = None,
    ) -> LeadTerm | None:
        norms = self.aggregate
        found = await queries.lead_term(norms, begins_on or norms.day, info.context.reading())
        return LeadTerm.of(found) if found else None

    @classmethod
    def of(cls, norms: queries.EffectiveNorms) -> Self:
        return cls(
            aggregate=norms,
            version=WorkProductVersion.of(norms.version),
            coefficient=_norm(norms, Norm.COEFFICIENT),
            standard_hours=_norm(norms, Norm.STANDARD_HOURS),
            lead_days=_norm(norms, Norm.LEAD_DAYS),
        )


def _norm(norms: queries.EffectiveNorms, norm: Norm) -> EffectiveNorm:
    common = adjustments.norm_of(norms.version.content, norm)
    adjusted = norms.adjusted(norm)
    return EffectiveNorm(
        value=norms.value(norm),
        common=common,
        adjustment=LocalAdjustment.of(adjusted) if adjusted else None,
    )
