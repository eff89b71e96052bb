"""Satisfaction, asked for."""

import strawberry

from feedback_service.adapters.graphql.context import Info
from feedback_service.adapters.graphql.indexes.types import SatisfactionIndex


@strawberry.type
class IndexQuery:
    @strawberry.field(description="Satisfaction with a unit in a period; null when not known here.")
    async def satisfaction(
        self, info: Info, unit_id: strawberry.ID, period_id: strawberry.ID
    ) -> SatisfactionIndex | None:
        return await SatisfactionIndex.find(info, unit_id, period_id)
