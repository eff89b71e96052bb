"""The real store: MongoDB through Motor. Every driver call of the kit is here or in `outbox`."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from typing import Any, Generic, TypeAlias, TypeVar

from motor.motor_asyncio import (
    AsyncIOMotorClient,
    AsyncIOMotorClientSession,
    AsyncIOMotorCollection,
    AsyncIOMotorDatabase,
)
from pymongo import ASCENDING, DESCENDING, ReadPreference, WriteConcern
from pymongo.errors import (
    ConnectionFailure,
    DuplicateKeyError,
    ExecutionTimeout,
    OperationFailure,
    PyMongoError,
)
from pymongo.read_concern import ReadConcern

from congvu_kit.clock import Clock, SystemClock
from congvu_kit.documents import Codec, decode_cursor, encode_cursor, order_keys
from congvu_kit.errors import Transient
from congvu_kit.memory import found, moved, taken
from congvu_kit.outbox import OUTBOX, outbox_rows
from congvu_kit.ports import (
    A,
    Answered,
    AnyOf,
    Collection,
    Condition,
    Eq,
    Gte,
    In,
    Lt,
    Page,
    Prefix,
)

# Motor's generics carry the document type; documents are JSON-like mappings throughout.
Database: TypeAlias = AsyncIOMotorDatabase[dict[str, Any]]
Rows: TypeAlias = AsyncIOMotorCollection[dict[str, Any]]
T = TypeVar("T")

DURABLE = WriteConcern(w="majority", j=True, wtimeout=10_000)
"""Acknowledged means: on a majority and in the journal. wtimeout in milliseconds."""

IDEMPOTENCY_KEEP_DAYS = 30
"""How long a key answers again (domain model, conventions)."""

ANSWERS, INBOX = "idempotency", "inbox"

_WRITE_CONFLICT = 112
_DUPLICATE_KEY = 11000


def connect(url: str) -> "AsyncIOMotorClient[dict[str, Any]]":
    """A client that gives up on a missing server after 5 s; reconnecting is its own business."""
    return AsyncIOMotorClient(
        url, serverSelectionTimeoutMS=5_000, retryWrites=True, tz_aware=True, appname="congvu"
    )


@contextmanager
def translated() -> Iterator[None]:
    """Turns what passes by itself into `Transient`; the rest stays a bug."""
    try:
        yield
    except (ConnectionFailure, ExecutionTimeout) as exception:
        raise _transient(exception) from exception
    except OperationFailure as exception:
        passes = exception.code == _WRITE_CONFLICT or any(
            exception.has_error_label(label)
            for label in ("TransientTransactionError", "UnknownTransactionCommitResult")
        )
        if passes:
            raise _transient(exception) from exception
        raise


def _transient(exception: PyMongoError) -> Transient:
    return Transient(
        en=f"the database cannot take this now ({type(exception).__name__})",
        vi=f"cơ sở dữ liệu tạm thời chưa nhận được ({type(exception).__name__})",
    )


def mongo_filter(condition: Condition) -> dict[str, object]:
    match condition:
        case Eq(path, value):
            return {path: value}
        case In(path, values):
            return {path: {"$in": list(values)}}
        case Gte(path, bound):
            return {path: {"$gte": bound}}
        case Lt(path, bound):
            return {path: {"$lt": bound}}
        case Prefix(path, start):
            # Not a range: on a list its two ends may be met by different elements.
            return {path: {"$regex": f"^{re.escape(start)}"}}
        case AnyOf(conditions):
            return {"$or": [mongo_filter(each) for each in conditions]}


def mongo_query(conditions: Sequence[Condition]) -> dict[str, object]:
    return {"$and": [mongo_filter(each) for each in conditions]} if conditions else {}


def _sort(order: Sequence[str]) -> list[tuple[str, int]]:
    return [(path, ASCENDING if up else DESCENDING) for path, up in order_keys(order)]


def _beyond(position: Sequence[str | int], order: Sequence[str]) -> dict[str, object]:
    """Rows after `position`: equal in the first keys, further in the next, for each length."""
    keys = list(zip(order_keys(order), position, strict=True))
    return {
        "$or": [
            {path: bound for (path, _), bound in keys[:i]} | {path: {"$gt" if up else "$lt": at}}
            for i, ((path, up), at) in enumerate(keys)
        ]
    }


class MongoStore(Generic[A]):
    def __init__(
        self,
        rows: Rows,
        collection: Collection[A],
        session: AsyncIOMotorClientSession | None,
        write_events: "Callable[[A, AsyncIOMotorClientSession], Awaitable[None]]",
    ) -> None:
        self._rows = rows
        self._collection = collection
        self._codec = Codec(collection)
        self._session = session
        self._write_events = write_events

    async def find(self, id: str) -> A | None:
        with translated():
            row = await self._rows.find_one({"_id": id}, session=self._session)
        return self._codec.load(row) if row is not None else None

    async def get(self, id: str) -> A:
        return found(await self.find(id), self._collection.name, id)

    async def find_many(self, ids: Sequence[str]) -> list[A | None]:
        with translated():
            cursor = self._rows.find({"_id": {"$in": list(ids)}}, session=self._session)
            rows = {row["_id"]: self._codec.load(row) async for row in cursor}
        return [rows.get(id) for id in ids]

    async def save(self, aggregate: A) -> None:
        if self._session is None:
            raise RuntimeError("saving needs a transaction: use UnitOfWork.begin()")
        seen = aggregate.rev
        await self._write_events(aggregate, self._session)
        aggregate.rev += 1
        document = self._codec.dump(aggregate)
        with translated():
            try:
                if seen == 0:
                    await self._rows.insert_one(document, session=self._session)
                else:
                    written = await self._rows.replace_one(
                        {"_id": aggregate.id, "rev": seen}, document, session=self._session
                    )
                    if written.matched_count == 0:
                        raise moved(self._collection.name, aggregate.id)
            except DuplicateKeyError as exception:
                raise self._duplicate(exception, aggregate.id) from exception

    def _duplicate(self, exception: DuplicateKeyError, id: str) -> Exception:
        pattern = (exception.details or {}).get("keyPattern") or {}
        if not pattern or "_id" in pattern:
            return moved(self._collection.name, id)
        return taken(self._collection.name, list(pattern))

    async def first(self, *conditions: Condition, order: Sequence[str] = ()) -> A | None:
        rows = await self.select(*conditions, order=order, limit=1)
        return rows[0] if rows else None

    async def select(
        self, *conditions: Condition, order: Sequence[str] = (), limit: int = 1000
    ) -> list[A]:
        with translated():
            cursor = self._rows.find(mongo_query(conditions), session=self._session)
            return [self._codec.load(row) async for row in cursor.sort(_sort(order)).limit(limit)]

    async def page(
        self,
        *conditions: Condition,
        order: Sequence[str] = (),
        first: int = 20,
        after: str | None = None,
    ) -> Page[A]:
        query = mongo_query(conditions)
        if after is not None:
            position = decode_cursor(after, conditions, order)
            query = {"$and": [query, _beyond(position, order)]}
        with translated():
            cursor = self._rows.find(query, session=self._session)
            rows = await cursor.sort(_sort(order)).limit(first + 1).to_list(first + 1)
        return Page(
            items=[self._codec.load(row) for row in rows[:first]],
            has_next=len(rows) > first,
            cursors=[encode_cursor(row, conditions, order) for row in rows[:first]],
        )

    async def count(self, *conditions: Condition) -> int:
        with translated():
            return await self._rows.count_documents(mongo_query(conditions), session=self._session)


class MongoTransaction:
    def __init__(
        self,
        database: Database,
        source: str,
        now: datetime,
        session: AsyncIOMotorClientSession | None,
    ) -> None:
        self._database = database
        self._source = source
        self._now = now
        self._session = session
        self.wrote_events = False

    @property
    def now(self) -> datetime:
        return self._now

    def store(self, collection: Collection[A]) -> MongoStore[A]:
        rows: Rows = self._database[collection.name]
        return MongoStore(rows, collection, self._session, self._write_events)

    async def _write_events(self, aggregate: A, session: AsyncIOMotorClientSession) -> None:
        rows = outbox_rows(aggregate, self._source, self._now)
        if rows:
            self.wrote_events = True
            with translated():
                await self._database[OUTBOX].insert_many(rows, session=session)

    async def claim(self, source: str, event_id: str) -> bool:
        key = f"{source}\x1f{event_id}"
        rows: Rows = self._database[INBOX]
        with translated():
            if await rows.find_one({"_id": key}, session=self._session) is not None:
                return False
            await self._insert_once(rows, {"_id": key, "at": self._now})
        return True

    async def answered(self, key: str) -> Answered | None:
        with translated():
            row = await self._database[ANSWERS].find_one({"_id": key}, session=self._session)
        return Answered(fingerprint=row["fingerprint"], answer=row["answer"]) if row else None

    async def remember(self, key: str, answered: Answered) -> None:
        row = {
            "_id": key,
            "fingerprint": answered.fingerprint,
            "answer": answered.answer,
            "at": self._now,
        }
        with translated():
            await self._insert_once(self._database[ANSWERS], row)

    async def _insert_once(self, rows: Rows, row: Mapping[str, object]) -> None:
        """A duplicate means that another transaction was first: run again and find its row."""
        try:
            await rows.insert_one(dict(row), session=self._session)
        except DuplicateKeyError as exception:
            raise _transient(exception) from exception


class MongoUnitOfWork:
    """Transactions on one database, which holds state, outbox, inbox and answers.

    `source` is the CloudEvents source of what happens here; `on_events` is called after a commit
    that wrote some (it wakes the outbox relay).
    """

    def __init__(
        self,
        database: Database,
        *,
        source: str,
        clock: Clock | None = None,
        on_events: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database.with_options(
            write_concern=DURABLE,
            read_concern=ReadConcern("majority"),
            read_preference=ReadPreference.PRIMARY,
        )
        self._source = source
        self._clock = clock or SystemClock()
        self._on_events = on_events

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[MongoTransaction]:
        with translated():
            session = await self._database.client.start_session()
        async with session:
            session.start_transaction(read_concern=ReadConcern("snapshot"), write_concern=DURABLE)
            tx = MongoTransaction(self._database, self._source, self._clock.now(), session)
            try:
                yield tx
            except BaseException:
                await _abort(session)
                raise
            await _commit(session)
        if tx.wrote_events:
            self._on_events()

    def reading(self) -> MongoTransaction:
        return MongoTransaction(self._database, self._source, self._clock.now(), None)


async def _abort(session: AsyncIOMotorClientSession) -> None:
    # Motor's types call this property a method.
    if bool(session.in_transaction):
        try:
            await session.abort_transaction()
        except PyMongoError:  # The server ends it by itself; the first error is what matters.
            return


async def _commit(session: AsyncIOMotorClientSession) -> None:
    """Commit, asking again while the outcome is unknown: committing twice is harmless."""
    deadline = asyncio.get_running_loop().time() + 5.0
    while True:
        try:
            with translated():
                await session.commit_transaction()
        except Transient as exception:
            cause = exception.__cause__
            unknown = isinstance(cause, PyMongoError) and cause.has_error_label(
                "UnknownTransactionCommitResult"
            )
            if not unknown or asyncio.get_running_loop().time() > deadline:
                raise
            await asyncio.sleep(0.05)
        else:
            return


async def prepare(
    database: Database, collections: Sequence[Collection[Any]], *, outbox_keep_days: int
) -> None:
    """Create what is missing: collections, their indexes, and the kit's own."""
    existing = set(await database.list_collection_names())
    for name in [*(c.name for c in collections), OUTBOX, INBOX, ANSWERS]:
        # Inside a transaction a collection cannot be created on every server.
        if name not in existing:
            await _create(database, name)
    for collection in collections:
        rows: Rows = database[collection.name]
        for paths in collection.indexes:
            await rows.create_index(_sort_keys(paths))
        for paths in collection.unique:
            await rows.create_index(
                _sort_keys(paths),
                unique=True,
                partialFilterExpression={path: {"$exists": True} for path in paths},
            )
    await _prepare_own(database, outbox_keep_days)


async def _create(database: Database, name: str) -> None:
    try:
        await database.create_collection(name)
    except OperationFailure as exception:
        already_exists = 48  # Another replica was faster.
        if exception.code != already_exists:
            raise


async def _prepare_own(database: Database, outbox_keep_days: int) -> None:
    day_s = int(timedelta(days=1).total_seconds())
    await database[ANSWERS].create_index("at", expireAfterSeconds=IDEMPOTENCY_KEEP_DAYS * day_s)
    await database[OUTBOX].create_index([("sent", ASCENDING), ("_id", ASCENDING)])
    await database[OUTBOX].create_index([("subject", ASCENDING), ("seq", ASCENDING)], unique=True)
    if outbox_keep_days:
        await database[OUTBOX].create_index("sent_at", expireAfterSeconds=outbox_keep_days * day_s)
        # A claim must outlive the row that could be sent again.
        await database[INBOX].create_index("at", expireAfterSeconds=2 * outbox_keep_days * day_s)


def _sort_keys(paths: Sequence[str]) -> list[tuple[str, int]]:
    return [
        (path.removeprefix("-"), DESCENDING if path.startswith("-") else ASCENDING)
        for path in paths
    ]
