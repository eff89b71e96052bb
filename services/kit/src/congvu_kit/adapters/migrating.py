"""Brings stored documents into the shape of this version, some at a time, while others write.

A document says itself how many migrations it has behind it, so there is no place to lose: whoever
is killed leaves nothing half done, and what an older version wrote meanwhile is found again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog

from congvu_kit.adapters import kept_traces
from congvu_kit.adapters.driver import Database, ReplaceOne, Row
from congvu_kit.adapters.mongo import MongoTransaction, MongoUnitOfWork, rows_of
from congvu_kit.adapters.mongo_failures import translated
from congvu_kit.adapters.reasons import reason_of
from congvu_kit.application.documents import SHAPE, Codec
from congvu_kit.application.perform import again
from congvu_kit.application.ports import Collection, Leases

MIGRATIONS = "migrations"
"""What was done, a row for each collection: kept for ever."""

BATCH = 200
"""Documents in one transaction: some tens of milliseconds, so nobody waits for them."""

LEASE = timedelta(seconds=30)
"""One process at a time; a batch takes a fraction of it."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Of one collection: its migrations, how many documents have not all of them behind them, and
    how many were converted so far."""

    collection: str
    migrations: Sequence[str]
    waiting: int
    converted: int
    converted_at: datetime | None


@dataclass
class Pass:
    """One look through a collection, from the oldest shape on. What cannot be converted is passed
    over and told."""

    shapes: list[int | None]
    after: str = ""
    converted: int = 0
    refused: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, collection: Collection[Any]) -> "Pass":
        return cls([None, *range(1, len(collection.migrations))])

    @property
    def query(self) -> dict[str, object]:
        return {SHAPE: self.shapes[0], "_id": {"$gt": self.after}}

    def went(self, rows: Sequence[Row]) -> None:
        """Past these; those of a shape are through once fewer than a batch are left."""
        if len(rows) == BATCH:
            self.after = rows[-1]["_id"]
        else:
            self.after = ""
            del self.shapes[0]


class Migrator:
    """Of one service's database."""

    def __init__(
        self,
        database: Database,
        uow: MongoUnitOfWork,
        collections: Sequence[Collection[Any]],
        leases: Leases,
    ) -> None:
        self._database = database
        self._uow = uow
        self._leases = leases
        self.collections = [each for each in collections if each.migrations]

    async def standing(self, collection: Collection[Any]) -> Standing:
        shapes = Pass.of(collection).shapes
        with translated():
            done = await self._database[MIGRATIONS].find_one({"_id": collection.name}) or {}
            rows = rows_of(self._database, collection)
            waiting = [await rows.count_documents({SHAPE: each}) for each in shapes]
        return Standing(
            collection=collection.name,
            migrations=[each.name for each in collection.migrations],
            waiting=sum(waiting),
            converted=int(done.get("converted", 0)),
            converted_at=done.get("converted_at"),
        )

    async def rehearse(self, collection: Collection[Any]) -> Pass:
        """Convert all that wait, and store nothing."""
        tried = Pass.of(collection)
        while tried.shapes:
            with translated():
                cursor = rows_of(self._database, collection).find(tried.query)
                found = await cursor.sort("_id", 1).limit(BATCH).to_list(None)
            tried.converted += len(_converted(Codec(collection), found, tried))
            tried.went(found)
        return tried

    async def convert(self, collection: Collection[Any], so_far: Pass) -> bool:
        """One batch; false while another process is at it."""
        if await self._leases.take(MIGRATIONS, within=LEASE) is None:
            return False

        @again
        async def once() -> tuple[Sequence[Row], int]:
            async with self._uow.begin() as tx:
                return await _batch(tx, collection, so_far)

        found, converted = await once()
        so_far.converted += converted
        so_far.went(found)
        return True

    async def step(self) -> None:
        """All that waits, unless another process is at it: what a service does now and then."""
        for collection in self.collections:
            so_far = Pass.of(collection)
            while so_far.shapes and await self.convert(collection, so_far):
                pass
            for id, why in so_far.refused.items():
                log.error("not_migrated", collection=collection.name, id=id, error=why)

    async def leave(self) -> None:
        """Let another process go on at once."""
        await self._leases.leave(MIGRATIONS)


async def _batch(
    tx: MongoTransaction, collection: Collection[Any], so_far: Pass
) -> tuple[Sequence[Row], int]:
    """What was found, and how many of them were converted. The count is in the same transaction:
    nothing is converted twice, whoever else is at it, and what is written meanwhile has this tried
    again."""
    rows, session = tx.rows(collection)
    with translated():
        cursor = rows.find(so_far.query, session=session).sort("_id", 1).limit(BATCH)
        found: list[Row] = await cursor.to_list(None)
    converted = _converted(Codec(collection, tx.now), found, so_far)
    if converted:
        with translated():
            await rows.bulk_write(
                [ReplaceOne({"_id": each["_id"]}, each) for each in converted], session=session
            )
        await tx.count(MIGRATIONS, collection.name, len(converted))
    return found, len(converted)


def _converted(codec: Codec[Any], found: Sequence[Row], so_far: Pass) -> list[Row]:
    """As this version would store them. `revision` stays: nobody changed anything."""
    converted = []
    for row in found:
        try:
            told = {k: v for k, v in row.items() if k == kept_traces.FIELD}
            converted.append({**told, **codec.unknown(row), **codec.converted(row)})
        except Exception as exception:  # Whatever is wrong with one, the others go on.
            so_far.refused[str(row["_id"])] = reason_of(exception)
    return converted
