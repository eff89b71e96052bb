"""The desks on both stores, and a graph to ask."""

from collections.abc import Sequence
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import Collection
from kit.desk_graph import SCHEMA
from kit.desks import DESKS, NEEDS
from support.graph import Graph


@pytest.fixture
def collections() -> Sequence[Collection[Any]]:
    return [DESKS]


@pytest.fixture
def graph(uow: MemoryUnitOfWork) -> Graph:
    return Graph(SCHEMA, uow, needs=NEEDS)
