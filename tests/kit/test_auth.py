"""The gateway's signature and the caller's token, with every way to get around them."""

import base64
import hashlib

import pytest
from structlog.testing import capture_logs

from congvu_kit.adapters import metrics
from congvu_kit.adapters.auth import SKEW_MAX_S, GatewaySignature, sign
from congvu_kit.domain.errors import RateLimited, Unauthenticated

SECRET = "s" * 32
TARGET = "http://127.0.0.1:4101/graphql"
NOW = 1_800_000_000.0
BODY = b'{"query":"{ __typename }"}'
COVERED = (
    '("@method" "@target-uri" "content-digest" "authorization" "x-request-id" "x-deadline-ms")'
)


def signed(
    *,
    body: bytes = BODY,
    secret: str = SECRET,
    created: float = NOW,
    nonce: str = "a" * 32,
    covered: str = COVERED,
    authorization: str | None = "Bearer x",
) -> dict[str, str]:
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    headers = {
        "content-digest": f"sha-256=:{digest}:",
        "x-request-id": "r1",
        "x-deadline-ms": "2000",
    }
    if authorization is not None:
        headers["authorization"] = authorization
    parameters = (
        f'{covered};created={int(created)};nonce="{nonce}";keyid="gateway";alg="hmac-sha256"'
    )
    headers["signature-input"] = f"gw={parameters}"
    headers["signature"] = f"gw=:{sign(secret.encode(), 'POST', TARGET, headers, parameters)}:"
    return headers


def verifier() -> GatewaySignature:
    return GatewaySignature(lambda: [SECRET], TARGET, now=lambda: NOW)


def calls_with_other_secret() -> float:
    counted = metrics.SERVICES.get_sample_value("congvu_gateway_calls_other_secret_total")
    assert counted is not None
    return counted


@pytest.mark.parametrize("authorization", ["Bearer x", None])
def test_what_the_gateway_signed_is_accepted_once(authorization: str | None) -> None:
    signature = verifier()

    signature.verify("POST", signed(authorization=authorization), BODY)

    with pytest.raises(Unauthenticated, match="nonce was used before"):
        signature.verify("POST", signed(authorization=authorization), BODY)


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({}, "missing or malformed"),
        (signed(secret="t" * 32), "signature is wrong"),
        (signed(created=NOW - 66), "signed 66 s ago, and the clocks may be 60 s apart"),
        (signed(created=NOW + 61), "signed 61 s ahead of this service's clock"),
        (signed(body=b"other"), "body is not what was signed"),
        (signed(covered='("@method" "@target-uri")'), "covers other parts"),
        (signed(nonce="zz"), "missing or malformed"),
        (signed() | {"authorization": "Bearer y"}, "signature is wrong"),
        (signed() | {"x-request-id": "r2"}, "signature is wrong"),
        (signed() | {"x-deadline-ms": "60000"}, "signature is wrong"),
        (signed(authorization=None) | {"authorization": "Bearer y"}, "signature is wrong"),
    ],
)
def test_anything_else_is_refused(headers: dict[str, str], reason: str) -> None:
    with pytest.raises(Unauthenticated, match=reason):
        verifier().verify("POST", headers, BODY)


@pytest.mark.parametrize("created", [NOW - 65, NOW - 60, NOW, NOW + 60])
def test_a_gateway_whose_clock_is_a_minute_off_is_believed(created: float) -> None:
    verifier().verify("POST", signed(created=created), BODY)


def test_how_far_the_clocks_are_apart_is_told_by_a_metric_and_now_and_then_by_a_line() -> None:
    signature = verifier()

    with capture_logs() as lines:
        for number, created in enumerate([NOW - 3, NOW - 42, NOW + 42]):
            signature.verify("POST", signed(created=created, nonce=f"{number:032x}"), BODY)
        with pytest.raises(Unauthenticated):
            signature.verify("POST", signed(created=NOW + 90), BODY)

    assert lines == [
        {
            "event": "gateway_clock_differs",
            "log_level": "warning",
            "skew_s": -42.0,
            "most_s": SKEW_MAX_S,
        }
    ]
    assert metrics.SERVICES.get_sample_value("congvu_gateway_clock_skew_seconds") == 90


def test_a_nonce_is_remembered_as_long_as_its_signature_could_come_again() -> None:
    at = [NOW]
    signature = GatewaySignature(lambda: [SECRET], TARGET, now=lambda: at[0])
    signature.verify("POST", signed(created=NOW + 60), BODY)

    at[0] = NOW + 125
    with pytest.raises(Unauthenticated, match="nonce was used before"):
        signature.verify("POST", signed(created=NOW + 60), BODY)
    at[0] = NOW + 126
    with pytest.raises(Unauthenticated, match="signed 66 s ago"):
        signature.verify("POST", signed(created=NOW + 60), BODY)


def test_what_is_forgotten_makes_room() -> None:
    at = [NOW]
    signature = GatewaySignature(lambda: [SECRET], TARGET, now=lambda: at[0], nonces_max=1)
    signature.verify("POST", signed(), BODY)

    at[0] = NOW + 66

    signature.verify("POST", signed(created=NOW + 66, nonce="b" * 32), BODY)


def test_more_calls_than_can_be_told_apart_are_refused_and_none_forgotten() -> None:
    signature = GatewaySignature(lambda: [SECRET], TARGET, now=lambda: NOW, nonces_max=2)
    for nonce in ("a", "b"):
        signature.verify("POST", signed(nonce=nonce * 32), BODY)

    with pytest.raises(RateLimited):
        signature.verify("POST", signed(nonce="c" * 32), BODY)
    with pytest.raises(Unauthenticated, match="nonce was used before"):
        signature.verify("POST", signed(nonce="a" * 32), BODY)


def test_a_call_signed_with_the_secret_that_is_not_the_first_counts_and_is_counted() -> None:
    """What tells an operator that no gateway signs any more with what is to be retired."""
    before = calls_with_other_secret()

    verifier().verify("POST", signed(), BODY)
    assert calls_with_other_secret() == before

    GatewaySignature(lambda: ["n" * 32, SECRET], TARGET, now=lambda: NOW).verify(
        "POST", signed(), BODY
    )
    assert calls_with_other_secret() == before + 1


def test_a_call_signed_for_another_service_or_method_is_refused() -> None:
    other = GatewaySignature(lambda: [SECRET], "http://127.0.0.1:4102/graphql", now=lambda: NOW)

    with pytest.raises(Unauthenticated, match="signature is wrong"):
        other.verify("POST", signed(), BODY)
    with pytest.raises(Unauthenticated, match="signature is wrong"):
        verifier().verify("GET", signed(), BODY)
