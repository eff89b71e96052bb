"""The first lock on every call: the gateway's signature. The second is the token (`tokens`).

The signature (RFC 9421, HMAC-SHA-256) covers method, target, body, token, request id and how long
the gateway waits, with a time and a nonce: nobody reaches a service around the gateway, and nothing
can be replayed.
"""

import base64
import hashlib
import hmac
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping

from congvu_kit.domain.errors import RateLimited, Unauthenticated

COMPONENTS = (
    "@method",
    "@target-uri",
    "content-digest",
    "authorization",
    "x-request-id",
    "x-deadline-ms",
)
MAX_AGE_S, MAX_AHEAD_S = 30, 5
"""How old a signature may be, and how far the gateway's clock may run ahead."""
NONCES_MAX = 200_000
"""Remembered nonces, about 5,700 calls a second and process; more are refused, never forgotten."""

_INPUT = re.compile(
    r'gw=\((?P<components>[^)]*)\);created=(?P<created>\d{1,12});nonce="(?P<nonce>[0-9a-f]{32})"'
    r';keyid="gateway";alg="hmac-sha256"'
)


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
    label. What is absent counts as the empty string."""
    values = {
        "@method": method.upper(),
        "@target-uri": target_uri,
        "content-digest": headers.get("content-digest", ""),
        "authorization": headers.get("authorization", ""),
        "x-request-id": headers.get("x-request-id", ""),
        "x-deadline-ms": headers.get("x-deadline-ms", ""),
    }
    lines = [f'"{name}": {values[name]}' for name in COMPONENTS]
    base = "\n".join([*lines, f'"@signature-params": {parameters}'])
    return base64.b64encode(hmac.digest(secret, base.encode(), "sha256")).decode()


def _refused(reason: str) -> Unauthenticated:
    return Unauthenticated(
        en=f"calls go through the gateway: {reason}",
        vi="chỉ nhận yêu cầu đi qua cổng (gateway) của nền tảng",
    )
