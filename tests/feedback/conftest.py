"""The fake and the real store for feedback's tests, an office, and a graph to ask."""

from collections.abc import AsyncIterator

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.mongo import Database, MongoUnitOfWork, connect, prepare
from congvu_kit.application.ports import UnitOfWork
from feedback.graph import Graph
from feedback.scenes import FixedClock, know_the_ward, make_office
from feedback_service.application import collections
from feedback_service.application.office import Office


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
async def uow(clock: FixedClock) -> MemoryUnitOfWork:
    """The fake, knowing the ward."""
    made = MemoryUnitOfWork(clock)
    await know_the_ward(made)
    return made


@pytest.fixture
def graph(uow: MemoryUnitOfWork, office: Office) -> Graph:
    return Graph(uow, office)


@pytest.fixture
async def database(mongo_url: str, mongo_database: str) -> AsyncIterator[Database]:
    client = connect(mongo_url)
    made: Database = client[mongo_database]
    await prepare(made, collections.ALL, outbox_keep_days=30)
    yield made
    client.close()


@pytest.fixture
async def mongo_uow(database: Database, clock: FixedClock) -> MongoUnitOfWork:
    """The real store, knowing the ward."""
    made = MongoUnitOfWork(database, source="//congvu/feedback", clock=clock)
    await know_the_ward(made)
    return made


@pytest.fixture(params=["uow", pytest.param("mongo_uow", marks=pytest.mark.mongo)])
def any_uow(request: pytest.FixtureRequest) -> UnitOfWork:
    made: UnitOfWork = request.getfixturevalue(request.param)
    return made
