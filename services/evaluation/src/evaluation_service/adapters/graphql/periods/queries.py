"""Looking periods up."""

import strawberry

from congvu_kit.graph import (
    Info,
    listing,
)
from evaluation_service.adapters.graphql.periods.inputs import EvaluationPeriodFilter
from evaluation_service.adapters.graphql.periods.types import EvaluationPeriod
from evaluation_service.application.collections import PERIODS
from evaluation_service.application.periods import queries


@strawberry.type
class PeriodQuery:
    @strawberry.field(description="A period by id; null when there is none. Public.")
    async def evaluation_period(self, info: Info, id: strawberry.ID) -> EvaluationPeriod | None:
        period = await info.context.by_id(PERIODS).load(id)
        return EvaluationPeriod.of(period) if period else None

    evaluation_periods = listing(
        queries.list_periods,
        EvaluationPeriod,
        filter=EvaluationPeriodFilter,
        description="Periods, newest first. Public.",
    )
