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
    listing,
    page_size,
    shown_to,
)
from evaluation_service.adapters.graphql.integrity.types import RankingRun, TriggerCase, VetoEvent
from evaluation_service.application.integrity import queries


@strawberry.type
class IntegrityQuery:
    ranking_runs = listing(
        queries.list_ranking_runs,
        RankingRun,
        description="Ranking runs of a period, one an agency. Roles period-admin, review-board, "
        "auditor of the province.",
    )

    @strawberry.field(description="One ranking run of a period. Roles as in rankingRuns.")
    async def ranking_run(
        self, info: Info, period_id: strawberry.ID, id: strawberry.ID
    ) -> RankingRun | None:
        run = await queries.find_ranking_run(
            info.context.actor, info.context.reading(), period_id, id
        )
        return RankingRun.of(run) if run else None

    trigger_cases = listing(
        queries.list_trigger_cases,
        TriggerCase,
        description="Cases raised by triggers, those due first. Roles review-board, auditor.",
    )

    veto_events = listing(
        queries.list_veto_events,
        VetoEvent,
        description="Veto events of a person. The person, and roles review-board, auditor.",
    )

    @strawberry.field(
        description="Who was shown a person's data, latest first. The person, and role auditor; "
        "the person's own reads are not in it.",
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

    evaluation_read_chains = listing(
        list_chains,
        ReadChain,
        description="The chains of reads of the province's people, for verifying that no entry "
        "is missing (congvu verify-reads). Role auditor.",
    )

    evaluation_read_entries = listing(
        list_entries,
        ReadEntry,
        description="The entries of a chain of reads, oldest first. Role auditor of the province.",
    )
