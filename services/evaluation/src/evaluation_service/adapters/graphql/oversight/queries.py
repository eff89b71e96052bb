"""Figures of a published period."""

import strawberry

from congvu_kit.graph import Info, costs
from evaluation_service.adapters.graphql.oversight.types import PeriodFigures
from evaluation_service.application.oversight.queries import find_figures

COUNTING = 500
"""Every result of the period is counted, once a band."""


@strawberry.type
class OversightQuery:
    @strawberry.field(
        description="A published period in numbers: of one unit with all below it, or of all that "
        "the period covers. Tells of no person; null when there is no such period. Roles council, "
        "period-admin, review-board, auditor of the province.",
        directives=costs(COUNTING),
    )
    async def period_figures(
        self, info: Info, period_id: strawberry.ID, unit_id: strawberry.ID | None = None
    ) -> PeriodFigures | None:
        found = await find_figures(info.context.actor, info.context.reading(), period_id, unit_id)
        return PeriodFigures.of(found) if found else None
