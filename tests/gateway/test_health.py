"""Live, ready, measured, and stopped without losing what runs."""

import json
import threading
import tomllib
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from gateway.fixtures import StartGateway
from gateway.running import Gateway, World
from support.polling import until

CATALOGUE = Path(__file__).parents[2] / "deploy/observability/metrics.toml"
ALL_READY = dict.fromkeys(["catalogue", "evaluation", "feedback", "supergraph"], "ready")


def test_ready_when_the_graph_and_every_service_are(gateway: Gateway) -> None:
    response = gateway.client.get(f"{gateway.base_url}/readyz")

    assert response.status_code == 200
    assert response.json() == {"ready": True, "missing": [], "parts": ALL_READY, "stopping": False}


def test_not_ready_names_the_service_that_is_down(gateway: Gateway, world: World) -> None:
    world.subgraphs["feedback"].stop()
    try:
        response = gateway.client.get(f"{gateway.base_url}/readyz")
        live = gateway.client.get(f"{gateway.base_url}/livez")
    finally:
        world.subgraphs["feedback"].start()

    assert response.status_code == 503
    assert response.json()["missing"] == ["feedback"]
    assert response.json()["parts"] == {**ALL_READY, "feedback": "does not answer"}
    assert live.status_code == 200


def test_not_ready_names_the_service_that_is_not_ready(gateway: Gateway, world: World) -> None:
    world.subgraphs["evaluation"].ready = False
    try:
        response = gateway.client.get(f"{gateway.base_url}/readyz")
    finally:
        world.subgraphs["evaluation"].ready = True

    assert response.status_code == 503
    assert response.json()["parts"]["evaluation"] == "not ready (HTTP 503)"


def test_metrics_count_operations_and_calls_to_services(gateway: Gateway) -> None:
    gateway.data("{ answers }")

    metrics = gateway.client.get(f"{gateway.base_url}/metrics")

    assert metrics.headers["content-type"].startswith("text/plain")
    counted = 'congvu_operations_total{operation="answers",outcome="OK",part="gateway"}'
    assert counted in metrics.text
    assert 'congvu_subgraph_calls_total{on="feedback",outcome="OK",part="gateway"}' in metrics.text
    assert "process_cpu_seconds_total" in metrics.text


def test_the_figures_are_those_of_the_catalogue(gateway: Gateway) -> None:
    gateway.data("{ answers }")
    told = gateway.client.get(f"{gateway.base_url}/metrics").text.splitlines()

    names = {line.split()[2] for line in told if line.startswith("# TYPE congvu_")}
    catalogue = tomllib.loads(CATALOGUE.read_text())
    of_gateways = {name for name, about in catalogue.items() if "gateway" in about["parts"]}
    assert names == of_gateways - {"congvu_rate_limit_store_up"}


def test_callers_cannot_add_time_series(gateway: Gateway) -> None:
    mark = f"mark{uuid4().hex}"
    gateway.post(f"query {mark} {{ {mark}: broken }}")
    gateway.post(f"{{ {mark} }}")
    gateway.client.get(
        gateway.url,
        params={"query": "{ whoami }", "mark": mark},
        headers={"graphql-require-preflight": "1"},
    )

    assert mark not in gateway.client.get(f"{gateway.base_url}/metrics").text


@pytest.mark.parametrize("path", ["/nothing", "/graphql/x", "/livez/x", "/playground/../x"])
def test_other_addresses_are_not_found(gateway: Gateway, path: str) -> None:
    assert gateway.client.get(f"{gateway.base_url}{path}").status_code == 404


def test_on_sigterm_running_requests_finish_and_new_ones_are_refused(
    start_gateway: StartGateway, world: World
) -> None:
    gateway = start_gateway()
    request_id = uuid4().hex
    answers: list[httpx.Response] = []

    def ask() -> None:
        answers.append(gateway.post("{ slow(seconds: 1) }", headers={"x-request-id": request_id}))

    running = threading.Thread(target=ask)
    running.start()
    until(lambda: bool(world.received(request_id)), within_s=5, what="the slow call has begun")
    gateway.terminate()
    until(lambda: "stopping" in gateway.log.read_text(), within_s=5, what="the gateway is stopping")

    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{gateway.base_url}/livez")
    running.join()
    assert gateway.process is not None
    assert gateway.process.wait(5) == 0
    assert [answer.json() for answer in answers] == [{"data": {"slow": "done"}}]


def test_a_request_over_the_time_limit_does_not_hold_up_the_end(
    start_gateway: StartGateway, world: World
) -> None:
    gateway = start_gateway(CONGVU_SHUTDOWN_TIMEOUT_MS="200")
    request_id = uuid4().hex

    def ask() -> None:
        with pytest.raises(httpx.RemoteProtocolError):
            gateway.post("{ slow(seconds: 4) }", headers={"x-request-id": request_id})

    running = threading.Thread(target=ask)
    running.start()
    until(lambda: bool(world.received(request_id)), within_s=5, what="the slow call has begun")
    gateway.terminate()

    assert gateway.process is not None
    assert gateway.process.wait(3) == 0
    running.join()


def test_the_log_is_one_json_object_a_line(gateway: Gateway) -> None:
    gateway.post("{ broken }")

    lines = gateway.log.read_text().splitlines()

    assert lines
    for line in lines:
        assert json.loads(line).keys() >= {"time", "level", "service", "event"}, line
