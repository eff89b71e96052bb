"""Two locks on every call: the gateway's signature, then the caller's own token.

The signature (RFC 9421, HMAC-SHA-256) covers method, target, body, token and request id, with a
time and a nonce: nobody reaches a service around the gateway, and nothing can be replayed. The
token is verified here again, so that even a leaked gateway secret cannot make somebody up.
"""

import base64
import hashlib
import hmac
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress

import httpx
import structlog
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from congvu_kit.domain.actor import ANONYMOUS, Actor
from congvu_kit.domain.errors import RateLimited, Unauthenticated, Unavailable

COMPONENTS = ("@method", "@target-uri", "content-digest", "authorization", "x-request-id")
MAX_AGE_S, MAX_AHEAD_S = 30, 5
"""How old a signature may be, and how far the gateway's clock may run ahead."""
NONCES_MAX = 200_000
"""Remembered nonces, about 5,700 calls a second and process; more are refused, never forgotten."""

ALGORITHMS = ["RS256", "ES256"]
JWKS_MAX_AGE_S = 3600.0
JWKS_RETRY_S = 10.0
"""An unknown key id makes us fetch the keys again, but not more often than this."""
TOKENS_MAX = 4096

_INPUT = re.compile(
    r'gw=\((?P<components>[^)]*)\);created=(?P<created>\d{1,12});nonce="(?P<nonce>[0-9a-f]{32})"'
    r';keyid="gateway";alg="hmac-sha256"'
)

log = structlog.get_logger(__name__)


class GatewaySignature:
    """Verifies what the gateway signed; keeps the nonces seen, per process."""

    def __init__(
        self,
        secret: str,
        target_uri: str,
        *,
        now: Callable[[], float] = time.time,
        nonces_max: int = NONCES_MAX,
    ) -> None:
        self._secret = secret.encode()
        self._target_uri = target_uri
        self._now = now
        self._nonces: OrderedDict[str, float] = OrderedDict()
        self._nonces_max = nonces_max

    def verify(self, method: str, headers: Mapping[str, str], body: bytes) -> None:
        """Raise `Unauthenticated` unless the gateway made exactly this call, now, for the first
        time."""
        match = _INPUT.fullmatch(headers.get("signature-input", ""))
        signature = re.fullmatch(r"gw=:([A-Za-z0-9+/=]+):", headers.get("signature", ""))
        if match is None or signature is None:
            raise _refused("the gateway's signature is missing or malformed")
        if match["components"] != " ".join(f'"{name}"' for name in COMPONENTS):
            raise _refused("the signature covers other parts")
        digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
        if headers.get("content-digest") != f"sha-256=:{digest}:":
            raise _refused("the body is not what was signed")
        parameters = headers["signature-input"].removeprefix("gw=")
        expected = sign(self._secret, method, self._target_uri, headers, parameters)
        if not hmac.compare_digest(expected, signature[1]):
            raise _refused("the gateway's signature is wrong")
        self._check_time(int(match["created"]))
        self._check_nonce(match["nonce"])

    def _check_time(self, created: int) -> None:
        age_s = self._now() - created
        if age_s > MAX_AGE_S or age_s < -MAX_AHEAD_S:
            raise _refused("the signature is too old or from the future")

    def _check_nonce(self, nonce: str) -> None:
        now = self._now()
        while self._nonces and next(iter(self._nonces.values())) < now - MAX_AGE_S - MAX_AHEAD_S:
            self._nonces.popitem(last=False)
        if nonce in self._nonces:
            raise _refused("the nonce was used before")
        if len(self._nonces) >= self._nonces_max:
            raise RateLimited(
                en="more calls than this process can tell apart", vi="quá nhiều yêu cầu cùng lúc"
            )
        self._nonces[nonce] = now


def sign(
    secret: bytes, method: str, target_uri: str, headers: Mapping[str, str], parameters: str
) -> str:
    """The base64 signature over `COMPONENTS`; `parameters` is the signature input without its
    label. An absent authorization counts as the empty string."""
    values = {
        "@method": method.upper(),
        "@target-uri": target_uri,
        "content-digest": headers.get("content-digest", ""),
        "authorization": headers.get("authorization", ""),
        "x-request-id": headers.get("x-request-id", ""),
    }
    lines = [f'"{name}": {values[name]}' for name in COMPONENTS]
    base = "\n".join([*lines, f'"@signature-params": {parameters}'])
    return base64.b64encode(hmac.digest(secret, base.encode(), "sha256")).decode()


def _refused(reason: str) -> Unauthenticated:
    return Unauthenticated(
        en=f"calls go through the gateway: {reason}",
        vi="chỉ nhận yêu cầu đi qua cổng (gateway) của nền tảng",
    )


class Tokens:
    """Turns bearer tokens into actors. Keys come from the JWKS address, are kept for an hour,
    and are fetched again when a token names a key not seen before (rotation)."""

    def __init__(
        self,
        jwks_url: str,
        *,
        issuer: str,
        audience: str,
        client: httpx.AsyncClient,
        now: Callable[[], float] = time.time,
        tokens_max: int = TOKENS_MAX,
    ) -> None:
        self._jwks_url = jwks_url
        self._client = client
        self._now = now
        self._tokens_max = tokens_max
        self._keys = KeySet([])
        self._fetched_at = 0.0
        self._tried_at = 0.0
        self._seen: OrderedDict[str, tuple[Actor, float]] = OrderedDict()
        self._claims = jwt.JWTClaimsRegistry(
            now=lambda: int(self._now()),
            leeway=5,
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
        )

    async def actor(self, authorization: str | None) -> Actor:
        """No header is `ANONYMOUS`; raise `Unauthenticated` for a token that is not good."""
        if not authorization:
            return ANONYMOUS
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise _bad_token("the authorization header is not a bearer token")
        digest = hashlib.sha256(token.encode()).hexdigest()
        known = self._seen.get(digest)
        if known is not None and known[1] > self._now():
            return known[0]
        claims = await self._verified(token)
        actor = actor_of(claims)
        self._seen[digest] = (actor, min(_seconds(claims["exp"]), self._now() + JWKS_MAX_AGE_S))
        if len(self._seen) > self._tokens_max:
            self._seen.popitem(last=False)
        return actor

    async def _verified(self, token: str) -> dict[str, object]:
        if self._now() - self._fetched_at > JWKS_MAX_AGE_S:
            await self._fetch()
        with suppress(JoseError, ValueError):
            return self._decode(token)
        await self._fetch()
        try:
            return self._decode(token)
        except (JoseError, ValueError) as exception:
            raise _bad_token(f"the token is not valid ({type(exception).__name__})") from None

    def _decode(self, token: str) -> dict[str, object]:
        decoded = jwt.decode(token, self._keys, algorithms=ALGORITHMS)
        self._claims.validate(decoded.claims)
        return decoded.claims

    async def _fetch(self) -> None:
        """Takes the keys there are now; at most one try per `JWKS_RETRY_S`."""
        if self._now() - self._tried_at < JWKS_RETRY_S:
            return
        self._tried_at = self._now()
        try:
            response = await self._client.get(self._jwks_url, timeout=5.0)
            response.raise_for_status()
            self._keys = KeySet.import_key_set(response.json())
        except (httpx.HTTPError, ValueError, JoseError) as exception:
            log.warning("jwks_unreachable", url=self._jwks_url, error=repr(exception))
            if not self._keys.keys:
                self._tried_at = 0.0
                raise Unavailable(
                    en="tokens cannot be verified now", vi="tạm thời chưa xác minh được token"
                ) from exception
        else:
            self._fetched_at = self._now()


def _seconds(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _bad_token(reason: str) -> Unauthenticated:
    return Unauthenticated(en=reason, vi="token không hợp lệ hoặc đã hết hạn")


def actor_of(claims: Mapping[str, object]) -> Actor:
    """Raise `Unauthenticated` when a claim is not of the promised shape."""
    roles = claims.get("roles", [])
    if not isinstance(roles, list) or not all(isinstance(role, str) for role in roles):
        raise _bad_token("the claim roles is not a list of strings")
    named = {name: claims.get(name) for name in ("sub", "province", "unit", "officer")}
    for name, value in named.items():
        if value is not None and not isinstance(value, str):
            raise _bad_token(f"the claim {name} is not a string")
    return Actor(
        subject=_text(named["sub"]),
        roles=frozenset(roles),
        scopes=frozenset(str(claims.get("scope", "")).split()),
        province=_text(named["province"]),
        unit=_text(named["unit"]),
        officer=_text(named["officer"]),
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
