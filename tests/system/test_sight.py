"""What a running platform says of itself: figures, lines and traces of the whole story."""

import json
import os
import tomllib
from collections import defaultdict
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from congvu_demo.acts.world import World
from congvu_demo.cast import Cast
from congvu_demo.client import Gateway
from congvu_demo.dataset import dataset
from congvu_demo.story.events import read_all
from support.collector import Span
from support.polling import eventually
from system.telling import Told

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]

CATALOGUE = tomllib.loads(
    (Path(__file__).parents[2] / "deploy/observability/metrics.toml").read_text()
)
PARTS = ("catalogue", "evaluation", "feedback", "pages", "gateway")
SUBMISSIONS = int(os.environ.get("CONGVU_TEST_SUBMISSIONS", "60"))
OPTIONAL = {"congvu_rate_limit_store_up"}
"""Where gateways share their counts."""


@pytest.mark.parametrize("part", PARTS)
def test_a_part_tells_the_figures_of_the_catalogue_and_no_others(told: Told, part: str) -> None:
    platform = told.platform
    base = platform.base_url if part == "gateway" else platform.service_url(part)

    text = httpx.get(f"{base}/metrics", timeout=30).text

    families = {
        each.name + ("_total" if each.type == "counter" else ""): each
        for each in text_string_to_metric_families(text)
        if each.name.startswith("congvu_")
    }
    assert (
        set(families) - OPTIONAL
        == {n for n in CATALOGUE if part in CATALOGUE[n]["parts"]} - OPTIONAL
    )
    for name, family in families.items():
        about = CATALOGUE[name]
        assert (family.type, family.documentation) == (about["type"], about["help"]), name
        for sample in family.samples:
            assert set(sample.labels) - {"le"} == {"part", *about["labels"]}, name
            assert sample.labels["part"] == part


@pytest.mark.parametrize("part", PARTS)
async def test_every_line_of_a_part_is_one_json_object(told: Told, part: str) -> None:
    """A line is written when its answer is out: whoever has the answer may be there first."""
    if part == "pages":
        async with httpx.AsyncClient(timeout=30) as client:
            await client.get(f"{told.platform.base_url}/cong-khai")

    async def has_told() -> bool:
        return bool(told.platform.logs(part))

    await eventually(has_told, within_s=10, what="the part has written a line")
    lines = [json.loads(line) for line in told.platform.logs(part).splitlines()]

    asked = [line for line in lines if line["event"] == "request"]
    assert all(line.keys() >= {"time", "level", "service", "event"} for line in lines)
    assert {line["service"] for line in lines} == {part}
    assert all(line.keys() >= {"operation", "outcome", "duration_ms"} for line in asked)
    known = [line for line in asked if line["operation"] != "none"]
    assert all("trace_id" in line for line in known)
    assert known


async def test_a_submission_has_one_trace_from_the_gateway_to_the_broker(told: Told) -> None:
    """How many can be said by `CONGVU_TEST_SUBMISSIONS`."""
    platform, topic = told.platform, ["congvu.feedback.v1"]
    async with Gateway(platform.base_url, patience_s=60) as gateway:
        data = dataset()
        world = World(gateway, Cast(data, platform.token_for), data)
        said = [
            {
                "idempotencyKey": f"traced/{number}",
                "unitId": world.commune_id,
                "kind": "SUGGESTION",
                "text": "Xin mở cửa sớm hơn",
                "submitterToken": f"traced-{number}",
            }
            for number in range(SUBMISSIONS)
        ]
        sent = [
            await gateway.do(world.cast.portal, "submitSuggestion", each, "Submission { id }")
            for each in said
        ]
    ids = {each["id"] for each in sent}
    headers: dict[str, str] = {}

    async def all_told() -> bool:
        events = await read_all(platform.kafka_brokers, topic)
        headers.update({e.key: e.headers.get("traceparent", "") for e in events if e.key in ids})
        return len(headers) == SUBMISSIONS

    await eventually(all_told, within_s=60, what="every submission is told")
    traces = by_trace(told)

    async def all_sent() -> bool:
        traces.update(by_trace(told))
        return (
            sum(whole(traces[each.split("-")[1]]) for each in headers.values() if each)
            >= 0.99 * SUBMISSIONS
        )

    await eventually(all_sent, within_s=30, what="99 % of submissions have one trace")


def by_trace(told: Told) -> defaultdict[str, list[Span]]:
    found: defaultdict[str, list[Span]] = defaultdict(list)
    for span in told.collector.spans:
        found[span.trace_id].append(span)
    return found


def whole(spans: list[Span]) -> bool:
    names = {(span.service, span.name) for span in spans}
    return names >= {
        ("congvu-gateway", "submitSuggestion"),
        ("congvu-gateway", "call feedback"),
        ("congvu-feedback", "submitSuggestion"),
        ("congvu-feedback", "insert submissions"),
        ("congvu-feedback", "commitTransaction"),
    }


async def test_consumers_go_on_with_the_trace_of_what_told_an_event(told: Told) -> None:
    events = await read_all(
        told.platform.kafka_brokers, ["congvu.catalogue.v1", "congvu.evaluation.v1"]
    )
    consumed = [span for span in told.collector.spans if span.name.startswith("consume ")]
    types = {span.name.removeprefix("consume ") for span in consumed}
    followed = {
        (span.name.removeprefix("consume "), id)
        for span in consumed
        for id in (span.trace_id, *span.linked)
    }

    wanted = [
        (event.type, event.headers["traceparent"].split("-")[1])
        for event in events
        if event.type in types and "traceparent" in event.headers
    ]

    assert len(wanted) > 50
    assert sum(each in followed for each in wanted) >= 0.99 * len(wanted)
