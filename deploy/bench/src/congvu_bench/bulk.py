"""Quarter start: everybody of a unit gets the quarter's work in one call, through the service."""

import asyncio
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from time import perf_counter
from typing import Any

import httpx

from congvu_bench import officials
from congvu_bench.figures import Figure
from congvu_bench.remains import Remains, inserted
from congvu_bench.wire import Caller
from congvu_bench.workers import Workers, workers_on_servers
from congvu_kit.adapters.mongo import Database
from congvu_kit.application.documents import Codec
from congvu_kit.domain.actor import Role
from evaluation_service.application.collections import PERIODS, SERVANTS, UNITS, VERSIONS
from evaluation_service.domain.copies.versions import WorkProductVersion
from evaluation_service.domain.periods.states import PeriodState

PEOPLE, UNITS_ASKED = 500, 6
PIECES = 10
"""For everybody of a unit: 49 people with 10 pieces each are a call of 490."""
RELEASE = "rel_bench"

ASSIGN = """
mutation($input: AssignWorkBulkInput!) { assignWorkBulk(input: $input) {
  ... on AssignedReport { results { assignmentId problem { message } } }
  ... on Problem { message }
} }"""

WRITTEN = ("assignments", "tallies", "matchings", "outbox")
"""Where a call leaves what it made."""


async def measure(say: Callable[[str], None]) -> Iterator[Figure]:
    with workers_on_servers() as workers:
        await asyncio.to_thread(workers.__enter__)
        try:
            return await _given(workers, say)
        finally:
            await asyncio.to_thread(workers.stop)


async def _given(workers: Workers, say: Callable[[str], None]) -> Iterator[Figure]:
    """The peers write what the calls left once more, and nothing else."""
    units = await load(workers.database)
    say(f"work for {len(units)} units of {officials.UNIT_PEOPLE} at once")
    async with httpx.AsyncClient(timeout=60) as client:
        await _asked(client, workers, units[0])
        remains = await Remains(workers.database, WRITTEN).begin()
        started = perf_counter()
        made = sum([await _asked(client, workers, unit) for unit in units[1:]])
        took_s = perf_counter() - started
    left = await remains.left()
    calls = len(units) - 1
    everything = await inserted(workers.database, left, calls)
    assignments = await inserted(workers.database, left[:1], calls)
    peers = {
        "raw inserts of every document it makes": made / everything,
        "raw inserts of the assignments alone": made / assignments,
    }
    return iter(
        [
            Figure(
                area="bulk",
                name="assignWorkBulk, 490 pieces a call",
                value=made / took_s,
                unit="assignments/s",
                peer=peer,
                peer_value=value,
            )
            for peer, value in peers.items()
        ]
    )


async def load(database: Database) -> Sequence[str]:
    """An open period, an agency, a catalogue; the ids of the units that are asked for."""
    of = officials.period("bulk")
    rows = officials.agency(0, PEOPLE, of)
    units = [unit["_id"] for unit in rows[UNITS.name]]
    opened = replace(
        of, state=PeriodState.OPEN, unit_ids=tuple(units), release_ids=(RELEASE,), frozen_at=None
    )
    await database[PERIODS.name].insert_one(officials.period_document(opened))
    for collection in (UNITS, SERVANTS):
        await database[collection.name].insert_many(rows[collection.name])
    codec = Codec(VERSIONS)
    await database[VERSIONS.name].insert_many([codec.dump(_version(n)) for n in range(PIECES)])
    return units[1:][:UNITS_ASKED]


def _version(number: int) -> WorkProductVersion:
    return WorkProductVersion(
        id=f"A.56.{number:03d}@1",
        code=f"A.56.{number:03d}",
        number=1,
        group="A",
        province=officials.PROVINCE,
        unit_id=None,
        name_vi=f"Thủ tục {number}",
        coefficient=Fraction(3, 2),
        orientation=None,
        kpi_kind=None,
        procedure_code=f"1.{number:06d}",
        release_id=RELEASE,
        effective_from=officials.STARTS_ON,
        effective_to=None,
        revision=1,
    )


async def _asked(client: httpx.AsyncClient, workers: Workers, unit: str) -> int:
    """How much work was given; all of it is."""
    head = f"cs_{unit.removeprefix('unit_')}"
    line = {"quantity": "4", "dueOn": "2026-09-01"}
    work = [{"versionId": f"A.56.{number:03d}@1", **line} for number in range(PIECES)]
    given = {
        "idempotencyKey": secrets.token_hex(16),
        "periodId": officials.period("bulk").id,
        "everybody": {"unitId": unit, "work": work},
    }
    token = workers.token(Role.UNIT_HEAD, unit=unit, officer=head, province=officials.PROVINCE)
    call = Caller(
        client,
        workers.url,
        ASSIGN,
        variables={"input": given},
        secret=workers.secret,
        token=token,
    )
    answer: Mapping[str, Any] = (await call())["assignWorkBulk"]
    results = answer.get("results", [])
    if not results or any(each["problem"] for each in results):
        raise RuntimeError(f"not everything was given: {str(answer)[-400:]}")
    return len(results)
