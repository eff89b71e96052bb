"""What of a request reaches a service: chosen headers only, and nothing a caller can forge."""

import re
from uuid import uuid4

import pytest

from gateway.running import SECRET, Gateway, World
from gateway.signature import verify
from gateway.subgraphs import Received

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def call(gateway: Gateway, world: World, **headers: str) -> Received:
    request_id = headers.setdefault("x-request-id", uuid4().hex)
    response = gateway.post("{ whoami }", headers=headers)
    assert response.headers["x-request-id"] == request_id
    [received] = world.received(request_id)
    return received


def test_language_purpose_request_id_and_trace_are_passed_on(
    gateway: Gateway, world: World
) -> None:
    sent = {
        "accept-language": "en-GB, vi;q=0.5",
        "traceparent": TRACE,
        "x-purpose": "R%C3%A0%20so%C3%A1t",
    }
    received = call(gateway, world, **sent)

    assert received.headers["accept-language"] == "en-GB, vi;q=0.5"
    assert received.headers["x-purpose"] == "R%C3%A0%20so%C3%A1t"
    assert received.headers["traceparent"] == TRACE


def test_a_caller_cannot_smuggle_headers_to_a_service(gateway: Gateway, world: World) -> None:
    smuggled = {
        "signature": "gw=:AAAA:",
        "signature-input": 'gw=();created=1;nonce="00";keyid="gateway";alg="hmac-sha256"',
        "content-digest": "sha-256=:AAAA:",
        "x-congvu-roles": "auditor",
        "x-congvu-sub": "somebody",
        "x-forwarded-for": "10.0.0.1",
        "cookie": "session=1",
        "forwarded": "for=10.0.0.1",
        "x-anything": "else",
        "x-purpose": "not percent-encoded",
        "x-deadline-ms": "3600000",
        "hive-roles": "auditor",
    }

    received = call(gateway, world, **smuggled)

    kept = {name for name, value in smuggled.items() if received.headers.get(name) == value}
    assert kept == set()
    assert set(received.headers) == {
        "accept",
        "accept-encoding",
        "connection",
        "content-digest",
        "content-length",
        "x-deadline-ms",
        "content-type",
        "host",
        "signature",
        "signature-input",
        "traceparent",
        "user-agent",
        "x-request-id",
    }
    verify("POST", world.subgraphs["catalogue"].url, received.headers, received.body, SECRET)


@pytest.mark.parametrize("sent", ["", "a b", "x" * 65, "a/b", 'a"b', "<script>", "a,b"])
def test_an_odd_request_id_is_replaced(gateway: Gateway, sent: str) -> None:
    response = gateway.post("{ whoami }", headers={"x-request-id": sent})

    assert response.headers["x-request-id"] != sent
    assert re.fullmatch(r"[0-9a-f-]{36}", response.headers["x-request-id"])


@pytest.mark.parametrize("sent", ["a", "x" * 64, "3f2b.trace_1-A"])
def test_a_sane_request_id_is_kept(gateway: Gateway, sent: str) -> None:
    assert (
        gateway.post("{ whoami }", headers={"x-request-id": sent}).headers["x-request-id"] == sent
    )


@pytest.mark.parametrize(
    "sent", [None, "junk", TRACE.replace("00-4", "ff-4"), f"00-{'0' * 32}-00f067aa0ba902b7-01"]
)
def test_without_a_proper_trace_a_new_one_begins(
    gateway: Gateway, world: World, sent: str | None
) -> None:
    received = call(gateway, world, **({"traceparent": sent} if sent else {}))

    begun = received.headers["traceparent"]
    assert begun != sent
    assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-01", begun)


def test_one_trace_and_request_id_for_all_services_of_a_query(
    gateway: Gateway, world: World
) -> None:
    request_id = uuid4().hex
    gateway.post(
        '{ civilServant(id: "cs_1") { product { name } unit { satisfaction } } }',
        headers={"x-request-id": request_id},
    )

    received = world.received(request_id)
    assert len(received) == 3
    assert len({each.headers["traceparent"] for each in received}) == 1
