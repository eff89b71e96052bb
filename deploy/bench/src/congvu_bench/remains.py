"""What calls left in a database, and what writing the same once more costs, with nothing else."""

from collections.abc import Sequence
from time import perf_counter
from typing import Any

import bson

from congvu_kit.adapters.driver import Database, Row, session_of
from congvu_kit.adapters.mongo import DURABLE


class Remains:
    """Of some collections, since it was made."""

    def __init__(self, database: Database, names: Sequence[str]) -> None:
        self._database = database
        self._names = names
        self._before: dict[str, list[Any]] = {}

    async def begin(self) -> "Remains":
        for name in self._names:
            rows = self._database[name].find({}, {"_id": 1})
            self._before[name] = [each["_id"] async for each in rows]
        return self

    async def left(self) -> list[list[Row]]:
        return [
            [each async for each in self._database[name].find({"_id": {"$nin": before}})]
            for name, before in self._before.items()
        ]


def size_of(left: Sequence[Sequence[Row]]) -> int:
    """Bytes, as the database is sent them."""
    return sum(len(bson.encode(row)) for rows in left for row in rows)


async def sizes(database: Database) -> dict[str, int]:
    """Of everything that is in it, by collection: what is written over may grow too."""
    return {
        name: sum([len(bson.encode(row)) async for row in database[name].find({})])
        for name in await database.list_collection_names()
    }


async def inserted(database: Database, left: Sequence[Sequence[Row]], calls: int) -> float:
    """Seconds to write the documents of each collection as many at a time, in as many
    transactions."""
    started = perf_counter()
    for call in range(calls):
        async with (
            await session_of(database.client) as session,
            session.start_transaction(write_concern=DURABLE),
        ):
            for number, documents in enumerate(left):
                part = documents[call::calls]
                if part:
                    raw = database[f"raw_{len(left)}_{number}"]
                    await raw.insert_many(part, session=session)
    return perf_counter() - started
