"""What a service asks its store, noted while everything is asked once, and how the real database
would look for it."""

import dataclasses
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial, wraps
from itertools import islice
from types import MappingProxyType
from typing import Any, TypeAlias

from strawberry.federation import Schema
from structlog.testing import capture_logs

from congvu_kit.adapters.memory import MemoryTransaction, MemoryUnitOfWork
from congvu_kit.adapters.mongo import MongoUnitOfWork, rows_of
from congvu_kit.adapters.subscriptions import AnySubscription
from congvu_kit.application.documents import adapter
from congvu_kit.application.ports import (
    AnyOf,
    Collection,
    Condition,
    Eq,
    Gte,
    In,
    Lt,
    Not,
    Prefix,
)
from congvu_kit.application.shards import ByKey, ByProvince
from congvu_kit.domain.errors import DomainError
from congvu_kit.service.runtime import Runtime
from congvu_kit.service.workers import Worker
from congvu_kit.tools.contracts import all_contracts
from support.graph import Graph
from support.plenty import SOMEBODY, Plenty
from support.worst import documents

Step: TypeAlias = Callable[["NotingUnitOfWork"], Awaitable[object]]

BUDGET, EVERY = 100, 4
"""Of the many small documents one in so many: all of them take half a minute."""

LOOKS = ("first", "select", "documents", "page", "count", "count_by")


@dataclasses.dataclass(frozen=True)
class Look:
    """One way to look through a collection; `shape` is what does not depend on the values."""

    collection: Collection[Any]
    conditions: tuple[Condition, ...]
    order: tuple[str, ...]

    @property
    def shape(self) -> str:
        asked = ", ".join(sorted(map(_shape, self.conditions)))
        return f"{self.collection.name}({asked}) by {' '.join(self.order) or 'id'}"


def _shape(condition: Condition) -> str:
    match condition:
        case Eq(path, _) | In(path, _) | Gte(path, _) | Lt(path, _) | Prefix(path, _):
            return f"{type(condition).__name__} {path}"
        case AnyOf(conditions):
            return f"AnyOf[{', '.join(sorted({_shape(each) for each in conditions}))}]"
        case Not(negated):
            return f"Not[{_shape(negated)}]"


class Looks:
    """All that were noted, one of each shape."""

    def __init__(self) -> None:
        self.by_shape: dict[str, Look] = {}

    def noting(self, collection: Collection[Any], store: Any) -> Any:
        """The same store, whose looks are noted."""
        for name in LOOKS:
            if hasattr(store, name):
                setattr(store, name, self._noted(collection, name, getattr(store, name)))
        return store

    def _noted(self, collection: Collection[Any], name: str, look: Callable[..., Any]) -> Any:
        @wraps(look)
        async def noted(*given: Any, **options: Any) -> Any:
            conditions = given[1:] if name == "count_by" else given
            seen = Look(collection, tuple(conditions), tuple(options.get("order", ())))
            self.by_shape.setdefault(seen.shape, seen)
            return await look(*given, **options)

        return noted


class NotingTransaction(MemoryTransaction):
    looks: Looks

    def store(self, collection: Collection[Any]) -> Any:
        return self.looks.noting(collection, super().store(collection))


class NotingUnitOfWork(MemoryUnitOfWork):
    def __init__(self, looks: Looks, clock: Any) -> None:
        super().__init__(clock)
        self._looks = looks

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[MemoryTransaction]:
        async with super().begin() as tx:
            yield self._noting(tx)

    def reading(self) -> MemoryTransaction:
        return self._noting(super().reading())

    def _noting(self, tx: MemoryTransaction) -> MemoryTransaction:
        noting = NotingTransaction(tx._state, tx.now)
        noting.looks = self._looks
        return noting


@dataclasses.dataclass
class NotingPlenty(Plenty):
    looks: Looks = dataclasses.field(default_factory=Looks)

    def store(self, collection: Collection[Any]) -> Any:
        return self.looks.noting(collection, super().store(collection))


async def questions(
    schema: Schema, needs: object = None, *, absent: frozenset[str] = frozenset()
) -> Looks:
    """What the graph looks for when everything that may be asked is asked."""
    looks = Looks()
    for document in islice(documents(schema._schema, BUDGET), 0, None, EVERY):
        with capture_logs():  # What is made up has no score to explain.
            plenty: Any = NotingPlenty({}, absent, looks=looks)  # it only reads
            await Graph(schema, plenty, needs=needs).execute(document.text, SOMEBODY, {})
    return looks


def reactions(service: str) -> list[Step]:
    """What the service does with each event it listens to; what it lacks for it ends that."""
    [contracts] = [each for each in all_contracts() if each.service == service]
    examples = {each.name: each for made in all_contracts() for each in made.events}

    async def heard(subscription: AnySubscription, uow: NotingUnitOfWork) -> None:
        data = examples[subscription.event_type].example_data()
        fact = adapter(subscription.fact).validate_python(data)
        with suppress(DomainError):
            await subscription.react(fact, ("//congvu/test", subscription.event_type), uow)

    return [partial(heard, each) for each in contracts.subscriptions]


def steps_of(workers: Sequence[Worker], needs: object) -> list[Step]:
    """What runs beside the requests, once."""

    async def taken(worker: Worker, uow: NotingUnitOfWork) -> None:
        await worker.step(Runtime(uow=uow, needs=needs))

    return [partial(taken, each) for each in workers]


def is_served(look: Look) -> bool:
    """Whether MongoDB finds what is asked by an index that the collection declares: one that begins
    with what is asked, or with the order of a look at everything."""
    asked = _bounded(look.conditions)
    if not look.conditions:
        first = look.order[0].removeprefix("-") if look.order else "_id"
        return first in {"_id", *_leading(look.collection)}
    whole = (set(each) for each in look.collection.unique)
    return bool(asked & {"_id", *_leading(look.collection)}) or any(map(asked.issuperset, whole))


def _leading(collection: Collection[Any]) -> set[str]:
    return {paths[0].removeprefix("-") for paths in collection.indexes}


def _bounded(conditions: Sequence[Condition]) -> set[str]:
    return {each.field for each in conditions if isinstance(each, Eq | In | Gte | Lt | Prefix)}


def is_targeted(look: Look) -> bool:
    """Whether a router puts it to the shards that may have it and to no other: it says what the
    first field of the shard key is."""
    declared = look.collection.shard
    if not isinstance(declared, ByProvince | ByKey):
        return True
    told = {each.field for each in look.conditions if isinstance(each, Eq | In)}
    return declared.path in told


def looked_for(look: Look) -> set[str]:
    """The fields by which it finds, or the order of a look at everything."""
    whole = {(look.order[0] if look.order else "_id").removeprefix("-")}
    return _bounded(look.conditions) or whole


async def assert_same_answers(
    uow: NotingUnitOfWork, real: MongoUnitOfWork, looks: Sequence[Look]
) -> None:
    """What the fake finds among what it holds by now, the real store finds too, in its order."""
    for look in looks:
        rows = rows_of(real._database, look.collection)
        await rows.delete_many({})
        held = list(uow.rows(look.collection).values())
        if held:
            await rows.insert_many(held)
        found = [
            [row["_id"] for row in await store.documents(*look.conditions, order=look.order)]
            for store in (each.reading().store(look.collection) for each in (uow, real))
        ]
        assert found[0] == found[1], (look, found)


async def assert_looked_up(
    looks: Looks,
    real: MongoUnitOfWork,
    steps: Sequence[Step] = (),
    *,
    whole: Sequence[str] = (),
    across: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Every look of the steps, on a store of its own each: answered alike and by an index, but for
    those that are meant to see the `whole`. On several shards each is put to those that may have
    it, or `across` says why it is put to all, by what it looks for."""
    for step in steps:
        known = set(looks.by_shape)
        uow = NotingUnitOfWork(looks, real._clock)
        await step(uow)
        new = [look for shape, look in looks.by_shape.items() if shape not in known]
        await assert_same_answers(uow, real, new)
    lost = [
        shape
        for shape, look in sorted(looks.by_shape.items())
        if not is_targeted(look) and not looked_for(look) & across.keys()
    ]
    assert lost == [], lost
    scanned = [shape for shape, look in sorted(looks.by_shape.items()) if not is_served(look)]
    assert scanned == list(whole), scanned
