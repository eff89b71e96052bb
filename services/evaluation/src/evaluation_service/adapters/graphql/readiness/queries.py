"""What is missing in a period before its inputs are fixed."""

import strawberry

from congvu_kit.graph import Info
from evaluation_service.adapters.graphql.readiness.types import PeriodReadiness
from evaluation_service.application.readiness.counts import find_readiness


@strawberry.type
class ReadinessQuery:
    @strawberry.field(
        description="What is missing before the freeze of a period; null when there is none. Roles "
        "period-admin, review-board, auditor of the province; manager, unit-head for their units."
    )
    async def period_readiness(
        self, info: Info, period_id: strawberry.ID
    ) -> PeriodReadiness | None:
        found = await find_readiness(period_id, info.context.actor, info.context.reading())
        return PeriodReadiness.of(found) if found else None
