"""What a list page costs at 1,000,000 versions, against 10,000 and against the bare driver.

    python -m congvu_bench.catalogue [--versions 1000000]

`measure` needs a database only, and drops what it made. Service CPU is the whole process's:
GraphQL, the use case, and decoding what the database sent.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from catalogue_service.adapters.graphql.schema import schema
from catalogue_service.application.collections import PRODUCTS, VERSIONS
from catalogue_service.application.products.listing import driving_conditions
from catalogue_service.domain.common.kinds import Group
from catalogue_service.domain.products.search import ProductFilter
from congvu_bench import crowd
from congvu_bench.figures import Figure, show
from congvu_kit.adapters.mongo import Database, MongoUnitOfWork, connect
from congvu_kit.adapters.mongo_prepared import prepare
from congvu_kit.adapters.mongo_store import mongo_query
from congvu_kit.adapters.signatures import EventSigner
from congvu_kit.domain.actor import ANONYMOUS
from congvu_kit.graph import Context
from congvu_local.platform import Platform

SMALL, LARGE = 10_000, 1_000_000
PAGE = 20
ROUNDS = 15
"""Each figure is the median of so many calls, after two to warm up."""

DAY = date(2026, 12, 1)

LIST = """
query List($filter: WorkProductFilter!) {
  workProducts(filter: $filter, first: 20) {
    edges { node { code nameVi group version { number coefficient points effectiveFrom } } }
    pageInfo { hasNextPage endCursor }
  }
}"""

QUERIES: dict[str, tuple[dict[str, object], ProductFilter]] = {
    "one unit's list": ({"unitId": "unit_00003"}, ProductFilter(unit_id="unit_00003")),
    "a province's group C": (
        {"province": "04", "group": "C"},
        ProductFilter(province="04", group=Group.C),
    ),
    "'khai sinh' in a province": (
        {"province": "04", "text": "khai sinh"},
        ProductFilter(province="04", text="khai sinh"),
    ),
    "a procedure code in a province": (
        {"province": "04", "procedureCode": "1.000007"},
        ProductFilter(province="04", procedure_code="1.000007"),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Of one call, in milliseconds."""

    cpu_ms: float
    wall_ms: float


async def measure(
    mongo_url: str,
    *,
    large: int = LARGE,
    say: Callable[[str], None] = lambda _: None,
) -> list[Figure]:
    """Load both sizes, ask the same of both, and tell the ratios."""
    small_costs = await _at_size(mongo_url, SMALL, say)
    large_costs = await _at_size(mongo_url, large, say)
    figures = []
    for name in QUERIES:
        (small, _), (big, bare) = small_costs[name], large_costs[name]
        figures += [
            Figure(
                area="catalogue",
                name=f"{name}: service CPU of a page, {large:,} versions",
                value=big.cpu_ms,
                unit="ms",
                peer=f"the same of {SMALL:,} versions",
                peer_value=small.cpu_ms,
            ),
            Figure(
                area="catalogue",
                name=f"{name}: wall time of a page, {large:,} versions",
                value=big.wall_ms,
                unit="ms",
                peer="the same reads by the bare driver",
                peer_value=bare.wall_ms,
            ),
        ]
    return figures


async def _at_size(
    mongo_url: str, versions: int, say: Callable[[str], None]
) -> dict[str, tuple[Cost, Cost]]:
    """For each query what the service costs, and what the driver alone does."""
    client = connect(mongo_url)
    database: Database = client[f"bench_catalogue_{versions}"]
    try:
        say(f"loading {versions:,} versions")
        await _load(database, versions)
        uow = MongoUnitOfWork(database, signer=EventSigner("bench", Ed25519PrivateKey.generate()))
        costs = {}
        for name, (asked, wanted) in QUERIES.items():
            say(f"{name}, {versions:,} versions")
            costs[name] = (
                await _cost(lambda asked=asked: _ask(uow, asked)),  # type: ignore[misc]
                await _cost(lambda wanted=wanted: _read(database, wanted)),  # type: ignore[misc]
            )
        return costs
    finally:
        await client.drop_database(database.name)
        client.close()


async def _load(database: Database, versions: int) -> None:
    """Indexes first: the embedded server takes very long to build them over what is there."""
    await prepare(database, [PRODUCTS, VERSIONS], outbox_keep_days=30)
    for number in range(crowd.communes_for(versions)):
        products, editions = crowd.commune(number)
        await database[PRODUCTS.name].insert_many(products, ordered=False)
        await database[VERSIONS.name].insert_many(editions, ordered=False)


async def _ask(uow: MongoUnitOfWork, asked: dict[str, object]) -> None:
    context = Context(actor=ANONYMOUS, language="vi", uow=uow, needs=None)
    variables = {"filter": {**asked, "asOf": DAY.isoformat()}}
    result = await schema.execute(LIST, variable_values=variables, context_value=context)
    if result.errors or not (result.data and result.data["workProducts"]["edges"]):
        raise RuntimeError(f"{asked!r} finds nothing: {result.errors}")


async def _read(database: Database, wanted: ProductFilter) -> None:
    """The floor: the same index, the same number of documents, nothing decoded or checked."""
    query = mongo_query(driving_conditions(wanted))
    found = database[PRODUCTS.name].find(query).sort("_id", 1).limit(PAGE + 1)
    ids = [f"{row['_id']}@{crowd.EDITIONS}" async for row in found]
    await database[VERSIONS.name].find({"_id": {"$in": ids}}).to_list(PAGE + 1)


async def _cost(call: Callable[[], Awaitable[None]]) -> Cost:
    for _ in range(2):
        await call()
    cpu: list[float] = []
    wall: list[float] = []
    for _ in range(ROUNDS):
        cpu_started, started = time.process_time(), time.perf_counter()
        await call()
        cpu.append((time.process_time() - cpu_started) * 1000)
        wall.append((time.perf_counter() - started) * 1000)
    return Cost(cpu_ms=statistics.median(cpu), wall_ms=statistics.median(wall))


async def _with_own_database(versions: int) -> Sequence[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        platform = await asyncio.to_thread(Platform(Path(folder)).start)
        try:
            return await measure(platform.mongo_url, large=versions, say=print)
        finally:
            await asyncio.to_thread(platform.stop)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--versions", type=int, default=LARGE)
    show(asyncio.run(_with_own_database(parser.parse_args().versions)))
