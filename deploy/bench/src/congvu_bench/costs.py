"""What one operation costs each part of the platform: the input of `capacity`.

`make bench ONLY=costs` writes var/costs.json; deploy/bench/costs.json is the committed run.
"""

import asyncio
import json
import os
import uuid
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import httpx
import psutil
from tenacity import AsyncRetrying, retry_if_result, stop_after_delay, wait_fixed

from congvu_bench import ingest, intake, officials, workers
from congvu_bench.meter import Meter
from congvu_bench.remains import sizes
from congvu_bench.wire import Caller
from congvu_bench.writing import ASSIGN, Unit
from congvu_kit.adapters.driver import Database
from congvu_kit.adapters.mongo import MongoUnitOfWork, connect
from congvu_kit.adapters.mongo_prepared import prepare
from congvu_kit.adapters.outbox import OUTBOX
from congvu_kit.adapters.signatures import private_file, read_signer
from congvu_kit.application.perform import transact
from congvu_kit.domain.actor import Role
from congvu_local.platform import Platform
from congvu_local.settings import SERVICES
from evaluation_service.application.collections import RUNS
from evaluation_service.domain.results.runs import RunState
from feedback_service.application.collections import ALL as ALL_OF_FEEDBACK
from feedback_service.application.submissions.bulk import ROWS_MAX

TARGET = Path("var/costs.json")

READS, WRITES, BULKS, SENT = 200, 200, 4, 3
RATED, CLOSED = 200, 500
BROKER_SETTLES_S = 3.0
"""Until the relay has sent what the last call told."""

PART_OF = {"database": "database", "broker": "broker", "gateway": "gateway"}
"""Every other process is a service."""

LIST = """
query($of: ID!) { assignments(filter: {periodId: $of}, first: 20) {
  edges { node { id revision dueOn state } } pageInfo { hasNextPage } } }"""

Cost = Mapping[str, float]


class Costs:
    """Fills a table, operation by operation, on a platform that does nothing else."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._meter = Meter.of(*platform.supervisor.processes)
        self.table: dict[str, dict[str, float]] = {}

    async def take(
        self, name: str, database: Database, operations: int, work: Callable[[], Awaitable[None]]
    ) -> None:
        """What this process does for it is the service's."""
        before = await sizes(database)
        self._meter.begin()
        own = _own_cpu_s()
        await work()
        await asyncio.sleep(BROKER_SETTLES_S)
        spent = {"gateway": 0.0, "service": 0.0, "database": 0.0, "broker": 0.0}
        for process, ms in self._meter.cpu_ms(operations).items():
            spent[PART_OF.get(process, "service")] += ms
        if name in IN_THIS_PROCESS:
            spent["service"] += (_own_cpu_s() - own) * 1000 / operations
        after = await sizes(database)
        grown = {each: (size - before.get(each, 0)) / operations for each, size in after.items()}
        told = grown.pop(OUTBOX, 0.0)
        self.table[name] = {
            **{f"{part}_ms": round(ms, 3) for part, ms in spent.items()},
            "stored_bytes": round(sum(grown.values())),
            "event_bytes": round(told),
        }


IN_THIS_PROCESS = frozenset({"dossier", "person imported", "rating", "rating in bulk"})
"""Whose use case the bench runs itself."""


def _own_cpu_s() -> float:
    return sum(psutil.Process(os.getpid()).cpu_times()[:2])


async def measure(platform: Platform, say: Callable[[str], None]) -> Mapping[str, Cost]:
    costs, client = Costs(platform), connect(platform.mongo_url)
    database: Database = client["congvu_evaluation"]
    unit = await Unit.of(database)
    say("costs of the graph")
    await _graph(costs, platform, database, unit)
    say("costs of what is sent in bulk")
    await _bulk(costs, client[f"bench_{uuid.uuid4().hex}"])
    say("costs of ratings")
    await _ratings(costs, client)
    say("costs of closing")
    await _closing(costs, platform, database)
    _write(costs.table)
    return costs.table


def _write(table: Mapping[str, Cost]) -> None:
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(table, indent=2) + "\n")


async def _graph(costs: Costs, platform: Platform, database: Database, unit: Unit) -> None:
    token = platform.token_for(
        Role.UNIT_HEAD, province=officials.PROVINCE, unit=unit.id, officer=unit.head
    )
    async with httpx.AsyncClient(timeout=60) as http:

        async def ask(query: str, variables: Mapping[str, object]) -> None:
            await Caller(http, platform.graphql_url, query, variables=variables, token=token)()

        async def write() -> None:
            for _ in range(WRITES):
                await ask(ASSIGN, unit.variables())

        async def read() -> None:
            for _ in range(READS):
                await ask(LIST, {"of": officials.period("bulk").id})

        await ask(ASSIGN, unit.variables())
        await costs.take("write", database, WRITES, write)
        await costs.take("read", database, READS, read)


async def _bulk(costs: Costs, database: Database) -> None:
    sender = await ingest.Sender.on(database)

    async def dossiers() -> None:
        for call in range(1, SENT + 1):
            await sender.dossiers(call)

    async def people() -> None:
        for call in range(1, SENT + 1):
            await sender.people(call)

    await sender.dossiers(0)
    await costs.take("dossier", database, SENT * ingest.DOSSIERS_A_CALL, dossiers)
    await sender.people(0)
    await costs.take("person imported", database, SENT * ingest.PEOPLE_A_CALL, people)
    await database.client.drop_database(database.name)


async def _ratings(costs: Costs, client: Any) -> None:
    database: Database = client[f"bench_{uuid.uuid4().hex}"]
    await prepare(database, ALL_OF_FEEDBACK, outbox_keep_days=0)
    made = intake.Intake(database)
    await made.prepare(RATED + BULKS * ROWS_MAX)

    async def single() -> None:
        async with made.sequencer():
            for _ in range(RATED):
                await made.rate()

    async def many() -> None:
        async with made.sequencer():
            for _ in range(BULKS):
                await made.rate_many()

    await costs.take("rating", database, RATED, single)
    await costs.take("rating in bulk", database, BULKS * ROWS_MAX, many)
    await client.drop_database(database.name)


async def _closing(costs: Costs, platform: Platform, database: Database) -> None:
    key = private_file(platform.folder.event_keys(SERVICES), "evaluation")
    uow = MongoUnitOfWork(database, signer=read_signer("evaluation", key))
    of = officials.period("costs")
    runs = await workers.load(database, of, CLOSED, each=CLOSED, items=officials.ITEMS)

    async def ranked() -> int:
        return await database[RUNS.name].count_documents(
            {"_id": {"$in": list(runs)}, "state": RunState.RANKED}
        )

    async def close() -> None:
        async def ask(tx: Any) -> None:
            await workers.request(runs, tx)

        await transact(uow, ask)
        until_all = AsyncRetrying(
            retry=retry_if_result(lambda done: done < len(runs)),
            wait=wait_fixed(workers.LOOK_S),
            stop=stop_after_delay(workers.CLOSES_WITHIN),
        )
        await until_all(ranked)

    await costs.take("person closed", database, CLOSED, close)
