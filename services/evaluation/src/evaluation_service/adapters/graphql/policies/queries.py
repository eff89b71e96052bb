"""Looking policies up, and trying them on a scored period."""

import strawberry

from congvu_kit.graph import (
    PAGED,
    After,
    Connection,
    First,
    Info,
    connection,
    costs,
    page_size,
)
from evaluation_service.adapters.graphql.policies.inputs import SimulateScoreInput
from evaluation_service.adapters.graphql.policies.types import ScoringPolicy, SimulationReport
from evaluation_service.application.policies import queries
from evaluation_service.domain.policies.policies import PolicyState


@strawberry.type
class PolicyQuery:
    @strawberry.field(
        description="A policy version by policy@version; null when there is none. Published ones "
        "are public, drafts are seen in their province."
    )
    async def scoring_policy(self, info: Info, id: strawberry.ID) -> ScoringPolicy | None:
        stored = await info.context.load(queries.find_policies, id)
        return ScoringPolicy.of(stored) if stored else None

    @strawberry.field(
        description="Policy versions by their ids: published ones of everybody, or those of your "
        "province in another state.",
        directives=PAGED,
    )
    async def scoring_policies(
        self,
        info: Info,
        state: PolicyState = PolicyState.PUBLISHED,
        first: First = 20,
        after: After = None,
    ) -> Connection[ScoringPolicy]:
        page = await queries.list_policies(
            info.context.actor,
            info.context.reading(),
            state,
            first=page_size(first),
            after=after,
        )
        return await connection(page, ScoringPolicy.of)

    @strawberry.field(
        description="What another policy would have given: for a person, a unit or the whole of a "
        "scored period. Nothing is stored. Roles period-admin, review-board, auditor; manager and "
        "unit-head for units they lead.",
        directives=costs(2_500),
    )
    async def simulate_score(self, info: Info, input: SimulateScoreInput) -> SimulationReport:
        simulated = await queries.simulate_score(
            input.to_domain(), info.context.actor, info.context.reading()
        )
        return SimulationReport.of(simulated, single=input.civil_servant_id is not None)
