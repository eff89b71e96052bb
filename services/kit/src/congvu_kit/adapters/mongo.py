"""The real store: transactions on MongoDB, with what belongs to each of them."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from tenacity import retry, retry_if_exception, stop_after_delay, wait_fixed

from congvu_kit.adapters import metrics
from congvu_kit.adapters.database_watch import listeners
from congvu_kit.adapters.driver import (
    BulkWriteError,
    Client,
    Database,
    DuplicateKeyError,
    PyMongoError,
    ReadConcern,
    ReadPreference,
    Row,
    Rows,
    Session,
    WriteConcern,
    begin,
    in_transaction,
    new_client,
    session_of,
)
from congvu_kit.adapters.mongo_failures import as_transient, translated
from congvu_kit.adapters.mongo_routes import Route, Seen
from congvu_kit.adapters.mongo_store import MongoStore
from congvu_kit.adapters.outbox import OUTBOX, outbox_rows
from congvu_kit.adapters.sessions import Sessions
from congvu_kit.adapters.signatures import EventSigner
from congvu_kit.adapters.time_limits import apart, within
from congvu_kit.adapters.waiting import in_turns
from congvu_kit.application.documents import Codec
from congvu_kit.application.ports import A, Answered, Collection, EventKey
from congvu_kit.application.shards import home
from congvu_kit.domain.clock import Clock, SystemClock

__all__ = ["DURABLE", "Database", "MongoTransaction", "MongoUnitOfWork", "connect", "rows_of"]

DURABLE = WriteConcern(w="majority", j=True, wtimeout=10_000)
"""Acknowledged means: on a majority and in the journal. wtimeout in milliseconds."""

TRANSACTION_MAX_S = 20.0
"""How long a transaction may take until it is committed, whatever it waits for: then its client
gives it up. The server's own limit (`transactionLifetimeLimitSeconds`) is above it."""

ANSWERS, INBOX = "idempotency", "inbox"

END_S = 5.0
"""For the end of a transaction, be its request's time over or not."""


def connect(url: str, options: Mapping[str, Any] | None = None) -> Client:
    """A client that gives up on a missing server after 5 s; reconnecting is its own business.
    `options` are the driver's: who calls, and whom to trust."""
    return new_client(
        url,
        serverSelectionTimeoutMS=5_000,
        retryWrites=True,
        tz_aware=True,
        appname="congvu",
        event_listeners=listeners(),
        **(options or {}),
    )


def rows_of(database: Database, collection: Collection[Any]) -> Rows:
    """Where a collection lies: `NAME_apart` is the database beside NAME."""
    if collection.apart is None:
        return database[collection.name]
    beside: Database = database.client.get_database(
        f"{database.name}_{collection.apart}",
        read_preference=database.read_preference,
        write_concern=database.write_concern,
        read_concern=database.read_concern,
    )
    return beside[collection.name]


def _inbox_key(event: EventKey) -> str:
    return "\x1f".join(event)


class MongoTransaction:
    def __init__(
        self,
        database: Database,
        signer: EventSigner | None,
        now: datetime,
        session: Session | None,
        rows: dict[str, Rows],
        *,
        sharded: bool = False,
    ) -> None:
        self._database = database
        self._rows = rows
        self._signer = signer
        self._now = now
        self._session = session
        self._told: list[Row] = []
        self._sharded = sharded
        self._home = home()
        self._stores: dict[str, MongoStore[Any]] = {}

    @property
    def now(self) -> datetime:
        return self._now

    def store(self, collection: Collection[A]) -> MongoStore[A]:
        store = self._stores.get(collection.name)
        if store is None:
            store = self._stores[collection.name] = self._opened(collection)
        return store

    def _opened(self, collection: Collection[A]) -> MongoStore[A]:
        rows = self._rows.get(collection.name)
        if rows is None:
            rows = self._rows[collection.name] = rows_of(self._database, collection)
        seen, codec = Seen(), Codec(collection, self._now)
        route = Route(collection.shard if self._sharded else None, self._home, seen.lying)
        told = (self._session, self._tell, seen)
        return MongoStore(rows, collection, *told, route=route, codec=codec)

    async def settle(self) -> None:
        for store in self._stores.values():
            await store.settle()

    def rows(self, collection: Collection[Any]) -> tuple[Rows, Session | None]:
        """What is stored, for whoever changes its shape and saves nothing beside."""
        return rows_of(self._database, collection), self._session

    async def count(self, name: str, id: str, converted: int) -> None:
        """Note how many documents of a collection got their new shape, in its row of `name`."""
        with translated():
            await self._database[name].update_one(
                {"_id": id},
                {"$inc": {"converted": converted}, "$set": {"converted_at": self._now}},
                upsert=True,
                session=self._session,
            )

    async def _tell(self, aggregates: Sequence[A]) -> None:
        signer = self._signer
        if signer is None:
            raise RuntimeError("who stores aggregates signs their events")
        told = await in_turns(aggregates, lambda each: outbox_rows(each, signer, self._now))
        self._told += [row for each in told for row in each]

    async def write(self) -> bool:
        """What was saved, and what happened, before it is committed; whether anything happened."""
        await self.settle()
        if self._told:
            with translated():
                await self._database[OUTBOX].insert_many(self._told, session=self._session)
        return bool(self._told)

    async def claim(self, source: str, event_id: str) -> bool:
        return bool(await self.claim_all([(source, event_id)]))

    async def claim_all(self, events: Sequence[EventKey]) -> frozenset[EventKey]:
        new = frozenset(events) - await self.claimed(list(frozenset(events)))
        if new:
            with translated():
                try:
                    await self._database[INBOX].insert_many(
                        [{"_id": _inbox_key(each), "at": self._now} for each in new],
                        session=self._session,
                    )
                except BulkWriteError as exception:  # Another claims one of them right now.
                    raise as_transient(exception) from exception
        return new

    async def claimed(self, events: Sequence[EventKey]) -> frozenset[EventKey]:
        by_key = {_inbox_key(event): event for event in events}
        with translated():
            rows = self._database[INBOX].find(
                {"_id": {"$in": list(by_key)}}, {"_id": 1}, session=self._session
            )
            return frozenset([by_key[row["_id"]] async for row in rows])

    async def answered(self, key: str) -> Answered | None:
        with translated():
            row = await self._database[ANSWERS].find_one({"_id": key}, session=self._session)
        metrics.IDEMPOTENCY_HITS.inc(row is not None)
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
            raise as_transient(exception) from exception


class MongoUnitOfWork:
    """Transactions on one database, which holds state, outbox, inbox and answers.

    `signer` tells and signs what happens here (None changes shapes only); `on_events` is called
    after a commit that wrote some events (it wakes the outbox relay). `sessions` knows those of
    this process, should it die.
    `sharded` is whether the server is a router before several (`is_router`).
    """

    def __init__(
        self,
        database: Database,
        *,
        signer: EventSigner | None,
        clock: Clock | None = None,
        on_events: Callable[[], None] = lambda: None,
        sessions: Sessions | None = None,
        transaction_max_s: float = TRANSACTION_MAX_S,
        sharded: bool = False,
    ) -> None:
        self._sharded = sharded
        self._transaction_max_s = transaction_max_s
        self._database = database.with_options(
            write_concern=DURABLE,
            read_concern=ReadConcern("majority"),
            read_preference=ReadPreference.PRIMARY,
        )
        self._signer = signer
        self._clock = clock or SystemClock()
        self._on_events = on_events
        self._sessions = sessions
        self._rows: dict[str, Rows] = {}

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[MongoTransaction]:
        with translated():
            session = await session_of(self._database.client)
        async with session:
            if self._sessions is not None:
                await self._sessions.note(session)
            await begin(session, read_concern=ReadConcern("snapshot"), write_concern=DURABLE)
            tx = self._opened(session)
            try:
                with within(self._transaction_max_s):
                    yield tx
                    wrote_events = await tx.write()
            except BaseException:
                await apart(_abort(session), END_S)
                raise
            await apart(_commit(session), END_S)
        if wrote_events:
            self._on_events()

    def reading(self) -> MongoTransaction:
        return self._opened(None)

    def _opened(self, session: Session | None) -> MongoTransaction:
        return MongoTransaction(
            self._database,
            self._signer,
            self._clock.now(),
            session,
            self._rows,
            sharded=self._sharded,
        )


async def _abort(session: Session) -> None:
    if in_transaction(session):
        try:
            await session.abort_transaction()
        except PyMongoError:  # The server ends it by itself; the first error is what matters.
            return


def _outcome_unknown(exception: BaseException) -> bool:
    cause = exception.__cause__
    return isinstance(cause, PyMongoError) and cause.has_error_label(
        "UnknownTransactionCommitResult"
    )


@retry(
    retry=retry_if_exception(_outcome_unknown),
    stop=stop_after_delay(END_S),
    wait=wait_fixed(0.05),
    reraise=True,
)
async def _commit(session: Session) -> None:
    """Asks again while the outcome is unknown: committing twice is harmless."""
    with translated():
        await session.commit_transaction()
