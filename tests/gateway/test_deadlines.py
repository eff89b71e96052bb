"""A silent service costs its own fields, for the time a request has, and not for long."""

import re
import threading
import time
from collections.abc import Callable
from functools import partial
from statistics import quantiles

import httpx
import psutil
import pytest

from congvu_faults.proxy import Proxy
from gateway.fixtures import StartGateway
from gateway.running import SOURCES, Gateway, World
from support.polling import until

BOTH = '{ answers workProduct(id: "CB-01") { name } }'
PARTIAL = {"answers": None, "workProduct": {"name": "product CB-01"}}
WHOLE = {"answers": 40, "workProduct": {"name": "product CB-01"}}
QUERY_S = 2.0
"""The tests' own limit: the same road, sooner over."""
HEALED_WITHIN_S = 10.0


@pytest.fixture
def gateway(proxy: Proxy, start_gateway: StartGateway) -> Gateway:
    return start_gateway(
        FEEDBACK_URL=f"http://127.0.0.1:{proxy.port}/graphql",
        CONGVU_QUERY_TIMEOUT_MS=str(int(QUERY_S * 1000)),
    )


def timed(ask: Callable[[], httpx.Response]) -> tuple[float, httpx.Response]:
    began = time.monotonic()
    response = ask()
    return time.monotonic() - began, response


def rules(response: httpx.Response) -> list[tuple[str, str, str]]:
    return [
        (error["path"][0], error["extensions"]["code"], error["extensions"]["ruleId"])
        for error in response.json()["errors"]
    ]


def is_open(gateway: Gateway) -> bool:
    figures = gateway.client.get(f"{gateway.base_url}/metrics").text
    return re.search(r'congvu_breaker_open\{[^}]*on="feedback"[^}]*\} 1', figures) is not None


def silence(gateway: Gateway, proxy: Proxy) -> None:
    """Until nobody waits for it any more."""
    proxy.silence()

    def ask() -> None:
        with httpx.Client(timeout=15) as client:
            client.post(gateway.url, json={"query": "{ answers }"})

    asking = [threading.Thread(target=ask) for _ in range(8)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    until(lambda: is_open(gateway), within_s=5, what="the circuit is open")


def test_a_silent_service_costs_its_own_fields_within_the_time_of_the_request(
    gateway: Gateway, proxy: Proxy
) -> None:
    assert gateway.data(BOTH) == WHOLE

    proxy.silence()
    took_s, response = timed(lambda: gateway.post(BOTH))

    assert response.json()["data"] == PARTIAL
    assert rules(response) == [("answers", "UNAVAILABLE", "TIME_LIMIT")]
    assert QUERY_S / 2 < took_s <= QUERY_S


def test_who_kept_callers_waiting_is_left_alone_and_called_again_when_it_answers(
    gateway: Gateway, proxy: Proxy
) -> None:
    silence(gateway, proxy)

    took_s, response = timed(lambda: gateway.post(BOTH))
    log = gateway.log.read_text()
    proxy.mend()
    until(
        lambda: gateway.post(BOTH).json()["data"] == WHOLE,
        within_s=HEALED_WITHIN_S,
        what="feedback is called again",
    )

    assert response.json()["data"] == PARTIAL
    assert rules(response) == [("answers", "UNAVAILABLE", "CIRCUIT_OPEN")]
    assert took_s < QUERY_S / 4
    assert "a service is left alone" in log
    assert not is_open(gateway)


def test_callers_who_hang_up_open_no_circuit(gateway: Gateway, proxy: Proxy) -> None:
    proxy.silence()

    def hang_up() -> None:
        with httpx.Client(timeout=0.75 * QUERY_S) as client, pytest.raises(httpx.ReadTimeout):
            client.post(gateway.url, json={"query": "{ answers }"})

    hanging_up = [threading.Thread(target=hang_up) for _ in range(8)]
    for each in hanging_up:
        each.start()
    for each in hanging_up:
        each.join()

    assert not is_open(gateway)


def test_a_silent_service_keeps_no_connections_and_slows_no_other(
    gateway: Gateway, proxy: Proxy
) -> None:
    assert gateway.process is not None
    process = psutil.Process(gateway.process.pid)

    def times(of: str, calls: int) -> list[float]:
        return [timed(lambda: gateway.post(of))[0] for _ in range(calls)]

    def p95(took: list[float]) -> float:
        return quantiles(took, n=20)[-1]

    product = '{ workProduct(id: "CB-01") { name } }'
    times(product, 50)
    idle = times(product, 100)
    silence(gateway, proxy)
    before = process.num_fds()
    meanwhile: list[float] = []
    handles: list[int] = []
    for _ in range(120):
        gateway.post(BOTH)
        meanwhile += times(product, 1)
        handles.append(process.num_fds())

    assert max(handles) - before <= 10
    # A moment in which the machine has other work is in one third, a wait for the silent in all.
    thirds = (meanwhile[:40], meanwhile[40:80], meanwhile[80:])
    assert min(map(p95, thirds)) < 1.5 * p95(idle) + 0.02


def test_a_service_is_told_how_long_its_caller_waits(gateway: Gateway, world: World) -> None:
    query = gateway.post("{ language }", headers={"x-request-id": "a-query"})
    change = gateway.post('mutation { measure(text: "x") }', headers={"x-request-id": "a-change"})

    assert (query.status_code, change.status_code) == (200, 200)
    [asked], [changed] = world.received("a-query"), world.received("a-change")
    assert 1000 * QUERY_S / 2 < int(asked.headers["x-deadline-ms"]) < 1000 * QUERY_S
    assert 9_000 < int(changed.headers["x-deadline-ms"]) < 10_000


def test_the_first_question_waits_for_nothing_that_could_be_there_before(
    start_gateway: StartGateway,
) -> None:
    """The real graph: what it builds for the first call to a service takes seconds."""
    gateway = start_gateway(CONGVU_SUPERGRAPH=str(SOURCES.parent / "supergraph.graphql"))

    times = []
    for name in ("First", "Second", "Third"):
        question = f'query {name} {{ civilServant(id: "cs_1") {{ id }} }}'
        took_s, answer = timed(partial(gateway.post, question))
        assert answer.json() == {"data": {"civilServant": {"id": "cs_1"}}}
        times.append(took_s)

    assert times[0] < 10 * max(times[1:])
