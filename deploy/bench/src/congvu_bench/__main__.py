"""`make bench`: every figure with its peer in one run; prints a table, writes var/bench.json."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from congvu_bench import (
    bulk,
    catalogue,
    closing,
    costs,
    drivers,
    events,
    gateways,
    graph,
    growing,
    ingest,
    intake,
    memory,
    pages,
    replay,
    scoring,
    soak,
    wire,
    writing,
)
from congvu_bench.figures import Figure, show, write, yardstick_ms
from congvu_kit.service.app import collect_seldom
from congvu_local.platform import Platform

TARGET = Path("var/bench.json")

VERSIONS = 100_000
"""A minute's loading; `make bench VERSIONS=1000000` takes about ten."""


@dataclass(frozen=True)
class Asked:
    """What a run was asked for."""

    versions: int
    people: Sequence[int]
    entries: Sequence[int]
    brokers: str | None
    say: Callable[[str], None]


@dataclass(frozen=True)
class Place:
    """A running platform, with a folder beside it."""

    platform: Platform
    folder: Path

    @property
    def mongo(self) -> str:
        return self.platform.mongo_url

    @property
    def kafka(self) -> str:
        return self.platform.kafka_brokers


Alone = Callable[[Asked], Awaitable[Sequence[Figure]]]
There = Callable[[Asked, Place], Awaitable[Sequence[Figure]]]


async def _wire(asked: Asked, place: Place) -> Sequence[Figure]:
    asked.say("loading the demo data")
    await wire.load_demo(place.platform)
    return [
        *await wire.measure(place.platform, place.folder),
        *await pages.measure(place.platform.graphql_url, place.folder),
    ]


async def _log(asked: Asked, place: Place) -> Sequence[Figure]:
    return [*await growing.measure(place.mongo, asked.entries, asked.say)]


async def _catalogue(asked: Asked, place: Place) -> Sequence[Figure]:
    return [*await catalogue.measure(place.mongo, large=asked.versions, say=asked.say)]


async def _costs(asked: Asked, place: Place) -> Sequence[Figure]:
    await costs.measure(place.platform, asked.say)
    return []


async def _closing(asked: Asked) -> Sequence[Figure]:
    return await closing.close_all(asked.people, asked.say, brokers=asked.brokers)


async def _events(_: Asked, place: Place) -> Sequence[Figure]:
    return [*await events.measure(place.mongo, place.kafka, idempotence=False)]


async def _intake(asked: Asked, place: Place) -> Sequence[Figure]:
    return [*await intake.measure(place.mongo, asked.say)]


async def _bulk(asked: Asked) -> Sequence[Figure]:
    return [*await bulk.measure(asked.say)]


async def _graph(_: Asked) -> Sequence[Figure]:
    return [*await graph.measure()]


ALONE: Mapping[str, Alone] = {
    "scoring": lambda _: asyncio.to_thread(scoring.measure),
    "closing": _closing,
    "bulk": _bulk,
    "memory": lambda asked: memory.measure(asked.say),
    "graph": _graph,
    "gateway": lambda _: asyncio.to_thread(gateways.measure),
}
"""Areas that start what they need."""

ON_A_PLATFORM: Mapping[str, There] = {
    "write": lambda _, place: writing.measure(place.platform),
    "driver": lambda _, place: drivers.measure(place.mongo),
    "wire": _wire,
    "events": _events,
    "replay": lambda _, place: replay.measure(place.mongo, place.kafka, idempotence=False),
    "ingest": lambda _, place: ingest.measure(place.mongo),
    "intake": _intake,
    "log": _log,
    "catalogue": _catalogue,
    "costs": _costs,
}
"""Areas that one platform is started for."""

AREAS = (*ALONE, *ON_A_PLATFORM)


class Run:
    """Area by area, with a look at the machine before each."""

    def __init__(self, asked: Asked, only: Sequence[str]) -> None:
        self._asked = asked
        self._only = only
        self.figures: list[Figure] = []
        self.yardsticks: dict[str, float] = {}

    async def go(self) -> None:
        for name, measure in ALONE.items():
            if name in self._only:
                await self._area(name, lambda measure=measure: measure(self._asked))  # type: ignore[misc]
        there = {name: each for name, each in ON_A_PLATFORM.items() if name in self._only}
        if there:
            await self._on_a_platform(there)

    async def _on_a_platform(self, areas: Mapping[str, There]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            platform = await asyncio.to_thread(Platform(Path(folder)).start)
            place = Place(platform, Path(folder))
            try:
                for name, measure in areas.items():
                    await self._area(name, lambda measure=measure: measure(self._asked, place))  # type: ignore[misc]
            finally:
                await asyncio.to_thread(platform.stop)

    async def _area(self, name: str, measure: Callable[[], Awaitable[Sequence[Figure]]]) -> None:
        self._asked.say(name)
        self.yardsticks[name] = yardstick_ms()
        self.figures += await measure()
        write(self.figures, self.yardsticks, TARGET)


def main() -> None:
    arguments = argparse.ArgumentParser(prog="congvu_bench", description=__doc__)
    arguments.add_argument(
        "--only", nargs="+", choices=AREAS, default=AREAS, help="areas (all of them)"
    )
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
    arguments.add_argument(
        "--soak", type=float, metavar="MINUTES", help="no figures: work for so long, and stay flat"
    )
    given = arguments.parse_args()

    def say(what: str) -> None:
        sys.stderr.write(f"bench: {what}\n")

    if given.soak:
        sys.exit(soak.run(given.soak, say))
    collect_seldom()  # as services do: the loops here are their peers
    run = Run(Asked(given.versions, given.people, given.entries, given.brokers, say), given.only)
    asyncio.run(run.go())
    show(run.figures)


if __name__ == "__main__":
    main()
