"""The keys that the issuer of tokens publishes: fetched once for all who wait, dropped in minutes.

`services/gateway/src/keys.mjs` does the same with the same numbers (docs/decisions/0018).
"""

import asyncio
import base64
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import httpx
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from congvu_kit.adapters import metrics
from congvu_kit.domain.errors import Unavailable

MAX_AGE_S = 300.0
"""How long a key counts that the issuer may have withdrawn meanwhile."""
KEEP_S = 3600.0
"""How long keys count while the issuer does not answer."""
RETRY_S = 10.0
"""The issuer is asked no more often than this, whatever key ids callers make up."""
TIMEOUT_S = 3.0
RSA_BYTES_MIN = 256
_PUBLIC = frozenset({"kty", "n", "e", "crv", "x", "y"})

SigningKey: TypeAlias = RSAKey | ECKey

log = structlog.get_logger(__name__)


class IssuerKeys:
    """`version` changes with every set of keys that is another than the one before."""

    def __init__(self, url: str, *, client: httpx.AsyncClient, now: Callable[[], float]) -> None:
        self._url = url
        self._client = client
        self._now = now
        self._published: object = None
        self._keys: dict[str, tuple[str, SigningKey]] = {}
        self._fetched_at: float | None = None
        self._tried_at = float("-inf")
        self._flight: asyncio.Task[None] | None = None
        self.version = 0

    async def renew(self) -> None:
        """Ask again when the keys are old; raise `Unavailable` when there are none to judge by.

        An issuer that did not answer last time is asked again without making anybody wait.
        """
        age_s = self._age_s()
        if age_s > MAX_AGE_S:
            flight = self._fly()
            lost_before = self._fetched_at is not None and self._tried_at > self._fetched_at
            if flight is not None and (not lost_before or age_s > KEEP_S):
                await asyncio.shield(flight)
        if self._age_s() > KEEP_S:
            raise Unavailable(
                en="tokens cannot be verified now",
                vi="Tạm thời chưa xác minh được mã truy cập. Vui lòng thử lại sau ít phút.",
            )

    async def find(self, kid: str) -> tuple[str, SigningKey] | None:
        """The algorithm and key of an id; a new id is looked for where keys are published."""
        await self.renew()
        if kid not in self._keys and (flight := self._fly()) is not None:
            await asyncio.shield(flight)
        return self._keys.get(kid)

    def _age_s(self) -> float:
        return float("inf") if self._fetched_at is None else self._now() - self._fetched_at

    def _fly(self) -> asyncio.Task[None] | None:
        """The one request that everybody waits for; None within `RETRY_S` of the last one."""
        if self._flight is None:
            rested = self._now() - self._tried_at >= RETRY_S
            if not rested and self._age_s() <= KEEP_S:
                return None
            self._flight = asyncio.create_task(self._fetch())
            self._flight.add_done_callback(self._land)
        return self._flight

    def _land(self, _: asyncio.Task[None]) -> None:
        self._flight = None

    async def _fetch(self) -> None:
        self._tried_at = self._now()
        try:
            response = await self._client.get(self._url, timeout=TIMEOUT_S)
            response.raise_for_status()
            published = response.json()["keys"]
            keys = dict(filter(None, map(_usable, published)))
        except (httpx.HTTPError, ValueError, TypeError, KeyError) as exception:
            metrics.ISSUER_KEYS_FAILED.inc()
            log.warning("jwks_unreachable", url=self._url, error=type(exception).__name__)
            return
        self.version += published != self._published
        self._published, self._keys = published, keys
        self._fetched_at = self._tried_at


def _usable(published: Mapping[str, Any]) -> tuple[str, tuple[str, SigningKey]] | None:
    """Id, algorithm and key where it signs as we accept it; anything else may stand there too."""
    kid, use, operations = (published.get(name) for name in ("kid", "use", "key_ops"))
    if (
        not isinstance(kid, str)
        or use not in (None, "sig")
        or "verify" not in (operations or ["verify"])
    ):
        return None
    try:
        found = _key(published)
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    if found is None or published.get("alg") not in (None, found[0]):
        return None
    return kid, found


def _key(published: Mapping[str, Any]) -> tuple[str, SigningKey] | None:
    public = {
        name: published[name] for name in ("kty", "n", "e", "crv", "x", "y") if name in published
    }
    if public["kty"] == "RSA":
        modulus = base64.urlsafe_b64decode(public["n"] + "==")
        return ("RS256", RSAKey.import_key(public)) if len(modulus) >= RSA_BYTES_MIN else None
    if public["kty"] == "EC" and public["crv"] == "P-256":
        return "ES256", ECKey.import_key(public)
    return None
