"""Every call to a service carries a signature that an independent check accepts."""

import base64
import hashlib
import json
import time
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from congvu_kit.adapters.auth import GatewaySignature
from congvu_kit.domain.errors import Unauthenticated
from gateway.fixtures import StartGateway
from gateway.running import SECRET, Gateway, World
from gateway.signature import SignatureRefused, verify
from gateway.subgraphs import Received
from support.polling import until


def call(gateway: Gateway, world: World, *, token: str | None = None) -> Received:
    """The one request that one query made."""
    request_id = uuid4().hex
    gateway.post("{ whoami }", token=token, headers={"x-request-id": request_id})
    [received] = world.received(request_id)
    return received


def is_refused(received: Received, url: str, *, secret: str = SECRET) -> bool:
    try:
        verify(received.method, url, received.headers, received.body, secret)
    except SignatureRefused:
        return True
    return False


def test_the_signature_covers_the_bytes_that_arrived(gateway: Gateway, world: World) -> None:
    token = world.issuer.token()

    received = call(gateway, world, token=token)

    url = world.subgraphs["catalogue"].url
    nonce = verify("POST", url, received.headers, received.body, SECRET)
    assert len(bytes.fromhex(nonce)) == 16
    digest = base64.b64encode(hashlib.sha256(received.body).digest()).decode()
    assert received.headers["content-digest"] == f"sha-256=:{digest}:"
    assert received.headers["authorization"] == f"Bearer {token}"
    assert json.loads(received.body)["query"] == "{whoami}"


def test_without_a_token_the_empty_authorization_is_signed(gateway: Gateway, world: World) -> None:
    received = call(gateway, world)

    assert "authorization" not in received.headers
    verify("POST", world.subgraphs["catalogue"].url, received.headers, received.body, SECRET)


def test_every_service_accepts_every_call_of_a_joined_query(gateway: Gateway, world: World) -> None:
    request_id = uuid4().hex
    gateway.post(
        '{ civilServant(id: "cs_1") { product { name } unit { satisfaction } } }',
        headers={"x-request-id": request_id},
    )

    received = world.received(request_id)
    assert len(received) == 3
    assert len({each.headers["signature-input"] for each in received}) == 3
    assert [subgraph.refused for subgraph in world.subgraphs.values()] == [[], [], []]


def test_what_was_changed_on_the_way_is_refused(gateway: Gateway, world: World) -> None:
    received = call(gateway, world, token=world.issuer.token())
    url = world.subgraphs["catalogue"].url
    changed = {
        "body": replace(received, body=received.body + b" "),
        "token": replace(received, headers={**received.headers, "authorization": "Bearer x.y.z"}),
        "request id": replace(received, headers={**received.headers, "x-request-id": "other"}),
        "method": replace(received, method="GET"),
    }

    for what, each in changed.items():
        assert is_refused(each, url), f"a changed {what} was accepted"
    assert is_refused(received, url.replace("graphql", "other"))
    # pragma: allowlist nextline secret
    assert is_refused(received, url, secret="another secret")
    assert not is_refused(received, url)


def test_the_services_own_check_accepts_it_once(gateway: Gateway, world: World) -> None:
    received = call(gateway, world, token=world.issuer.token())
    check = GatewaySignature(lambda: [SECRET], world.subgraphs["catalogue"].url)

    check.verify("POST", received.headers, received.body)

    with pytest.raises(Unauthenticated, match="nonce"):
        check.verify("POST", received.headers, received.body)


@pytest.mark.parametrize("later_s", [-58, 58])
def test_the_services_own_check_accepts_it_by_a_clock_that_is_nearly_a_minute_off(
    gateway: Gateway, world: World, later_s: int
) -> None:
    received = call(gateway, world)
    url = world.subgraphs["catalogue"].url

    check = GatewaySignature(lambda: [SECRET], url, now=lambda: time.time() + later_s)

    check.verify("POST", received.headers, received.body)


@pytest.mark.parametrize("later_s", [67, -63])
def test_the_services_own_check_refuses_it_at_another_time(
    gateway: Gateway, world: World, later_s: int
) -> None:
    received = call(gateway, world)
    url = world.subgraphs["catalogue"].url
    check = GatewaySignature(lambda: [SECRET], url, now=lambda: time.time() + later_s)

    with pytest.raises(Unauthenticated, match="the clocks may be 60 s apart"):
        check.verify("POST", received.headers, received.body)


def test_the_secret_is_replaced_while_calls_are_made(
    start_gateway: StartGateway, world: World, tmp_path: Path
) -> None:
    """The file's first secret signs; what is no secret leaves the one before, and is not shown."""
    file, url = tmp_path / "secret", world.subgraphs["catalogue"].url
    new = "n" * 40
    file.write_text(f"{SECRET}\n{new}\n")
    gateway = start_gateway(CONGVU_GATEWAY_SECRET=None, CONGVU_GATEWAY_SECRET_FILE=str(file))

    def signs_with(secret: str) -> bool:
        return not is_refused(call(gateway, world), url, secret=secret)

    assert signs_with(SECRET)
    file.write_text(f"{new}\n{SECRET}\n")
    until(lambda: signs_with(new), within_s=10, what="the new secret signs")
    file.write_text("short\n")
    log = tmp_path / "gateway.log"
    until(lambda: "secret not read" in log.read_text(), within_s=10, what="a bad one is told")
    assert signs_with(new)
    assert "short" not in log.read_text()
    # Its subgraph knew the old one only; what it turned away is no other test's business.
    world.subgraphs["catalogue"].refused.clear()
