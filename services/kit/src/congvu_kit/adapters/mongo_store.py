"""A collection in MongoDB: conditions as queries, pages by key, driver errors as ours."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Generic

from congvu_kit.adapters import kept_traces
from congvu_kit.adapters.driver import (
    ASCENDING,
    DESCENDING,
    Cursor,
    Groups,
    Row,
    Rows,
    Session,
    aggregated,
)
from congvu_kit.adapters.mongo_failures import translated
from congvu_kit.adapters.mongo_routes import Route, Seen
from congvu_kit.adapters.mongo_writes import Writes
from congvu_kit.adapters.waiting import in_turns
from congvu_kit.application.documents import (
    Codec,
    Position,
    decode_cursor,
    encode_cursor,
    order_keys,
)
from congvu_kit.application.ports import (
    A,
    AnyOf,
    Collection,
    Condition,
    Eq,
    Gte,
    In,
    Lt,
    Not,
    Page,
    Prefix,
    Stored,
)
from congvu_kit.application.refusals import found, moved

READ_MAX_MS = 30_000
"""The server gives up a read that takes longer: less than a request may take."""


def mongo_filter(condition: Condition) -> dict[str, object]:  # noqa: PLR0911 - one case a kind
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
        case Not(negated):
            return {"$nor": [mongo_filter(negated)]}


def mongo_query(conditions: Sequence[Condition]) -> dict[str, object]:
    return all_of([mongo_filter(each) for each in conditions])


def all_of(filters: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """One flat document as far as the paths differ: the embedded server's planner finds no index
    for what stands under `$and`."""
    flat: dict[str, object] = {}
    rest: list[Mapping[str, object]] = []
    for each in filters:
        if flat.keys().isdisjoint(each):
            flat.update(each)
        else:
            rest.append(each)
    return {**flat, "$and": rest} if rest else flat


def _sort(order: Sequence[str]) -> list[tuple[str, int]]:
    return [(path, ASCENDING if up else DESCENDING) for path, up in order_keys(order)]


def _beyond(position: Position, order: Sequence[str]) -> dict[str, object]:
    """Rows after `position`: equal in the first keys, further in the next, for each length."""
    keys = list(zip(order_keys(order), position, strict=True))
    if len(keys) == 1:
        [((path, up), at)] = keys
        return {path: _further(at, up=up)}
    return {
        "$or": [
            {path: bound for (path, _), bound in keys[:i]} | {path: _further(at, up=up)}
            for i, ((path, up), at) in enumerate(keys)
        ]
    }


def _further(at: str | int | None, *, up: bool) -> dict[str, object]:
    """Nothing compares with null, which stands before all that is there."""
    return {"$ne": None} if at is None else {"$gt" if up else "$lt": at}


class MongoStore(Generic[A]):
    def __init__(
        self,
        rows: Rows,
        collection: Collection[A],
        session: Session | None,
        tell: "Callable[[Sequence[A]], Awaitable[None]]",
        seen: Seen,
        *,
        route: Route,
        codec: Codec[A],
    ) -> None:
        self._rows = rows
        self._collection = collection
        self._codec = codec
        self._session = session
        self._tell = tell
        self._seen = seen
        self._route = route
        self._writes = Writes(rows, collection, session, route)

    async def find(self, id: str) -> A | None:
        [there] = await self.find_many([id])
        return there

    async def get(self, id: str) -> A:
        return found(await self.find(id), self._collection.name)

    async def find_many(self, ids: Sequence[str]) -> list[A | None]:
        rows = await self._by_id(ids)
        there = [row for row in rows.values() if row is not None]
        known = {each.id: each for each in await in_turns(there, self._loaded)}
        return [known.get(id) for id in ids]

    async def _by_id(self, ids: Sequence[str]) -> Mapping[str, Row | None]:
        """None where there is none. A transaction asks once: it would be told the same again."""
        seen = self._seen.rows
        known = {id: seen[id] for id in ids if id in seen}
        if strange := [id for id in dict.fromkeys(ids) if id not in known]:
            with translated():
                read = await self._read(strange)
            known |= {id: read.get(id) for id in strange}
            self._remember(known)
        return known

    async def _read(self, ids: Sequence[str]) -> Mapping[str, Row]:
        found: dict[str, Row] = {}
        if len(ids) == 1:
            for filter in self._route.by_id(ids[0]):
                row = await self._rows.find_one(filter, session=self._session)
                if row is not None:
                    return {ids[0]: row}
            return {}
        for filter in self._route.by_ids(ids):
            if not found.keys() >= set(ids):
                found |= {row["_id"]: row for row in await _all(self._find(filter))}
        return found

    def _remember(self, rows: Mapping[str, Row | None]) -> None:
        if self._session is not None:
            self._seen.rows.update(rows)

    async def save(self, aggregate: A) -> None:
        await self.save_many([aggregate])

    async def save_many(self, aggregates: Sequence[A]) -> None:
        if self._session is None:
            raise RuntimeError("saving needs a transaction: use UnitOfWork.begin()")
        await self._refuse_moved(aggregates)
        await self._tell(aggregates)
        for document in await in_turns(aggregates, self._next):
            self._writes.add(document)
            self._remember({document["_id"]: document})

    async def settle(self) -> None:
        """Send what was saved."""
        await self._writes.send()

    async def _refuse_moved(self, aggregates: Sequence[A]) -> None:
        """Raise `Conflict` for the first that is not stored as it was read.

        What this transaction has read itself is not asked again: should another commit meanwhile,
        writing over it is a write conflict. The revision is no part of the filter of the write,
        for which the embedded server would look through the whole collection.
        """
        seen = self._seen.revisions
        strange = [each.id for each in aggregates if each.revision != seen.get(each.id, 0)]
        if strange:
            with translated():
                fields = dict.fromkeys(("revision", *self._route.fields), 1)
                cursor = self._rows.find({"_id": {"$in": strange}}, fields, session=self._session)
                async for row in cursor:
                    seen[row["_id"]] = row["revision"]
                    self._route.lies(row)
        for each in aggregates:
            if each.revision != seen.get(each.id, 0):
                raise moved(self._collection.name)

    def _next(self, aggregate: A) -> Row:
        aggregate.revision += 1
        self._seen.revisions[aggregate.id] = aggregate.revision
        row = self._seen.unknown.get(aggregate.id, {}) | self._codec.next(aggregate)
        if self._collection.traced:
            kept_traces.keep(aggregate, row)
        return row

    def _loaded(self, row: Row) -> A:
        self._remember({row["_id"]: row})
        aggregate = self._codec.load(row)
        self._seen.revisions[aggregate.id] = aggregate.revision
        self._route.lies(row)
        if unknown := self._codec.unknown(row):
            self._seen.unknown[aggregate.id] = unknown
        if self._collection.traced:
            kept_traces.restore(aggregate, row)
        return aggregate

    async def first(self, *conditions: Condition, order: Sequence[str] = ()) -> A | None:
        rows = await self.select(*conditions, order=order, limit=1)
        return rows[0] if rows else None

    async def select(
        self, *conditions: Condition, order: Sequence[str] = (), limit: int = 1000
    ) -> list[A]:
        rows = await self._stored(conditions, order, limit)
        return await in_turns(rows, self._loaded)

    async def documents(
        self, *conditions: Condition, order: Sequence[str] = (), limit: int = 1000
    ) -> Sequence[Stored]:
        return [self._codec.current(each) for each in await self._stored(conditions, order, limit)]

    async def _stored(
        self, conditions: Sequence[Condition], order: Sequence[str], limit: int
    ) -> list[Row]:
        await self.settle()
        with translated():
            return await _all(self._find(mongo_query(conditions)).sort(_sort(order)).limit(limit))

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
            query = all_of([query, _beyond(position, order)])
        await self.settle()
        with translated():
            cursor = self._find(query)
            rows = await _all(cursor.sort(_sort(order)).limit(first + 1))
        return Page(
            items=await in_turns(rows[:first], self._loaded),
            has_next=len(rows) > first,
            cursors=[encode_cursor(row, conditions, order) for row in rows[:first]],
        )

    async def count(self, *conditions: Condition) -> int:
        await self.settle()
        with translated():
            return await self._rows.count_documents(
                mongo_query(conditions), session=self._session, maxTimeMS=READ_MAX_MS
            )

    async def count_by(self, path: str, *conditions: Condition) -> Mapping[str, int]:
        groups: list[Mapping[str, Any]] = [
            {"$match": mongo_query(conditions)},
            {"$group": {"_id": f"${path}", "count": {"$sum": 1}}},
        ]
        await self.settle()
        with translated():
            found = await aggregated(
                self._rows, groups, session=self._session, maxTimeMS=READ_MAX_MS
            )
            rows = await _all(found)
        return {row["_id"]: row["count"] for row in rows if row["_id"] is not None}

    def _find(self, query: Mapping[str, object]) -> Cursor:
        return self._rows.find(query, session=self._session, max_time_ms=READ_MAX_MS)


async def _all(cursor: "Cursor | Groups") -> list[dict[str, Any]]:
    """Its rows; where nobody waits for them any more, the server is told to drop the rest. A cursor
    that came to its end has nothing left there, and closing it costs as much as a read."""
    try:
        return await cursor.to_list(None)
    except BaseException:
        await cursor.close()
        raise
