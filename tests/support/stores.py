"""The fake and the real store. A suite's conftest says `collections` (and `clock`, if it sets
the time); `uow` is the fake, `mongo_uow` the real one, `any_uow` each in turn."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.mongo import Database, MongoUnitOfWork, connect
from congvu_kit.adapters.mongo_prepared import prepare
from congvu_kit.application.ports import Collection, UnitOfWork
from congvu_kit.domain.clock import Clock, SystemClock
from support.event_keys import signer


@pytest.fixture
def clock() -> Clock:
    return SystemClock()


@pytest.fixture
def uow(clock: Clock) -> MemoryUnitOfWork:
    return MemoryUnitOfWork(clock)


@pytest.fixture
async def database(
    mongo_url: str, mongo_database: str, collections: Sequence[Collection[Any]]
) -> AsyncIterator[Database]:
    client = connect(mongo_url)
    made: Database = client[mongo_database]
    await prepare(made, collections, outbox_keep_days=30)
    yield made
    client.close()


@pytest.fixture
def mongo_uow(database: Database, clock: Clock) -> MongoUnitOfWork:
    return MongoUnitOfWork(database, signer=signer("test"), clock=clock)


@pytest.fixture(params=["uow", pytest.param("mongo_uow", marks=pytest.mark.mongo)])
def any_uow(request: pytest.FixtureRequest) -> UnitOfWork:
    made: UnitOfWork = request.getfixturevalue(request.param)
    return made
