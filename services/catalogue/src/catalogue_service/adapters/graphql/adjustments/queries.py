"""Local adjustments, asked for."""

import strawberry

from catalogue_service.adapters.graphql.adjustments.inputs import LocalAdjustmentFilter
from catalogue_service.adapters.graphql.adjustments.types import EffectiveNorms, LocalAdjustment
from catalogue_service.adapters.graphql.common.inputs import AsOf, Code, Province, UnitId
from catalogue_service.application.adjustments import queries
from congvu_kit.domain.clock import business_date
from congvu_kit.graph import (
    Info,
    listing,
)


@strawberry.type
class AdjustmentQuery:
    @strawberry.field(
        description="What holds of a product for a unit on a day (default: today in Vietnam), "
        "and where each norm comes from. Null when the product is not in force then."
    )
    async def effective_norms(
        self, info: Info, code: Code, unit_id: UnitId, as_of: AsOf = None
    ) -> EffectiveNorms | None:
        tx = info.context.reading()
        norms = await queries.effective_norms(tx, code, unit_id, as_of or business_date(tx.now))
        return EffectiveNorms.of(norms) if norms else None

    local_adjustments = listing(
        queries.local_adjustments,
        LocalAdjustment,
        filter=LocalAdjustmentFilter,
        arguments={"province": Province},
        description="The local adjustments of a province, in order of asking: those approved; for "
        "the catalogue's people of the province those that wait or were rejected, too.",
    )
