"""`make bench`: every figure with its peer in one run; prints a table, writes var/bench.json."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from congvu_bench import catalogue, events, graph, scoring, wire
from congvu_bench.figures import Figure, show, write
from congvu_local.platform import Platform

TARGET = Path("var/bench.json")

VERSIONS = 100_000
"""A minute's loading; `make bench VERSIONS=1000000` takes about ten."""


async def on_a_platform(versions: int, say: Callable[[str], None]) -> list[Figure]:
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
            say(f"the catalogue at {versions:,} versions")
            figures += await catalogue.measure(mongo, large=versions, say=say)
        finally:
            await asyncio.to_thread(platform.stop)
    return figures


async def measure(versions: int, say: Callable[[str], None]) -> Sequence[Figure]:
    say("scoring")
    figures = await asyncio.to_thread(scoring.measure)
    say("schema execution")
    figures += await graph.measure()
    return figures + await on_a_platform(versions, say)


def main() -> None:
    arguments = argparse.ArgumentParser(prog="congvu_bench", description=__doc__)
    arguments.add_argument(
        "--versions", type=int, default=VERSIONS, help="size of the catalogue (%(default)s)"
    )
    versions = arguments.parse_args().versions

    def say(what: str) -> None:
        sys.stderr.write(f"bench: {what}\n")

    figures = asyncio.run(measure(versions, say))
    show(figures)
    write(figures, TARGET)


if __name__ == "__main__":
    main()
