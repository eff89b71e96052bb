"""One member of a consumer group, as a process that can be killed, or told to end by an interrupt:
`python -m kit.member ...`. What the driver does with the group is on its standard output.

Each fact that took effect is a line of the file `effects`; one that `held` names is told in `begun`
and not ended before `held` lets it go.
"""

import argparse
import asyncio
import logging
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from congvu_kit.adapters.cloudevents import Headers
from congvu_kit.adapters.consumer import Consumer
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.signatures import read_owner
from congvu_kit.adapters.subscriptions import LongWork
from congvu_kit.application.ports import Step, Transaction, UnitOfWork
from kit.desks import DeskRenamed
from support.polling import eventually

BEGUN, EFFECTS, HELD = "begun", "effects", "held"
HELD_S = 120.0


@dataclass(frozen=True)
class Renamed:
    name: str


class Nowhere:
    """There is nothing to bury."""

    async def publish_raw(
        self, topic: str, key: bytes | None, value: bytes | None, headers: Headers
    ) -> None:
        raise AssertionError(headers)


class Member:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def tell(self, file: str, name: str) -> None:
        with (self._folder / file).open("a") as lines:
            lines.write(f"{name}\n")

    def held(self, name: str) -> bool:
        return name in (self._folder / HELD).read_text().split()

    async def work(self, fact: Renamed, uow: UnitOfWork) -> Step:
        if self.held(fact.name):
            self.tell(BEGUN, fact.name)
            await eventually(lambda: not self.held(fact.name), within_s=HELD_S, what="let go")

        async def last(tx: Transaction) -> None:
            self.tell(EFFECTS, fact.name)

        return last


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("brokers")
    parser.add_argument("topic")
    parser.add_argument("session_timeout_s", type=float)
    parser.add_argument("--loses-log", action="store_true")
    given = parser.parse_args()
    consumer = Consumer(
        brokers=given.brokers,
        group=f"{given.topic}.group",
        owners={given.topic: read_owner("test", given.folder)},
        subscriptions=[LongWork(DeskRenamed.TYPE, Renamed, Member(given.folder).work)],
        uow=MemoryUnitOfWork(),
        broker=Nowhere(),
        dead_letters=f"{given.topic}.dlq",
        loses_log=given.loses_log,
        session_timeout_s=given.session_timeout_s,
    )
    logging.basicConfig(stream=sys.stdout, level=logging.INFO)
    with suppress(KeyboardInterrupt):
        asyncio.run(consumer.run())


if __name__ == "__main__":
    main()
