"""What the review board, the auditor and the people concerned look up."""

import strawberry

from congvu_kit.graph import Connection, Info, connection, page_size
from evaluation_service.adapters.graphql.board import Appeal, PostAudit, TriggerCase, VetoEvent
from evaluation_service.adapters.graphql.periods import RankingRun
from evaluation_service.application import queries
from evaluation_service.domain.copies.citizen_evidence import PostAuditState
from evaluation_service.domain.integrity.integrity import CaseState
from evaluation_service.domain.review.appeals import AppealState


@strawberry.type
class BoardQuery:
    @strawberry.field(
        description="Ranking runs of a period, one an agency. Roles period-admin, review-board, "
        "auditor of the province."
    )
    async def ranking_runs(
        self, info: Info, period_id: strawberry.ID, first: int = 20, after: str | None = None
    ) -> Connection[RankingRun]:
        page = await queries.runs(
            info.context.reading(),
            info.context.actor,
            period_id,
            first=page_size(first),
            after=after,
        )
        return await connection(page, RankingRun.of)

    @strawberry.field(description="One ranking run of a period. Roles as in rankingRuns.")
    async def ranking_run(
        self, info: Info, period_id: strawberry.ID, id: strawberry.ID
    ) -> RankingRun | None:
        run = await queries.run(info.context.reading(), info.context.actor, period_id, id)
        return RankingRun.of(run) if run else None

    @strawberry.field(
        description="Appeals: one's own, or with role review-board or auditor the province's."
    )
    async def appeals(
        self,
        info: Info,
        state: AppealState | None = None,
        first: int = 20,
        after: str | None = None,
    ) -> Connection[Appeal]:
        page = await queries.appeals(
            info.context.reading(),
            info.context.actor,
            state,
            first=page_size(first),
            after=after,
        )
        return await connection(page, Appeal.of)

    @strawberry.field(description="Cases raised by triggers. Roles review-board, auditor.")
    async def trigger_cases(
        self, info: Info, state: CaseState | None = None, first: int = 20, after: str | None = None
    ) -> Connection[TriggerCase]:
        page = await queries.cases(
            info.context.reading(),
            info.context.actor,
            state,
            first=page_size(first),
            after=after,
        )
        return await connection(page, TriggerCase.of)

    @strawberry.field(description="Post-audit requests. Roles review-board, auditor.")
    async def post_audits(
        self,
        info: Info,
        state: PostAuditState | None = None,
        first: int = 20,
        after: str | None = None,
    ) -> Connection[PostAudit]:
        page = await queries.post_audits(
            info.context.reading(),
            info.context.actor,
            state,
            first=page_size(first),
            after=after,
        )
        return await connection(page, PostAudit.of)

    @strawberry.field(
        description="Veto events of a person. The person, and roles review-board, auditor."
    )
    async def veto_events(
        self,
        info: Info,
        civil_servant_id: strawberry.ID,
        first: int = 20,
        after: str | None = None,
    ) -> Connection[VetoEvent]:
        page = await queries.vetoes(
            info.context.reading(),
            info.context.actor,
            civil_servant_id,
            first=page_size(first),
            after=after,
        )
        return await connection(page, VetoEvent.of)
