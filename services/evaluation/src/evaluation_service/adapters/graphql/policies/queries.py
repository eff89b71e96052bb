"""Looking policies up, and trying them on a scored period."""

import strawberry

from congvu_kit.graph import (
    Info,
    costs,
    found,
    listing,
)
from evaluation_service.adapters.graphql.policies.inputs import SimulateScoreInput
from evaluation_service.adapters.graphql.policies.types import ScoringPolicy, SimulationReport
from evaluation_service.application.policies import queries


@strawberry.type
class PolicyQuery:
    scoring_policy = found(
        queries.find_policies,
        ScoringPolicy,
        description="A policy version by policy@version; null when there is none. Published ones "
        "are public, drafts are seen in their province.",
    )

    scoring_policies = listing(
        queries.list_policies,
        ScoringPolicy,
        description="Policy versions by their ids: published ones of everybody, or those of your "
        "province in another state.",
    )

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
