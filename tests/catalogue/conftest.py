"""The catalogue's collections and subgraph, on a day of the tests' own."""

from collections.abc import Sequence
from typing import Any

import pytest

from catalogue.needs import NEEDS
from catalogue.scenes import NOW
from catalogue_service.adapters.graphql.schema import schema
from catalogue_service.application.collections import ALL
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import Collection
from support.callers import Stage
from support.clock import FixedClock
from support.graph import Graph


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def collections() -> Sequence[Collection[Any]]:
    return ALL


@pytest.fixture
def graph(uow: MemoryUnitOfWork) -> Graph:
    return Graph(schema, uow, needs=NEEDS)


@pytest.fixture
def stage(uow: MemoryUnitOfWork, graph: Graph) -> Stage:
    return Stage(uow=uow, graph=graph, schema=schema, collections=ALL)
