"""The fake and the real store for the catalogue's tests, and a graph to ask."""

from collections.abc import AsyncIterator

import pytest

from catalogue.graph import Graph
from catalogue.scenes import FixedClock
from catalogue_service.application import collections
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.mongo import Database, MongoUnitOfWork, connect, prepare
from congvu_kit.application.ports import UnitOfWork


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def uow(clock: FixedClock) -> MemoryUnitOfWork:
    return MemoryUnitOfWork(clock)


@pytest.fixture
def graph(uow: MemoryUnitOfWork) -> Graph:
    return Graph(uow)


@pytest.fixture
async def database(mongo_url: str, mongo_database: str) -> AsyncIterator[Database]:
    client = connect(mongo_url)
    made: Database = client[mongo_database]
    await prepare(made, collections.ALL, outbox_keep_days=30)
    yield made
    client.close()


@pytest.fixture
def mongo_uow(database: Database, clock: FixedClock) -> MongoUnitOfWork:
    return MongoUnitOfWork(database, source="//congvu/catalogue", clock=clock)


@pytest.fixture(params=["uow", pytest.param("mongo_uow", marks=pytest.mark.mongo)])
def any_uow(request: pytest.FixtureRequest) -> UnitOfWork:
    made: UnitOfWork = request.getfixturevalue(request.param)
    return made
