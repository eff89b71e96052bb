"""Where goes what cannot take effect: whole, with why, where from and when."""

from hashlib import sha256
from typing import Protocol

import structlog
from aiokafka.errors import MessageSizeTooLargeError
from aiokafka.structs import ConsumerRecord

from congvu_kit.adapters import metrics
from congvu_kit.adapters.cloudevents import Headers
from congvu_kit.domain.clock import Clock, SystemClock

REASON, ORIGIN, BURIED_AT = "congvu_reason", "congvu_origin", "congvu_buried_at"
"""Headers that a dead letter has besides its own: why, topic/partition/offset, and when."""

CUT = "congvu_cut"
"""Bytes and SHA-256 of a body that the broker refused for its size; it still lies at its origin."""

ADDED = frozenset({REASON, ORIGIN, BURIED_AT, CUT})

LETTER_MAX_BYTES = 16_000_000
"""Of a dead letter: whatever came in by a topic that takes more than ours do must fit."""

TOPIC_SETTINGS = {
    "retention.ms": "-1",
    "retention.bytes": "-1",
    "cleanup.policy": "delete",
    "max.message.bytes": str(LETTER_MAX_BYTES),
}
"""Dead letters wait until somebody has looked at them, however long and however many."""

log = structlog.get_logger(__name__)


class Broker(Protocol):
    """Who takes the letters."""

    async def publish_raw(
        self, topic: str, key: bytes | None, value: bytes | None, headers: Headers
    ) -> None: ...


class DeadLetters:
    """Of one service."""

    def __init__(self, broker: Broker, topic: str, clock: Clock | None = None) -> None:
        self._broker = broker
        self._topic = topic
        self._clock = clock or SystemClock()

    async def bury(self, record: "ConsumerRecord[bytes, bytes]", reason: str) -> None:
        """Return once the broker has it; raise `KafkaError` while it takes none."""
        log.error("dead_letter", topic=record.topic, offset=record.offset, reason=reason)
        added = {
            REASON: reason,
            ORIGIN: f"{record.topic}/{record.partition}/{record.offset}",
            BURIED_AT: self._clock.now().isoformat(timespec="milliseconds"),
        }
        headers = [*record.headers, *((name, text.encode()) for name, text in added.items())]
        key, value = record.key, record.value
        if key is None and value is None:
            key = b""  # The driver sends no record that has neither.
        try:
            await self._broker.publish_raw(self._topic, key, value, headers)
        except MessageSizeTooLargeError:
            cut = f"{len(value or b'')} {sha256(value or b'').hexdigest()}".encode()
            await self._broker.publish_raw(self._topic, key or b"", None, [*headers, (CUT, cut)])
        metrics.DEAD_LETTERS.labels(record.topic).inc()
