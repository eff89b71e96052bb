"""Events take effect: many of them in one transaction, or one with all that it needs."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeAlias

import structlog
from aiokafka.errors import KafkaError
from tenacity import RetryCallState

from congvu_kit.adapters import metrics
from congvu_kit.adapters.driver import PyMongoError
from congvu_kit.adapters.event_watch import watched
from congvu_kit.adapters.judging import Judged, Refused, Told
from congvu_kit.adapters.reasons import reason_of
from congvu_kit.adapters.subscriptions import Reaction, Subscription
from congvu_kit.application.ports import EventKey, Transaction, UnitOfWork
from congvu_kit.domain.errors import Unavailable
from congvu_kit.domain.ids import new_id

PASSING = (Unavailable, KafkaError, PyMongoError, OSError, MemoryError)
"""What may be over when the same is tried again: it says nothing about the event."""

log = structlog.get_logger(__name__)

PROBE = "//congvu/kit/probe"
"""Source of claims that only show whether something can be stored."""


Part: TypeAlias = "Sequence[Told | Refused]"
"""Consecutive records; more than one where all are effects of one transaction."""


def tell_delay(failed: RetryCallState) -> None:
    """Of what is tried again; its first argument is what was read."""
    error = failed.outcome.exception() if failed.outcome else None
    metrics.EVENTS_DELAYED.labels(failed.args[0].record.topic).inc()
    log.warning("event_delayed", offset=failed.args[0].record.offset, error=reason_of(error))


def parts_of(
    judged: Iterable[Judged], known: Collection[EventKey], together: Callable[[Told], int]
) -> Iterator[Part]:
    """What is to be done, in order: effects of one transaction `together`, all else alone."""
    part: list[Told] = []
    for each in judged:
        if isinstance(each, Told) and each.key in known:
            metrics.CONSUMED.labels(each.event.type).inc()
        elif isinstance(each, Told) and isinstance(each.subscription, Subscription):
            part.append(each)
            if len(part) >= together(each):
                yield part
                part = []
        elif each is not None:
            yield from filter(None, (part, [each]))
            part = []
    if part:
        yield part


async def _reactions(told: Sequence[Told], tx: Transaction) -> Mapping[str, Reaction[Any]]:
    """By type: each has asked for what its events need."""
    of_type: dict[str, list[Told]] = {}
    for each in told:
        of_type.setdefault(each.event.type, []).append(each)
    return {
        name: await subscription.for_many([each.fact for each in some], tx)
        for name, some in of_type.items()
        if isinstance(subscription := some[0].subscription, Subscription)
    }


class Reacting:
    """On one store, each event once."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def known(self, events: Sequence[EventKey]) -> frozenset[EventKey]:
        """Which took effect before, in one question. None where the store does not say: each is
        claimed again in its own transaction, as is one that came alone."""
        with suppress(*PASSING):
            return await self._uow.reading().claimed(events) if len(events) > 1 else frozenset()
        return frozenset()

    async def together(self, told: Sequence[Told]) -> None:
        """In their order and in one transaction, all or none; tried once."""
        async with self._uow.begin() as tx:
            left = set(await tx.claim_all([each.key for each in told]))
            new = [each for each in told if each.key in left]
            reactions = await _reactions(new, tx)
            for each in new:
                if each.key in left:
                    left.remove(each.key)
                    with watched(each.event):
                        await reactions[each.event.type](each.fact, tx)
        for each in told:
            metrics.CONSUMED.labels(each.event.type).inc()

    async def alone(self, told: Told) -> None:
        """What is no `PASSING` failure is final, and told where people look."""
        try:
            with watched(told.event):
                await told.subscription.react(told.fact, told.key, self._uow)
        except PASSING:
            raise
        except Exception as exception:
            await self.given_up(told, reason_of(exception))
            raise
        metrics.CONSUMED.labels(told.event.type).inc()

    async def given_up(self, told: Told, reason: str) -> None:
        await told.subscription.given_up(told.fact, reason, self._uow)

    async def store_is_well(self) -> bool:
        """Whether anything can be stored now."""

        try:
            async with self._uow.begin() as tx:
                await tx.claim(PROBE, new_id("prb"))
        except PASSING:
            return False
        return True
