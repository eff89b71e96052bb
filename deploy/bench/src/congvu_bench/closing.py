"""Closing a period through the real service, against a straight loop over the same documents."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from time import perf_counter
from typing import Any

from congvu_bench import officials
from congvu_bench.figures import Figure
from congvu_bench.workers import Workers, workers_on_servers
from congvu_kit.adapters.mongo import Database
from congvu_scoring import CompiledPolicy, Snapshot, compile_policy, score_anyway
from congvu_scoring.documents.policy_files import shipped_policy

PEOPLE = (1_000, 10_000)
WORKERS = (1, 2)
STEP_PEOPLE = 200
"""People written in one transaction, by both."""
AGENCY_PEOPLE = 500
"""Two agencies at the least, so that two workers have something to do."""
FIRST_PEOPLE = 50
"""Of an agency that each worker closes before it is measured."""
EXPLAINED = 500

_TAKEN = (
    "item",
    "coefficient",
    "assigned",
    "completed",
    "quality_failures",
    "quality_exempt",
    "late",
    "late_exempt",
)

Document = Mapping[str, Any]


async def measure(
    people: int, workers: int, say: Callable[[str], None], *, brokers: str | None = None
) -> list[Figure]:
    with workers_on_servers(workers, brokers=brokers) as made:
        return await _closed(made, people, say)


async def _closed(workers: Workers, people: int, say: Callable[[str], None]) -> list[Figure]:
    of, count = officials.period("bench"), len(workers.processes)
    say(f"loading {people:,} people with {officials.ITEMS} pieces of work each")
    runs = await workers.load(of, people, each=AGENCY_PEOPLE)
    first = await workers.load(officials.period("first"), count * FIRST_PEOPLE, each=FIRST_PEOPLE)
    await asyncio.to_thread(workers.__enter__)
    try:
        await workers.seconds(first)  # Members of their group by then, and warm.
        say(f"closing with {count} worker(s)")
        service_s = await workers.seconds(runs)
    finally:
        await asyncio.to_thread(workers.stop)
    say("the straight loop over the same documents")
    loop_s = await straight_loop(workers.database, of.id)
    return [
        Figure(
            area="closing",
            name=f"{people:,} people of {officials.ITEMS} items, {count} worker(s)",
            value=people / service_s,
            unit="people/s",
            peer="a straight loop: read, score, write",
            peer_value=people / loop_s,
        )
    ]


async def straight_loop(database: Database, period_id: str) -> float:
    """Seconds to read every tally, score it, and write the result, with nothing around it."""
    compiled = compile_policy(shipped_policy("ND335-2025-STAFF"))
    started = perf_counter()
    batch: list[dict[str, Any]] = []
    async for tally in _tallies(database, period_id):
        batch.append(_scored(tally, compiled))
        if len(batch) == STEP_PEOPLE:
            await _written(database, batch)
            batch = []
    if batch:
        await _written(database, batch)
    return perf_counter() - started


async def _tallies(database: Database, period_id: str) -> AsyncIterator[Document]:
    async for tally in database["tallies"].find({"period_id": period_id}):
        yield tally


def snapshot_of(tally: Document) -> Snapshot:
    work = [_row(id, line) for id, line in tally["lines"].items()]
    return Snapshot.from_document(
        {
            "period": "2026-Q3",
            "general": officials.POINTS,
            "subject": {"kind": "STAFF"},
            "work": work,
        }
    )


def _row(id: str, line: Document) -> Document:
    by = line["confirmed_by"]
    evidence = [
        {"ref": each["uri"], "hash": each["hash"], "confirmed_by": by} for each in line["evidence"]
    ]
    return {**{name: line[name] for name in _TAKEN}, "assignment": id, "evidence": evidence}


def _scored(tally: Document, compiled: CompiledPolicy) -> dict[str, Any]:
    snapshot = snapshot_of(tally)
    result = score_anyway(compiled, snapshot)
    return {
        "_id": tally["_id"],
        "snapshot": snapshot.canonical.decode(),
        "snapshot_hash": snapshot.hash,
        "total": str(result.total),
        "band": result.band,
        "hash": result.hash(),
    }


async def _written(database: Database, batch: list[dict[str, Any]]) -> None:
    async with await database.client.start_session() as session, session.start_transaction():
        await database["straight"].insert_many(batch, session=session)


def explanations() -> Figure:
    """Of everybody, as an export makes them, against scoring the same people."""
    compiled = compile_policy(shipped_policy("ND335-2025-STAFF"))
    rows = officials.agency(0, EXPLAINED, officials.period("explained"))
    snapshots = [snapshot_of(tally) for tally in rows["tallies"]]
    started = perf_counter()
    results = [score_anyway(compiled, snapshot) for snapshot in snapshots]
    scored = perf_counter()
    for result in results:
        result.explanation()
    ended = perf_counter()
    return Figure(
        area="closing",
        name=f"explanations of {officials.ITEMS} items each",
        value=EXPLAINED / (ended - scored),
        unit="people/s",
        peer="scoring the same snapshots",
        peer_value=EXPLAINED / (scored - started),
    )


async def close_all(
    people: Sequence[int], say: Callable[[str], None], *, brokers: str | None = None
) -> list[Figure]:
    figures = [explanations()]
    for size in people:
        for count in WORKERS:
            figures += await measure(size, count, say, brokers=brokers)
    return figures
