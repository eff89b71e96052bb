"""Kafka through aiokafka: publishing for the relay, and consumers with an exactly-once effect."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import structlog
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import (
    KafkaError,
    TopicAlreadyExistsError,
)
from aiokafka.structs import ConsumerRecord
from opentelemetry import trace
from opentelemetry.propagate import extract
from prometheus_client import Counter
from pydantic import ValidationError

from congvu_kit.cloudevents import CloudEvent, Headers, Unreadable, read
from congvu_kit.documents import adapter
from congvu_kit.errors import DomainError, Transient
from congvu_kit.perform import again
from congvu_kit.ports import Transaction, UnitOfWork
from congvu_kit.rereading import FromTheBeginning

F = TypeVar("F")

BACKOFF_MAX_S = 10.0
SESSION_TIMEOUT_MS = 10_000
"""A dead consumer's partitions move on after this; joining a group takes up to half of it."""

REPLICAS_MAX = 3
"""Copies of each partition, where the cluster has that many brokers."""
REQUEST_TIMEOUT_MS = 5_000
METADATA_MAX_AGE_MS = 5_000
"""How soon new partitions, and topics of a broker that started anew, are noticed."""

CONSUMED = Counter("congvu_events_consumed", "Events that took effect or were known", ["type"])
DEAD_LETTERS = Counter("congvu_dead_letters", "Events that can never succeed", ["topic"])

log = structlog.get_logger(__name__)
tracer = trace.get_tracer(__name__)


@dataclass(frozen=True)
class Subscription(Generic[F]):
    """What one event type means here: `fact` is this consumer's own reader of the payload (it
    ignores fields it does not know), `reaction` runs in the transaction that claims the event."""

    event_type: str
    fact: type[F]
    reaction: Callable[[F, Transaction], Awaitable[None]]


async def until_up(what: str, start: Callable[[], Awaitable[None]]) -> None:
    """Wait for a server that may start after us, and say so."""
    backoff_s = 0.2
    while True:
        try:
            await start()
        except (KafkaError, OSError) as exception:
            if not getattr(exception, "retriable", True) and not isinstance(exception, OSError):
                raise
            log.warning("waiting", for_=what, error=repr(exception))
            await asyncio.sleep(backoff_s)
            backoff_s = min(backoff_s * 2, 3.0)
        else:
            return


async def ensure_topics(brokers: str, topics: Sequence[str], *, partitions: int) -> None:
    """Create the missing ones; auto-creation would choose other partition counts."""

    async def create() -> None:
        admin = AIOKafkaAdminClient(bootstrap_servers=brokers)
        try:
            await admin.start()
            missing = sorted(set(topics) - set(await admin.list_topics()))
            brokers_there = (await admin.describe_cluster())["brokers"] if missing else []
            replicas = min(REPLICAS_MAX, len(brokers_there))
            for topic in missing:
                await _create_topic(admin, NewTopic(topic, partitions, replicas))
        finally:
            await admin.close()

    await until_up(f"kafka at {brokers}", create)


async def _create_topic(admin: AIOKafkaAdminClient, topic: NewTopic) -> None:
    try:
        await admin.create_topics([topic])
    except TopicAlreadyExistsError:  # Another service was faster.
        return


class KafkaBroker:
    """Publishes with `acks=all`; keeps its connections for the life of the service."""

    def __init__(self, brokers: str, *, idempotence: bool, partitions: int) -> None:
        self._brokers = brokers
        self._idempotence = idempotence
        self._partitions = partitions
        self._open = AsyncExitStack()
        self._producer: AIOKafkaProducer | None = None
        self._offsets: AIOKafkaConsumer | None = None

    async def start(self) -> None:
        self._producer = await self._connected(
            lambda: AIOKafkaProducer(
                bootstrap_servers=self._brokers,
                acks="all",
                enable_idempotence=self._idempotence,
                linger_ms=5,
                request_timeout_ms=REQUEST_TIMEOUT_MS,
                metadata_max_age_ms=METADATA_MAX_AGE_MS,
            )
        )
        self._offsets = await self._connected(
            lambda: AIOKafkaConsumer(
                bootstrap_servers=self._brokers, request_timeout_ms=REQUEST_TIMEOUT_MS
            )
        )

    async def _connected(self, make: Callable[[], Any]) -> Any:
        made: list[Any] = []

        async def connect() -> None:
            client = make()
            try:
                await client.start()
            except BaseException:
                await client.stop()
                raise
            made.append(client)

        await until_up(f"kafka at {self._brokers}", connect)
        self._open.push_async_callback(made[0].stop)
        return made[0]

    async def stop(self) -> None:
        await self._open.aclose()

    async def publish(self, topic: str, events: Sequence[CloudEvent]) -> Mapping[int, int]:
        """Lowest offsets, since the embedded broker's end offset only counts the first record of
        the last batch: of what went out together, that one alone is surely below it."""
        producer = _started(self._producer)
        futures = [
            await producer.send(
                topic, event.value(), key=event.subject.encode(), headers=event.headers()
            )
            for event in events
        ]
        offsets: dict[int, int] = {}
        for sent in await asyncio.gather(*futures):
            offsets[sent.partition] = min(sent.offset, offsets.get(sent.partition, sent.offset))
        return offsets

    async def publish_raw(
        self, topic: str, key: bytes | None, value: bytes | None, headers: Headers
    ) -> None:
        await _started(self._producer).send_and_wait(topic, value, key=key, headers=headers)

    async def end_offsets(self, topic: str) -> Mapping[int, int]:
        """Of the partitions the topic has, whoever created it; a topic that the broker forgot is
        created anew and its offsets are 0."""
        # Asking the embedded broker for the offsets of a topic that it lacks breaks the topic.
        if topic not in await _started(self._offsets).topics():
            await ensure_topics(self._brokers, [topic], partitions=self._partitions)
            await _started(self._producer).client.force_metadata_update()
        return await self._ends(topic)

    async def _ends(self, topic: str) -> Mapping[int, int]:
        numbers = await _started(self._producer).partitions_for(topic)
        wanted = [TopicPartition(topic, number) for number in numbers]
        ends = await _started(self._offsets).end_offsets(wanted)
        return {partition.partition: end for partition, end in ends.items()}


def _started(client: Any) -> Any:
    if client is None:
        raise RuntimeError("start() first")
    return client


class Consumer:
    """Reads topics in a group; each event takes effect once, in the order of its partition.

    Transient failures are tried again in place, for as long as it takes. What can never succeed
    goes to `dead_letters` with its bytes, headers and the reason, and the next event follows.
    `rereads` is for a broker that may lose its log.
    """

    def __init__(
        self,
        *,
        brokers: str,
        group: str,
        topics: Sequence[str],
        subscriptions: Sequence[Subscription[Any]],
        uow: UnitOfWork,
        broker: KafkaBroker,
        dead_letters: str,
        rereads: bool = False,
    ) -> None:
        self._brokers = brokers
        self._rereads = rereads
        self._group = group
        self._topics = topics
        self._subscriptions = {each.event_type: each for each in subscriptions}
        self._uow = uow
        self._broker = broker
        self._dead_letters = dead_letters
        self._backoff_s = 0.0

    async def run(self) -> None:
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self._brokers,
            group_id=self._group,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            session_timeout_ms=SESSION_TIMEOUT_MS,
            heartbeat_interval_ms=SESSION_TIMEOUT_MS // 5,
            metadata_max_age_ms=METADATA_MAX_AGE_MS,
            request_timeout_ms=REQUEST_TIMEOUT_MS + SESSION_TIMEOUT_MS,
        )
        consumer.subscribe(
            self._topics, listener=FromTheBeginning(consumer) if self._rereads else None
        )
        try:
            await until_up(f"kafka at {self._brokers}", consumer.start)
            while True:
                batches = await consumer.getmany(timeout_ms=500, max_records=200)
                for partition, records in batches.items():
                    await self._take(consumer, partition, records)
        finally:
            await consumer.stop()

    async def _take(
        self, consumer: AIOKafkaConsumer, partition: TopicPartition, records: Sequence[Any]
    ) -> None:
        for record in records:
            try:
                await self.handle(record)
            except (Transient, KafkaError) as exception:
                self._backoff_s = min(max(self._backoff_s * 2, 0.1), BACKOFF_MAX_S)
                log.warning("event_delayed", offset=record.offset, error=str(exception))
                consumer.seek(partition, record.offset)
                await self._commit(consumer, partition, record.offset)
                await asyncio.sleep(self._backoff_s)
                return
            self._backoff_s = 0.0
        await self._commit(consumer, partition, records[-1].offset + 1)

    async def _commit(
        self, consumer: AIOKafkaConsumer, partition: TopicPartition, offset: int
    ) -> None:
        try:
            await consumer.commit({partition: offset})
        except KafkaError as exception:  # The next owner reads again, and claims keep it single.
            log.warning("offset_not_committed", partition=str(partition), error=repr(exception))

    async def handle(self, record: "ConsumerRecord[bytes, bytes]") -> None:
        """Raise `Transient` when the same record must be handed in again."""
        try:
            event = read(record.headers, record.value)
            subscription = self._subscriptions.get(event.type)
            if subscription is None:
                return
            fact = adapter(subscription.fact).validate_python(event.data)
            context = extract({"traceparent": event.traceparent or ""})
            with tracer.start_as_current_span(f"consume {event.type}", context=context):
                await self._react(subscription, event, fact)
        except (Transient, KafkaError):
            raise
        except (Unreadable, ValidationError, DomainError) as exception:
            await self._bury(record, str(exception))
        except Exception as exception:
            log.exception("reaction_failed", offset=record.offset, topic=record.topic)
            await self._bury(record, repr(exception))

    @again
    async def _react(
        self, subscription: Subscription[Any], event: CloudEvent, fact: object
    ) -> None:
        async with self._uow.begin() as tx:
            if await tx.claim(event.source, event.id):
                await subscription.reaction(fact, tx)
        CONSUMED.labels(event.type).inc()

    async def _bury(self, record: "ConsumerRecord[bytes, bytes]", reason: str) -> None:
        log.error("dead_letter", topic=record.topic, offset=record.offset, reason=reason)
        origin = f"{record.topic}/{record.partition}/{record.offset}"
        headers = [
            *record.headers,
            ("congvu_reason", reason.encode()),
            ("congvu_origin", origin.encode()),
        ]
        await self._broker.publish_raw(self._dead_letters, record.key, record.value, headers)
        DEAD_LETTERS.labels(record.topic).inc()
