"""E-I18: any stored field of an objective or a reading of a closed period, changed, is found."""

import asyncio
import copy
from collections.abc import Iterator
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.documents import Codec, Document
from congvu_kit.application.ports import Collection
from evaluation import objective_scenes as o
from evaluation import scenes
from evaluation.gateway import InProcess
from evaluation.people import OFFICE
from evaluation_service.adapters.cli import sealed_periods
from evaluation_service.application.collections import OBJECTIVES, READINGS
from support.graph import Graph

COUNTS = {"_id", "revision", "sequence"}
"""The place of a document, and how often it was saved."""


async def _closed(uow: MemoryUnitOfWork) -> str:
    """Lan's objective was revised and read, with a figure refused; another was withdrawn, and her
    office has one."""
    period = await o.scorecards(uow, switches=(o.WARN,))
    objective = await o.define(uow, period)
    objective = await o.revise(uow, objective, o.eased(o.content(), "110"))
    await o.read(uow, objective, "92")
    await o.decide(uow, await o.record(uow, objective, "120"), confirmed=False)
    mistaken = await o.define(uow, period, o.content(perspective="FINANCE"), code="MT-02")
    await o.withdraw(uow, mistaken)
    office = await o.define(uow, period, unit_id=OFFICE)
    await o.record(uow, office, "70", actor=o.SYSTEM)
    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")
    await scenes.Pump(uow).run()
    await scenes.move(uow, period, "close")
    return period.id


def findings(graph: Graph, period_id: str) -> list[str]:
    with InProcess(graph) as gateway:
        return sealed_periods.fetch(gateway, period_id, lambda _: None).findings()


@pytest.fixture
def period_id(uow: MemoryUnitOfWork) -> str:
    return asyncio.run(_closed(uow))


def test_what_was_sealed_is_found_as_it_was(graph: Graph, period_id: str) -> None:
    assert findings(graph, period_id) == []


def changes(collection: Collection[Any], document: Document) -> Iterator[tuple[str, Document]]:
    """The document with each of its fields another, as far as it can still be read."""
    codec = Codec(collection)
    for name, value in document.items():
        if name in COUNTS or name == "extra":
            continue
        for other in others(value):
            changed = copy.deepcopy(document)
            changed[name] = other
            try:
                read = codec.load(changed)
            except ValueError:
                continue
            if read != codec.load(document):
                yield name, changed
                break


def others(value: Any) -> Iterator[Any]:
    match value:
        case str():
            yield from (f"{value}x", "9", "2026-07-02", "2026-07-02T00:00:00Z")
            yield from ("UNIT", "WITHDRAWN", "IN_FORCE", "REFUSED", "CONFIRMED", "SYSTEM", "PERSON")
        case list():
            yield value[1:]
            yield [{"uri": "x", "hash": None, "source": None, "captured_at": None}]
        case dict():
            yield value | {"subject": "x"}
        case _:
            yield from ("x", "2026-07-02T00:00:00Z", {"subject": "x", "officer": None})


@pytest.mark.timeout(120)
@pytest.mark.parametrize("collection", [OBJECTIVES, READINGS], ids=lambda each: each.name)
def test_E_I18_every_field_of_an_objective_and_a_reading_is_bound(
    uow: MemoryUnitOfWork, graph: Graph, period_id: str, collection: Collection[Any]
) -> None:
    rows, fields = uow.rows(collection), set()

    for id, document in dict(rows).items():
        for name, changed in changes(collection, document):
            rows[id] = changed
            found = findings(graph, period_id)
            rows[id] = document
            assert found, (id, name)
            fields.add(name)

    assert fields >= {"province", "period_id", "unit_id", "state"} - {""}
    assert len(fields) >= 10


@pytest.mark.parametrize("collection", [OBJECTIVES, READINGS], ids=lambda each: each.name)
def test_E_I18_none_is_taken_away_and_none_added(
    uow: MemoryUnitOfWork, graph: Graph, period_id: str, collection: Collection[Any]
) -> None:
    rows = uow.rows(collection)

    for id, document in dict(rows).items():
        del rows[id]
        taken = findings(graph, period_id)
        rows[id] = document
        rows["another"] = {**document, "_id": "another"}
        added = findings(graph, period_id)
        del rows["another"]
        assert taken, id
        assert added, id
