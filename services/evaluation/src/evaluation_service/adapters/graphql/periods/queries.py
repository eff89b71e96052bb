"""Looking periods up."""

import strawberry

from congvu_kit.graph import (
    PAGED,
    After,
    Connection,
    First,
    Info,
    connection,
    page_size,
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

    @strawberry.field(description="Periods, newest first. Public.", directives=PAGED)
    async def evaluation_periods(
        self,
        info: Info,
        filter: EvaluationPeriodFilter | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[EvaluationPeriod]:
        page = await queries.list_periods(
            info.context.reading(),
            (filter or EvaluationPeriodFilter()).to_domain(),
            first=page_size(first),
            after=after,
        )
        return await connection(page, EvaluationPeriod.of)
