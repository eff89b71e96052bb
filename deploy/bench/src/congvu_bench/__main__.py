"""`make bench`: every figure with its peer in one run; prints a table, writes var/bench.json."""

import asyncio
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from congvu_bench import events, graph, scoring, wire
from congvu_bench.figures import Figure, show, write
from congvu_local.platform import Platform

TARGET = Path("var/bench.json")


async def on_a_platform(say: Callable[[str], None]) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        platform = await asyncio.to_thread(Platform(Path(folder)).start)
        try:
            say("loading the demo data")
            await wire.load_demo(platform)
            say("requests over the wire")
            figures = [*await wire.measure(platform, Path(folder))]
            say("events from commit to consumer")
            mongo, brokers = platform.mongo_url, platform.kafka_brokers
            figures += await events.measure(mongo, brokers, idempotence=False)
        finally:
            await asyncio.to_thread(platform.stop)
    return figures


async def measure(say: Callable[[str], None]) -> Sequence[Figure]:
    say("scoring")
    figures = await asyncio.to_thread(scoring.measure)
    say("schema execution")
    figures += await graph.measure()
    return figures + await on_a_platform(say)


def main() -> None:
    def say(what: str) -> None:
        sys.stderr.write(f"bench: {what}\n")

    figures = asyncio.run(measure(say))
    show(figures)
    write(figures, TARGET)


if __name__ == "__main__":
    main()
