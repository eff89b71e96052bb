"""The desks on both stores, and a graph to ask."""

from collections.abc import Sequence
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.mongo import Database, MongoUnitOfWork
from congvu_kit.application.ports import Collection, UnitOfWork
from congvu_kit.domain.clock import Clock
from kit.desk_graph import SCHEMA
from kit.desks import DESKS, NEEDS
from support.event_keys import signer
from support.graph import Graph


@pytest.fixture
def collections() -> Sequence[Collection[Any]]:
    return [DESKS]


@pytest.fixture
def routed_uow(database: Database, clock: Clock) -> MongoUnitOfWork:
    """The real store as it asks a router of several shards."""
    return MongoUnitOfWork(database, signer=signer("test"), clock=clock, sharded=True)


REAL = [pytest.param(each, marks=pytest.mark.mongo) for each in ("mongo_uow", "routed_uow")]


@pytest.fixture(params=["uow", *REAL])
def any_uow(request: pytest.FixtureRequest) -> UnitOfWork:
    made: UnitOfWork = request.getfixturevalue(request.param)
    return made


@pytest.fixture
def graph(uow: MemoryUnitOfWork) -> Graph:
    return Graph(SCHEMA, uow, needs=NEEDS)
