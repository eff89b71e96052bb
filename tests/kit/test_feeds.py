"""One event, one claim: its effect and its place in the feed stand or fall together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from pydantic import ValidationError

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.subscriptions import LongWork, Reaction, Subscription, with_feed
from congvu_kit.application.feeds import Feed
from congvu_kit.application.ports import Collection, Step, Transaction, UnitOfWork

FEED = Feed(hidden=frozenset({"who"}))
EVENT = {"province": "56", "number": 7, "who": "cs_1"}


@dataclass(frozen=True)
class Fact:
    number: int


@pytest.fixture
def collections() -> Sequence[Collection[Any]]:
    return FEED.collections


async def fed(uow: UnitOfWork) -> list[dict[str, object]]:
    page = await FEED.read(uow.reading(), "56", first=9, after=None)
    return [each.payload for each in page.items]


async def test_the_effect_and_the_feed_are_of_one_transaction(uow: MemoryUnitOfWork) -> None:
    numbers: list[int] = []

    async def note(fact: Fact, tx: Transaction) -> None:
        numbers.append(fact.number)

    [both] = with_feed(FEED, ["t.x.y.v1"], [Subscription("t.x.y.v1", Fact, note)])
    for _ in range(2):
        await both.react(EVENT, ("//x", "evt_1"), uow)

    assert (numbers, await fed(uow)) == ([7], [{"province": "56", "number": 7}])


async def test_what_many_events_need_is_asked_for_beside_the_feed_too(
    uow: MemoryUnitOfWork,
) -> None:
    numbers: list[int] = []

    async def ahead(facts: Sequence[Fact], tx: Transaction) -> Reaction[Fact]:
        whole = sum(each.number for each in facts)

        async def note(fact: Fact, tx: Transaction) -> None:
            numbers.append(whole)

        return note

    async def unasked(fact: Fact, tx: Transaction) -> None:
        raise AssertionError

    there = Subscription("t.x.y.v1", Fact, unasked, ahead)
    [both] = with_feed(FEED, ["t.x.y.v1"], [there])
    assert isinstance(both, Subscription)
    async with uow.begin() as tx:
        react = await both.for_many([EVENT, EVENT], tx)
        for _ in range(2):
            await react(EVENT, tx)

    assert (numbers, len(await fed(uow))) == ([14, 14], 2)


async def test_an_effect_that_fails_is_not_in_the_feed(uow: MemoryUnitOfWork) -> None:
    async def fail(fact: Fact, tx: Transaction) -> None:
        raise ValueError("no")

    [both] = with_feed(FEED, ["t.x.y.v1"], [Subscription("t.x.y.v1", Fact, fail)])
    with pytest.raises(ValueError, match="no"):
        await both.react(EVENT, ("//x", "evt_1"), uow)
    with pytest.raises(ValidationError):
        await both.react({"province": "56"}, ("//x", "evt_2"), uow)

    assert await fed(uow) == []


async def test_long_work_is_in_the_feed_when_it_is_done(uow: MemoryUnitOfWork) -> None:
    done: list[str] = []

    async def work(fact: Fact, uow: UnitOfWork) -> Step:
        assert await fed(uow) == []

        async def last(tx: Transaction) -> None:
            done.append(f"worked on {fact.number}")

        return last

    async def failed(fact: Fact, reason: str, tx: Transaction) -> None:
        done.append(f"{fact.number} failed: {reason}")

    [both] = with_feed(FEED, ["t.x.y.v1"], [LongWork("t.x.y.v1", Fact, work, failed)])
    for _ in range(2):
        await both.react(EVENT, ("//x", "evt_1"), uow)
    await both.given_up(EVENT, "too much", uow)

    assert done == ["worked on 7", "7 failed: too much"]
    assert await fed(uow) == [{"province": "56", "number": 7}]


async def test_each_province_has_a_stream_of_its_own(any_uow: UnitOfWork) -> None:
    [heard] = with_feed(FEED, ["t.x.y.v1"], [])
    for number, province in enumerate(("56", "01", "56")):
        told = {"province": province, "number": number}
        await heard.react(told, ("//x", f"evt_{number}"), any_uow)

    pages = [
        await FEED.read(any_uow.reading(), province, first=9, after=None)
        for province in ("56", "01", "48")
    ]
    assert [[each.payload["number"] for each in page.items] for page in pages] == [[0, 2], [1], []]
    assert [page.end for page in pages] == [f"{at:016d}" for at in (2, 1, 0)]
