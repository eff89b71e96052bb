"""Looking results from before the platform up."""

import strawberry

from congvu_kit.graph import PAGED, After, Connection, First, Info, connection, page_size
from evaluation_service.adapters.graphql.transfers.types import PriorResult
from evaluation_service.application.transfers import queries
from evaluation_service.domain.transfers.prior_results import PriorState


@strawberry.type
class TransferQuery:
    @strawberry.field(
        description="Results from before the platform: one's own, or those of the province for "
        "personnel-sync, period-admin, review-board and auditor.",
        directives=PAGED,
    )
    async def prior_results(
        self,
        info: Info,
        civil_servant_id: strawberry.ID | None = None,
        state: PriorState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[PriorResult]:
        page = await queries.list_prior_results(
            info.context.actor,
            info.context.reading(),
            queries.PriorFilter(civil_servant_id=civil_servant_id, state=state),
            first=page_size(first),
            after=after,
        )
        return await connection(page, PriorResult.of)
