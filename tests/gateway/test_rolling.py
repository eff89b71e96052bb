"""Two replicas of a service are restarted one after the other, and nobody who calls notices."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from graphql import build_schema, get_named_type, is_required_input_field

from congvu_faults.proxy import CHUNK_BYTES, Proxy
from congvu_local.ports import free_port
from gateway.fixtures import StartGateway
from gateway.running import SOURCES, Gateway, World
from support.polling import until

TESTS = Path(__file__).parents[1]
SUPERGRAPH = SOURCES.parent / "supergraph.graphql"
CALLERS = 6
PAUSE_S = 0.02
"""Of each caller between two rounds: there is always somebody under way, and time to start in."""
ENDED_WITHIN_S = 30
PRODUCT = '{ workProduct(id: "CB-01") { name } }'
CHANGE = 'mutation { measure(text: "abc") }'
ANSWERS = {
    PRODUCT: {"data": {"workProduct": {"name": "product CB-01"}}},
    CHANGE: {"data": {"measure": 3}},
}


class Replica:
    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/graphql"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gateway.replica", str(self.port)],
            env={**os.environ, "PYTHONPATH": str(TESTS)},
        )
        until(self.ready, within_s=30, what="the replica is ready")

    def ready(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/readyz").is_success
        except httpx.TransportError:
            return False

    def end(self, how: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(how)
        return self.process.wait(ENDED_WITHIN_S)


class Load:
    """Callers that ask and change things for as long as they are let, and what went wrong."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._over = threading.Event()
        self._callers = [threading.Thread(target=self._call) for _ in range(CALLERS)]
        self.done = 0
        self.wrong: list[str] = []

    def __enter__(self) -> "Load":
        for each in self._callers:
            each.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for each in self._callers:
            each.join()

    def _call(self) -> None:
        with httpx.Client(timeout=30) as client:
            while not self._over.is_set():
                for document, answer in ANSWERS.items():
                    got = client.post(self._url, json={"query": document})
                    self.done += 1
                    if got.json() != answer:
                        self.wrong.append(got.text)
                self._over.wait(PAUSE_S)

    def go_on(self, calls: int = 50) -> None:
        """Return after so many more calls."""
        until_done = self.done + calls
        until(lambda: self.done >= until_done, within_s=60, what="further calls are answered")


@pytest.fixture
def replicas() -> Iterator[list[Replica]]:
    replicas = [Replica(), Replica()]
    for each in replicas:
        each.start()
    yield replicas
    for each in replicas:
        each.end(signal.SIGKILL)


@pytest.fixture
def gateway(replicas: list[Replica], start_gateway: StartGateway) -> Gateway:
    # Slow machines are not what is tried here.
    return start_gateway(
        CATALOGUE_URL=",".join(each.url for each in replicas), CONGVU_QUERY_TIMEOUT_MS="20000"
    )


@pytest.mark.timeout(180)
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_restart_of_each_replica_under_load_is_no_error_to_anybody(
    gateway: Gateway, replicas: list[Replica], how: signal.Signals
) -> None:
    codes = []
    with Load(gateway.url) as load:
        load.go_on()
        for each in replicas:
            codes.append(each.end(how))
            load.go_on()
            each.start()
            load.go_on()

    assert load.wrong == []
    assert codes == [-how, -how]


class Breaking(Proxy):
    """Takes so many questions and goes without a word; who asks how it is gets its answer."""

    breaks = 0

    async def _forward(
        self,
        source: asyncio.StreamReader,
        target: asyncio.StreamWriter,
        *,
        answering: bool = False,
    ) -> None:
        if answering:
            await super()._forward(source, target, answering=True)
            return
        while chunk := await source.read(CHUNK_BYTES):
            if self.breaks and chunk.startswith(b"POST"):
                self.breaks -= 1
                return
            target.write(chunk)
            await target.drain()


def test_a_connection_that_breaks_while_the_other_replica_is_away_is_no_error(
    world: World, start_gateway: StartGateway
) -> None:
    feedback = world.subgraphs["feedback"]
    with Breaking(feedback.port) as broken:
        feedback.behind = {f"127.0.0.1:{broken.port}"}
        away = f"http://127.0.0.1:{free_port()}/graphql"
        gateway = start_gateway(FEEDBACK_URL=f"http://127.0.0.1:{broken.port}/graphql,{away}")
        gateway.client.get(f"{gateway.base_url}/readyz")  # It has seen which one is away.
        broken.breaks = 1

        answer = gateway.post("{ answers }").json()

    assert answer == {"data": {"answers": 40}}
    assert broken.breaks == 0


def test_every_change_has_a_key_under_which_it_is_made_once() -> None:
    """What was begun at one replica may be begun again at another."""
    graph = build_schema(SUPERGRAPH.read_text(), assume_valid=True)
    assert graph.mutation_type is not None

    without = [
        name
        for name, field in graph.mutation_type.fields.items()
        if not is_required_input_field(
            get_named_type(field.args["input"].type).fields["idempotencyKey"]
        )
    ]

    assert without == []
    assert len(graph.mutation_type.fields) > 100


def test_a_gateway_says_that_it_ends_before_it_closes_its_door(start_gateway: StartGateway) -> None:
    gateway = start_gateway(CONGVU_DRAIN_MS="2000")

    gateway.terminate()
    until(lambda: "stopping" in gateway.log.read_text(), within_s=5, what="it is to end")
    ready = gateway.client.get(f"{gateway.base_url}/readyz")
    answer = gateway.post(PRODUCT)

    assert (ready.status_code, ready.json()["stopping"]) == (503, True)
    assert answer.json() == ANSWERS[PRODUCT]
    assert answer.headers["connection"] == "close"
    assert gateway.process is not None
    assert gateway.process.wait(10) == 0
