"""A closed period: made once, and changed by each test on its own."""

import copy
from dataclasses import replace

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from evaluation.scenes import NOW
from evaluation.sealed import Closed, close
from evaluation_service.adapters.graphql.schema import schema
from support.clock import FixedClock
from support.graph import Graph


@pytest.fixture(scope="session")
def closed_once() -> Closed:
    uow = MemoryUnitOfWork(FixedClock(NOW))
    return close(uow, Graph(schema, uow))


@pytest.fixture
def closed(closed_once: Closed) -> Closed:
    uow = MemoryUnitOfWork(FixedClock(NOW))
    uow._state = copy.deepcopy(closed_once.uow._state)
    return replace(closed_once, uow=uow, graph=Graph(schema, uow), log=closed_once.log.copy())
