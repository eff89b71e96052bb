"""Requests that no client library would send: refused, without a word about our insides."""

import socket

import pytest

from gateway.running import Gateway, World, codes

JSON = b"content-type: application/json\r\n"


def raw(gateway: Gateway, head: bytes, body: bytes = b"") -> tuple[int, str]:
    """Status and everything after it of what these bytes are answered with."""
    port = int(gateway.env["CONGVU_GATEWAY_PORT"])
    length = f"content-length: {len(body)}\r\n".encode()
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(head + length + b"connection: close\r\n\r\n" + body)
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    return int(answer.split(" ", 2)[1]), answer


def post(host: bytes = b"localhost") -> bytes:
    return b"POST /graphql HTTP/1.1\r\nhost: " + host + b"\r\n" + JSON


MALFORMED = {
    "an address": (b"GET http://[ HTTP/1.1\r\nhost: localhost\r\n", b""),
    "a host": (post(host=b"a b/[::"), b'{"query": "{ whoami }"}'),
    "no object": (post(), b"3"),
    "null": (post(), b"null"),
    "variables": (post(), b'{"query": "{ whoami }", "variables": 3}'),
    "a query": (post(), b'{"query": 3}'),
    "a parameter": (post(), b'{"query": "{ whoami }", "other": 1}'),
    "an operation": (post(), b'{"query": "query A { whoami } query B { whoami }"}'),
}


@pytest.mark.parametrize("what", MALFORMED)
def test_what_is_malformed_is_refused_politely(gateway: Gateway, world: World, what: str) -> None:
    status, answer = raw(gateway, *MALFORMED[what])

    assert status == 400
    # The router's server refuses an address that is none before ours sees it, without a word.
    is_heard = (what, world.program) != ("an address", "router")
    assert ('{"errors":[{"message":' in answer) is is_heard
    assert "    at " not in answer
    assert "node_modules" not in answer


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 5000, b'{"query": "\xff\xfe"}'])
def test_what_is_not_json_or_not_graphql_is_an_error(gateway: Gateway, body: bytes) -> None:
    _, answer = raw(gateway, post(), body)

    assert '{"errors":[{"message":' in answer
    assert "    at " not in answer
    assert "originalError" not in answer


@pytest.mark.parametrize(
    "document",
    ["{ nobody }", "query Q($a: Int!) { whoami }", "{ whoami(a: 1) }", "{ whoami { a } }"],
)
def test_what_the_specification_refuses_is_told_in_its_language(
    gateway: Gateway, document: str
) -> None:
    """To who wrote the document, by a code that is the same whoever asks (decision 0012)."""
    told = {
        language: gateway.post(document, headers={"accept-language": language}, variables={"a": 1})
        for language in ("vi", "en")
    }

    assert set(codes(told["vi"])) == {"GRAPHQL_VALIDATION_FAILED"}
    assert told["vi"].json() == told["en"].json()
    assert told["vi"].text.isascii()


def test_a_value_that_does_not_fit_is_told_in_the_language_of_who_sent_it(
    gateway: Gateway,
) -> None:
    """A form may have sent it: the words are ours, and what was sent is not in them."""
    document = "query Q($first: Int!) { workProducts(first: $first) { __typename } }"
    told = {
        language: gateway.post(
            document,
            headers={"accept-language": language},
            variables={"first": {"x": "geheim"}},
        ).json()["errors"][0]["message"]
        for language in ("vi", "en")
    }

    assert "phải là" in told["vi"]
    assert "must be" in told["en"]
    assert not any("geheim" in each for each in told.values())


def test_a_kind_of_operation_the_graph_lacks_is_an_error_of_the_query(gateway: Gateway) -> None:
    response = gateway.post("subscription { ticks }")

    assert codes(response) == ["GRAPHQL_VALIDATION_FAILED"]
    assert response.json()["errors"][0]["message"] == "This graph has no subscription."
