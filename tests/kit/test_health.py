"""What a service says of itself: database silent, broker away, client closed, its end."""

import asyncio
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from motor.motor_asyncio import AsyncIOMotorClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from congvu_faults.proxy import Proxy
from congvu_kit.adapters.mongo import connect
from congvu_kit.adapters.reasons import reason_of
from congvu_kit.adapters.subscriptions import Subscription
from congvu_kit.application.ports import Transaction
from congvu_kit.service.app import Runtime, Worker, create_app
from congvu_kit.service.connections import connections_of
from congvu_kit.service.health import SILENT_S, Pulse, State
from congvu_kit.service.running import keep_running
from congvu_kit.service.serving import FAILED, Ending, Server
from congvu_local.ports import free_port
from kit.desk_graph import DEFINITION
from kit.desks import NEEDS, DeskRenamed
from kit.test_app import PLACE, call, ready, running, settings
from support import servers
from support.polling import eventually, until

# Without a role it shows none; without a database it shows an error.
READ = '{ desk(id: "d1") { id } }'
WAITS_S = 1.0
HEALED_WITHIN_S = 10.0


@pytest.fixture
def proxy(mongo_url: str) -> Iterator[Proxy]:
    """Before the database."""
    with Proxy(urlsplit(mongo_url).port or 27017) as proxy:
        yield proxy


def through(proxy: Proxy) -> str:
    return f"mongodb://127.0.0.1:{proxy.port}/?directConnection=true"


@asynccontextmanager
async def listening(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """On a port: in this process a caller is not answered before all work for it is over."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None))
    serving = asyncio.create_task(server.serve())
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=20) as client:
            await eventually(lambda: server.started, what="it listens")
            yield client
    finally:
        server.should_exit = True
        await serving


async def timed(client: httpx.AsyncClient, query: str) -> tuple[float, httpx.Response]:
    began = time.monotonic()
    answer = await call(client, query, **{"x-deadline-ms": str(int(1000 * WAITS_S))})
    return time.monotonic() - began, answer


async def status_of(client: httpx.AsyncClient) -> tuple[int, str]:
    answer = await client.get("/readyz")
    return answer.status_code, answer.json()["status"]


TRIES = 3
"""A machine that others use may stand still; what is late by our fault is late each time."""


async def late_while_silent(client: httpx.AsyncClient, proxy: Proxy) -> list[float]:
    """Answers that took too long, in seconds; it heals after that."""
    proxy.silence()
    read, changed = await asyncio.gather(
        timed(client, READ), timed(client, PLACE.replace('"k"', '"k2"'))
    )
    await eventually(
        lambda: is_away(client), within_s=SILENT_S + 5, what="the database is told to be away"
    )
    at_once = await timed(client, READ)
    alive = await client.get("/livez")
    proxy.mend()
    await ready(client, HEALED_WITHIN_S)

    for _, answer in (read, changed):
        assert "UNAVAILABLE" in answer.text
    assert (at_once[1].status_code, alive.status_code) == (503, 200)
    allowed = ((read, WAITS_S + 0.5), (changed, WAITS_S + 0.5), (at_once, WAITS_S / 2))
    return [took_s for (took_s, _), most in allowed if took_s >= most]


@pytest.mark.mongo
@pytest.mark.kafka
@pytest.mark.timeout(120)
async def test_a_silent_database_is_told_and_refused_in_time_and_heals(
    proxy: Proxy, kafka_brokers: str, mongo_database: str
) -> None:
    made = settings(through(proxy), kafka_brokers, mongo_database)
    async with listening(create_app(replace(DEFINITION, needs=NEEDS), made)) as client:
        await ready(client)
        await call(client, PLACE)

        late = [await late_while_silent(client, proxy)]
        while late[-1] and len(late) < TRIES:
            late.append(await late_while_silent(client, proxy))
        again = await call(client, READ)

    assert late[-1] == [], late
    assert again.json() == {"data": {"desk": None}}


async def is_away(client: httpx.AsyncClient) -> bool:
    code, status = await status_of(client)
    return code == 503 and "database: nothing done" in status


@pytest.mark.mongo
@pytest.mark.kafka
async def test_a_closed_client_is_followed_by_a_new_one(
    mongo_url: str, kafka_brokers: str, mongo_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[AsyncIOMotorClient[dict[str, object]]] = []

    def noted(url: str, options: Mapping[str, Any]) -> AsyncIOMotorClient[dict[str, object]]:
        made.append(connect(url, options))
        return made[-1]

    monkeypatch.setattr("congvu_kit.service.running.connect", noted)
    async with running(settings(mongo_url, kafka_brokers, mongo_database)) as client:
        await ready(client)

        made[0].close()
        await eventually(lambda: len(made) == 2, within_s=15, what="the service came up anew")
        await ready(client)
        placed = await call(client, PLACE)

    assert placed.json() == {"data": {"placeDesk": {"id": "d1"}}}


@pytest.mark.mongo
@pytest.mark.kafka
@pytest.mark.timeout(60)
async def test_without_its_broker_a_service_goes_on_taking_requests(
    mongo_url: str, mongo_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("congvu_kit.service.running.RELAY_MAX_S", 5.0)
    kafka = servers.start_embedded_broker(tmp_path)
    try:
        async with running(settings(mongo_url, kafka.address, mongo_database)) as client:
            await ready(client)

            await asyncio.to_thread(kafka.kill)
            placed = await call(client, PLACE)
            states = []
            for _ in range(40):
                states.append((await status_of(client), (await client.get("/livez")).status_code))
                await asyncio.sleep(0.2)
    finally:
        kafka.stop()

    assert placed.json() == {"data": {"placeDesk": {"id": "d1"}}}
    assert set(states) == {((200, "ready"), 200)}


class Fatal(BaseException):
    """Nothing tries again after it."""


@pytest.mark.mongo
@pytest.mark.kafka
async def test_a_service_whose_keeper_is_gone_is_not_alive(
    mongo_url: str, kafka_brokers: str, mongo_database: str
) -> None:
    async def end(_: Runtime) -> None:
        raise Fatal

    app = create_app(
        replace(DEFINITION, before_ready=[end]), settings(mongo_url, kafka_brokers, mongo_database)
    )
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service") as client,
    ):

        async def is_dead() -> bool:
            return (await client.get("/livez")).status_code == 503

        await eventually(is_dead, within_s=15, what="/livez says that it is over")
        state = await status_of(client)

    assert state == (503, "waiting for a new process")


class Listening(Pulse):
    heard: ClassVar[set[str]] = set()
    expecting = False

    def expect(self, part: str, within_s: float) -> None:
        self.expecting = True
        super().expect(part, within_s)
        self.expecting = False

    def beat(self, part: str) -> None:
        super().beat(part)
        if not self.expecting:
            self.heard.add(part)


@pytest.mark.mongo
@pytest.mark.kafka
@pytest.mark.timeout(60)
async def test_every_part_beats(mongo_url: str, kafka_brokers: str, mongo_database: str) -> None:
    state = State(pulse=Listening())
    definition = replace(
        DEFINITION,
        workers=[Worker("worker", do_nothing, 0.1)],
        subscriptions=[Subscription("congvu.desks.moved.v1", DeskRenamed, forget)],
    )
    made = settings(mongo_url, kafka_brokers, mongo_database)
    connections = connections_of(definition.name, definition.consumes, made)
    keeping = asyncio.create_task(keep_running(definition, made, connections, state))
    try:
        parts = {"database", "relay", "consumer", "sessions", "worker"}
        await eventually(lambda: Listening.heard >= parts, within_s=30, what="all of them beat")
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)


async def do_nothing(_: Runtime) -> None:
    """Nothing to do."""


async def forget(_: DeskRenamed, __: Transaction) -> None:
    """Nothing to keep."""


def test_a_part_that_got_nothing_done_in_its_time_is_named() -> None:
    pulse = Pulse()
    pulse.expect("relay", 0.0)
    pulse.expect("worker", 60.0)
    time.sleep(0.01)

    assert list(pulse.still) == ["relay"]
    pulse.expect("relay", 60.0)
    assert pulse.still == {}


def serving(ending: Ending, go_on: threading.Event, begun: threading.Event) -> Starlette:
    async def readyz(_: Request) -> Response:
        return JSONResponse({}, 503 if ending.begun else 200)

    async def slow(_: Request) -> Response:
        begun.set()
        await asyncio.to_thread(go_on.wait)
        return JSONResponse({"slow": "done"})

    return Starlette(routes=[Route("/readyz", readyz), Route("/slow", slow)])


def test_a_process_says_that_it_ends_before_it_closes_its_door() -> None:
    ending, go_on, begun = Ending(), threading.Event(), threading.Event()
    port = free_port()
    config = uvicorn.Config(serving(ending, go_on, begun), port=port, log_level="error")
    server = Server(config, ending, drain_s=0.5)
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: server.started, within_s=10, what="it listens")
    answers: list[httpx.Response] = []
    url = f"http://127.0.0.1:{port}"
    asking = threading.Thread(target=lambda: answers.append(httpx.get(f"{url}/slow", timeout=20)))
    asking.start()
    begun.wait(10)

    server.handle_exit(signal.SIGTERM, None)
    while_draining = httpx.get(f"{url}/readyz").status_code
    until(lambda: not answers_at(url), within_s=10, what="the door is closed")
    go_on.set()
    asking.join(10)
    thread.join(10)

    assert while_draining == 503
    assert [answer.json() for answer in answers] == [{"slow": "done"}]
    assert not thread.is_alive()


def answers_at(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz").status_code == 503
    except httpx.TransportError:
        return False


LISTENING = """
import asyncio
from contextlib import asynccontextmanager
from starlette.applications import Starlette
from congvu_kit.service.serving import Ending, listen

ending = Ending()

@asynccontextmanager
async def lifespan(app):
    asyncio.get_running_loop().call_later(0.2, setattr, ending, "failed", True)
    yield

listen(Starlette(lifespan=lifespan), host="127.0.0.1", port={port}, ending=ending, drain_s=60)
"""


def test_a_process_that_cannot_go_on_ends_with_a_code() -> None:
    code = LISTENING.format(port=free_port())

    ended = subprocess.run([sys.executable, "-c", code], timeout=60, check=False)

    assert ended.returncode == FAILED


async def test_what_nobody_can_mend_inside_ends_the_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def broken(*_: object) -> None:
        raise OSError(28, "No space left on device", "/var/log/congvu")

    monkeypatch.setattr("congvu_kit.service.app.keep_running", broken)
    app = create_app(DEFINITION, settings("mongodb://127.0.0.1:9", "127.0.0.1:9", "none_"))

    async with listening(app):
        await eventually(lambda: app.state.ending.failed, within_s=5, what="it is told")


def test_why_a_file_failed_names_no_file() -> None:
    failed = OSError(28, "No space left on device", "/var/log/congvu")

    assert reason_of(failed) == "OSError: No space left on device"
