"""Reports on a period, from its review on."""

import strawberry

from congvu_kit.graph import Info, at_most, costs, listing
from evaluation_service.adapters.graphql.fairness.types import FairnessReport, UnitResources
from evaluation_service.application.fairness import means, queries
from evaluation_service.domain.fairness.findings import ReportKind

EACH = 250
"""The inputs of everybody in the period are read for all of them: 2,000 for the eight."""


@strawberry.type
class FairnessQuery:
    unit_resources = listing(
        means.list_means,
        UnitResources,
        description="The units directly below a unit with what they have for their work, and where "
        "it is too little: overdue work, load per head, the period before. Roles manager and "
        "unit-head for what they lead (own unit when left out), period-admin, review-board, "
        "auditor for the province.",
    )

    @strawberry.field(
        description="Reports against gaming on a period, from its review on (so that a finding can "
        "still be acted on; until the publication nobody is told of themselves), compared over all "
        "of it, told of a unit with all below it or of all. A finding changes no score. "
        "Roles period-admin, review-board, auditor of the province.",
        directives=[*at_most(len(ReportKind)), *costs(EACH)],
    )
    async def fairness_reports(
        self, info: Info, period_id: strawberry.ID, unit_id: strawberry.ID | None = None
    ) -> list[FairnessReport]:
        found = await queries.fairness_reports(
            info.context.actor, info.context.reading(), period_id, unit_id
        )
        return [FairnessReport.of(each) for each in found]
