"""Benches that were kept in three shapes, and a program that converts them and dies at it.

`python -m kit.benches URL DATABASE BATCHES` kills itself with -9 inside a transaction, after that
many batches.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from congvu_kit.adapters import migrating
from congvu_kit.adapters.driver import Database
from congvu_kit.adapters.leases import MongoLeases
from congvu_kit.adapters.migrating import Migrator
from congvu_kit.adapters.mongo import MongoTransaction, MongoUnitOfWork, connect
from congvu_kit.application.ports import DATED, Collection, Migration, Stored
from congvu_kit.domain.aggregate import Aggregate

SMALL_BATCH = 10


@dataclass(kw_only=True)
class OldBench(Aggregate):
    """As the version before the migrations knows it."""

    name: str


@dataclass(kw_only=True)
class HalfBench(Aggregate):
    """As the version between knows it."""

    name: str
    seats: int


@dataclass(kw_only=True)
class Bench(Aggregate):
    name: str
    seats: int
    measured: int


@dataclass(kw_only=True)
class DatedBench(OldBench):
    updated_at: datetime | None = field(default=None, compare=False)


def with_seats(document: Stored) -> Stored:
    return {**document, "seats": len(str(document["name"]))}


def measured_once_more(document: Stored) -> Stored:
    """Twice is seen."""
    before = document.get("measured", 0)
    assert isinstance(before, int)
    return {**document, "measured": before + 1}


BEFORE = Collection("benches", OldBench, indexes=[("name",)])
SEATED = Migration("seats", with_seats)
HALF = Collection("benches", HalfBench, migrations=[SEATED])
DATED_BENCHES = Collection("benches", DatedBench, dated=True, migrations=[DATED])
ONE = Collection(
    "benches",
    Bench,
    extra=lambda bench: {"long": bench.seats > 3},
    migrations=[SEATED, Migration("measured", measured_once_more)],
)


def migrator(database: Database, collection: Collection[Any] = ONE) -> Migrator:
    uow = MongoUnitOfWork(database, signer=None)
    return Migrator(database, uow, [collection], MongoLeases(database))


async def _die_after(url: str, name: str, batches: int) -> None:
    count = MongoTransaction.count
    done: list[str] = []

    async def count_or_die(self: MongoTransaction, name: str, id: str, converted: int) -> None:
        await count(self, name, id, converted)
        done.append(id)
        if len(done) > batches:
            os.kill(os.getpid(), signal.SIGKILL)

    MongoTransaction.count = count_or_die  # type: ignore[method-assign]
    client = connect(url)
    one = migrator(client[name])
    await one.step()
    await one.leave()


def old_rows(number: int) -> Sequence[dict[str, object]]:
    one = {"name": "Ghế", "revision": 3, "sequence": 0}
    return [{"_id": f"b{each:04}", **one} for each in range(number)]


if __name__ == "__main__":
    migrating.BATCH = SMALL_BATCH
    asyncio.run(_die_after(sys.argv[1], sys.argv[2], int(sys.argv[3])))
