"""What a database has before the first request: collections and their indexes."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from congvu_kit.adapters.deaths import BEGINNINGS
from congvu_kit.adapters.driver import (
    ASCENDING,
    DESCENDING,
    CollectionInvalid,
    Database,
    OperationFailure,
    Rows,
)
from congvu_kit.adapters.migrating import MIGRATIONS
from congvu_kit.adapters.mongo import ANSWERS, INBOX, rows_of
from congvu_kit.adapters.outbox import OUTBOX
from congvu_kit.adapters.sessions import SESSIONS
from congvu_kit.application.documents import SHAPE
from congvu_kit.application.ports import Collection

IDEMPOTENCY_KEEP_DAYS = 30
"""How long a key answers again (domain model, conventions)."""


async def prepare(
    database: Database, collections: Sequence[Collection[Any]], *, outbox_keep_days: int
) -> None:
    """Create what is missing: collections, their indexes, and the kit's own."""
    # Inside a transaction a collection cannot be created on every server.
    for name in (OUTBOX, INBOX, ANSWERS, SESSIONS, MIGRATIONS):
        await _create(database[name])
    for collection in (*collections, BEGINNINGS):
        await prepare_collection(database, collection)
    await _prepare_own(database, outbox_keep_days)


async def prepare_collection(database: Database, collection: Collection[Any]) -> None:
    rows = rows_of(database, collection)
    await _create(rows)
    await _drop_changed(rows, collection)
    for paths in (*collection.indexes, *([(SHAPE, "_id")] if collection.migrations else [])):
        await rows.create_index(_sort_keys(paths))
    for paths in collection.unique:
        await rows.create_index(
            _sort_keys(paths),
            unique=True,
            partialFilterExpression={path: {"$exists": True} for path in paths},
        )


async def _create(rows: Rows) -> None:
    try:
        await rows.database.create_collection(rows.name)
    except CollectionInvalid:  # It is there.
        return
    except OperationFailure as exception:
        already_exists = 48  # Another replica was faster.
        if exception.code != already_exists:
            raise


async def _drop_changed(rows: Rows, collection: Collection[Any]) -> None:
    """An index that was unique and is not any more, or the other way round, is made anew: the
    server refuses a second one with its keys."""
    wanted = {tuple(_sort_keys(paths)): False for paths in collection.indexes}
    wanted |= {tuple(_sort_keys(paths)): True for paths in collection.unique}
    for name, index in (await rows.index_information()).items():
        keys = tuple(index["key"])
        if keys in wanted and bool(index.get("unique", False)) is not wanted[keys]:
            await rows.drop_index(name)


async def _prepare_own(database: Database, outbox_keep_days: int) -> None:
    day_s = int(timedelta(days=1).total_seconds())
    await database[ANSWERS].create_index("at", expireAfterSeconds=IDEMPOTENCY_KEEP_DAYS * day_s)
    await database[OUTBOX].create_index([("log", ASCENDING), ("_id", ASCENDING)])
    await database[OUTBOX].create_index(
        [("subject", ASCENDING), ("sequence", ASCENDING)], unique=True
    )
    if outbox_keep_days:
        await database[OUTBOX].create_index("sent_at", expireAfterSeconds=outbox_keep_days * day_s)
        # A claim must outlive the row that could be sent again.
        await database[INBOX].create_index("at", expireAfterSeconds=2 * outbox_keep_days * day_s)


def _sort_keys(paths: Sequence[str]) -> list[tuple[str, int]]:
    return [
        (path.removeprefix("-"), DESCENDING if path.startswith("-") else ASCENDING)
        for path in paths
    ]
