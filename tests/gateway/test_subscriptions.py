"""GraphQL subscriptions: over server-sent events and over WebSocket, as the caller, until either
goes. What is told and to whom are the feed's own rules (`test_changes.py`)."""

import json
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from graphql import (
    build_client_schema,
    build_schema,
    get_introspection_query,
    lexicographic_sort_schema,
    print_schema,
)
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from congvu_client.generated.operations import RESULT_PUBLISHED_GQL
from congvu_local.node import node_binary
from gateway.fixtures import StartGateway
from gateway.running import Gateway, World
from gateway.subgraphs import CHANGES
from support.polling import until

RESULT = "congvu.evaluation.evaluation.published.v1"
PERIOD = "congvu.evaluation.period.published.v1"
OPENED = "congvu.evaluation.period.opened.v1"
LISTENERS_OF_CALLER_MAX = 8
CONNECTIONS_OF_ADDRESS_MAX = 50
GATEWAY_FOLDER = Path(__file__).parents[2] / "services/gateway"
GRAPHQL_WS = Subprotocol("graphql-transport-ws")
DOCUMENT = """subscription Results($after: String, $province: String) {
  resultPublished(after: $after, province: $province) { cursor eventType province at payload }
}"""

CURIOUS = "{ __schema { types { name } } }"

Told = Iterator[dict[str, Any]]
Subscribe = Callable[..., Any]


@pytest.fixture(autouse=True)
def feed() -> Iterator[None]:
    CHANGES[:] = [RESULT, OPENED, PERIOD]
    yield
    CHANGES.clear()


@contextmanager
def over_events(gateway: Gateway, token: str | None, **variables: object) -> Iterator[Told]:
    headers = {"accept": "text/event-stream", "graphql-require-preflight": "1"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    body = {"query": DOCUMENT, "variables": variables}
    url = f"{gateway.url}/stream"
    with gateway.client.stream("POST", url, json=body, headers=headers) as answer:
        yield _events(answer)


def _events(answer: httpx.Response) -> Told:
    if answer.status_code != 200:
        answer.read()
        yield answer.json()
        return
    kind = ""
    for line in answer.iter_lines():
        name, _, value = line.partition(":")
        if name == "event":
            kind = value.strip()
        elif name == "data" and kind == "next":
            yield json.loads(value)


@contextmanager
def connected(gateway: Gateway, token: str | None = None) -> Iterator[ClientConnection]:
    with connect(
        gateway.url.replace("http", "ws"),
        subprotocols=[Subprotocol("graphql-transport-ws")],
        proxy=None,
    ) as socket:
        payload = {"Authorization": f"Bearer {token}"} if token else {}
        socket.send(json.dumps({"type": "connection_init", "payload": payload}))
        assert json.loads(socket.recv(timeout=10)) == {"type": "connection_ack"}
        yield socket


def subscribe(socket: ClientConnection, variables: Mapping[str, object], *, id: str = "1") -> None:
    payload = {"query": DOCUMENT, "variables": variables}
    socket.send(json.dumps({"id": id, "type": "subscribe", "payload": payload}))


def _messages(socket: ClientConnection) -> Iterator[dict[str, Any]]:
    while True:
        yield json.loads(socket.recv(timeout=10))


@contextmanager
def over_sockets(gateway: Gateway, token: str | None, **variables: object) -> Iterator[Told]:
    with connected(gateway, token) as socket:
        subscribe(socket, variables)
        yield (each["payload"] for each in _messages(socket) if each["type"] in ("next", "error"))


BOTH = pytest.mark.parametrize("told", [over_events, over_sockets])


@BOTH
def test_what_comes_is_told_and_the_rest_is_left_out(
    gateway: Gateway, world: World, told: Subscribe
) -> None:
    with told(gateway, world.issuer.token(), after="0") as events:
        old = [next(events) for _ in range(2)]
        CHANGES.extend((OPENED, RESULT))
        new = next(events)

    found = [each["data"]["resultPublished"] for each in (*old, new)]
    assert [(each["cursor"], each["eventType"]) for each in found] == [
        ("1", RESULT),
        ("3", PERIOD),
        ("5", RESULT),
    ]
    assert found[0] == {
        "cursor": "1",
        "eventType": RESULT,
        "province": "56",
        "at": "2026-08-10T03:00:00+00:00",
        "payload": json.dumps({"of": RESULT}),
    }


@BOTH
def test_it_goes_on_after_the_last_event_one_has(
    gateway: Gateway, world: World, told: Subscribe
) -> None:
    with told(gateway, world.issuer.token(), after="1") as events:
        assert next(events)["data"]["resultPublished"]["cursor"] == "3"


@BOTH
def test_who_may_not_listen_is_told_why(gateway: Gateway, world: World, told: Subscribe) -> None:
    with told(gateway, world.issuer.token(), province="01") as events:
        elsewhere = next(events)
    with told(gateway, None) as events:
        nobody = next(events)

    codes = [each["errors"][0]["extensions"]["code"] for each in (elsewhere, nobody)]
    assert codes == ["FORBIDDEN", "UNAUTHENTICATED"]


def test_a_bad_token_connects_to_nothing(gateway: Gateway) -> None:
    with pytest.raises(ConnectionClosed) as ended, connected(gateway, "nonsense"):
        pass
    with over_events(gateway, "nonsense") as events:
        refused = next(events)

    assert ended.value.rcvd is not None
    assert ended.value.rcvd.code == 4403
    assert refused["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


def test_a_connection_ends_with_its_token(gateway: Gateway, world: World) -> None:
    soon = world.issuer.token(exp=int(time.time()) + 4)
    with connected(gateway, soon) as socket, pytest.raises(ConnectionClosed) as ended:
        socket.recv(timeout=10)

    assert ended.value.rcvd is not None
    assert (ended.value.rcvd.code, ended.value.rcvd.reason) == (4403, "Token expired")


def test_a_caller_has_eight_and_one_that_is_over_makes_room(gateway: Gateway, world: World) -> None:
    token = world.issuer.token(sub="listens-much")
    end = str(len(CHANGES))
    with connected(gateway, token) as socket:
        messages = _messages(socket)
        for number in range(LISTENERS_OF_CALLER_MAX):
            subscribe(socket, {"after": end}, id=f"s{number}")
        subscribe(socket, {"after": end}, id="one-too-many")
        refused = next(messages)
        socket.send(json.dumps({"id": "s0", "type": "complete"}))
        CHANGES.append(RESULT)
        heard: list[str] = []
        while len(heard) < LISTENERS_OF_CALLER_MAX - 1:
            message = next(messages)
            if message["type"] == "next":
                heard.append(message["id"])

    assert refused["id"] == "one-too-many"
    assert refused["payload"]["errors"][0]["extensions"]["code"] == "RATE_LIMITED"
    assert sorted(heard) == [f"s{number}" for number in range(1, LISTENERS_OF_CALLER_MAX)]

    def is_free() -> bool:
        with over_events(gateway, token, after=end) as events:
            return "errors" not in next(events)

    until(is_free, within_s=10, what="room for another")


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ("{ nothing }", "nothing"),
        ("subscription { resultPublished { cursor }", "Syntax"),
        ("subscription { a: resultPublished { cursor } b: releasePublished { cursor } }", "one"),
        ("subscription { resultPublished { cursor " + "cursor " * 1000 + "} }", "Token"),
    ],
)
def test_what_is_no_good_subscription_is_refused_and_others_go_on(
    gateway: Gateway, world: World, document: str, says: str
) -> None:
    with connected(gateway, world.issuer.token()) as socket:
        messages = _messages(socket)
        bad = {"id": "bad", "type": "subscribe", "payload": {"query": document}}
        socket.send(json.dumps(bad))
        refused = next(messages)
        subscribe(socket, {"after": "0"}, id="good")
        heard = next(messages)

    assert (refused["id"], refused["type"]) == ("bad", "error")
    assert says in refused["payload"][0]["message"]
    assert (heard["id"], heard["type"]) == ("good", "next")


def at_once(gateway: Gateway, query: str, **variables: object) -> Any:
    """What one request over HTTP is answered."""
    headers = {"accept": "application/json", "graphql-require-preflight": "1"}
    body = {"query": query, "variables": variables}
    return gateway.client.post(f"{gateway.url}/stream", json=body, headers=headers).json()


def in_a_connection(gateway: Gateway, query: str, **variables: object) -> Any:
    with connected(gateway) as socket:
        payload = {"query": query, "variables": variables}
        socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": payload}))
        return next(_messages(socket))["payload"]


BOTH_WAYS = pytest.mark.parametrize("asked", [at_once, in_a_connection])


@BOTH_WAYS
def test_the_graph_of_subscriptions_tells_its_schema(gateway: Gateway, asked: Subscribe) -> None:
    query = get_introspection_query(specified_by_url=True, input_value_deprecation=True)
    committed = build_schema((GATEWAY_FOLDER / "subscriptions.graphql").read_text())

    told = build_client_schema(asked(gateway, query)["data"])

    printed = [print_schema(lexicographic_sort_schema(each)) for each in (told, committed)]
    assert printed[0] == printed[1]


@BOTH_WAYS
def test_it_tells_what_is_asked_for_under_the_names_it_is_asked_by(
    gateway: Gateway, asked: Subscribe
) -> None:
    query = """query About($name: String!, $short: Boolean!) {
      event: __type(name: $name) { ...Named kind @skip(if: $short) }
      event: __type(name: $name) { fields { field: name } }
      none: __type(name: "Nothing") { name }
      __schema { ... on __Schema { subscriptionType { ...Named } } }
      subscriptions
      __typename
    }
    fragment Named on __Type { called: name }"""

    told = asked(gateway, query, name="ChangeEvent", short=True)["data"]

    fields = ["cursor", "eventType", "province", "at", "payload"]
    assert set(told.pop("subscriptions")) >= {"resultPublished", "complaintUpdated"}
    assert told == {
        "event": {"called": "ChangeEvent", "fields": [{"field": each} for each in fields]},
        "none": None,
        "__schema": {"subscriptionType": {"called": "Subscription"}},
        "__typename": "Query",
    }


def test_a_message_has_64_kilobytes(gateway: Gateway) -> None:
    with connected(gateway) as socket:
        socket.send(json.dumps({"type": "ping", "payload": {"x": "x" * 65_536}}))
        with pytest.raises(ConnectionClosed) as ended:
            socket.recv(timeout=10)

    assert ended.value.rcvd is not None
    assert ended.value.rcvd.code == 1009


SIGNS_OF_LIFE = """
import { once } from 'node:events';
import { createServer } from 'node:http';
import { mock } from 'node:test';
import { WebSocket } from 'ws';
import { subscriptionSockets } from './src/sockets.mjs';
import { sockets } from './src/streams.mjs';

mock.timers.enable({ apis: ['setInterval'] });
const ending = new AbortController().signal;
const parts = { isServed: () => true, watch: () => ({}), log: console, ending };
const server = createServer().listen(0, '127.0.0.1');
server.on('upgrade', subscriptionSockets({ trustedProxies: [] }, parts));
await once(server, 'listening');
const place = `ws://127.0.0.1:${server.address().port}/graphql`;
const [lively, silent] = [true, false].map((autoPong) =>
  new WebSocket(place, 'graphql-transport-ws', { autoPong }));
await Promise.all([lively, silent].map((each) => once(each, 'open')));
const pinged = Promise.all([lively, silent].map((each) => once(each, 'ping')));
mock.timers.tick(sockets.keepAliveMs);
await pinged;
// Its answer was sent before this one comes.
const again = once(lively, 'pong');
lively.ping();
await again;
const gone = once(silent, 'close');
mock.timers.tick(sockets.keepAliveMs);
await gone;
console.log(JSON.stringify([lively.readyState, silent.readyState]));
process.exit(0);
"""


def test_who_gives_no_sign_of_life_is_gone() -> None:
    done = subprocess.run(
        [node_binary(), "--input-type=module", "-e", SIGNS_OF_LIFE],
        cwd=GATEWAY_FOLDER,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert done.stdout == "[1,3]\n", done.stderr


def test_an_address_has_fifty_connections(gateway: Gateway) -> None:
    def opened(stack: ExitStack, address: str) -> ClientConnection:
        url, source = gateway.url.replace("http", "ws"), (address, 0)
        connection = connect(url, subprotocols=[GRAPHQL_WS], proxy=None, source_address=source)
        return stack.enter_context(connection)

    with ExitStack() as stack:
        for _ in range(CONNECTIONS_OF_ADDRESS_MAX):
            opened(stack, "127.0.0.50")
        with pytest.raises(InvalidStatus) as refused:
            opened(stack, "127.0.0.50")
        opened(stack, "127.0.0.51")

    assert refused.value.response.status_code == 503


def test_production_takes_registered_documents_alone(
    start_gateway: StartGateway, world: World, tmp_path: Any
) -> None:
    (tmp_path / "mine.graphql").write_text(DOCUMENT)
    (tmp_path / "curious.graphql").write_text(CURIOUS)
    ports = {"CONGVU_METRICS_PORT": "0", "CONGVU_TRUSTED_DOCUMENTS": str(tmp_path)}
    gateway = start_gateway(CONGVU_PROFILE="production", **ports)
    token = world.issuer.token()

    with connected(gateway, token) as socket:
        messages = _messages(socket)
        other = {"query": "subscription { resultPublished { cursor } }"}
        socket.send(json.dumps({"id": "x", "type": "subscribe", "payload": other}))
        refused = next(messages)
        subscribe(socket, {"after": "0"})
        heard = next(messages)
        socket.send(json.dumps({"id": "1", "type": "complete"}))
        of_clients = {"query": RESULT_PUBLISHED_GQL, "variables": {"after": "0"}}
        socket.send(json.dumps({"id": "ours", "type": "subscribe", "payload": of_clients}))
        shipped = next(each for each in messages if each["id"] == "ours")

        curious = {"id": "curious", "type": "subscribe", "payload": {"query": CURIOUS}}
        socket.send(json.dumps(curious))
        silent = next(each for each in messages if each["id"] == "curious")

    assert refused["payload"][0]["extensions"]["code"] == "NOT_FOUND"
    assert (silent["type"], "introspection" in silent["payload"][0]["message"]) == ("error", True)
    assert (heard["type"], shipped["type"]) == ("next", "next")


def test_a_gateway_that_stops_ends_connections_at_once(
    start_gateway: StartGateway, world: World
) -> None:
    gateway = start_gateway()
    with connected(gateway, world.issuer.token()) as socket:
        messages = _messages(socket)
        subscribe(socket, {"after": "0"})
        next(messages)
        gateway.terminate()
        with pytest.raises(ConnectionClosed) as ended:
            list(messages)

    assert ended.value.rcvd is not None
    assert ended.value.rcvd.code == 1001
    assert gateway.stop() == 0


@pytest.mark.parametrize(
    ("place", "host", "status"),
    [("/graphql/stream", None, 404), ("/graphql", "elsewhere.example", 421)],
)
def test_other_places_and_names_open_nothing(
    gateway: Gateway, place: str, host: str | None, status: int
) -> None:
    headers = {"connection": "upgrade", "upgrade": "websocket", "sec-websocket-version": "13"}
    named = {"host": host} if host else {}

    answer = gateway.client.get(gateway.base_url + place, headers={**headers, **named})

    assert answer.status_code == status
