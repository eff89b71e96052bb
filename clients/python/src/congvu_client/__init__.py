"""The typed client of Công vụ KPI: `AsyncClient` and `Client`, with every input and result.

with Client("https://congvu.example.vn", token) as client:
    for unit in nodes(lambda after: client.org_units("56", after=after)):
        print(unit.code, unit.name)
"""

from uuid import uuid4

from congvu_client import generated
from congvu_client.changes import Change, told
from congvu_client.generated import *  # noqa: F403
from congvu_client.generated import events
from congvu_client.generated.aio import AsyncClient
from congvu_client.generated.sync import Client
from congvu_client.paging import async_nodes, nodes
from congvu_client.problems import (
    Conflict,
    CongvuError,
    Forbidden,
    IdempotencyMismatch,
    Invalid,
    NewerAnswer,
    NotFound,
    Problem,
    RateLimited,
    Unauthenticated,
    Unavailable,
    Unreachable,
)
from congvu_client.unknown import Unknown, UnknownMember, known

__all__ = [
    "AsyncClient",
    "Change",
    "Client",
    "Conflict",
    "CongvuError",
    "Forbidden",
    "IdempotencyMismatch",
    "Invalid",
    "NewerAnswer",
    "NotFound",
    "Problem",
    "RateLimited",
    "Unauthenticated",
    "Unavailable",
    "Unknown",
    "UnknownMember",
    "Unreachable",
    "async_nodes",
    "events",
    "fresh_key",
    "known",
    "nodes",
    "told",
]
__all__ += generated.__all__


def fresh_key() -> str:
    """For something done once; keep it beside what is sent until it is known to be done."""
    return str(uuid4())
