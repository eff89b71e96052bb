"""What application code may ask of a store; one fake (`memory`) and one real (`mongo`) keep it."""

from bisect import bisect_right
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Generic, Protocol, TypeAlias, TypeVar

from congvu_kit.application.shards import BY_PROVINCE, Shard
from congvu_kit.domain.aggregate import Aggregate

A = TypeVar("A", bound=Aggregate)
T = TypeVar("T")

Scalar: TypeAlias = str | int | bool | None

EventKey: TypeAlias = tuple[str, str]
"""Source and id: one event, however often it comes."""


@dataclass(frozen=True)
class Eq:
    """`field` (a dotted path in the document) equals `value`; on a list: contains it."""

    field: str
    value: Scalar


@dataclass(frozen=True)
class In:
    field: str
    values: Sequence[Scalar]


@dataclass(frozen=True)
class Gte:
    field: str
    value: str | int


@dataclass(frozen=True)
class Lt:
    field: str
    value: str | int


@dataclass(frozen=True)
class Prefix:
    """`field`, or one of its elements when it is a list, starts with `value`."""

    field: str
    value: str


@dataclass(frozen=True)
class AnyOf:
    """At least one of the conditions holds."""

    conditions: Sequence["Condition"]


@dataclass(frozen=True)
class Not:
    """The condition does not hold."""

    condition: "Condition"


Condition: TypeAlias = Eq | In | Gte | Lt | Prefix | AnyOf | Not


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a listing, with the position after each item. `end` is where the next page
    begins, when that is not after the last item: a page may be short, or empty, and go on."""

    items: Sequence[T]
    has_next: bool
    cursors: Sequence[str]
    end: str | None = None

    @classmethod
    def cut(
        cls, items: Sequence[T], key: Callable[[T], str], *, first: int, after: str | None
    ) -> "Page[T]":
        """A page of what is at hand, which is in the order of `key`."""
        start = 0 if after is None else bisect_right(items, after, key=key)
        shown = items[start : start + first]
        return Page(
            items=shown,
            has_next=start + first < len(items),
            cursors=[key(each) for each in shown],
        )


Stored: TypeAlias = Mapping[str, object]
"""A document as it lies in the database."""


@dataclass(frozen=True)
class Migration:
    """From one shape of a collection's documents to the next.

    `change` sees a document of the shape before, and no other document; it gives one that the
    version before still reads (decision 0060). The name is stored and never changes.
    """

    name: str
    change: Callable[[Stored], Stored]


DATED: Final = Migration("dated", dict)
"""Of a collection that is dated since then: the converter dates what has no date."""


@dataclass(frozen=True)
class Kept:
    """For so many days from the day that stands at `path`, which an index begins with."""

    path: str
    days: int


@dataclass(frozen=True)
class Collection(Generic[A]):
    """How one kind of aggregate is kept.

    `extra` adds derived fields to the document (folded search words, sort keys); queries may use
    them, loading ignores them. `indexes` are tuples of document paths, `unique` likewise;
    a path that starts with `-` is descending. `apart` names a database beside the service's own,
    in the same transactions but with backups of its own. Rows of what is `traced` keep the trace of
    the request that made them, for what workers tell of them later. `migrations` are all there ever
    were, oldest first: a document says how many of them it has behind it. Without `kept` nothing of
    it is ever deleted. `shard` is where its rows lie in a database that is spread over several.
    What is `dated` has an `updated_at`, which the store sets with every save, and the conversion
    where a document of before has none (`DATED`).
    `by_operators` are values of enumerations that only an operator's step writes, taken when no
    replica of a version before them runs any more.
    """

    name: str
    kind: type[A]
    extra: Callable[[A], Mapping[str, object]] | None = None
    indexes: Sequence[Sequence[str]] = ()
    unique: Sequence[Sequence[str]] = ()
    apart: str | None = None
    traced: bool = False
    dated: bool = False
    migrations: Sequence[Migration] = ()
    kept: Kept | None = None
    shard: Shard = BY_PROVINCE
    by_operators: frozenset[str] = frozenset()


class Store(Protocol[A]):
    """A collection of aggregates inside one transaction, or outside any for reading."""

    async def find(self, id: str) -> A | None: ...

    async def get(self, id: str) -> A:
        """Raise `NotFound` when there is none."""

    async def find_many(self, ids: Sequence[str]) -> list[A | None]:
        """One per id, in the order of `ids`, None where there is none."""

    async def save(self, aggregate: A) -> None:
        """Write it and its events; raise `Conflict` if it was saved meanwhile or, when the
        transaction ends at the latest, a unique key is taken. `revision` is one higher
        afterwards."""

    async def save_many(self, aggregates: Sequence[A]) -> None:
        """What `save` does, for each, in a few calls to the server."""

    async def first(self, *conditions: Condition, order: Sequence[str] = ()) -> A | None: ...

    async def select(
        self, *conditions: Condition, order: Sequence[str] = (), limit: int = 1000
    ) -> list[A]:
        """At most `limit`, in `order` (paths, `-path` descends), then by id."""

    async def documents(
        self, *conditions: Condition, order: Sequence[str] = (), limit: int = 1000
    ) -> Sequence[Mapping[str, object]]:
        """What `select` finds, as it is stored: for whoever reads very many and changes none, since
        making an aggregate of each costs more than reading it."""

    async def page(
        self,
        *conditions: Condition,
        order: Sequence[str] = (),
        first: int = 20,
        after: str | None = None,
    ) -> Page[A]:
        """The next `first` items after the cursor; raise `Invalid` for a cursor not of this
        listing. Stable while rows are added: it seeks by key and never counts. Rows without a
        value come first; a descending key has one in every row."""

    async def count(self, *conditions: Condition) -> int: ...

    async def count_by(self, path: str, *conditions: Condition) -> Mapping[str, int]:
        """How many there are for each text at `path`, which is in no list; one query, and nothing
        is loaded. Those without one are left out."""


@dataclass(frozen=True, kw_only=True)
class Answered:
    """The stored answer of a mutation (`Transaction.answered`)."""

    fingerprint: str
    answer: object


class Transaction(Protocol):
    """All or nothing: state, outbox rows, claims and the idempotency record."""

    @property
    def now(self) -> datetime:
        """The instant of this transaction, UTC; the same at every call."""

    def store(self, collection: Collection[A]) -> Store[A]: ...

    async def settle(self) -> None:
        """Have what was saved so far refused now, and not when the transaction ends."""

    async def claim(self, source: str, event_id: str) -> bool:
        """True the first time this event is seen, False ever after."""

    async def claim_all(self, events: Sequence[EventKey]) -> frozenset[EventKey]:
        """Claim those that were never seen before, and say which they are."""

    async def claimed(self, events: Sequence[EventKey]) -> frozenset[EventKey]:
        """Which of these were claimed before."""

    async def answered(self, key: str) -> Answered | None: ...

    async def remember(self, key: str, answered: Answered) -> None:
        """Raise `Transient` when another call with this key is doing the same right now."""


Step: TypeAlias = Callable[[Transaction], Awaitable[None]]
"""Something to do inside a transaction, which may be tried again."""


class Leases(Protocol):
    """Who of several processes does a thing."""

    async def take(self, name: str, *, within: timedelta) -> int | None:
        """Hold it from now on for that long; a number above those of all earlier holders, None
        while another process holds it."""

    async def leave(self, name: str) -> None:
        """Let another process take it at once."""


class UnitOfWork(Protocol):
    def begin(self) -> AbstractAsyncContextManager[Transaction]:
        """Commit on a clean exit, else leave nothing. Raise `Transient` when another transaction
        was in the way: the whole step may be run again."""

    def reading(self) -> Transaction:
        """Stores to read from outside a transaction; writing through it is a bug."""
