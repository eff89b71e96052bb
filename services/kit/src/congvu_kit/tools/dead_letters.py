"""The dead letters of a service: looked at, sent back to where they came from, or let go.

Their topic is never purged, so what somebody decided about a letter is one more record behind it:
the letters that wait are those nobody decided about, and who let one go stays on record.
"""

import base64
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Self, TypeAlias

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError
from aiokafka.structs import ConsumerRecord

from congvu_kit.adapters.dead_letters import (
    ADDED,
    BURIED_AT,
    CUT,
    LETTER_MAX_BYTES,
    ORIGIN,
    REASON,
)
from congvu_kit.service.definition import dead_letters_of, topic_of
from congvu_kit.service.settings import KafkaSettings
from congvu_kit.tools.failure import Failure

DECISION, LETTER, BY, WHY, AT = (
    "congvu_decision",
    "congvu_letter",
    "congvu_by",
    "congvu_why",
    "congvu_at",
)
"""Headers of a decision: what, about which letter (partition/offset), whose, why and when."""

REDRIVEN, DROPPED, WAITING = "redriven", "dropped", "waiting"

Record: TypeAlias = "ConsumerRecord[bytes, bytes]"


@dataclass(frozen=True, kw_only=True)
class Decided:
    """`what` is `REDRIVEN` or `DROPPED`."""

    what: str
    by: str
    why: str
    at: str


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One record of the topic, and what was decided about it last."""

    record: Record
    decided: Decided | None = None

    @property
    def id(self) -> str:
        return f"{self.record.partition}/{self.record.offset}"

    @property
    def state(self) -> str:
        return self.decided.what if self.decided else WAITING

    def said(self, name: str) -> str:
        headers: dict[str, bytes | None] = dict(self.record.headers)
        return (headers.get(name) or b"-").decode(errors="replace")

    @property
    def origin_topic(self) -> str:
        return self.said(ORIGIN).partition("/")[0]

    def summary(self) -> dict[str, object]:
        return {
            "letter": self.id,
            "state": self.state,
            "origin": self.said(ORIGIN),
            "type": self.said("ce_type"),
            "event": self.said("ce_id"),
            "reason": self.said(REASON),
            "buriedAt": self.said(BURIED_AT),
        }

    def whole(self, *, body: bool) -> dict[str, object]:
        """Everything about it; its bytes only when they are asked for."""
        value = self.record.value
        told: dict[str, object] = {
            **self.summary(),
            "key": None if self.record.key is None else self.record.key.decode(errors="replace"),
            "headers": {
                name: (raw or b"").decode(errors="replace") for name, raw in self.record.headers
            },
            "bytes": None if value is None else len(value),
            "sha256": None if value is None else sha256(value).hexdigest(),
        }
        if self.decided is not None:
            told["decided"] = vars(self.decided)
        if body:
            told["body"] = None if value is None else base64.b64encode(value).decode()
        return told


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which letters; each part that is named must fit, and none named means all.

    `letters` are ids, `origins` topics, `topic/partition` or `topic/partition/offset`; of `reasons`
    one must occur in the letter's, in any case.
    """

    letters: Sequence[str] = ()
    events: Sequence[str] = ()
    origins: Sequence[str] = ()
    reasons: Sequence[str] = ()

    @property
    def everything(self) -> bool:
        return not (self.letters or self.events or self.origins or self.reasons)

    def fits(self, letter: Letter) -> bool:
        origin, reason = letter.said(ORIGIN), letter.said(REASON).casefold()
        return (
            (not self.letters or letter.id in self.letters)
            and (not self.events or letter.said("ce_id") in self.events)
            and (not self.origins or any(f"{origin}/".startswith(f"{e}/") for e in self.origins))
            and (not self.reasons or any(each.casefold() in reason for each in self.reasons))
        )


class DeadLetterBox:
    """The letters of `service`; `known` are the services there are."""

    def __init__(self, service: str, known: Sequence[str], consumer: Any, producer: Any) -> None:
        self._topic = dead_letters_of(service)
        self._origins = frozenset(map(topic_of, known))
        self._consumer = consumer
        self._producer = producer

    @classmethod
    @asynccontextmanager
    async def opened(
        cls,
        service: str,
        known: Sequence[str],
        settings: KafkaSettings,
        security: Mapping[str, Any],
    ) -> AsyncIterator[Self]:
        """Raise `Failure` for a service or a broker that is not there."""
        if service not in known:
            raise Failure(
                vi=f"Không có dịch vụ này; các dịch vụ là {', '.join(known)}.",
                en=f"no service is called so; there are {', '.join(known)}",
            )
        to = {"bootstrap_servers": settings.kafka_brokers, **security}
        async with AsyncExitStack() as stack:
            try:
                consumer = AIOKafkaConsumer(
                    auto_offset_reset="earliest", enable_auto_commit=False, **to
                )
                stack.push_async_callback(consumer.stop)
                await consumer.start()
                producer = AIOKafkaProducer(acks="all", max_request_size=LETTER_MAX_BYTES, **to)
                stack.push_async_callback(producer.stop)
                await producer.start()
                yield cls(service, known, consumer, producer)
            except KafkaError as exception:
                raise Failure(
                    vi=f"Hệ thống chuyển sự kiện từ chối: {exception}",
                    en=f"the broker refused: {exception}",
                ) from exception

    async def letters(self, wanted: Wanted, *, waiting: bool = True) -> list[Letter]:
        """In the order of their ids; `waiting` are those that nobody decided about."""
        found: dict[str, Letter] = {}
        async for record in self._records():
            decided = _decision(record)
            if decided is None:
                letter = Letter(record=record)
                found[letter.id] = letter
            elif decided[0] in found:
                found[decided[0]] = replace(found[decided[0]], decided=decided[1])
        return [
            each
            for each in found.values()
            if wanted.fits(each) and not (waiting and each.decided is not None)
        ]

    async def redrive(self, letter: Letter, *, by: str, why: str) -> bool:
        """Send it back as it was; False where it came from no topic of the platform, or without
        its body. Killed in between it is sent twice, and who reads it claims it once."""
        headers: Sequence[tuple[str, bytes]] = letter.record.headers
        if letter.origin_topic not in self._origins or letter.said(CUT) != "-":
            return False
        await self._producer.send_and_wait(
            letter.origin_topic,
            letter.record.value,
            key=letter.record.key,
            headers=[each for each in headers if each[0] not in ADDED],
        )
        await self._decide(letter, REDRIVEN, by, why)
        return True

    async def drop(self, letter: Letter, *, by: str, why: str) -> None:
        """Nobody waits for it any more; it stays where it is."""
        await self._decide(letter, DROPPED, by, why)

    async def _decide(self, letter: Letter, what: str, by: str, why: str) -> None:
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        told = {DECISION: what, LETTER: letter.id, BY: by, WHY: why, AT: at}
        await self._producer.send_and_wait(
            self._topic,
            None,
            key=letter.id.encode(),
            partition=letter.record.partition,
            headers=[(name, text.encode()) for name, text in told.items()],
        )

    async def _records(self) -> AsyncIterator[Record]:
        """All that is there now."""
        numbers = await self._producer.partitions_for(self._topic)
        partitions = [TopicPartition(self._topic, each) for each in sorted(numbers)]
        self._consumer.assign(partitions)
        ends = await self._consumer.end_offsets(partitions)
        for partition in partitions:
            self._consumer.seek(partition, 0)
        for partition in partitions:
            while await self._consumer.position(partition) < ends[partition]:
                batches = await self._consumer.getmany(partition, timeout_ms=500)
                for record in batches.get(partition, ()):
                    yield record


def _decision(record: Record) -> tuple[str, Decided] | None:
    headers = {name: (raw or b"").decode(errors="replace") for name, raw in record.headers}
    if DECISION not in headers or ORIGIN in headers:
        return None
    what, by, why, at = (headers.get(name, "") for name in (DECISION, BY, WHY, AT))
    return headers.get(LETTER, ""), Decided(what=what, by=by, why=why, at=at)
