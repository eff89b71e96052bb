"""Looking policies up, and trying them on a scored period."""

import strawberry

from congvu_kit.graph import Connection, Info, connection, page_size
from evaluation_service.adapters.graphql.policies import ScoringPolicy
from evaluation_service.adapters.graphql.simulations import SimulateScoreInput, SimulationReport
from evaluation_service.application import queries
from evaluation_service.application.collections import POLICIES
from evaluation_service.application.results.simulation import simulate_score
from evaluation_service.domain.policies.policies import PolicyState


@strawberry.type
class PolicyQuery:
    @strawberry.field(
        description="A policy version by policy@version; null when there is none. Published ones "
        "are public, drafts are seen in their province."
    )
    async def scoring_policy(self, info: Info, id: strawberry.ID) -> ScoringPolicy | None:
        stored = await info.context.by_id(POLICIES).load(id)
        if stored is None or not queries.may_read_policy(info.context.actor, stored):
            return None
        return ScoringPolicy.of(stored)

    @strawberry.field(
        description="Policy versions by their ids: published ones of everybody, or those of your "
        "province in another state."
    )
    async def scoring_policies(
        self,
        info: Info,
        state: PolicyState = PolicyState.PUBLISHED,
        first: int = 20,
        after: str | None = None,
    ) -> Connection[ScoringPolicy]:
        page = await queries.policies(
            info.context.reading(),
            info.context.actor,
            state,
            first=page_size(first),
            after=after,
        )
        return await connection(page, ScoringPolicy.of)

    @strawberry.field(
        description="What another policy would have given: for a person, a unit or the whole of a "
        "scored period. Nothing is stored. Roles period-admin, review-board, auditor; manager and "
        "unit-head for units they lead."
    )
    async def simulate_score(self, info: Info, input: SimulateScoreInput) -> SimulationReport:
        simulated = await simulate_score(
            input.to_domain(), info.context.actor, info.context.reading()
        )
        return SimulationReport.of(simulated, single=input.civil_servant_id is not None)
