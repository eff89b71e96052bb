"""What a resolver has: who asks, in which language, the stores, and the one door to a use case."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Any, Concatenate, Generic, TypeAlias, TypeVar

import strawberry
from strawberry.dataloader import DataLoader
from strawberry.fastapi import BaseContext

from congvu_kit.application.commands import C, Command, P, R, Turns, UseCase, bound
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import A, Collection, Transaction, UnitOfWork
from congvu_kit.application.shards import at_home
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.graph.personal import Reads
from congvu_kit.graph.rows import Unfit

K = TypeVar("K")
V = TypeVar("V")
Needs = TypeVar("Needs")

Query: TypeAlias = Callable[Concatenate[list[K], Actor, Transaction, P], Awaitable[Sequence[V]]]
"""`async def find_things(keys, reader, tx, *, needs...)`: one answer per key, in key order; what is
not for this reader is None like what is not there."""


class Context(BaseContext, Generic[Needs]):
    """One request. `needs` and `turns` are the service's, made once at its start; the loaders
    batch what this request reads; `reads` is whose data it was shown, for `purpose` as stated;
    `unfit` are the rows it sent that do not fit their type;
    `explorable` is whether the schema may be asked for."""

    def __init__(
        self,
        *,
        actor: Actor,
        language: str,
        uow: UnitOfWork,
        needs: Needs,
        turns: Turns | None = None,
        purpose: str | None = None,
        explorable: bool = True,
    ) -> None:
        super().__init__()
        self.actor = actor
        self.language = language
        self.uow = uow
        self.needs = needs
        self.purpose = purpose
        self.reads = Reads()
        self.unfit: Unfit = {}
        self.explorable = explorable
        self._turns = turns or Turns()
        self._loaders: dict[Hashable, DataLoader[Any, Any]] = {}

    def reading(self) -> Transaction:
        with at_home(self.actor.province):
            return self.uow.reading()

    async def perform(self, use_case: UseCase[C, P, R], command: C) -> R:
        """Run a use case: the only way from the graph to a change. One that has begun comes to its
        end, even for a caller who is gone: the answer waits under its key."""
        with at_home(self.actor.province):
            done = asyncio.ensure_future(
                perform(use_case, command, self.uow, needs=self.needs, turns=self._turns)
            )
        try:
            return await asyncio.shield(done)
        except asyncio.CancelledError:
            await asyncio.gather(done, return_exceptions=True)
            raise

    async def prepare(self, step: Callable[..., Awaitable[C]], command: Command) -> C:
        """What `step` makes of a command before it is performed."""
        return await bound(step, self.needs)(command, self.reading())

    async def load(self, query: Query[K, P, V], key: K) -> V:
        """What `query` answers for `key`: asked once for all that one request loads at a time.
        A key may be an aggregate; `needs` are bound by name as for a use case."""
        found: V = await self._batched(query).load(key)
        return found

    def prime(self, query: Query[K, P, V], key: K, value: V) -> None:
        """What `query` would answer is known: a listing found it on its way."""
        self._batched(query).prime(key, value)

    def _batched(self, query: Query[K, P, V]) -> DataLoader[K, V]:
        async def answers(keys: list[K]) -> Sequence[V]:
            return await bound(query, self.needs)(keys, self.actor, self.reading())

        return self._loader(query, answers)

    def by_id(self, collection: Collection[A]) -> "DataLoader[str, A | None]":
        """Aggregates by id, whoever asks: one database call for all that one request asks at
        once."""

        async def find(ids: list[str]) -> list[A | None]:
            return await self.reading().store(collection).find_many(ids)

        return self._loader(collection.name, find)

    def _loader(
        self, name: Hashable, load: Callable[[list[K]], Awaitable[Sequence[V]]]
    ) -> "DataLoader[K, V]":
        if name not in self._loaders:
            self._loaders[name] = DataLoader(load_fn=load, cache_key_fn=_identity)
        return self._loaders[name]


def _identity(key: object) -> Hashable:
    return key.id if isinstance(key, Aggregate) else key


Info: TypeAlias = strawberry.Info[Context[None], None]
"""A service with needs of its own has `Info = strawberry.Info[Context[Needs], None]`."""
