"""The databases of all services as they are at one moment, and put back."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from congvu_kit.adapters.driver import (
    Client,
    OperationFailure,
    Session,
    begin,
    close_session,
    raw_document,
    raw_of,
    raw_rows,
    session_of,
    snapshot_session,
)
from congvu_kit.adapters.mongo import DURABLE
from congvu_kit.adapters.relay import RELAY
from congvu_kit.application.backups import NEVER

BATCH, BATCH_BYTES = 1000, 8_000_000

PROBE = "backup_probe"


class TooLong(Exception):
    """The server ended the view before everything was read."""


@dataclass(frozen=True)
class View:
    """Everything that is read through it shows one moment, as `moment` says."""

    client: Client
    session: Session | None
    moment: str

    async def databases(self, prefix: str, services: Sequence[str]) -> list[str]:
        """Those of the services, and what they keep apart (`<service>_keys`)."""
        own = [f"{prefix}{service}" for service in services]
        names = await self.client.list_database_names()
        return sorted(
            name for name in names if name in own or name.startswith(tuple(f"{o}_" for o in own))
        )

    async def collections(self, database: str) -> list[str]:
        names = await self.client[database].list_collection_names()
        return sorted({*names} - NEVER - {PROBE})

    async def documents(self, database: str, collection: str) -> AsyncIterator[bytes]:
        """By their ids, as they lie there."""
        rows = raw_rows(self.client[database][collection])
        cursor = rows.find({}, session=self.session, batch_size=BATCH).sort("_id", 1)
        try:
            async for row in cursor:
                yield raw_of(row)
        except OperationFailure as exception:
            no_such_transaction, snapshot_too_old = 251, 239
            if exception.code in (no_such_transaction, snapshot_too_old):
                raise TooLong from exception
            raise
        finally:
            await cursor.close()


@asynccontextmanager
async def view_of(client: Client, prefix: str, *, stopped: bool) -> AsyncIterator[View]:
    """A snapshot where the server keeps one apart from what is written meanwhile (MongoDB does,
    for `minSnapshotHistoryWindowInSeconds`); else a transaction, which the embedded server ends
    after 60 s. With `stopped` nobody writes, and no view is needed."""
    if stopped:
        yield View(client, None, "stopped")
    elif await _snapshots_stand_still(client, prefix):
        session = await snapshot_session(client)
        try:
            yield View(client, session, "snapshot")
        finally:
            await close_session(session)
    else:
        async with await session_of(client) as session:
            await begin(session)
            try:
                yield View(client, session, "transaction")
            finally:
                await _abort(session)


async def _abort(session: Session) -> None:
    try:
        await session.abort_transaction()
    except OperationFailure:  # The server ended it by itself.
        return


async def _snapshots_stand_still(client: Client, prefix: str) -> bool:
    """Tried, not believed: a server may take the option and show what is written meanwhile."""
    rows = client[f"{prefix}catalogue"].get_collection(PROBE, write_concern=DURABLE)
    await rows.delete_many({})
    await rows.insert_one({"_id": 1, "value": "before"})
    try:
        session = await snapshot_session(client)
    except OperationFailure:
        return False
    try:
        await rows.find_one({"_id": 1}, session=session)
        await rows.update_one({"_id": 1}, {"$set": {"value": "after"}})
        seen = await rows.find_one({"_id": 1}, session=session)
    except OperationFailure:
        return False
    finally:
        await close_session(session)
        await rows.drop()
    return seen is not None and seen["value"] == "before"


async def documents_in(client: Client, database: str) -> int:
    counts = [
        await client[database][name].estimated_document_count()
        for name in await client[database].list_collection_names()
    ]
    return sum(counts)


async def put_back(
    client: Client, database: str, collection: str, documents: Iterable[bytes]
) -> None:
    rows = raw_rows(client[database].get_collection(collection, write_concern=DURABLE))
    batch: list[Any] = []
    size = 0
    for each in documents:
        batch.append(raw_document(each))
        size += len(each)
        if len(batch) == BATCH or size >= BATCH_BYTES:
            await rows.insert_many(batch)
            batch, size = [], 0
    if batch:
        await rows.insert_many(batch)


async def tell_again(client: Client, database: str) -> None:
    """Relays send everything anew that the outbox keeps: what consumers had not taken at the moment
    of the backup reaches them, and they ignore what they had."""
    change: Mapping[str, Any] = {"$inc": {"log": 1}, "$set": {"published": {}}}
    await client[database].get_collection(RELAY, write_concern=DURABLE).update_many({}, change)
