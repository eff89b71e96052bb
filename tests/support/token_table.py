"""Tokens of every kind, once: gateway and services accept and refuse the same ones."""

import base64
import hmac
import json
import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from joserfc import jws
from joserfc.errors import SecurityWarning
from joserfc.jwk import ECKey, RSAKey

ISSUER, AUDIENCE = "https://issuer.test", "congvu-test"

RSA = RSAKey.generate_key(2048, {"kid": "rsa"})
EC = ECKey.generate_key("P-256", {"kid": "ec"})
STRANGER = RSAKey.generate_key(2048, {"kid": "rsa"})
with warnings.catch_warnings():
    warnings.simplefilter("ignore", SecurityWarning)
    SHORT = RSAKey.generate_key(1024, {"kid": "short"})
ENCRYPTING = RSAKey.generate_key(2048, {"kid": "encrypting"})

MISSING = object()


def published() -> list[dict[str, Any]]:
    """What the issuer's JWKS address lists, odd neighbours and all."""
    keys: list[tuple[RSAKey | ECKey, dict[str, str]]] = [
        (RSA, {"alg": "RS256", "use": "sig"}),
        (EC, {"use": "sig"}),
        (SHORT, {}),
    ]
    own = [{**key.as_dict(private=False), **more} for key, more in keys]
    odd = {**ENCRYPTING.as_dict(private=False), "use": "enc"}
    return [{"kty": "OKP", "crv": "Ed25519", "kid": "okp", "x": "AA"}, {"kty": "RSA"}, odd, *own]


@dataclass(frozen=True)
class Row:
    """Changes to a good token; `MISSING` leaves a member out, `made` writes the whole text."""

    is_good: bool
    claims: Mapping[str, object] = field(default_factory=dict)
    header: Mapping[str, object] = field(default_factory=dict)
    key: RSAKey | ECKey = field(default_factory=lambda: RSA)
    made: Callable[[], str] | None = None

    def token(self) -> str:
        return self.made() if self.made else signed(self.claims, self.header, self.key)


def signed(
    claims: Mapping[str, object],
    header: Mapping[str, object],
    key: RSAKey | ECKey = RSA,
    payload: bytes | None = None,
) -> str:
    now = int(time.time())
    good = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "ann",
        "iat": now,
        "exp": now + 600,
        "roles": ["officer"],
    }
    # Some values depend on the time at which the test runs.
    every = good | {
        name: value(now) if callable(value) else value for name, value in claims.items()
    }
    alg = "ES256" if isinstance(key, ECKey) else "RS256"
    head = {"alg": alg, "kid": key.kid, "typ": "at+jwt", **header}
    kept, shown = (
        {name: value for name, value in each.items() if value is not MISSING}
        for each in (every, head)
    )
    body = payload if payload is not None else json.dumps(kept).encode()
    joined = b".".join(map(_encoded, (json.dumps(shown).encode(), body)))
    return f"{joined.decode()}.{_encoded(_signature(joined, key, alg)).decode()}"


def _encoded(part: bytes) -> bytes:
    return base64.urlsafe_b64encode(part).rstrip(b"=")


def _signature(text: bytes, key: RSAKey | ECKey, alg: str) -> bytes:
    made: bytes = jws.JWSRegistry.algorithms[alg].sign(text, key)
    return made


def _unsigned() -> str:
    head = _encoded(b'{"alg":"none","kid":"rsa","typ":"at+jwt"}').decode()
    return f"{head}.{signed({}, {}).split('.')[1]}."


def _confused() -> str:
    """HS256 with the public key as the secret, which a careless check accepts."""
    head = _encoded(b'{"alg":"HS256","kid":"rsa","typ":"at+jwt"}').decode()
    text = f"{head}.{signed({}, {}).split('.')[1]}".encode()
    mac = hmac.digest(RSA.as_pem(private=False), text, "sha256")
    return (text + b"." + _encoded(mac)).decode()


def _edited() -> str:
    head, claims, signature = signed({}, {}).split(".")
    told = json.loads(base64.urlsafe_b64decode(claims + "=="))
    forged = _encoded(json.dumps({**told, "roles": ["auditor"]}).encode()).decode()
    return f"{head}.{forged}.{signature}"


def _written_otherwise() -> str:
    """The same signature with other unused bits at its end."""
    head, claims, signature = signed({}, {}).split(".")
    # pragma: allowlist nextline secret
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return f"{head}.{claims}.{signature[:-1]}{letters[letters.index(signature[-1]) ^ 1]}"


def _payload(text: str | bytes) -> Callable[[], str]:
    body = text if isinstance(text, bytes) else text.encode()
    return lambda: signed({}, {}, RSA, body)


def _with(member: str) -> Callable[[], str]:
    """A good token whose JSON has one more member, as it is written."""

    def made() -> str:
        now = int(time.time())
        good = f'{{"iss":"{ISSUER}","aud":"{AUDIENCE}","sub":"ann","iat":{now},"exp":{now + 60},'
        return signed({}, {}, RSA, f"{good}{member}}}".encode())

    return made


def _ahead(seconds: float) -> Callable[[int], float]:
    return lambda now: now + seconds


GOOD = {
    "plain": Row(True),
    "signed with a curve": Row(True, key=EC),
    "the whole type": Row(True, header={"typ": "application/AT+JWT"}),
    "for several": Row(True, claims={"aud": ["elsewhere", AUDIENCE]}),
    "a clock 20 s ahead": Row(True, claims={"iat": _ahead(20), "nbf": _ahead(20)}),
    "just run out": Row(True, claims={"iat": _ahead(-600), "exp": _ahead(-10)}),
    "times with fractions": Row(True, claims={"iat": _ahead(-0.5), "exp": _ahead(60.25)}),
    "no roles": Row(True, claims={"roles": MISSING}),
    "roles null": Row(True, claims={"roles": None}),
    "a place": Row(True, claims={"province": "56", "unit": "unit_1", "officer": "cs_1"}),
    "no place": Row(True, claims={"province": None, "unit": "", "officer": MISSING}),
    "a scope": Row(True, claims={"scope": "catalogue:read x"}),
    "Keycloak's": Row(True, claims={"typ": "Bearer", "azp": "hrm", "realm_access": {"roles": []}}),
    "Cognito's": Row(True, claims={"token_use": "access"}),
    "one day": Row(True, claims={"exp": _ahead(24 * 3600)}),
}
BAD = {
    # The thirteen of the acceptance table, the last of which is no token but a WebSocket.
    "alg none": Row(False, made=_unsigned),
    "HS256 with the public key": Row(False, made=_confused),
    "unknown kid": Row(False, header={"kid": "nobody"}),
    "path kid": Row(False, header={"kid": "../../../../dev/null"}),
    "SQL kid": Row(False, header={"kid": "rsa' OR '1'='1"}),
    "jku": Row(False, header={"jku": "http://127.0.0.1:9/keys"}, key=STRANGER),
    "x5u": Row(False, header={"x5u": "http://127.0.0.1:9/cert"}, key=STRANGER),
    "wrong aud": Row(False, claims={"aud": "elsewhere"}),
    "no aud": Row(False, claims={"aud": MISSING}),
    "wrong iss": Row(False, claims={"iss": "https://elsewhere.test"}),
    "expired": Row(False, claims={"iat": _ahead(-600), "exp": _ahead(-61)}),
    "no exp": Row(False, claims={"exp": MISSING}),
    "nbf in 10 minutes": Row(False, claims={"nbf": _ahead(600)}),
    "refresh token by header": Row(False, header={"typ": "rt+jwt"}),
    "refresh token by claim": Row(False, claims={"typ": "Refresh"}),
    "refresh token by use": Row(False, claims={"token_use": "refresh"}),
    "edited payload": Row(False, made=_edited),
    # And every other way in which two readings could part.
    "a stranger's key": Row(False, key=STRANGER),
    "a key too short": Row(False, key=SHORT),
    "a key that is not for signing": Row(False, key=ENCRYPTING),
    "another algorithm than the key's": Row(False, header={"alg": "ES256"}),
    "alg in a list": Row(False, header={"alg": ["RS256"]}),
    "no alg": Row(False, header={"alg": MISSING}),
    "no kid": Row(False, header={"kid": MISSING}),
    "kid as number": Row(False, header={"kid": 1}),
    "own jwk": Row(False, header={"jwk": RSA.as_dict(private=False)}),
    "crit": Row(False, header={"crit": ["exp"]}),
    "no typ": Row(False, header={"typ": MISSING}),
    "typ JWT": Row(False, header={"typ": "JWT"}),
    "typ as list": Row(False, header={"typ": ["at+jwt"]}),
    "typ with a space": Row(False, header={"typ": "at+jwt "}),
    "identity token": Row(False, claims={"nonce": "n"}),
    "identity token with a hash": Row(False, claims={"at_hash": "h"}),
    "identity token of Keycloak": Row(False, claims={"typ": "ID"}),
    "claim typ in a list": Row(False, claims={"typ": ["Bearer"]}),
    "log-out token": Row(False, claims={"events": {}}),
    "signature written otherwise": Row(False, made=_written_otherwise),
    "no sub": Row(False, claims={"sub": MISSING}),
    "empty sub": Row(False, claims={"sub": ""}),
    "blank sub": Row(False, claims={"sub": " "}),
    "sub with a blank": Row(False, claims={"sub": "CD-0001 "}),
    "sub with a hard blank": Row(False, claims={"sub": "CD\u00a00001"}),
    "sub in wide letters": Row(False, claims={"sub": "ＣＤ-0001"}),
    "sub with nothing in it": Row(False, claims={"sub": "CD-0001\u200b"}),
    "sub as number": Row(False, claims={"sub": 7}),
    "sub with a line": Row(False, claims={"sub": "ann\n"}),
    "endless sub": Row(False, claims={"sub": "a" * 201}),
    "no iat": Row(False, claims={"iat": MISSING}),
    "iat ahead": Row(False, claims={"iat": _ahead(120)}),
    "iat as text": Row(False, claims={"iat": "1"}),
    "iat true": Row(False, claims={"iat": True}),
    "exp as text": Row(False, claims={"exp": "99999999999"}),
    "exp far away": Row(False, claims={"exp": _ahead(24 * 3600 + 1)}),
    "exp in the year 9999": Row(False, claims={"exp": 253402300799}),
    "exp before iat": Row(False, claims={"exp": _ahead(-1)}),
    "exp infinite": Row(False, made=_with('"exp":Infinity')),
    "exp beyond numbers": Row(False, made=_with('"exp":1e999')),
    "exp of 500 digits": Row(False, made=_with(f'"exp":{"9" * 500}')),
    "exp NaN": Row(False, made=_with('"exp":NaN')),
    "nbf null": Row(False, claims={"nbf": None}),
    "nbf as text": Row(False, claims={"nbf": "0"}),
    "nbf of 500 digits": Row(False, made=_with(f'"nbf":-{"9" * 500}')),
    "aud of numbers": Row(False, claims={"aud": [AUDIENCE, 1]}),
    "aud in an object": Row(False, claims={"aud": {"a": AUDIENCE}}),
    "empty aud": Row(False, claims={"aud": []}),
    "iss in a list": Row(False, claims={"iss": [ISSUER]}),
    "roles as text": Row(False, claims={"roles": "officer"}),
    "roles with a number": Row(False, claims={"roles": ["officer", 1]}),
    "roles in an object": Row(False, claims={"roles": {"officer": True}}),
    "scope in a list": Row(False, claims={"scope": ["a"]}),
    "scope zero": Row(False, claims={"scope": 0}),
    "scope false": Row(False, claims={"scope": False}),
    "province as number": Row(False, claims={"province": 56}),
    "province zero": Row(False, claims={"province": 0}),
    "province false": Row(False, claims={"province": False}),
    "province in Arabic digits": Row(False, claims={"province": "٥٦"}),
    "unit in a list": Row(False, claims={"unit": ["unit_1"]}),
    "officer in an object": Row(False, claims={"officer": {"id": "cs_1"}}),
    "officer with a space": Row(False, claims={"officer": "cs_1 "}),
    "claims in a list": Row(False, made=_payload("[]")),
    "claims null": Row(False, made=_payload("null")),
    "claims no JSON": Row(False, made=_payload("{,}")),
    "claims with a mark": Row(False, made=_payload(b"\xef\xbb\xbf{}")),
    "claims no UTF-8": Row(False, made=_payload(b'{"sub":"\xff"}')),
    "claims in UTF-16": Row(False, made=_payload('{"sub":"ann"}'.encode("utf-16-le"))),
    "too long": Row(False, claims={"roles": ["r" * 8192]}),
    "two parts": Row(False, made=lambda: signed({}, {}).rpartition(".")[0]),
    "four parts": Row(False, made=lambda: signed({}, {}) + ".x"),
    "padded": Row(False, made=lambda: signed({}, {}) + "="),
    "three words": Row(False, made=lambda: "a.b.c"),
}
TABLE = GOOD | BAD
