"""Both units of work, so that every promise is checked on the fake and on the real store."""

from collections.abc import AsyncIterator

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.mongo import Database, MongoUnitOfWork, connect, prepare
from congvu_kit.application.ports import UnitOfWork
from kit.desks import DESKS


@pytest.fixture
async def database(mongo_url: str, mongo_database: str) -> AsyncIterator[Database]:
    client = connect(mongo_url)
    made: Database = client[mongo_database]
    await prepare(made, [DESKS], outbox_keep_days=30)
    yield made
    client.close()


@pytest.fixture
def memory_uow() -> MemoryUnitOfWork:
    return MemoryUnitOfWork()


@pytest.fixture
def mongo_uow(database: Database) -> MongoUnitOfWork:
    return MongoUnitOfWork(database, source="//congvu/test")


@pytest.fixture(params=["memory", pytest.param("mongo", marks=pytest.mark.mongo)])
def uow(request: pytest.FixtureRequest) -> UnitOfWork:
    made: UnitOfWork = request.getfixturevalue(f"{request.param}_uow")
    return made
