"""An event that ends the process each time it is read: the others take effect, it is buried."""

import asyncio
from collections.abc import Sequence

import pytest

from congvu_kit.adapters.deaths import BEGINNINGS, DIED_OF, SUSPECTED_FROM
from congvu_kit.adapters.subscriptions import Subscription
from congvu_kit.application.ports import Collection, Transaction, UnitOfWork
from congvu_kit.domain.errors import Transient
from kit.desks import DESKS, Desk, DeskRenamed
from kit.test_consumer import ONE, Letters, Renamed, five, listening
from support.letters import Partition


class Ended(BaseException):
    """What a process does not survive."""


class Mortal:
    """Places a desk for each fact; whoever reads the deadly one ends."""

    def __init__(self, deadly: int, *, times: int = 1_000) -> None:
        self._deadly = deadly
        self._left = times

    async def place(self, fact: Renamed, tx: Transaction) -> None:
        await tx.store(DESKS).save(Desk(id=fact.desk_id, name=fact.name, rank=fact.rank))
        if fact.rank == self._deadly and self._left:
            self._left -= 1
            raise Ended


@pytest.fixture
def collections() -> Sequence[Collection[Desk]]:
    return [DESKS]


async def processes(uow: UnitOfWork, mortal: Mortal, letters: Letters) -> int:
    """One after another, until one gets past the five; how many ended."""
    group = Partition(ONE)
    for ended in range(100):
        reading = listening(uow, Subscription(DeskRenamed.TYPE, Renamed, mortal.place), letters)
        left = five()[group.committed or 0 :]
        try:
            await reading.take(group, ONE, left)
        except Ended:
            continue
        return ended
    raise AssertionError("the partition stands still")


async def placed(uow: UnitOfWork) -> list[int]:
    return sorted(desk.rank for desk in await uow.reading().store(DESKS).select())


@pytest.mark.parametrize("deadly", [0, 2, 4])
async def test_what_ends_each_reader_is_buried_and_the_others_take_effect(
    any_uow: UnitOfWork, deadly: int
) -> None:
    letters = Letters()

    ended = await processes(any_uow, Mortal(deadly), letters)

    assert ended == SUSPECTED_FROM - 1 + DIED_OF
    assert await placed(any_uow) == [n for n in range(5) if n != deadly]
    [(_, key, _, headers)] = letters.buried
    assert (key, headers["congvu_reason"]) == (
        f"d{deadly}".encode(),
        f"given up: {DIED_OF} processes ended at it".encode(),
    )


async def test_a_reader_that_ends_by_chance_loses_nothing(any_uow: UnitOfWork) -> None:
    letters = Letters()

    ended = await processes(any_uow, Mortal(2, times=SUSPECTED_FROM + 1), letters)

    assert (ended, letters.buried) == (SUSPECTED_FROM + 1, [])
    assert await placed(any_uow) == list(range(5))


async def test_one_process_counts_once_however_often_it_reads(any_uow: UnitOfWork) -> None:
    mortal = Mortal(-1)
    reading = listening(
        any_uow, Subscription(DeskRenamed.TYPE, Renamed, mortal.place), letters := Letters()
    )

    for since in range(2 * (SUSPECTED_FROM + DIED_OF)):
        await reading.take(Partition(ONE), ONE, five(), since=since)

    [beginning] = await any_uow.reading().store(BEGINNINGS).select()
    assert (beginning.times, letters.buried) == (1, [])


async def test_processes_that_are_told_to_end_speak_against_nothing(any_uow: UnitOfWork) -> None:
    """A deployment of many replicas, while something long is worked on."""
    letters, begun = Letters(), asyncio.Event()

    async def long(fact: Renamed, tx: Transaction) -> None:
        begun.set()
        await asyncio.sleep(3600)

    for _ in range(2 * (SUSPECTED_FROM + DIED_OF)):
        reading = listening(any_uow, Subscription(DeskRenamed.TYPE, Renamed, long), letters)
        taking = asyncio.create_task(reading.take(Partition(ONE), ONE, five()))
        await begun.wait()
        taking.cancel()
        await asyncio.wait([taking])
        begun.clear()
    ended = await processes(any_uow, Mortal(-1), letters)

    assert (ended, letters.buried) == (0, [])
    assert await placed(any_uow) == list(range(5))


async def test_nor_do_those_that_end_while_it_waits(any_uow: UnitOfWork) -> None:
    letters = Letters()

    async def waits(fact: Renamed, tx: Transaction) -> None:
        raise Transient(vi="Chưa được.", en="not yet")

    for _ in range(2 * (SUSPECTED_FROM + DIED_OF)):
        reading = listening(
            any_uow, Subscription(DeskRenamed.TYPE, Renamed, waits), letters, in_place_s=0
        )
        await reading.take(Partition(ONE), ONE, five())
        await reading.told_to_end()
    ended = await processes(any_uow, Mortal(-1), letters)

    assert (ended, letters.buried) == (0, [])
    assert await placed(any_uow) == list(range(5))
