"""`make bench`: every figure with its peer in one run; prints a table, writes var/bench.json."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from congvu_bench import (
    bulk,
    catalogue,
    closing,
    events,
    graph,
    growing,
    intake,
    pages,
    scoring,
    wire,
)
from congvu_bench.figures import Figure, show, write
from congvu_kit.service.app import collect_seldom
from congvu_local.platform import Platform

TARGET = Path("var/bench.json")

VERSIONS = 100_000
"""A minute's loading; `make bench VERSIONS=1000000` takes about ten."""


async def on_a_platform(
    versions: int, entries: Sequence[int], say: Callable[[str], None]
) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        platform = await asyncio.to_thread(Platform(Path(folder)).start)
        try:
            say("loading the demo data")
            await wire.load_demo(platform)
            say("requests over the wire")
            figures = [*await wire.measure(platform, Path(folder))]
            say("readers' pages")
            figures += await pages.measure(platform.graphql_url, Path(folder))
            say("events from commit to consumer")
            mongo, brokers = platform.mongo_url, platform.kafka_brokers
            figures += await events.measure(mongo, brokers, idempotence=False)
            say("what citizens send")
            figures += await intake.measure(mongo, say)
            figures += await growing.measure(mongo, entries, say)
            say(f"the catalogue at {versions:,} versions")
            figures += await catalogue.measure(mongo, large=versions, say=say)
        finally:
            await asyncio.to_thread(platform.stop)
    return figures


async def measure(
    versions: int,
    people: Sequence[int],
    entries: Sequence[int],
    brokers: str | None,
    say: Callable[[str], None],
) -> Sequence[Figure]:
    say("scoring")
    figures = await asyncio.to_thread(scoring.measure)
    say("closing a period")
    figures += await closing.close_all(people, say, brokers=brokers)
    figures += await bulk.measure(say)
    say("schema execution")
    figures += await graph.measure()
    return figures + await on_a_platform(versions, entries, say)


def main() -> None:
    arguments = argparse.ArgumentParser(prog="congvu_bench", description=__doc__)
    arguments.add_argument(
        "--versions", type=int, default=VERSIONS, help="size of the catalogue (%(default)s)"
    )
    arguments.add_argument(
        "--people",
        type=int,
        nargs="+",
        default=closing.PEOPLE,
        help="sizes of the period that is closed (%(default)s)",
    )
    arguments.add_argument(
        "--entries",
        type=int,
        nargs="+",
        default=growing.SIZES,
        help="sizes of the public log that is appended to and proved (%(default)s)",
    )
    arguments.add_argument(
        "--brokers", help="an Apache Kafka to close it on; else the embedded broker is started"
    )
    given = arguments.parse_args()

    def say(what: str) -> None:
        sys.stderr.write(f"bench: {what}\n")

    collect_seldom()  # as services do: the loops here are their peers
    figures = asyncio.run(measure(given.versions, given.people, given.entries, given.brokers, say))
    show(figures)
    write(figures, TARGET)


if __name__ == "__main__":
    main()
