"""What a dead process left open is ended by the others, and nothing of a living one is lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from congvu_kit.adapters.mongo import Database, MongoUnitOfWork, connect
from congvu_kit.adapters.sessions import LEASE_S, RENEWALS, SESSIONS, Sessions
from congvu_kit.application.perform import transact
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.errors import Transient
from kit.desks import DESKS, Desk
from support.clock import FixedClock
from support.event_keys import signer

pytestmark = [pytest.mark.mongo]

NOW = datetime(2026, 11, 1, 8, tzinfo=UTC)


class Replica:
    """One process of a service: its own client, and the clock it goes by."""

    def __init__(self, url: str, database: str, replica: str | None = None) -> None:
        self.client = connect(url)
        self.clock = FixedClock(NOW)
        self.sessions = Sessions(self.client[database], clock=self.clock, replica=replica)
        self.uow = MongoUnitOfWork(
            self.client[database], signer=signer("test"), sessions=self.sessions
        )

    async def looks_after(self, seconds: float) -> None:
        self.clock.at = NOW + timedelta(seconds=seconds)
        await self.sessions.step()


@pytest.fixture
async def replicas(mongo_url: str, database: Database) -> AsyncIterator[list[Replica]]:
    made = [Replica(mongo_url, database.name) for _ in range(2)]
    yield made
    for each in made:
        each.client.close()


async def rename(name: str, tx: Transaction) -> None:
    desk = await tx.store(DESKS).get("d1")
    desk.rename(name)
    await tx.store(DESKS).save(desk)


async def placed(uow: MongoUnitOfWork) -> None:
    async with uow.begin() as tx:
        await tx.store(DESKS).save(Desk(id="d1", name="Bàn"))


async def name(uow: MongoUnitOfWork) -> str:
    return (await uow.reading().store(DESKS).get("d1")).name


async def left_open(replica: Replica, stack: AsyncExitStack) -> None:
    """A transaction that wrote, and neither commits nor is given up."""
    tx = await stack.enter_async_context(replica.uow.begin())
    await rename("left open", tx)
    await tx.settle()


async def test_what_a_dead_process_held_is_free_when_its_lease_is_over(
    replicas: list[Replica],
) -> None:
    dead, living = replicas
    await placed(living.uow)
    stack = AsyncExitStack()
    await left_open(dead, stack)
    with pytest.raises(Transient):
        await rename_once(living)

    await living.looks_after(LEASE_S + 1)

    await rename_once(living)
    assert await name(living.uow) == "renamed"
    with pytest.raises(Transient):
        await stack.aclose()
    assert await name(living.uow) == "renamed"


async def rename_once(replica: Replica) -> None:
    async with replica.uow.begin() as tx:
        await rename("renamed", tx)


async def test_a_living_process_keeps_what_it_holds(replicas: list[Replica]) -> None:
    slow, other = replicas
    await placed(other.uow)
    async with AsyncExitStack() as stack:
        await left_open(slow, stack)
        await slow.looks_after(LEASE_S / RENEWALS)

        await other.looks_after(LEASE_S + 1)

    assert await name(other.uow) == "left open"


async def test_a_process_that_was_taken_for_dead_goes_on(
    replicas: list[Replica], database: Database
) -> None:
    slow, other = replicas
    await placed(slow.uow)
    await other.looks_after(LEASE_S + 1)

    await transact(slow.uow, partial(rename, "again"))
    await slow.looks_after(LEASE_S + 1)

    assert await name(other.uow) == "again"
    assert await database[SESSIONS].count_documents({"ids": {"$size": 1}}) == 1


async def test_a_session_is_written_down_once(replicas: list[Replica], database: Database) -> None:
    replica, _ = replicas
    await placed(replica.uow)
    first = await database[SESSIONS].find_one({})
    replica.clock.at += timedelta(seconds=1)

    await transact(replica.uow, partial(rename, "again"))

    assert await database[SESSIONS].find().to_list(None) == [first]


async def test_a_process_that_ends_by_itself_leaves_nothing_to_look_after(
    replicas: list[Replica], database: Database
) -> None:
    replica, _ = replicas
    await placed(replica.uow)

    await replica.sessions.release()

    assert await database[SESSIONS].count_documents({}) == 0


async def test_who_starts_in_the_place_of_a_dead_process_ends_what_it_held_at_once(
    mongo_url: str, database: Database
) -> None:
    dead, heir, other = (Replica(mongo_url, database.name, at) for at in ("a:1", "a:1", "b:1"))
    await placed(other.uow)
    stack = AsyncExitStack()
    await left_open(dead, stack)
    with pytest.raises(Transient):
        await rename_once(heir)

    await heir.sessions.succeed()

    await rename_once(heir)
    assert await name(other.uow) == "renamed"
    with pytest.raises(Transient):
        await stack.aclose()
    assert sorted(await database[SESSIONS].distinct("replica")) == ["a:1", "b:1"]
    for each in (dead, heir, other):
        each.client.close()


async def test_a_transaction_that_takes_too_long_is_given_up_and_holds_nobody(
    mongo_url: str, database: Database
) -> None:
    """Whatever it waits for: here somebody else's work between its reads and writes."""
    replica = Replica(mongo_url, database.name)
    await placed(replica.uow)
    short = MongoUnitOfWork(
        replica.client[database.name], signer=signer("test"), transaction_max_s=0.3
    )

    async def dawdle() -> None:
        async with short.begin() as tx:
            await rename("too late", tx)
            await asyncio.sleep(0.4)
            await tx.store(DESKS).get("d1")

    with pytest.raises(Transient):
        await dawdle()

    await rename_once(replica)
    assert await name(replica.uow) == "renamed"
    replica.client.close()
