"""What an event means to who reads it: an effect in one transaction, or work in several."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeAlias, TypeVar

from congvu_kit.application.documents import adapter
from congvu_kit.application.feeds import Feed, Payload
from congvu_kit.application.perform import transact
from congvu_kit.application.ports import EventKey, Step, Transaction, UnitOfWork

F = TypeVar("F")


@dataclass(frozen=True)
class Subscription(Generic[F]):
    """What one event type means here: `fact` is this consumer's own reader of the payload (it
    ignores fields it does not know), `reaction` runs in the transaction that claims the event."""

    event_type: str
    fact: type[F]
    reaction: Callable[[F, Transaction], Awaitable[None]]

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

Reaction: TypeAlias = Callable[[Payload, Transaction], Awaitable[None]]


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
    reaction, fact_of = there.reaction, adapter(there.fact).validate_python

    async def both(payload: Payload, tx: Transaction) -> None:
        await reaction(fact_of(payload), tx)
        await append(payload, tx)

    return Subscription(event_type, dict, both)


def _work_and(append: Reaction, there: LongWork[Any]) -> LongWork[Any]:
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
