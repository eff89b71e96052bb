"""Who a caller is: the verified bearer token of a request.

The gateway reads a token by the same rules in `services/gateway/src/token.mjs`: one table of tokens
is put before both (docs/decisions/0018). A rule that changes here changes there.
"""

import base64
import hashlib
import json
import math
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeGuard

import httpx
from joserfc import jws
from joserfc.errors import JoseError

from congvu_kit.adapters.issuer_keys import IssuerKeys
from congvu_kit.domain.actor import ANONYMOUS, Actor, is_subject
from congvu_kit.domain.errors import Unauthenticated

LEEWAY_S = 60
"""How far the issuer's clock may be from ours: as far as the gateway's, so that a token that it
lets in is not refused behind it."""
LIFETIME_MAX_S = 24 * 3600
"""From `iat` to `exp`: what is stolen is good for a day at most."""
CHARACTERS_MAX = 8192
TOKENS_MAX = 4096

ACCESS_TOKEN_TYPES = ("at+jwt",)
"""RFC 9068: what is no access token does not say that it is one."""

_BEARER = re.compile(r"[Bb][Ee][Aa][Rr][Ee][Rr] ([\w-]+)\.([\w-]+)\.([\w-]+)", re.ASCII)
_ALGORITHMS = ("RS256", "ES256")
_KEYS_OF_THE_CALLERS_OWN = frozenset({"jku", "jwk", "x5u", "x5c", "crit"})
_OTHER_TOKENS = frozenset({"nonce", "at_hash", "c_hash", "s_hash", "events"})
"""Claims of identity tokens and of log-outs."""


class Tokens:
    """Turns bearer tokens into actors; remembers the last ones while the issuer's keys stay."""

    def __init__(
        self,
        jwks_url: str,
        *,
        issuer: str,
        audience: str,
        client: httpx.AsyncClient,
        types: Sequence[str] = ACCESS_TOKEN_TYPES,
        now: Callable[[], float] = time.time,
        passed: Callable[[], float] = time.monotonic,
        tokens_max: int = TOKENS_MAX,
    ) -> None:
        self._issuer, self._audience, self._types = issuer, audience, types
        self._now = now
        self._tokens_max = tokens_max
        self._keys = IssuerKeys(jwks_url, client=client, now=passed)
        self._seen: OrderedDict[str, tuple[Actor, float, int]] = OrderedDict()

    async def actor(self, authorization: str | None) -> Actor:
        """No header is `ANONYMOUS`; raise `Unauthenticated` for a token that is not good."""
        if authorization is None:
            return ANONYMOUS
        digest = hashlib.sha256(authorization.encode()).hexdigest()
        if (seen := self._seen.get(digest)) is not None:
            await self._keys.renew()
            actor, end, version = seen
            if end > self._now() and version == self._keys.version:
                return actor
        claims = await self._verified(authorization)
        actor, end = _actor_of(claims), claims["exp"] + LEEWAY_S
        self._seen[digest] = (actor, end, self._keys.version)
        if len(self._seen) > self._tokens_max:
            self._seen.popitem(last=False)
        return actor

    async def _verified(self, authorization: str) -> Mapping[str, Any]:
        bearer = _BEARER.fullmatch(authorization)
        if bearer is None or len(authorization) > CHARACTERS_MAX:
            raise _refused("the authorization header is not a bearer token")
        parts = bearer.groups()
        try:
            decoded = [_decoded(part) for part in parts]
            header, claims = _object(decoded[0]), _object(decoded[1])
        except (ValueError, RecursionError):
            raise _refused("the token is not a signed JWT") from None
        self._require_access_token(header, claims)
        known = await self._keys.find(header["kid"])
        if known is None or known[0] != header["alg"]:
            raise _refused("the token's key is not the issuer's")
        try:
            jws.deserialize_compact(".".join(parts), known[1], algorithms=[known[0]])
        except (JoseError, ValueError):
            raise _refused("the token's signature is wrong") from None
        self._require_claims(claims)
        return claims

    def _require_access_token(self, header: Mapping[str, Any], claims: Mapping[str, Any]) -> None:
        kind = header.get("typ")
        named = kind.lower().removeprefix("application/") if isinstance(kind, str) else None
        if named not in self._types:
            raise _refused("the token is no access token (typ)")
        if header.get("alg") not in _ALGORITHMS or not _is_name(header.get("kid")):
            raise _refused("the token names no algorithm or key that is accepted")
        if not _KEYS_OF_THE_CALLERS_OWN.isdisjoint(header):
            raise _refused("the token brings its own key")
        use = (claims.get("typ", "Bearer"), claims.get("token_use", "access"))
        if use != ("Bearer", "access") or not _OTHER_TOKENS.isdisjoint(claims):
            raise _refused("the token is no access token")

    def _require_claims(self, claims: Mapping[str, Any]) -> None:
        if claims.get("iss") != self._issuer:
            raise _refused("the token is of another issuer")
        audience = claims.get("aud")
        audiences = [audience] if isinstance(audience, str) else audience
        if not _is_texts(audiences) or self._audience not in audiences:
            raise _refused("the token is for another audience")
        begin, end = claims.get("iat"), claims.get("exp")
        not_before = claims.get("nbf", begin)
        if not (_is_time(begin) and _is_time(end) and _is_time(not_before)):
            raise _refused("the token does not say from when and until when (iat, exp, nbf)")
        now = self._now()
        if end + LEEWAY_S <= now:
            raise _refused("the token has expired")
        if max(begin, not_before) - LEEWAY_S > now:
            raise _refused("the token is not valid yet")
        if not 0 < end - begin <= LIFETIME_MAX_S:
            raise _refused("the token is valid for too long")
        if not _is_name(claims.get("sub")):
            raise _refused("the claim sub is not a name")
        _require_facts(claims)


def _require_facts(claims: Mapping[str, Any]) -> None:
    if claims.get("roles") is not None and not _is_texts(claims["roles"]):
        raise _refused("the claim roles is not a list of strings")
    if not isinstance(claims.get("scope"), str | None):
        raise _refused("the claim scope is not a string")
    for name in ("province", "unit", "officer"):
        if claims.get(name) not in (None, "") and not _is_name(claims[name]):
            raise _refused(f"the claim {name} is not a name")


def _decoded(part: str) -> bytes:
    """Raise `ValueError` unless this is how these bytes are written."""
    decoded = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    if base64.urlsafe_b64encode(decoded).rstrip(b"=").decode() != part:
        raise ValueError(part)
    return decoded


def _object(encoded: bytes) -> dict[str, Any]:
    found = json.loads(encoded.decode(), parse_constant=_no_number)
    if not isinstance(found, dict):
        raise ValueError("not an object")  # noqa: TRY004 - what was sent, not a type of ours
    return found


def _no_number(name: str) -> float:
    raise ValueError(name)


def _is_time(value: object) -> TypeGuard[float]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _is_name(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and is_subject(value)


def _is_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _refused(reason: str) -> Unauthenticated:
    return Unauthenticated(
        en=reason, vi="Mã truy cập không hợp lệ hoặc đã hết hạn. Vui lòng đăng nhập lại."
    )


def _actor_of(claims: Mapping[str, Any]) -> Actor:
    return Actor(
        subject=claims["sub"],
        roles=frozenset(claims.get("roles") or ()),
        scopes=frozenset((claims.get("scope") or "").split()),
        province=claims.get("province") or None,
        unit=claims.get("unit") or None,
        officer=claims.get("officer") or None,
    )
