"""Looking evaluations up, and computing them again."""

import strawberry

from congvu_kit.graph import (
    Info,
    found,
    listing,
)
from evaluation_service.adapters.graphql.results.inputs import EvaluationFilter
from evaluation_service.adapters.graphql.results.types import Evaluation
from evaluation_service.adapters.graphql.results.values import Recomputation
from evaluation_service.application.results import queries


@strawberry.type
class ResultQuery:
    evaluations = listing(
        queries.list_evaluations,
        Evaluation,
        filter=EvaluationFilter,
        description="Evaluations the caller may see: own, of led units, or of the province. With "
        "`updatedSince`, what changed since.",
    )

    evaluation = found(
        queries.find_evaluations,
        Evaluation,
        description="An evaluation by id; null when there is none, or not for you.",
    )

    @strawberry.field(
        description="Compute a result again from its stored inputs; null when not scored. Seen by "
        "whoever sees the score."
    )
    async def recomputation(self, info: Info, evaluation_id: strawberry.ID) -> Recomputation | None:
        reading = info.context.reading()
        found = await info.context.load(queries.find_evaluations, evaluation_id)
        seen = await info.context.load(queries.see_evaluations, found) if found else None
        if seen is None or seen.sheet is None:
            return None
        return Recomputation.of(seen.sheet, await queries.recompute(reading, seen.sheet))
