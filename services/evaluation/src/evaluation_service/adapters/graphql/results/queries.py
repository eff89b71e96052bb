"""Looking evaluations up, and computing them again."""

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
from evaluation_service.adapters.graphql.results.inputs import EvaluationFilter
from evaluation_service.adapters.graphql.results.types import Evaluation, Recomputation
from evaluation_service.application.results import queries


@strawberry.type
class ResultQuery:
    @strawberry.field(
        description="Evaluations the caller may see: own, of led units, or of the province.",
        directives=PAGED,
    )
    async def evaluations(
        self,
        info: Info,
        filter: EvaluationFilter | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Evaluation]:
        page = await queries.list_evaluations(
            info.context.actor,
            info.context.reading(),
            (filter or EvaluationFilter()).to_domain(),
            first=page_size(first),
            after=after,
        )
        return await connection(page, lambda each: Evaluation.of(each, info))

    @strawberry.field(description="An evaluation by id; null when there is none, or not for you.")
    async def evaluation(self, info: Info, id: strawberry.ID) -> Evaluation | None:
        found = await info.context.load(queries.find_evaluations, id)
        return await Evaluation.of(found, info) if found else None

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
