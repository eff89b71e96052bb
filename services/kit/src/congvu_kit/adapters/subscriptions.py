"""What an event means to who reads it: an effect in one transaction, or work in several."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeAlias, TypeVar

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
