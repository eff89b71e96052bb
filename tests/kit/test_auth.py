"""The gateway's signature and the caller's token, with every way to get around them."""

import base64
import hashlib
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

from congvu_kit.adapters.auth import GatewaySignature, Tokens, sign
from congvu_kit.domain.actor import ANONYMOUS, Actor
from congvu_kit.domain.errors import RateLimited, Unauthenticated, Unavailable

SECRET = "s" * 32
TARGET = "http://127.0.0.1:4101/graphql"
NOW = 1_800_000_000.0
BODY = b'{"query":"{ __typename }"}'
COVERED = '("@method" "@target-uri" "content-digest" "authorization" "x-request-id")'


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
    headers = {"content-digest": f"sha-256=:{digest}:", "x-request-id": "r1"}
    if authorization is not None:
        headers["authorization"] = authorization
    parameters = (
        f'{covered};created={int(created)};nonce="{nonce}";keyid="gateway";alg="hmac-sha256"'
    )
    headers["signature-input"] = f"gw={parameters}"
    headers["signature"] = f"gw=:{sign(secret.encode(), 'POST', TARGET, headers, parameters)}:"
    return headers


def verifier() -> GatewaySignature:
    return GatewaySignature(SECRET, TARGET, now=lambda: NOW)


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
        (signed(created=NOW - 31), "too old or from the future"),
        (signed(created=NOW + 6), "too old or from the future"),
        (signed(body=b"other"), "body is not what was signed"),
        (signed(covered='("@method" "@target-uri")'), "covers other parts"),
        (signed(nonce="zz"), "missing or malformed"),
        (signed() | {"authorization": "Bearer y"}, "signature is wrong"),
        (signed() | {"x-request-id": "r2"}, "signature is wrong"),
        (signed(authorization=None) | {"authorization": "Bearer y"}, "signature is wrong"),
    ],
)
def test_anything_else_is_refused(headers: dict[str, str], reason: str) -> None:
    with pytest.raises(Unauthenticated, match=reason):
        verifier().verify("POST", headers, BODY)


@pytest.mark.parametrize("created", [NOW - 30, NOW + 5])
def test_a_signature_holds_for_its_time(created: float) -> None:
    verifier().verify("POST", signed(created=created), BODY)


def test_a_nonce_is_remembered_as_long_as_its_signature_could_come_again() -> None:
    at = [NOW]
    signature = GatewaySignature(SECRET, TARGET, now=lambda: at[0])
    signature.verify("POST", signed(created=NOW + 5), BODY)

    at[0] = NOW + 35
    with pytest.raises(Unauthenticated, match="nonce was used before"):
        signature.verify("POST", signed(created=NOW + 5), BODY)
    at[0] = NOW + 36
    signature.verify("POST", signed(created=NOW + 36), BODY)


def test_more_calls_than_can_be_told_apart_are_refused_and_none_forgotten() -> None:
    signature = GatewaySignature(SECRET, TARGET, now=lambda: NOW, nonces_max=2)
    for nonce in ("a", "b"):
        signature.verify("POST", signed(nonce=nonce * 32), BODY)

    with pytest.raises(RateLimited):
        signature.verify("POST", signed(nonce="c" * 32), BODY)
    with pytest.raises(Unauthenticated, match="nonce was used before"):
        signature.verify("POST", signed(nonce="a" * 32), BODY)


def test_a_call_signed_for_another_service_or_method_is_refused() -> None:
    other = GatewaySignature(SECRET, "http://127.0.0.1:4102/graphql", now=lambda: NOW)

    with pytest.raises(Unauthenticated, match="signature is wrong"):
        other.verify("POST", signed(), BODY)
    with pytest.raises(Unauthenticated, match="signature is wrong"):
        verifier().verify("GET", signed(), BODY)


KEY, NEXT_KEY = (
    RSAKey.generate_key(2048, parameters={"kid": kid, "use": "sig"}) for kid in ("k1", "k2")
)


class Issuer:
    """Serves whatever key set it is given, and counts how often it is asked."""

    def __init__(self, *keys: RSAKey) -> None:
        self.keys = list(keys)
        self.asked = 0
        self.up = True

    def respond(self, _: httpx.Request) -> httpx.Response:
        self.asked += 1
        if not self.up:
            return httpx.Response(503)
        return httpx.Response(200, json=KeySet(list(self.keys)).as_dict(private=False))


def token(key: RSAKey | OctKey = KEY, *, alg: str = "RS256", **claims: object) -> str:
    now = int(time.time())
    body = {
        "sub": "u1",
        "iss": "issuer",
        "aud": "congvu",
        "iat": now,
        "exp": now + 60,
        "roles": ["manager"],
        "province": "56",
        "unit": "unit_1",
    } | claims
    kept = {name: value for name, value in body.items() if value is not None}
    return "Bearer " + jwt.encode({"alg": alg, "kid": key.kid}, kept, key)


def tokens(issuer: Issuer, now: Callable[[], float] = time.time) -> Tokens:
    client = httpx.AsyncClient(transport=httpx.MockTransport(issuer.respond))
    return Tokens("http://issuer/jwks", issuer="issuer", audience="congvu", client=client, now=now)


async def test_a_good_token_names_its_bearer() -> None:
    actor = await tokens(Issuer(KEY)).actor(token(scope="read write", officer="cs_1"))

    assert actor == Actor(
        subject="u1",
        roles=frozenset({"manager"}),
        scopes=frozenset({"read", "write"}),
        province="56",
        unit="unit_1",
        officer="cs_1",
    )


async def test_no_token_is_anonymous() -> None:
    assert await tokens(Issuer(KEY)).actor(None) == ANONYMOUS


@pytest.mark.parametrize("header", ["Basic dTpw", "Bearer", "Bearer ", "Bearer nonsense"])
async def test_a_header_that_bears_no_token_is_refused(header: str) -> None:
    with pytest.raises(Unauthenticated):
        await tokens(Issuer(KEY)).actor(header)


async def test_a_good_token_under_another_scheme_is_refused() -> None:
    with pytest.raises(Unauthenticated, match="not a bearer token"):
        await tokens(Issuer(KEY)).actor(token().replace("Bearer", "Basic"))


async def test_the_scheme_is_written_in_any_case() -> None:
    actor = await tokens(Issuer(KEY)).actor(token().replace("Bearer", "bEARER"))

    assert actor.subject == "u1"


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"exp": 1}, "ExpiredTokenError"),
        ({"aud": "somebody else"}, "InvalidClaimError"),
        ({"iss": "somebody else"}, "InvalidClaimError"),
        ({"sub": None}, "MissingClaimError"),
        ({"exp": None}, "MissingClaimError"),
        ({"iat": None}, "MissingClaimError"),
        ({"iss": None}, "MissingClaimError"),
        ({"aud": None}, "MissingClaimError"),
        ({"roles": "manager"}, "claim roles is not a list of strings"),
        ({"roles": ["manager", 1]}, "claim roles is not a list of strings"),
        ({"province": 56}, "claim province is not a string"),
        ({"unit": ["unit_1"]}, "claim unit is not a string"),
        ({"officer": {"id": "cs_1"}}, "claim officer is not a string"),
    ],
)
async def test_a_token_with_a_bad_claim_is_refused(claims: dict[str, Any], reason: str) -> None:
    with pytest.raises(Unauthenticated, match=reason):
        await tokens(Issuer(KEY)).actor(token(**claims))


async def test_a_token_signed_otherwise_is_refused() -> None:
    symmetric = OctKey.import_key("k" * 64, {"kid": "k1"})

    for header in (token(symmetric, alg="HS256"), token(NEXT_KEY)):
        with pytest.raises(Unauthenticated, match="not valid"):
            await tokens(Issuer(KEY)).actor(header)


async def test_a_token_without_roles_scopes_or_place_has_none() -> None:
    bare = token(roles=None, province=None, unit="")

    assert await tokens(Issuer(KEY)).actor(bare) == Actor(subject="u1")


async def test_a_token_without_a_signature_is_refused() -> None:
    _, payload, _ = token().removeprefix("Bearer ").split(".")
    none = base64.urlsafe_b64encode(b'{"alg":"none","kid":"k1"}').decode().rstrip("=")

    with pytest.raises(Unauthenticated):
        await tokens(Issuer(KEY)).actor(f"Bearer {none}.{payload}.")


async def test_a_rotated_key_is_fetched_when_a_token_names_it() -> None:
    issuer, at = Issuer(KEY), [time.time()]
    verified = tokens(issuer, now=lambda: at[0])
    await verified.actor(token())
    issuer.keys = [NEXT_KEY]

    at[0] += 11
    assert (await verified.actor(token(NEXT_KEY))).subject == "u1"
    assert issuer.asked == 2


async def test_bad_tokens_do_not_make_us_ask_the_issuer_each_time() -> None:
    issuer = Issuer(KEY)
    verified = tokens(issuer)
    for _ in range(20):
        with pytest.raises(Unauthenticated):
            await verified.actor(token(NEXT_KEY))

    assert issuer.asked == 1


async def test_without_any_key_the_service_is_unavailable_not_open() -> None:
    issuer = Issuer(KEY)
    issuer.up = False
    verified = tokens(issuer)

    with pytest.raises(Unavailable):
        await verified.actor(token())
    issuer.up = True
    assert (await verified.actor(token())).subject == "u1"


async def test_the_issuer_is_asked_again_after_an_hour_and_not_before() -> None:
    issuer, at = Issuer(KEY), [time.time()]
    verified = tokens(issuer, now=lambda: at[0])
    await verified.actor(token())

    at[0] += 3600
    await verified.actor(token(exp=int(at[0]) + 60, iat=int(at[0])))
    assert issuer.asked == 1
    at[0] += 1
    await verified.actor(token(exp=int(at[0]) + 61, iat=int(at[0])))
    assert issuer.asked == 2


async def test_an_issuer_that_is_away_does_not_lock_out_whom_we_know() -> None:
    issuer, at = Issuer(KEY), [time.time()]
    verified = tokens(issuer, now=lambda: at[0])
    await verified.actor(token())
    issuer.up = False

    at[0] += 3601
    later = token(exp=int(at[0]) + 60, iat=int(at[0]))

    assert (await verified.actor(later)).subject == "u1"
    assert issuer.asked == 2


async def test_the_tokens_remembered_are_the_last_ones() -> None:
    issuer = Issuer(KEY)
    verified = Tokens(
        "http://issuer/jwks",
        issuer="issuer",
        audience="congvu",
        client=httpx.AsyncClient(transport=httpx.MockTransport(issuer.respond)),
        tokens_max=2,
    )
    headers = [token(sub=f"u{number}") for number in range(3)]
    first, second, third = [await verified.actor(each) for each in headers]

    assert await verified.actor(headers[2]) is third
    assert await verified.actor(headers[1]) is second
    assert await verified.actor(headers[0]) is not first


async def test_a_token_that_just_ran_out_is_forgiven_five_seconds() -> None:
    at = [float(int(time.time()))]
    header = token(iat=int(at[0]), exp=int(at[0]) + 60)

    at[0] += 64
    assert (await tokens(Issuer(KEY), now=lambda: at[0]).actor(header)).subject == "u1"
    at[0] += 2
    with pytest.raises(Unauthenticated, match="ExpiredTokenError"):
        await tokens(Issuer(KEY), now=lambda: at[0]).actor(header)


async def test_a_token_seen_before_counts_until_it_ends() -> None:
    issuer, at = Issuer(KEY), [time.time()]
    verified = tokens(issuer, now=lambda: at[0])
    header = token(exp=int(at[0]) + 60)
    first = await verified.actor(header)

    at[0] += 30
    assert await verified.actor(header) is first
    at[0] += 60
    with pytest.raises(Unauthenticated, match="ExpiredTokenError"):
        await verified.actor(header)
