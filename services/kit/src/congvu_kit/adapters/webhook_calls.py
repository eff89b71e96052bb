"""One call of a webhook's receiver, signed as Standard Webhooks has it."""

import asyncio
import base64
import hashlib
import hmac
import json
import ssl
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic

import httpcore

from congvu_kit.adapters.webhook_addresses import AddressRefused, GuardedBackend, Reach
from congvu_kit.domain.feeds import FeedChange
from congvu_kit.domain.webhooks import SECRET_PREFIX, DeliveryFailure, Outcome

CONNECT_S = 5.0
CALL_S = 15.0
"""All of one call, as the standard advises; one that answers byte by byte has no more."""

ANSWER_MAX_BYTES = 4096
"""Read so that the connection may be used again; nothing of it is kept."""

CONNECTIONS_MAX = 100
CONNECTIONS_IDLE_S = 30.0
GONE = 410


def body_of(change: FeedChange, cursor: str) -> bytes:
    """`cursor` is where this change stands in the feed."""
    told = {
        "type": change.event_type,
        "timestamp": change.at.isoformat().replace("+00:00", "Z"),
        "province": change.province,
        "cursor": cursor,
        "data": change.payload,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def signed(message_id: str, at: datetime, body: bytes, secrets: Sequence[str]) -> dict[str, str]:
    """The standard's three headers; a signature for each secret."""
    second = str(int(at.timestamp()))
    content = b".".join((message_id.encode(), second.encode(), body))
    signatures = [
        hmac.new(base64.b64decode(each.removeprefix(SECRET_PREFIX)), content, hashlib.sha256)
        for each in secrets
    ]
    written = [base64.b64encode(each.digest()).decode() for each in signatures]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": second,
        "webhook-signature": " ".join(f"v1,{each}" for each in written),
    }


class WebhookCaller:
    """Calls receivers: no redirects, no proxies, no cookies, and nobody outside its reach."""

    def __init__(
        self, reach: Reach, backend: GuardedBackend | None = None, call_s: float = CALL_S
    ) -> None:
        self._reach, self._call_s = reach, call_s
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl.create_default_context(),
            max_connections=CONNECTIONS_MAX,
            keepalive_expiry=CONNECTIONS_IDLE_S,
            network_backend=backend or GuardedBackend(reach),
        )

    def require_allowed(self, url: str, field: str) -> None:
        self._reach.require_allowed(url, field)

    async def close(self) -> None:
        await self._pool.aclose()

    async def call(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """How it went; raises nothing that a receiver can cause."""
        begun = monotonic()
        failure, status, retry_after = None, None, None
        try:
            async with asyncio.timeout(self._call_s):
                status, retry_after = await self._post(url, headers, body)
            failure = _failure_of(status)
        except AddressRefused:
            failure = DeliveryFailure.ADDRESS_REFUSED
        except (TimeoutError, httpcore.TimeoutException):
            failure = DeliveryFailure.TIME_LIMIT
        except (
            httpcore.NetworkError,
            httpcore.ProtocolError,
            httpcore.UnsupportedProtocol,
            OSError,
            ValueError,
        ):
            failure = DeliveryFailure.NOT_REACHED
        took_ms = round((monotonic() - begun) * 1000)
        return Outcome(failure=failure, status=status, took_ms=took_ms, retry_after=retry_after)

    async def _post(
        self, url: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, timedelta | None]:
        limits = {"connect": CONNECT_S, "read": CALL_S, "write": CALL_S, "pool": CALL_S}
        sent = {"content-type": "application/json", "user-agent": "congvu-webhooks/1", **headers}
        asked = self._pool.stream(
            "POST", url, headers=list(sent.items()), content=body, extensions={"timeout": limits}
        )
        async with asked as answer:
            size = 0
            async for chunk in answer.aiter_stream():
                size += len(chunk)
                if size > ANSWER_MAX_BYTES:
                    break
            return answer.status, _retry_after(dict(answer.headers))


def _failure_of(status: int) -> DeliveryFailure | None:
    if 200 <= status < 300:  # noqa: PLR2004 # what HTTP calls success
        return None
    if 300 <= status < 400:  # noqa: PLR2004 # and a redirect
        return DeliveryFailure.REDIRECT
    return DeliveryFailure.GONE if status == GONE else DeliveryFailure.STATUS


def _retry_after(headers: Mapping[bytes, bytes]) -> timedelta | None:
    """Seconds or a date (RFC 9110, section 10.2.3); what is neither says nothing."""
    said = {name.lower(): value for name, value in headers.items()}.get(b"retry-after", b"")
    text = said.decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), 10**7))
    try:
        return max(parsedate_to_datetime(text) - datetime.now(UTC), timedelta())
    except (TypeError, ValueError):
        return None
