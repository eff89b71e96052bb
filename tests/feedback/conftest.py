"""Feedback's collections, an needs and its subgraph; both stores know the ward."""

from collections.abc import Sequence
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.mongo import MongoUnitOfWork
from congvu_kit.application.ports import Collection
from feedback.scenes import NOW, know_the_ward, make_needs
from feedback_service.adapters.graphql.schema import schema
from feedback_service.application.collections import ALL
from feedback_service.application.needs import Needs
from support.clock import FixedClock
from support.graph import Graph


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def collections() -> Sequence[Collection[Any]]:
    return ALL


@pytest.fixture
def needs() -> Needs:
    return make_needs()


@pytest.fixture
async def uow(uow: MemoryUnitOfWork) -> MemoryUnitOfWork:
    await know_the_ward(uow)
    return uow


@pytest.fixture
async def mongo_uow(mongo_uow: MongoUnitOfWork) -> MongoUnitOfWork:
    await know_the_ward(mongo_uow)
    return mongo_uow


@pytest.fixture
def graph(uow: MemoryUnitOfWork, needs: Needs) -> Graph:
    return Graph(schema, uow, needs=needs)
