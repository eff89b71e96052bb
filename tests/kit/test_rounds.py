"""What is fetched together of several partitions: one transaction where it can be, and what is
fresh and little gathers for a moment."""

import asyncio
import itertools
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from time import time
from typing import Any

import pytest
from aiokafka import TopicPartition

from congvu_kit.adapters import consumer as module
from congvu_kit.adapters.consumer import GATHER_S, Consumer
from congvu_kit.adapters.deaths import DIED_OF, SUSPECTED_FROM
from congvu_kit.adapters.judging import Record
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.subscriptions import LongWork, Subscription
from congvu_kit.application.ports import Collection, Step, Transaction, UnitOfWork
from congvu_kit.domain.errors import Conflict, Transient
from kit.desks import DESKS, Desk, DeskRenamed
from kit.test_consumer import (
    BEGINNING,
    EVENT,
    ONE,
    Counted,
    Ledger,
    Letters,
    Picky,
    Renamed,
    consumer,
    listening,
    many,
    names,
    record,
)

TWO = TopicPartition("congvu.test.v1", 2)
BEGINNINGS = 2 * BEGINNING

Batches = Mapping[TopicPartition, Sequence[Record]]


@pytest.fixture
def collections() -> Sequence[Collection[Desk]]:
    return [DESKS]


class Group:
    """Where the group stands on both partitions."""

    def __init__(self) -> None:
        self.committed: dict[TopicPartition, int] = {}
        self.commits = 0

    def assignment(self) -> frozenset[TopicPartition]:
        return frozenset({ONE, TWO})

    def seek(self, partition: TopicPartition, offset: int) -> None:
        """It is fetched from there again, by whoever asks."""

    async def commit(self, offsets: Mapping[TopicPartition, int]) -> None:
        self.committed |= offsets
        self.commits += 1


def batch(first: int, end: int) -> Batches:
    """Desks by turns: the even ones lie in one partition, the odd ones in the other."""
    desks = many(first, end)
    return {ONE: desks[::2], TWO: [replace(each, partition=2) for each in desks[1::2]]}


async def test_little_of_several_partitions_takes_effect_in_one_transaction() -> None:
    """But for the first of each partition, which says where reading began."""
    uow, ledger, group = Counted(), Ledger(), Group()
    taking = consumer(uow, ledger, Letters())

    await taking.take_all(group, batch(0, 2))
    begun, committed = uow.begun, group.commits
    await taking.take_all(group, batch(2, 6))

    assert (begun, committed) == (BEGINNINGS + 2, 2)
    assert (uow.begun, group.commits) == (begun + 1, committed + 1)
    assert group.committed == {ONE: 45, TWO: 46}
    assert await names(uow) == [f"Bàn {n}" for n in range(6)]


async def test_what_nobody_listens_to_costs_no_transaction() -> None:
    uow, group = Counted(), Group()
    taking = consumer(uow, Ledger(), Letters())
    await taking.take_all(group, batch(0, 2))
    begun = uow.begun
    others = record(replace(EVENT, type="congvu.test.desk_lamp.lit.v1"))

    await taking.take_all(
        group, {ONE: [replace(others, offset=42)], TWO: [replace(others, partition=2, offset=43)]}
    )

    assert (uow.begun, group.committed) == (begun, {ONE: 43, TWO: 44})


async def test_a_round_of_one_event_says_nothing_of_how_many_a_transaction_bears(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is slow; what comes after it still goes together."""
    uow, group = Counted(), Group()
    taking = consumer(uow, Ledger(), Letters(), together=4)
    await taking.take_all(group, batch(0, 2))
    other = record(replace(EVENT, type="congvu.test.desk_lamp.lit.v1"))
    monkeypatch.setattr("congvu_kit.adapters.together.monotonic", itertools.count(0, 60).__next__)

    for number in (10, 20):
        lamp = replace(other, partition=2, offset=40 + number)
        await taking.take_all(group, {ONE: many(number, number + 1), TWO: [lamp]})
    begun = uow.begun
    await taking.take_all(group, batch(30, 34))

    assert uow.begun == begun + 1


async def test_one_event_is_asked_for_when_it_is_claimed_and_not_before() -> None:
    uow, group = Counted(), Group()
    taking = consumer(uow, Ledger(), Letters())

    await taking.take_all(group, {ONE: many(0, 1)})
    await taking.take_all(group, {ONE: many(0, 1)})

    assert (uow.looks, await names(uow)) == (0, ["Bàn 0"])


async def test_what_cannot_succeed_is_found_and_buried_and_all_else_takes_effect() -> None:
    uow, letters, group = MemoryUnitOfWork(), Letters(), Group()
    taking = consumer(uow, Picky("d3", Conflict(en="never", vi="không bao giờ")), letters)

    await taking.take_all(group, batch(0, 2))
    await taking.take_all(group, batch(2, 6))

    assert await names(uow) == ["Bàn 0", "Bàn 1", "Bàn 2", "Bàn 4", "Bàn 5"]
    assert [each[1] for each in letters.buried] == [b"d3"]
    assert group.committed == {ONE: 45, TWO: 46}


async def test_what_must_wait_holds_its_own_partition_and_no_other() -> None:
    uow, letters, group = Counted(), Letters(), Group()
    ledger = Picky("d3", Transient(en="not yet", vi="chưa"))
    taking = consumer(uow, ledger, letters, in_place_s=0)

    await taking.take_all(group, batch(0, 2))
    await taking.take_all(group, batch(2, 6))
    tried = len(ledger.order)
    await taking.take_all(group, {ONE: many(6, 7), TWO: batch(2, 6)[TWO]})

    assert letters.buried == []
    assert await names(uow) == ["Bàn 0", "Bàn 1", "Bàn 2", "Bàn 4", "Bàn 6"]
    assert group.committed == {ONE: 47, TWO: 43}
    assert ledger.order[tried] == "d6", "together with what waits nothing is tried"


async def test_a_bad_record_keeps_the_others_from_nothing() -> None:
    uow, letters, group = MemoryUnitOfWork(), Letters(), Group()
    taking = consumer(uow, Ledger(), letters)
    await taking.take_all(group, batch(0, 2))
    bad = replace(record(EVENT, b"\xff no JSON"), partition=2, offset=43)

    await taking.take_all(group, {ONE: batch(2, 3)[ONE], TWO: [bad]})

    assert await names(uow) == ["Bàn 0", "Bàn 1", "Bàn 2"]
    assert [each[2] for each in letters.buried] == [b"\xff no JSON"]
    assert group.committed == {ONE: 43, TWO: 44}


async def test_long_work_is_no_part_of_a_transaction_of_others() -> None:
    alone, uow = list[str](), Counted()

    async def work(fact: Renamed, uow: UnitOfWork) -> Step:
        alone.append(fact.desk_id)

        async def last(tx: Transaction) -> None:
            await tx.store(DESKS).save(Desk(id=fact.desk_id, name=fact.name, rank=fact.rank))

        return last

    taking = listening(uow, LongWork(DeskRenamed.TYPE, Renamed, work), Letters())

    await taking.take_all(group := Group(), batch(0, 2))
    begun = uow.begun
    await taking.take_all(group, batch(2, 4))

    assert uow.begun == begun + 2
    assert (alone, group.committed) == ([f"d{n}" for n in range(4)], {ONE: 43, TWO: 44})


class Ended(BaseException):
    """What a process does not survive."""


async def test_what_readers_die_of_is_found_in_a_partition_of_several(
    uow: MemoryUnitOfWork,
) -> None:
    letters, group = Letters(), Group()

    async def place(fact: Renamed, tx: Transaction) -> None:
        await tx.store(DESKS).save(Desk(id=fact.desk_id, name=fact.name, rank=fact.rank))
        if fact.rank == 3:
            raise Ended

    def left() -> Batches:
        there = {
            at: [each for each in some if each.offset >= group.committed.get(at, 0)]
            for at, some in batch(0, 6).items()
        }
        return {at: some[:1] for at, some in there.items() if some}

    ended = 0
    while left() and ended < 100:
        reading = listening(uow, Subscription(DeskRenamed.TYPE, Renamed, place), letters)
        try:
            while batches := left():
                await reading.take_all(group, batches)
        except Ended:
            ended += 1

    assert ended <= SUSPECTED_FROM + DIED_OF
    assert await names(uow) == ["Bàn 0", "Bàn 1", "Bàn 2", "Bàn 4", "Bàn 5"]
    assert [each[1] for each in letters.buried] == [b"d3"]


class Fetching:
    """A driver that has one record for each fetch, and notes when it was asked."""

    def __init__(self, age_s: float, size: int = 1) -> None:
        self.asked: list[float] = []
        self._age_s, self._size = age_s, size

    def __call__(self, **_: Any) -> "Fetching":
        return self

    def subscribe(self, topics: Sequence[str], listener: object) -> None: ...

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    def assignment(self) -> frozenset[TopicPartition]:
        return frozenset({ONE})

    async def commit(self, offsets: Mapping[TopicPartition, int]) -> None: ...

    async def getmany(self, **_: int) -> Batches:
        self.asked.append(asyncio.get_running_loop().time())
        await asyncio.sleep(0.001)
        at_ms = int(1000 * (time() - self._age_s))
        return {ONE: [replace(each, timestamp=at_ms) for each in many(0, self._size)]}


@pytest.mark.parametrize(
    ("age_s", "size", "least_s"),
    [(0, 1, GATHER_S), (60, 1, 0), (0, 100, 0)],
    ids=["fresh", "of before", "much"],
)
async def test_what_is_fresh_and_little_gathers_for_a_moment(
    uow: MemoryUnitOfWork,
    monkeypatch: pytest.MonkeyPatch,
    age_s: float,
    size: int,
    least_s: float,
) -> None:
    """The first is taken at once; who is behind, or has much to do, waits for nothing."""
    fetching = Fetching(age_s, size)
    monkeypatch.setattr(module, "AIOKafkaConsumer", fetching)
    reading: Consumer = consumer(uow, Ledger(), Letters())

    with suppress(TimeoutError):
        await asyncio.wait_for(reading.run(), 4.5 * GATHER_S)

    gaps = [b - a for a, b in zip(fetching.asked, fetching.asked[1:], strict=False)]
    assert await names(uow)
    assert least_s * 0.9 <= min(gaps) < max(least_s * 3, GATHER_S / 2)
