"""What one assignment asks of the database: each command is a hop of a thread and a round trip, and
their number is what the click of a head costs."""

from collections import Counter

import pytest

from congvu_bench.writing import Unit, recorded
from congvu_kit.adapters.mongo import Database, MongoUnitOfWork
from congvu_kit.service.runtime import Runtime
from evaluation_service.adapters.workers import keep_shipped_policies

pytestmark = pytest.mark.mongo

MOST = 15
"""Commit included; it was 18 while the person was read twice, the policy each time, and the events
of each aggregate were written by themselves."""


async def test_assigning_asks_for_nothing_twice_and_writes_its_events_once(
    database: Database, mongo_uow: MongoUnitOfWork, mongo_url: str
) -> None:
    await keep_shipped_policies(Runtime(uow=mongo_uow))
    unit = await Unit.of(database)

    commands = await recorded(mongo_url, database.name, unit)

    asked = Counter(
        (name, each[name], str(each.get("filter", each.get("pipeline"))))
        for each in commands
        for name in ("find", "aggregate", "insert", "update")
        if name in each
    )
    assert [each for each, times in asked.items() if times > 1] == []
    assert ("find", "policies") not in {(name, of) for name, of, _ in asked}
    assert len(commands) <= MOST, [next(iter(each.items())) for each in commands]
