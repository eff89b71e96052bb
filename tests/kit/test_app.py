"""A whole service in this process, on a real database and broker."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Unauthenticated
from congvu_kit.service.app import (
    Runtime,
    ServiceDefinition,
    Worker,
    _add_graphql,
    create_app,
    language_of,
)
from congvu_kit.service.health import State
from congvu_local.ports import free_port
from kit.desk_graph import DEFINITION, DeskSettings
from support import servers
from support.event_keys import event_settings
from support.signed import SECRET, headers_for

PLACE = """mutation { placeDesk(input: {idempotencyKey: "k", deskId: "d1", name: "Bàn"}) {
  ... on Desk { id } } }"""


def settings(mongo_url: str, brokers: str, prefix: str) -> DeskSettings:
    return DeskSettings(
        mongo_url=mongo_url,
        mongo_database_prefix=prefix,
        kafka_brokers=brokers,
        kafka_idempotence=False,
        kafka_partitions=1,
        jwks_url="http://127.0.0.1:9/jwks",
        issuer="issuer",
        audience="congvu",
        gateway_secret=SECRET,
        **event_settings("desks"),
    )


@pytest.fixture
def made(mongo_url: str, mongo_database: str, kafka_brokers: str) -> DeskSettings:
    return settings(mongo_url, kafka_brokers, mongo_database)


@asynccontextmanager
async def running(
    settings: DeskSettings, definition: ServiceDefinition = DEFINITION
) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(definition, settings)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service") as client,
    ):
        yield client


async def ready(client: httpx.AsyncClient, within_s: float = 30.0) -> None:
    async with asyncio.timeout(within_s):
        while (await client.get("/readyz")).status_code != 200:
            await asyncio.sleep(0.05)


async def call(client: httpx.AsyncClient, query: str, **headers: str) -> httpx.Response:
    body = json.dumps({"query": query}).encode()
    signed = headers_for("http://127.0.0.1:4199/graphql", body, **headers)
    return await client.post("/graphql", content=body, headers=signed)


FIGURES = (
    'congvu_ready{part="desks"} 1.0',
    'congvu_operations_total{operation="placeDesk",outcome="OK",part="desks"}',
    'congvu_operation_duration_seconds_bucket{le="3.0",operation="placeDesk",part="desks"}',
    'congvu_operations_total{operation="none",outcome="UNAUTHENTICATED",part="desks"}',
    'congvu_auth_refusals_total{part="desks",reason="signature"}',
    'congvu_auth_refusals_total{part="desks",reason="token"}',
    'congvu_database_up{part="desks"} 1.0',
    'congvu_clock_skew_seconds{part="desks"}',
    'congvu_worker_last_success_timestamp_seconds{part="desks",worker="relay"}',
)


async def told(client: httpx.AsyncClient, *figures: str) -> None:
    """Raise `TimeoutError` unless all are told soon; some come from beside the requests."""
    async with asyncio.timeout(20):
        while True:
            text = (await client.get("/metrics")).text
            if all(each in text for each in figures):
                return
            await asyncio.sleep(0.2)


@pytest.mark.mongo
@pytest.mark.kafka
async def test_a_service_answers_the_gateway_and_nobody_else(made: DeskSettings) -> None:
    async with running(made) as client:
        await ready(client)

        placed = await call(client, PLACE)
        direct = await client.post("/graphql", json={"query": PLACE})
        by_get = await client.get("/graphql", params={"query": "{ __typename }"})
        bad_token = await call(client, PLACE, authorization="Basic x")
        await told(client, *FIGURES)

    assert placed.json() == {"data": {"placeDesk": {"id": "d1"}}}
    assert (direct.status_code, by_get.status_code, bad_token.status_code) == (401, 401, 401)
    assert "gateway" in direct.json()["detail"]


class NobodyKnown:
    """In the place of the tokens: who comes through the first lock is refused at the second."""

    async def actor(self, authorization: str | None) -> Actor:
        raise Unauthenticated(en="unknown", vi="không rõ")


async def test_a_replica_whose_clock_is_wrong_leaves_the_call_to_another(
    made: DeskSettings,
) -> None:
    """The gateway goes elsewhere with what is answered by 503."""
    state = State(waiting_for=None, runtime=Runtime(uow=MemoryUnitOfWork(), needs=None))
    app = FastAPI()
    app.state.tokens = NobodyKnown()
    _add_graphql(app, DEFINITION, made, state)
    transport = httpx.ASGITransport(app)
    body = json.dumps({"query": PLACE}).encode()
    async with httpx.AsyncClient(transport=transport, base_url="http://desks") as client:
        codes = []
        for ahead_s in (0, 3600, -3600):
            headers = headers_for(made.url, body, ahead_s)
            answer = await client.post("/graphql", content=body, headers=headers)
            codes.append((answer.status_code, "60 s apart" in answer.text))

    assert codes == [(401, False), (503, True), (503, True)]


async def test_a_service_that_comes_first_waits_and_says_for_what(tmp_path: Path) -> None:
    port = free_port()
    early = settings(f"mongodb://127.0.0.1:{port}/?directConnection=true", "127.0.0.1:9", "x_")

    async with running(early) as client:
        await asyncio.sleep(0)
        alive, waiting = await client.get("/livez"), await client.get("/readyz")
        refused = await call(client, PLACE)

    assert alive.status_code == 200
    assert (waiting.status_code, waiting.json()["status"]) == (503, "waiting for database")
    assert refused.status_code == 503


@pytest.mark.mongo
@pytest.mark.kafka
async def test_a_service_comes_up_when_its_servers_do(tmp_path: Path) -> None:
    mongo = servers.start_own_database(tmp_path / "m")
    kafka = servers.start_embedded_broker(tmp_path / "k")
    try:
        for server in (mongo, kafka):
            await asyncio.to_thread(server.kill)
        async with running(settings(mongo.address, kafka.address, "x_")) as client:
            await asyncio.to_thread(mongo.start)
            async with asyncio.timeout(30):
                while "kafka" not in (await client.get("/readyz")).json()["status"]:
                    await asyncio.sleep(0.05)
            await asyncio.to_thread(kafka.start)
            await ready(client)
            placed = await call(client, PLACE)
    finally:
        mongo.stop()
        kafka.stop()

    assert placed.json() == {"data": {"placeDesk": {"id": "d1"}}}


@pytest.mark.mongo
@pytest.mark.kafka
async def test_a_worker_that_dies_is_started_again_and_told(made: DeskSettings) -> None:
    starts: list[float] = []
    go_on = asyncio.Event()

    async def fragile(_: Runtime) -> None:
        starts.append(time.monotonic())
        if len(starts) == 1:
            raise RuntimeError("boom")
        await go_on.wait()

    statuses: list[Any] = []
    async with running(
        made, replace(DEFINITION, workers=[Worker("fragile", fragile, 60.0)])
    ) as client:
        async with asyncio.timeout(20):
            while len(starts) < 2:
                statuses.append((await client.get("/readyz")).json()["status"])
                await asyncio.sleep(0.01)
        await ready(client)

    assert any("RuntimeError in fragile" in status for status in statuses)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "vi"),
        ("en", "en"),
        ("en-US,vi;q=0.5", "en"),
        ("fr, vi-VN;q=0.9, en;q=0.8", "vi"),
        ("FR,EN", "en"),
        ("fr", "vi"),
    ],
)
def test_the_first_language_that_we_speak_is_spoken(accepted: str, language: str) -> None:
    assert language_of(accepted) == language


def test_what_a_service_waits_for_comes_before_what_fails() -> None:
    state = State()
    assert state.obstacle == "waiting for start"
    state.failing = {"relay": "OSError()", "consumer": "it ended"}
    assert state.obstacle == "waiting for start"
    state.waiting_for = None
    assert state.obstacle == "relay: OSError(); consumer: it ended"
    state.failing = {}
    assert state.obstacle is None
