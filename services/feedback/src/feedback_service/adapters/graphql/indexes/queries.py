"""Satisfaction, asked for."""

import strawberry

from congvu_kit.graph import listing
from feedback_service.adapters.graphql.context import Info
from feedback_service.adapters.graphql.indexes.types import SatisfactionIndex
from feedback_service.application.indexes.queries import list_indexes


@strawberry.type
class IndexQuery:
    @strawberry.field(description="Satisfaction with a unit in a period; null when not known here.")
    async def satisfaction(
        self, info: Info, unit_id: strawberry.ID, period_id: strawberry.ID
    ) -> SatisfactionIndex | None:
        return await SatisfactionIndex.find(info, unit_id, period_id)

    satisfaction_indexes = listing(
        list_indexes,
        SatisfactionIndex,
        description="Satisfaction with every unit of a period, by the units' ids: in no order of "
        "merit (F-I5).",
    )
