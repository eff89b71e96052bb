"""Memory of each part for a thousand people more, against the documents that they are."""

import asyncio
from collections.abc import Callable, Mapping

from congvu_bench import officials
from congvu_bench.figures import Figure
from congvu_bench.meter import Meter
from congvu_bench.remains import Remains, size_of
from congvu_bench.workers import workers_on_servers

FIRST, MORE = 1_000, 3_000
AGENCY_PEOPLE = 500


async def measure(say: Callable[[str], None]) -> list[Figure]:
    """Each period is loaded and closed; what the second takes more is divided by its thousands."""
    with workers_on_servers() as workers:
        await asyncio.to_thread(workers.__enter__)
        try:
            meter = Meter.of(*workers.servers, *workers.processes)
            say(f"closing {FIRST:,} people, then {MORE:,} more")
            await workers.seconds(
                await workers.load(officials.period("first"), FIRST, each=AGENCY_PEOPLE)
            )
            before = meter.resident_mb()
            names = await workers.database.list_collection_names()
            remains = await Remains(workers.database, names).begin()
            await workers.seconds(
                await workers.load(officials.period("more"), MORE, each=AGENCY_PEOPLE)
            )
            after = meter.resident_mb()
            documents_mb = size_of(await remains.left()) / 1e6
        finally:
            await asyncio.to_thread(workers.stop)
    return [*_figures(before, after, documents_mb)]


def _figures(
    before: Mapping[str, float], after: Mapping[str, float], documents_mb: float
) -> list[Figure]:
    thousands = MORE / 1_000
    return [
        Figure(
            area="memory",
            name=f"{part}, resident more per 1,000 people (from {before[part]:.0f} MB)",
            value=(after[part] - before[part]) / thousands,
            unit="MB",
            peer="their documents",
            peer_value=documents_mb / thousands,
        )
        for part in after
    ]
