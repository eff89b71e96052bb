"""The questions that a scanner of GraphQL endpoints asks first, each answered with no.

In production all of them; in the open profile all that is not about exploring. Services refuse
them unsigned (`test_subgraphs.py`)."""

import socket
from collections.abc import Callable, Iterator

import httpx
import pytest

from congvu_local.ports import free_port
from gateway.running import Gateway, World

Probe = Callable[[Gateway], bool]
"""Whether the endpoint has the weakness."""

JSON = {"content-type": "application/json"}
CIRCLE = "fields { type { " * 6 + "name" + " } }" * 6


def posted(gateway: Gateway, body: object, **headers: str) -> httpx.Response:
    return gateway.client.post(gateway.url, json=body, headers=headers)


def has_data(response: httpx.Response) -> bool:
    return b'"data":{' in response.content.replace(b" ", b"")


def aliases(gateway: Gateway) -> bool:
    query = "{" + " ".join(f"a{n}: __typename" for n in range(101)) + "}"
    return has_data(posted(gateway, {"query": query}))


def batch(gateway: Gateway) -> bool:
    return has_data(posted(gateway, [{"query": "{ __typename }"}] * 10))


def directives(gateway: Gateway) -> bool:
    query = "{ __typename " + "@skip(if: false)" * 51 + " }"
    return has_data(posted(gateway, {"query": query}))


def duplication(gateway: Gateway) -> bool:
    return has_data(posted(gateway, {"query": "{" + "__typename " * 1001 + "}"}))


def circular_introspection(gateway: Gateway) -> bool:
    return has_data(posted(gateway, {"query": f"{{ __schema {{ types {{ {CIRCLE} }} }} }}"}))


def introspection(gateway: Gateway) -> bool:
    answers = [
        posted(gateway, {"query": "{ __schema { queryType { name } } }"}),
        posted(gateway, {"query": '{ __type(name: "Query") { name } }'}),
    ]
    return any(map(has_data, answers))


def suggestions(gateway: Gateway) -> bool:
    return "Did you mean" in posted(gateway, {"query": "{ whoamy }"}).text


def explorer(gateway: Gateway) -> bool:
    browser = {"accept": "text/html"}
    pages = [
        gateway.client.get(gateway.base_url + path, headers=browser, follow_redirects=True)
        for path in ("/graphql", "/", "/graphiql", "/playground", "/console", "/playground/")
    ]
    return any("graphiql" in page.text.lower() for page in pages)


def query_by_get(gateway: Gateway) -> bool:
    return has_data(gateway.client.get(gateway.url, params={"query": "{ __typename }"}))


def mutation_by_get(gateway: Gateway) -> bool:
    mutation = {"query": 'mutation { rename(name: "x") { id } }'}
    preflight = {"graphql-require-preflight": "1"}
    answers = [
        gateway.client.get(gateway.url, params=mutation, headers=headers)
        for headers in ({}, preflight)
    ]
    return any(answer.status_code < 400 or has_data(answer) for answer in answers)


def form(gateway: Gateway) -> bool:
    return has_data(gateway.client.post(gateway.url, data={"query": "{ __typename }"}))


def trace(gateway: Gateway) -> bool:
    answer = posted(gateway, {"query": "{ __typename }"}, **{"apollo-tracing": "1"})
    return "extensions" in answer.json() and "tracing" in str(answer.json()["extensions"])


def unhandled(gateway: Gateway) -> bool:
    answers = [
        posted(gateway, {"query": "qwerty { abc }"}),
        posted(gateway, {"query": "{ broken }", "variables": {"x": [[]]}}),
        gateway.client.post(
            gateway.url, content=b"\xff", headers={"content-type": "application/json"}
        ),
    ]
    return any("    at " in each.text or "node_modules" in each.text for each in answers)


EXPLORING: dict[str, Probe] = {
    "circular introspection": circular_introspection,
    "introspection": introspection,
    "suggestions": suggestions,
    "explorer": explorer,
}
ALWAYS: dict[str, Probe] = {
    "aliases": aliases,
    "batch": batch,
    "directives": directives,
    "duplication": duplication,
    "query by get": query_by_get,
    "mutation by get": mutation_by_get,
    "form": form,
    "trace": trace,
    "unhandled": unhandled,
}


@pytest.fixture(scope="module")
def closed(world: World) -> Iterator[Gateway]:
    settings = {"CONGVU_PROFILE": "production", "CONGVU_METRICS_PORT": str(free_port())}
    running = Gateway(world.environment(**settings), world.folder / "closed.log")
    running.start()
    yield running
    assert running.stop() == 0


@pytest.mark.parametrize("probe", EXPLORING | ALWAYS)
def test_in_production_no_probe_finds_anything(closed: Gateway, probe: str) -> None:
    assert not (EXPLORING | ALWAYS)[probe](closed)


@pytest.mark.parametrize("probe", ALWAYS)
def test_in_the_open_profile_only_exploring_is_answered(gateway: Gateway, probe: str) -> None:
    assert not ALWAYS[probe](gateway)


@pytest.mark.parametrize("probe", ["introspection", "suggestions", "explorer"])
def test_a_probe_tells_what_is_there(gateway: Gateway, world: World, probe: str) -> None:
    can_tell = (probe, world.program) != ("suggestions", "router")

    assert EXPLORING[probe](gateway) is can_tell


@pytest.mark.parametrize("protocol", ["graphql-ws", "graphql-ws, soap", "chat"])
def test_no_websocket_of_another_protocol_is_opened(
    gateway: Gateway, closed: Gateway, protocol: str
) -> None:
    for each in (gateway, closed):
        port = int(each.env["CONGVU_GATEWAY_PORT"])
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(
                b"GET /graphql HTTP/1.1\r\nhost: localhost\r\nconnection: Upgrade, close\r\n"
                b"upgrade: websocket\r\nsec-websocket-version: 13\r\n"
                b"sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + f"sec-websocket-protocol: {protocol}\r\n\r\n".encode()
            )
            status = connection.recv(65536).split(b" ", 2)[1]

        assert 400 <= int(status) < 500
