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
from collections.abc import Callable, Mapping, Sequence

import structlog

from congvu_kit.adapters import metrics
from congvu_kit.domain.errors import RateLimited, Unauthenticated

COMPONENTS = (
    "@method",
    "@target-uri",
    "content-digest",
    "authorization",
    "x-request-id",
    "x-deadline-ms",
)
SKEW_MAX_S = 60
"""How far the clocks of gateway and service may be apart, either way."""
WAY_MAX_S = 5
"""How long a call may be on its way besides."""
TELL_FROM_S = 5.0
"""A difference above this is logged, once in `TELL_EVERY_S`."""
TELL_EVERY_S = 60.0
NONCES_MAX = 400_000
"""Remembered nonces, about 6,000 calls a second and process; more are refused, never forgotten."""

log = structlog.get_logger(__name__)


class ClocksApart(Unauthenticated):
    """The gateway's own call, at another time than it is here: another replica may take it."""


_INPUT = re.compile(
    r'gw=\((?P<components>[^)]*)\);created=(?P<created>\d{1,12});nonce="(?P<nonce>[0-9a-f]{32})"'
    r';keyid="gateway";alg="hmac-sha256"'
)


class GatewaySignature:
    """Verifies what the gateway signed; keeps the nonces seen, per process. `secrets` gives those
    that count now: the first is the one to sign with, others are before or after it."""

    def __init__(
        self,
        secrets: Callable[[], Sequence[str]],
        target_uri: str,
        *,
        now: Callable[[], float] = time.time,
        nonces_max: int = NONCES_MAX,
    ) -> None:
        self._secrets = secrets
        self._target_uri = target_uri
        self._now = now
        self._nonces = _Nonces(nonces_max)
        self._told_at = float("-inf")

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
        self._require_signed(signature[1], method, headers, parameters)
        created, now = int(match["created"]), self._now()
        self._check_time(created, now)
        self._nonces.take(match["nonce"], until=created + SKEW_MAX_S + WAY_MAX_S, now=now)

    def _require_signed(
        self, signature: str, method: str, headers: Mapping[str, str], parameters: str
    ) -> None:
        for place, secret in enumerate(self._secrets()):
            expected = sign(secret.encode(), method, self._target_uri, headers, parameters)
            if hmac.compare_digest(expected, signature):
                metrics.GATEWAY_CALLS_OTHER_SECRET.inc(place > 0)
                return
        raise _refused("the gateway's signature is wrong")

    def _check_time(self, created: int, now: float) -> None:
        ahead_s = created - now
        self._tell(ahead_s)
        if ahead_s > SKEW_MAX_S:
            raise _refused(
                f"it was signed {ahead_s:.0f} s ahead of this service's clock, and the clocks may "
                f"be {SKEW_MAX_S} s apart",
                ClocksApart,
            )
        if -ahead_s > SKEW_MAX_S + WAY_MAX_S:
            raise _refused(
                f"it was signed {-ahead_s:.0f} s ago, and the clocks may be {SKEW_MAX_S} s apart",
                ClocksApart,
            )

    def _tell(self, ahead_s: float) -> None:
        metrics.GATEWAY_SKEW.set(ahead_s)
        if abs(ahead_s) > TELL_FROM_S and time.monotonic() - self._told_at > TELL_EVERY_S:
            self._told_at = time.monotonic()
            log.warning("gateway_clock_differs", skew_s=round(ahead_s, 1), most_s=SKEW_MAX_S)


class _Nonces:
    """Each is remembered until its signature holds no more."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._by_end: dict[int, set[bytes]] = {}
        self._count = 0
        self._looked_at = 0

    def take(self, nonce: str, *, until: int, now: float) -> None:
        """A signature that comes again names the same time, so that one set is looked into."""
        self._forget(int(now))
        seen, short = self._by_end.setdefault(until, set()), bytes.fromhex(nonce)
        if short in seen:
            raise _refused("the nonce was used before")
        if self._count >= self._most:
            raise RateLimited(
                en="more calls than this process can tell apart",
                vi="Hệ thống đang nhận quá nhiều yêu cầu. Vui lòng thử lại sau ít phút.",
            )
        seen.add(short)
        self._count += 1

    def _forget(self, now: int) -> None:
        if now == self._looked_at:
            return
        self._looked_at = now
        for end in [end for end in self._by_end if end < now]:
            self._count -= len(self._by_end.pop(end))


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


def _refused(reason: str, kind: type[Unauthenticated] = Unauthenticated) -> Unauthenticated:
    return kind(
        en=f"calls go through the gateway: {reason}",
        vi="Chỉ nhận yêu cầu gửi qua cổng kết nối của nền tảng.",
    )
