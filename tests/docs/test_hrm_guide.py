"""The examples of the guide for personnel systems, run as they stand: on a platform that knows
nothing, and on the demo's commune, of which they take nothing away."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from congvu_demo.acts.personnel import whole_commune
from congvu_demo.dataset import dataset
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor, Role
from evaluation.needs import NEEDS
from evaluation_service.adapters.graphql.schema import schema
from evaluation_service.application.collections import POSITIONS, SERVANTS, UNITS
from support.clock import FixedClock
from support.graph import Graph

GUIDE = (Path(__file__).parents[2] / "docs/integrate-hrm.md").read_text()
SYNC = re.findall(r"^```graphql\n(mutation Sync.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)[0]
EXAMPLES: list[Any] = [
    json.loads(text) for text in re.findall(r"^```json\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
]
SYNCS, [WEBHOOK] = EXAMPLES[:3], EXAMPLES[3:]
SUBSCRIBE = re.findall(
    r"^```graphql\n(mutation Subscribe.*?)^```", GUIDE, re.MULTILINE | re.DOTALL
)[0]
HRM = Actor(subject="hrm.khanhhoa", roles=frozenset({Role.PERSONNEL_SYNC}), province="56")


@pytest.fixture
def uow() -> MemoryUnitOfWork:
    return MemoryUnitOfWork(FixedClock(datetime(2026, 11, 26, 3, tzinfo=UTC)))


async def sync(uow: MemoryUnitOfWork, given: dict[str, Any]) -> Any:
    data = await Graph(schema, uow).ask(SYNC, HRM, input=given)
    return data["syncPersonnel"]


async def everything(uow: MemoryUnitOfWork) -> dict[str, Any]:
    tx = uow.reading()
    found = [
        *await tx.store(UNITS).select(limit=1000),
        *await tx.store(POSITIONS).select(limit=1000),
        *await tx.store(SERVANTS).select(limit=1000),
    ]
    return {each.id: replace(each) for each in found}


async def test_the_examples_are_taken_where_nothing_is_known(uow: MemoryUnitOfWork) -> None:
    whole, patch, snapshot = [await sync(uow, each["input"]) for each in SYNCS]

    assert [each["outcome"] for each in whole["results"]] == ["CREATED"] * 4
    assert [(each["outcome"], each["changedFields"]) for each in patch["results"]] == [
        ("CHANGED", ["leaves"])
    ]
    assert (snapshot["dryRun"], snapshot["refused"], snapshot["ended"]) == (True, 0, [])


async def test_the_examples_leave_the_demos_commune_as_it_is(uow: MemoryUnitOfWork) -> None:
    demo = await sync(uow, whole_commune(dataset(), "demo"))
    before = await everything(uow)

    whole, patch, snapshot = [await sync(uow, each["input"]) for each in SYNCS]

    assert (demo["refused"], whole["refused"], patch["refused"]) == (0, 0, 0)
    assert [each["outcome"] for each in whole["results"]] == [
        "UNCHANGED",
        "UNCHANGED",
        "CREATED",
        "CREATED",
    ]
    assert (snapshot["code"], snapshot["ruleId"]) == ("CONFLICT", "REMOVED-SHARE")
    after = await everything(uow)
    assert {id: after[id] for id in before} == before


async def test_the_webhook_of_the_guide_is_subscribed(uow: MemoryUnitOfWork) -> None:
    graph = Graph(schema, uow, needs=NEEDS)

    data = await graph.ask(SUBSCRIBE, HRM, input=WEBHOOK["input"])

    assert data["subscribeEvaluationWebhook"]["secret"].startswith("whsec_")
