"""Looking ranking runs, cases and veto events up."""

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
from evaluation_service.adapters.graphql.integrity.types import RankingRun, TriggerCase, VetoEvent
from evaluation_service.application.integrity import queries
from evaluation_service.domain.integrity.cases import CaseState


@strawberry.type
class IntegrityQuery:
    @strawberry.field(
        description="Ranking runs of a period, one an agency. Roles period-admin, review-board, "
        "auditor of the province.",
        directives=PAGED,
    )
    async def ranking_runs(
        self, info: Info, period_id: strawberry.ID, first: First = 20, after: After = None
    ) -> Connection[RankingRun]:
        page = await queries.list_ranking_runs(
            info.context.actor,
            info.context.reading(),
            period_id,
            first=page_size(first),
            after=after,
        )
        return await connection(page, RankingRun.of)

    @strawberry.field(description="One ranking run of a period. Roles as in rankingRuns.")
    async def ranking_run(
        self, info: Info, period_id: strawberry.ID, id: strawberry.ID
    ) -> RankingRun | None:
        run = await queries.find_ranking_run(
            info.context.actor, info.context.reading(), period_id, id
        )
        return RankingRun.of(run) if run else None

    @strawberry.field(
        description="Cases raised by triggers. Roles review-board, auditor.", directives=PAGED
    )
    async def trigger_cases(
        self, info: Info, state: CaseState | None = None, first: First = 20, after: After = None
    ) -> Connection[TriggerCase]:
        page = await queries.list_trigger_cases(
            info.context.actor,
            info.context.reading(),
            state,
            first=page_size(first),
            after=after,
        )
        return await connection(page, TriggerCase.of)

    @strawberry.field(
        description="Veto events of a person. The person, and roles review-board, auditor.",
        directives=PAGED,
    )
    async def veto_events(
        self,
        info: Info,
        civil_servant_id: strawberry.ID,
        first: First = 20,
        after: After = None,
    ) -> Connection[VetoEvent]:
        page = await queries.list_veto_events(
            info.context.actor,
            info.context.reading(),
            civil_servant_id,
            first=page_size(first),
            after=after,
        )
        return await connection(page, VetoEvent.of)
