"""Looking ranking runs, cases and veto events up."""

import strawberry

from congvu_kit.application.reads import list_chains, list_entries
from congvu_kit.graph import (
    PAGED,
    After,
    Connection,
    First,
    Info,
    PersonalRead,
    ReadChain,
    ReadEntry,
    connection,
    page_size,
    shown_to,
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

    @strawberry.field(
        description="Who was shown a person's data, latest first (nhật ký xem dữ liệu cá nhân). "
        "The person, and role auditor; the person's own reads are not in it.",
        directives=PAGED,
    )
    async def civil_servant_reads(
        self,
        info: Info,
        civil_servant_id: strawberry.ID,
        first: First = 20,
        after: After = None,
    ) -> Connection[PersonalRead]:
        page = await queries.list_reads(
            info.context.actor,
            info.context.reading(),
            civil_servant_id,
            first=page_size(first),
            after=after,
        )
        return await connection(page, shown_to(civil_servant_id))

    @strawberry.field(
        description="The chains of reads of the province's people, for verifying that no entry "
        "is missing (congvu verify-reads). Role auditor.",
        directives=PAGED,
    )
    async def evaluation_read_chains(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[ReadChain]:
        page = await list_chains(
            info.context.actor, info.context.reading(), first=page_size(first), after=after
        )
        return await connection(page, ReadChain.of)

    @strawberry.field(
        description="The entries of a chain of reads, oldest first. Role auditor of the province.",
        directives=PAGED,
    )
    async def evaluation_read_entries(
        self, info: Info, chain_id: strawberry.ID, first: First = 20, after: After = None
    ) -> Connection[ReadEntry]:
        page = await list_entries(
            info.context.actor,
            info.context.reading(),
            chain_id,
            first=page_size(first),
            after=after,
        )
        return await connection(page, ReadEntry.of)
