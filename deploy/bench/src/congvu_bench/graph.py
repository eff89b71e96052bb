"""The schema factory's caches and limits against Strawberry's defaults, same schema, same reads."""

import time
from collections.abc import Iterator

import strawberry

from catalogue_service.adapters.graphql.schema import schema
from congvu_bench.figures import Figure
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import ANONYMOUS
from congvu_kit.graph import Context

QUERY = """query($first: Int!) { workProducts(first: $first) {
  edges { cursor node { id code } } pageInfo { hasNextPage endCursor } } }"""

TIMES = 400


async def cpu_ms(of: strawberry.federation.Schema) -> float:
    """CPU time of one execution in this process, in milliseconds, after warming up."""
    uow = MemoryUnitOfWork()

    async def once() -> None:
        context = Context(actor=ANONYMOUS, language="vi", uow=uow, needs=None)
        result = await of.execute(QUERY, variable_values={"first": 10}, context_value=context)
        if result.errors:
            raise RuntimeError(str(result.errors))

    for _ in range(20):
        await once()
    started = time.process_time()
    for _ in range(TIMES):
        await once()
    return (time.process_time() - started) * 1000 / TIMES


def with_defaults() -> strawberry.federation.Schema:
    return strawberry.federation.Schema(
        query=schema.query, mutation=schema.mutation, federation_version="2.9"
    )


async def measure() -> Iterator[Figure]:
    defaults = await cpu_ms(with_defaults())
    ours = await cpu_ms(schema)
    return iter(
        [
            Figure(
                area="graph",
                name="small list query, limits and masking on",
                value=ours,
                unit="CPU ms",
                peer="Strawberry's defaults (no limits)",
                peer_value=defaults,
            )
        ]
    )
