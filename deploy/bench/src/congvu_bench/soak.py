"""Hours of the same work: memory, file handles and the slowest answers must stay where they were.

`make soak` takes an hour, `make soak MINUTES=10` ten minutes. It writes var/soak.json, four rows a
minute, and ends with 1 when a slope is steeper than is allowed.
"""

import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx
import psutil

from congvu_bench import officials
from congvu_bench.costs import LIST
from congvu_bench.meter import Meter
from congvu_bench.wire import Caller, Refused
from congvu_bench.writing import ASSIGN, Unit
from congvu_kit.adapters.mongo import connect
from congvu_kit.domain.actor import Role
from congvu_local.platform import Platform

TARGET = Path("var/soak.json")

CLIENTS, PAUSE_S = 4, 0.4
"""About ten requests a second: a tenth of what this machine can do, so that what grows is seen and
not the queue. Every fifth is a write."""
WRITE_EVERY = 5

ROWS_A_MINUTE = 4
WARM = 0.25
"""Of the run, at its beginning, that says nothing: caches fill and code is warmed."""

HANDLES_MAX = 10
"""File handles more at the end than after warming up, of any part."""
GROWTH_MAX = 0.10
"""Of memory over the whole run, as a share, of any part that keeps nothing; the embedded broker
keeps its log in memory, and the embedded database has a cache that fills."""
P99_MAX = 0.5
"""Of the slowest answers over the whole run, as a share: on a machine that others use it moves by
so much without us."""
REFUSED_MAX = 0.001
"""Of all answers: what others do on the machine may take a request's whole time now and then."""
KEEPS = frozenset({"broker", "database"})


@dataclass(frozen=True)
class Row:
    """Of a quarter of a minute."""

    at_s: float
    answers: int
    refused: int
    p99_ms: float
    load: float
    resident_mb: Mapping[str, float]
    handles: Mapping[str, int]


def slope(values: Sequence[float]) -> float:
    """How much a straight line through them grows from its first to its last, as a share of its
    first. By the medians of all pairs (Theil and Sen): one bad minute turns it little."""
    steps = [
        (later - earlier) / (j - i)
        for i, earlier in enumerate(values)
        for j, later in enumerate(values[i + 1 :], start=i + 1)
    ]
    step = statistics.median(steps)
    first = statistics.median(value - step * i for i, value in enumerate(values))
    return step * (len(values) - 1) / first


def complaints(rows: Sequence[Row]) -> list[str]:
    """What did not stay where it was, in words."""
    warm = rows[int(len(rows) * WARM) :]
    told = []
    for part in warm[0].resident_mb:
        grown = slope([row.resident_mb[part] for row in warm])
        if part not in KEEPS and grown > GROWTH_MAX:
            told.append(f"{part}: memory grew by {grown:.0%}, more than {GROWTH_MAX:.0%}")
        more = max(row.handles[part] for row in warm[-3:]) - warm[0].handles[part]
        if more > HANDLES_MAX:
            told.append(f"{part}: {more} file handles more, over {HANDLES_MAX}")
    slower = slope([row.p99_ms for row in warm])
    if slower > P99_MAX:
        told.append(f"p99 grew by {slower:.0%}, more than {P99_MAX:.0%}")
    refused = sum(row.refused for row in rows) / sum(row.answers for row in rows)
    if refused > REFUSED_MAX:
        told.append(f"{refused:.1%} refused, more than {REFUSED_MAX:.1%}")
    return told


def run(minutes: float, say: Callable[[str], None]) -> int:
    rows = asyncio.run(_soak(minutes, say))
    found = complaints(rows)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    document = {"complaints": found, "rows": [asdict(row) for row in rows]}
    TARGET.write_text(json.dumps(document, indent=2) + "\n")
    warm = rows[int(len(rows) * WARM) :]
    for part in warm[0].resident_mb:
        size, handles = warm[-1].resident_mb[part], warm[-1].handles[part]
        grown = slope([row.resident_mb[part] for row in warm])
        say(f"{part}: {size:.0f} MB at the end, slope {grown:+.1%}; {handles} handles")
    say(
        f"p99 {warm[0].p99_ms:.0f} to {warm[-1].p99_ms:.0f} ms, "
        f"slope {slope([row.p99_ms for row in warm]):+.1%}; "
        f"{sum(row.answers for row in rows)} answers, {sum(row.refused for row in rows)} refused"
    )
    for each in found:
        say(each)
    return 1 if found else 0


async def _soak(minutes: float, say: Callable[[str], None]) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        platform = await asyncio.to_thread(Platform(Path(folder)).start)
        try:
            return await _rows(platform, minutes, say)
        finally:
            await asyncio.to_thread(platform.stop)


async def _rows(platform: Platform, minutes: float, say: Callable[[str], None]) -> list[Row]:
    client = connect(platform.mongo_url)
    unit = await Unit.of(client["congvu_evaluation"])
    meter = Meter.of(*platform.supervisor.processes)
    taken: list[float] = []
    refused: list[str] = []
    working = [asyncio.create_task(_work(platform, unit, taken, refused)) for _ in range(CLIENTS)]
    began, rows = time.monotonic(), list[Row]()
    try:
        while time.monotonic() - began < 60 * minutes:
            await asyncio.sleep(60 / ROWS_A_MINUTE)
            for task in working:
                if task.done():
                    task.result()
            part, taken[:] = list(taken), []
            count, refused[:] = len(refused), []
            rows.append(
                Row(
                    at_s=time.monotonic() - began,
                    answers=len(part),
                    refused=count,
                    p99_ms=statistics.quantiles(part, n=100)[-1],
                    load=psutil.getloadavg()[0],
                    resident_mb=meter.resident_mb(),
                    handles=meter.handles(),
                )
            )
            if len(rows) % ROWS_A_MINUTE == 0:
                say(f"{len(rows) // ROWS_A_MINUTE} min, p99 {rows[-1].p99_ms:.0f} ms")
    finally:
        for task in working:
            task.cancel()
        await asyncio.gather(*working, return_exceptions=True)
    return rows


async def _work(platform: Platform, unit: Unit, taken: list[float], refused: list[str]) -> None:
    """For ever: a list, now and then a new piece of work. What has no time is told and passed
    over; any other refusal ends the run."""
    of = officials.period("bulk").id
    number = 0
    async with httpx.AsyncClient(timeout=60) as http:
        while True:
            number += 1
            token = platform.token_for(
                Role.UNIT_HEAD, province=officials.PROVINCE, unit=unit.id, officer=unit.head
            )
            writes = number % WRITE_EVERY == 0
            query, variables = (ASSIGN, unit.variables()) if writes else (LIST, {"of": of})
            call = Caller(http, platform.graphql_url, query, variables=variables, token=token)
            started = time.perf_counter()
            try:
                await call()
            except Refused as exception:
                if exception.codes != {"UNAVAILABLE"}:
                    raise
                refused.extend(exception.codes)
            taken.append((time.perf_counter() - started) * 1000)
            await asyncio.sleep(PAUSE_S)
