"""The fake: the same promises as `mongo`, in dictionaries. For tests and simulations."""

import asyncio
import copy
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic

from congvu_kit.application.documents import (
    Codec,
    Document,
    Position,
    decode_cursor,
    encode_cursor,
    order_keys,
    value_at,
)
from congvu_kit.application.ports import (
    A,
    Answered,
    AnyOf,
    Collection,
    Condition,
    Eq,
    EventKey,
    Gte,
    In,
    Lt,
    Not,
    Page,
    Prefix,
)
from congvu_kit.application.refusals import found, moved, taken
from congvu_kit.domain.aggregate import Event
from congvu_kit.domain.clock import Clock, SystemClock
from congvu_kit.domain.errors import Transient


@dataclass
class _State:
    rows: dict[str, dict[str, Document]] = field(default_factory=dict)
    outbox: list[Event] = field(default_factory=list)
    claims: set[tuple[str, str]] = field(default_factory=set)
    answers: dict[str, Answered] = field(default_factory=dict)

    def draft(self) -> "_State":
        """To be changed without changing this one: what is in it is only ever put in whole."""
        rows = {name: dict(each) for name, each in self.rows.items()}
        return _State(rows, list(self.outbox), set(self.claims), dict(self.answers))


def _apart(value: Any) -> Any:
    """The same JSON, sharing nothing that could be changed."""
    if isinstance(value, dict):
        return {key: _apart(each) for key, each in value.items()}
    return [_apart(each) for each in value] if isinstance(value, list) else value


def _values(document: Mapping[str, object], path: str) -> list[object]:
    found = value_at(document, path)
    return found if isinstance(found, list) else [found]


def holds(condition: Condition, document: Mapping[str, object]) -> bool:  # noqa: PLR0911 - one case a kind
    """Whether `document` meets `condition`, as MongoDB reads it."""
    match condition:
        case Eq(path, value):
            return value in _values(document, path)
        case In(path, wanted):
            return any(value in wanted for value in _values(document, path))
        case Gte(path, bound):
            return any(_comparable(v, bound) and v >= bound for v in _values(document, path))  # type: ignore[operator]
        case Lt(path, bound):
            return any(_comparable(v, bound) and v < bound for v in _values(document, path))  # type: ignore[operator]
        case Prefix(path, start):
            return any(isinstance(v, str) and v.startswith(start) for v in _values(document, path))
        case AnyOf(conditions):
            return any(holds(each, document) for each in conditions)
        case Not(negated):
            return not holds(negated, document)


def _comparable(value: object, bound: object) -> bool:
    return type(value) is type(bound)


class MemoryStore(Generic[A]):
    def __init__(self, state: _State, collection: Collection[A], now: datetime) -> None:
        self._state = state
        self._collection = collection
        self._codec = Codec(collection, now)

    def _load(self, row: Document) -> A:
        return self._codec.load(_apart(row))

    @property
    def _rows(self) -> dict[str, Document]:
        return self._state.rows.setdefault(self._collection.name, {})

    async def find(self, id: str) -> A | None:
        row = self._rows.get(id)
        return self._load(row) if row is not None else None

    async def get(self, id: str) -> A:
        return found(await self.find(id), self._collection.name)

    async def find_many(self, ids: Sequence[str]) -> list[A | None]:
        return [await self.find(id) for id in ids]

    async def save(self, aggregate: A) -> None:
        row = self._rows.get(aggregate.id)
        if (row["revision"] if row is not None else 0) != aggregate.revision:
            raise moved(self._collection.name)
        self._check_unique(self._codec.dump(aggregate))
        events = aggregate.pull_events()
        aggregate.revision += 1
        aggregate.sequence += len(events)
        unknown = self._codec.unknown(row) if row is not None else {}
        self._rows[aggregate.id] = _apart(unknown | self._codec.next(aggregate))
        self._state.outbox.extend(events)

    async def save_many(self, aggregates: Sequence[A]) -> None:
        for aggregate in aggregates:
            await self.save(aggregate)

    def _check_unique(self, document: Document) -> None:
        for paths in self._collection.unique:
            key = [value_at(document, path) for path in paths]
            for other in self._rows.values():
                same = [value_at(other, path) for path in paths] == key
                if same and None not in key and other["_id"] != document["_id"]:
                    raise taken(self._collection.name, paths)

    def _matching(self, conditions: Sequence[Condition], order: Sequence[str]) -> list[Document]:
        rows = [row for row in self._rows.values() if all(holds(c, row) for c in conditions)]
        for path, ascending in reversed(order_keys(order)):
            rows.sort(key=lambda row: _sortable(value_at(row, path)), reverse=not ascending)
        return rows

    async def first(self, *conditions: Condition, order: Sequence[str] = ()) -> A | None:
        rows = self._matching(conditions, order)
        return self._load(rows[0]) if rows else None

    async def select(
        self, *conditions: Condition, order: Sequence[str] = (), limit: int = 1000
    ) -> list[A]:
        return [self._load(row) for row in self._matching(conditions, order)[:limit]]

    async def documents(
        self, *conditions: Condition, order: Sequence[str] = (), limit: int = 1000
    ) -> Sequence[Mapping[str, object]]:
        found = self._matching(conditions, order)[:limit]
        return [self._codec.current(_apart(row)) for row in found]

    async def page(
        self,
        *conditions: Condition,
        order: Sequence[str] = (),
        first: int = 20,
        after: str | None = None,
    ) -> Page[A]:
        rows = self._matching(conditions, order)
        if after is not None:
            position = decode_cursor(after, conditions, order)
            rows = [row for row in rows if _is_after(row, position, order)]
        taken_rows = rows[:first]
        return Page(
            items=[self._load(row) for row in taken_rows],
            has_next=len(rows) > first,
            cursors=[encode_cursor(row, conditions, order) for row in taken_rows],
        )

    async def count(self, *conditions: Condition) -> int:
        return len(self._matching(conditions, ()))

    async def count_by(self, path: str, *conditions: Condition) -> Mapping[str, int]:
        values = (value_at(row, path) for row in self._matching(conditions, ()))
        return Counter(value for value in values if isinstance(value, str))


def _sortable(value: object) -> tuple[int, str | int]:
    if value is None:
        return (0, 0)
    return (1, value) if isinstance(value, int) else (2, str(value))


def _is_after(row: Document, position: Position, order: Sequence[str]) -> bool:
    for (path, ascending), bound in zip(order_keys(order), position, strict=True):
        here, there = _sortable(value_at(row, path)), _sortable(bound)
        if here != there:
            return here > there if ascending else here < there
    return False


class MemoryTransaction:
    def __init__(self, state: _State, now: datetime) -> None:
        self._state = state
        self._now = now

    @property
    def now(self) -> datetime:
        return self._now

    def store(self, collection: Collection[A]) -> MemoryStore[A]:
        return MemoryStore(self._state, collection, self._now)

    async def settle(self) -> None:
        """Nothing waits here."""

    async def claim(self, source: str, event_id: str) -> bool:
        if (source, event_id) in self._state.claims:
            return False
        self._state.claims.add((source, event_id))
        return True

    async def claim_all(self, events: Sequence[EventKey]) -> frozenset[EventKey]:
        new = frozenset(events) - self._state.claims
        self._state.claims |= new
        return new

    async def claimed(self, events: Sequence[EventKey]) -> frozenset[EventKey]:
        return frozenset(self._state.claims.intersection(events))

    async def answered(self, key: str) -> Answered | None:
        return copy.deepcopy(self._state.answers.get(key))

    async def remember(self, key: str, answered: Answered) -> None:
        if key in self._state.answers:
            raise Transient(
                en="the key is in use",
                vi="Nội dung đang được người khác cập nhật. Vui lòng thử lại.",
            )
        self._state.answers[key] = copy.deepcopy(answered)


class MemoryUnitOfWork:
    """One transaction at a time; a failed one leaves everything as it was."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._state = _State()
        self._lock = asyncio.Lock()

    @property
    def outbox(self) -> Sequence[Event]:
        """Every event committed so far, in order."""
        return self._state.outbox

    def rows(self, collection: Collection[Any]) -> dict[str, Document]:
        """What is stored, by id: whoever has the database can change it."""
        return self._state.rows.setdefault(collection.name, {})

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[MemoryTransaction]:
        async with self._lock:
            draft = self._state.draft()
            yield MemoryTransaction(draft, self._clock.now())
            self._state = draft

    def reading(self) -> MemoryTransaction:
        return MemoryTransaction(self._state, self._clock.now())
