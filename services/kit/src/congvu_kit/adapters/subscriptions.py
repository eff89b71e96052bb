"""What an event means to who reads it: an effect in one transaction, or work in several."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeAlias, TypeVar

from congvu_kit.application.documents import adapter
from congvu_kit.application.feeds import Feed, Payload
from congvu_kit.application.perform import transact
from congvu_kit.application.ports import Collection, EventKey, Step, Transaction, UnitOfWork

F = TypeVar("F")

Reaction: TypeAlias = Callable[[F, Transaction], Awaitable[None]]

Ahead: TypeAlias = Callable[[Sequence[F], Transaction], Awaitable[Reaction[F] | None]]
"""Asks for what the events of one transaction need, in few questions, and changes nothing. Gives
the reaction that knows the answers; None where the transaction keeps them, as it does rows that
were read by their ids."""


def rows_ahead(collection: Collection[Any], id_of: Callable[[F], str]) -> Ahead[F]:
    """The rows that the events are about."""

    async def ahead(facts: Sequence[F], tx: Transaction) -> None:
        await tx.store(collection).find_many([id_of(each) for each in facts])

    return ahead


@dataclass(frozen=True)
class Subscription(Generic[F]):
    """What one event type means here: `fact` is this consumer's own reader of the payload (it
    ignores fields it does not know), `reaction` runs in the transaction that claims the event.
    Where many take effect in one, `ahead` is asked before the first."""

    event_type: str
    fact: type[F]
    reaction: Reaction[F]
    ahead: Ahead[F] | None = None

    async def for_many(self, facts: Sequence[F], tx: Transaction) -> Reaction[F]:
        """The reaction to each of these, in this transaction."""
        knowing = await self.ahead(facts, tx) if self.ahead is not None else None
        return knowing or self.reaction

    async def react(self, fact: F, event: EventKey, uow: UnitOfWork) -> None:
        """Take effect, unless the event did before."""

        async def claim(tx: Transaction) -> None:
            if await tx.claim(*event):
                await self.reaction(fact, tx)

        await transact(uow, claim)

    async def given_up(self, fact: F, reason: str, uow: UnitOfWork) -> None:
        """The event is a dead letter now; here it left nothing."""


@dataclass(frozen=True)
class LongWork(Generic[F]):
    """Too much for one transaction: `work` makes its own, as many as it likes, and answers its last
    step, which runs in the transaction that claims the event.

    It may be killed anywhere, run again and run beside itself: what it did before must be found
    done. `failed` tells, where people look, that it was given up.
    """

    event_type: str
    fact: type[F]
    work: Callable[[F, UnitOfWork], Awaitable[Step]]
    failed: Callable[[F, str, Transaction], Awaitable[None]] | None = None

    async def react(self, fact: F, event: EventKey, uow: UnitOfWork) -> None:
        if await uow.reading().claimed([event]):
            return
        last = await self.work(fact, uow)

        async def claim(tx: Transaction) -> None:
            if await tx.claim(*event):
                await last(tx)

        await transact(uow, claim)

    async def given_up(self, fact: F, reason: str, uow: UnitOfWork) -> None:
        if self.failed is not None:
            await transact(uow, partial(self.failed, fact, reason))


AnySubscription: TypeAlias = Subscription[Any] | LongWork[Any]


def with_feed(
    feed: Feed, event_types: Sequence[str], subscriptions: Sequence[AnySubscription]
) -> Iterator[AnySubscription]:
    """The subscriptions, and in the same transactions the feed of these events: one event has one
    claim, whatever is done about it."""
    known = {each.event_type: each for each in subscriptions}
    for event_type in event_types:
        yield _also_told(feed, event_type, known.pop(event_type, None))
    yield from known.values()


def _also_told(feed: Feed, event_type: str, there: AnySubscription | None) -> AnySubscription:
    async def append(payload: Payload, tx: Transaction) -> None:
        await feed.append(event_type, payload, tx)

    if there is None:
        return Subscription(event_type, dict, append)
    if isinstance(there, LongWork):
        return _work_and(append, there)
    reacting, fact_of = there, adapter(there.fact).validate_python

    def also(reaction: Reaction[Any]) -> Reaction[Payload]:
        async def both(payload: Payload, tx: Transaction) -> None:
            await reaction(fact_of(payload), tx)
            await append(payload, tx)

        return both

    async def ahead(payloads: Sequence[Payload], tx: Transaction) -> Reaction[Payload]:
        return also(await reacting.for_many([fact_of(each) for each in payloads], tx))

    return Subscription(event_type, dict, also(there.reaction), ahead)


def _work_and(append: Reaction[Payload], there: LongWork[Any]) -> LongWork[Any]:
    fact_of, failed = adapter(there.fact).validate_python, there.failed

    async def work(payload: Payload, uow: UnitOfWork) -> Step:
        last = await there.work(fact_of(payload), uow)

        async def step(tx: Transaction) -> None:
            await last(tx)
            await append(payload, tx)

        return step

    async def tell(payload: Payload, reason: str, tx: Transaction) -> None:
        if failed is not None:
            await failed(fact_of(payload), reason, tx)

    return LongWork(there.event_type, dict, work, tell)
