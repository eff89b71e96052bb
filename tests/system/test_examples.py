"""Every example of the playground, asked as its role, where the demo commune is."""

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest

from congvu_demo.acts import live
from congvu_demo.acts.world import World
from congvu_demo.cast import Cast
from congvu_demo.client import Gateway
from congvu_demo.dataset import dataset
from congvu_demo.examples import examples
from congvu_demo.showcase import callers
from system.telling import Told

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]

EXAMPLES = examples()


@pytest.fixture(scope="module")
def answers(told: Told) -> Iterator[dict[str, list[Any]]]:
    """What each came back with, asked once and once more; any: the examples decide the shape."""
    asyncio.run(_leave_open(told))
    tokens = {
        caller["role"]: told.platform.token_for(caller["role"], **caller["claims"])
        for caller in callers()
    }
    with httpx.Client(timeout=60) as http:

        def ask(example: Mapping[str, Any]) -> Any:
            body = {"query": example["query"], "variables": example["variables"]}
            token = tokens.get(example["role"])
            headers = {"authorization": f"Bearer {token}"} if token else {}
            return http.post(told.platform.graphql_url, json=body, headers=headers).json()

        yield {example["en"]: [ask(example), ask(example)] for example in EXAMPLES}


async def _leave_open(told: Told) -> None:
    """What the demo data has besides the story."""
    data = dataset()
    async with Gateway(told.platform.base_url, patience_s=60) as gateway:
        world = World(gateway, Cast(data, told.platform.token_for), data)
        asked = {"id": data.period_id}
        query = "query Releases($id: ID!) { evaluationPeriod(id: $id) { releaseIds } }"
        closed = await gateway.ask(world.cast.period_admin, query, asked)
        await live.leave_open(world, closed["evaluationPeriod"]["releaseIds"], "examples")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each["en"])
def test_it_is_answered_and_not_refused(
    answers: dict[str, list[Any]], example: Mapping[str, Any]
) -> None:
    for answer in answers[example["en"]]:
        assert "errors" not in answer, answer["errors"]
        assert _problems(answer["data"]) == []
        assert all(value is not None for value in answer["data"].values())


def test_a_change_that_is_asked_for_again_gets_the_first_answer(
    answers: dict[str, list[Any]],
) -> None:
    changes = [each["en"] for each in EXAMPLES if each["query"].startswith("mutation")]

    assert [name for name in changes if answers[name][0] != answers[name][1]] == []


def _problems(value: object) -> list[object]:
    """Refusals anywhere in an answer: of the whole, or of a row."""
    if isinstance(value, list):
        return [found for each in value for found in _problems(each)]
    if isinstance(value, dict):
        own = [value] if {"code", "message"} <= set(value) else []
        return own + [found for each in value.values() for found in _problems(each)]
    return []
