"""That the copies a service keeps of others' facts are the same in whatever order it hears them.

Made from the subscriptions: whatever a service reads is told in several revisions, each other in
every field that its reaction takes another value of, then shuffled and repeated.
"""

import asyncio
import os
import random
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.subscriptions import Subscription
from congvu_kit.application.documents import adapter
from congvu_kit.application.ports import Collection
from congvu_kit.domain.errors import DomainError, Transient
from congvu_kit.tools.contracts import all_contracts

ORDERS = ("revision", "edition", "freeze")
"""What says of two facts which is the newer; the first that a reader has."""

SHUFFLES, TIMES = 40, 2
EXAMPLES, STEPS = int(os.environ.get("CONGVU_TEST_DISORDER_EXAMPLES", "3")), 50
"""Of the machine; `make faults` has 1,000 of them."""

OURS = frozenset({"revision", "sequence", "salt"})
"""What a copy has of its own, and nobody told."""

Data = Mapping[str, Any]
Told = tuple[Subscription[Any], Data]
Begin = Callable[[], Awaitable[MemoryUnitOfWork]]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a service hears. `known` are values by which the facts fit what is there: they stay."""

    service: str
    collections: Sequence[Collection[Any]]
    begin: Begin
    known: Mapping[str, Any]

    def told(self, subscription: Subscription[Any], number: int) -> Data:
        """The publisher's example, as of a revision."""
        examples = {each.name: each for made in all_contracts() for each in made.events}
        data = examples[subscription.event_type].example_data()
        for_all = {name: value for name, value in self.known.items() if name in data}
        of_this = self.known.get(subscription.event_type, {})
        return {**data, **for_all, **of_this, **dict.fromkeys(_orders(subscription), number)}

    async def states(self, told: Sequence[Told]) -> Mapping[str, Any]:
        """The copies after all of it: what must wait is told again."""
        uow = await self.begin()
        await hear(uow, told)
        return await self.kept(uow)

    async def kept(self, uow: MemoryUnitOfWork) -> Mapping[str, Any]:
        kept = {}
        for each in self.collections:
            if ".copies." in each.kind.__module__:
                for row in await uow.reading().store(each).documents():
                    of_us = {name: value for name, value in row.items() if name not in OURS}
                    kept[f"{each.name}/{row['_id']}"] = of_us
        return kept

    async def moves(self, subscription: Subscription[Any]) -> list[str]:
        """The fields that a later fact changes the copies by."""
        first = self.told(subscription, 1)
        return [
            name
            for name in _read(subscription, first)
            if name not in self.known
            and await self._is_taken(
                subscription, {**self.told(subscription, 2), name: _other(first[name], 1)}
            )
        ]

    async def _is_taken(self, subscription: Subscription[Any], data: Data) -> bool:
        """Not refused, after the first and alone."""
        for before in ([], [(subscription, self.told(subscription, 1))]):
            uow = await self.begin()
            await hear(uow, before)
            try:
                async with uow.begin() as tx:
                    await subscription.reaction(_fact(subscription, data), tx)
            except (DomainError, ValueError):
                return False
        return True

    async def history(
        self, subscriptions: Sequence[Subscription[Any]], once: Mapping[str, str]
    ) -> list[Told]:
        """Each event of an aggregate in two revisions, one after the other."""
        told: list[Told] = []
        for subscription in subscriptions:
            moves = await self.moves(subscription)
            for _ in range(1 if subscription.event_type in once else 2):
                number = len(told) + 1
                data = self.told(subscription, number)
                changed = {name: _other(data[name], number) for name in moves if number > 1}
                told.append((subscription, {**data, **changed}))
        return told


async def hear(uow: MemoryUnitOfWork, told: Sequence[Told]) -> None:
    waiting = list(told)
    while waiting:
        late = []
        for subscription, data in waiting:
            try:
                with suppress_refusals():
                    async with uow.begin() as tx:
                        await subscription.reaction(_fact(subscription, data), tx)
            except Transient:
                late.append((subscription, data))
        if len(late) == len(waiting):
            return
        waiting = late


class suppress_refusals(suppress):  # noqa: N801 - reads like the function it stands beside
    """All but what passes by itself."""

    def __init__(self) -> None:
        super().__init__(DomainError)

    def __exit__(self, kind: Any, error: Any, trace: Any) -> bool:
        if isinstance(error, Transient):
            return False
        return bool(super().__exit__(kind, error, trace))


async def assert_newest_wins(reading: Reading, once: Mapping[str, str]) -> None:
    """`once` are events that are told once in an aggregate's life, with why."""
    [contracts] = [each for each in all_contracts() if each.service == reading.service]
    mine = [each for each in contracts.subscriptions if isinstance(each, Subscription)]
    assert set(once) <= {each.event_type for each in mine}
    differing, histories = [], []
    for noun, group in groupby(sorted(mine, key=_noun), key=_noun):
        told = await reading.history(list(group), once)
        wanted = await reading.states(told)
        histories.append(told)
        for seed in range(SHUFFLES):
            shuffled = [each for each in told for _ in range(TIMES)]
            random.Random(seed).shuffle(shuffled)
            if await reading.states(shuffled) != wanted:
                differing.append(noun)
                break
    assert not differing, f"the order in which these are heard shows in the copies: {differing}"
    await asyncio.to_thread(_any_order, reading, histories)


class Disorder(RuleBasedStateMachine):
    """The copies of one service, to which the facts of one kind of aggregate are told again and
    again in any order: whatever was heard, the newest shows."""

    reading: Reading
    told: Sequence[Sequence[Told]]
    """By kind of aggregate, each in order."""

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.new_event_loop()
        self._uow = self._loop.run_until_complete(self.reading.begin())
        self._facts: Sequence[Told] = ()
        self._heard: set[int] = set()

    @initialize(data=st.data())
    def choose(self, data: st.DataObject) -> None:
        self._facts = data.draw(st.sampled_from(self.told))

    @rule(data=st.data())
    def one_comes(self, data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(self._facts) - 1))
        self._heard.add(at)
        self._hear([self._facts[at]])

    @rule(times=st.integers(1, 3), reversed_=st.booleans())
    def all_that_came_come_again(self, times: int, reversed_: bool) -> None:
        self._hear([self._facts[at] for at in sorted(self._heard, reverse=reversed_)] * times)

    @rule()
    def the_newest_shows(self) -> None:
        in_order = [self._facts[at] for at in sorted(self._heard)]
        wanted = self._loop.run_until_complete(self.reading.states(in_order))
        assert self._loop.run_until_complete(self.reading.kept(self._uow)) == wanted

    def teardown(self) -> None:
        self._loop.close()

    def _hear(self, told: Sequence[Told]) -> None:
        self._loop.run_until_complete(hear(self._uow, told))


def _any_order(reading: Reading, told: Sequence[Sequence[Told]]) -> None:
    machine = type("Disorder", (Disorder,), {"reading": reading, "told": told})
    within = settings(max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None)
    run_state_machine_as_test(machine, settings=within)


def _noun(subscription: Subscription[Any]) -> str:
    return subscription.event_type.rsplit(".", 2)[0]


def _fact(subscription: Subscription[Any], data: Data) -> Any:
    return adapter(subscription.fact).validate_python(data)


def _orders(subscription: Subscription[Any]) -> Sequence[str]:
    names = [each.name for each in fields(subscription.fact)] if _is_class(subscription) else []
    return [each for each in ORDERS if each in names][:1]


def _is_class(subscription: Subscription[Any]) -> bool:
    return hasattr(subscription.fact, "__dataclass_fields__")


def _read(subscription: Subscription[Any], data: Data) -> Iterator[str]:
    """Fields of the reader that can be otherwise, its own id and its order left out."""
    if not _is_class(subscription):
        return
    for each in fields(subscription.fact)[1:]:
        if each.name not in ORDERS and _other(data.get(each.name), 1) is not None:
            yield each.name


def _other(value: Any, number: int) -> Any:
    """Another value of its kind; None where there is none to make."""
    if isinstance(value, bool):
        return value if number % 2 == 0 else not value
    if isinstance(value, int):
        return value + number
    if isinstance(value, str):
        return _other_text(value, number)
    if isinstance(value, list) and value:
        return value[: len(value) - number % 2]
    return None


def _other_text(value: str, number: int) -> str:
    with suppress(ValueError):
        return (date.fromisoformat(value) + timedelta(days=number)).isoformat()
    with suppress(ValueError):
        return (datetime.fromisoformat(value) + timedelta(days=number)).isoformat()
    with suppress(ValueError):
        return str(float(value) + number / 10)
    return f"{value}-{number}"
