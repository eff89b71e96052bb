"""Kafka through aiokafka: topics, and publishing for the relay."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from typing import Any, TypeAlias

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, NoError, TopicAlreadyExistsError, for_code
from tenacity import retry_if_exception

from congvu_kit.adapters.cloudevents import CloudEvent, Headers
from congvu_kit.adapters.dead_letters import LETTER_MAX_BYTES
from congvu_kit.adapters.waiting import patiently

REPLICAS_MAX = 3
"""Copies of each partition, where the cluster has that many brokers."""


def copies_of(brokers: int) -> tuple[int, dict[str, str]]:
    """How many copies of each partition that many brokers keep, and what goes with it: a write
    counts when all but one have it, so any one may be away and nothing is lost with it."""
    copies = min(REPLICAS_MAX, brokers)
    settings = {"min.insync.replicas": str(copies - 1)} if copies > 1 else {}
    return copies, settings


REQUEST_TIMEOUT_MS = 5_000
METADATA_MAX_AGE_MS = 5_000
"""How soon new partitions, and topics of a broker that started anew, are noticed."""


async def until_up(what: str, start: Callable[[], Awaitable[None]]) -> None:
    """Wait for a server that may start after us, and say so."""
    await patiently(what, retry_if_exception(_passes))(start)


def _passes(exception: BaseException) -> bool:
    if isinstance(exception, KafkaError):
        return bool(getattr(exception, "retriable", True))
    return isinstance(exception, OSError)


Security: TypeAlias = Mapping[str, Any]
"""The driver's options that say who calls and whom to trust."""

PLAIN: Security = {}

NO_SETTINGS: Mapping[str, Mapping[str, str]] = {}


async def ensure_topics(
    brokers: str,
    topics: Sequence[str],
    *,
    partitions: int,
    settings: Mapping[str, Mapping[str, str]] = NO_SETTINGS,
    security: Security = PLAIN,
) -> None:
    """Create the missing ones, with the `settings` of their names; auto-creation would choose other
    partition counts."""

    async def create() -> None:
        admin = AIOKafkaAdminClient(bootstrap_servers=brokers, **security)
        try:
            await admin.start()
            missing = sorted(set(topics) - set(await admin.list_topics()))
            brokers_there = (await admin.describe_cluster())["brokers"] if missing else []
            replicas, durable = copies_of(len(brokers_there))
            for topic in missing:
                shape = {"topic_configs": durable | dict(settings.get(topic, {}))}
                await _create_topic(admin, NewTopic(topic, partitions, replicas, **shape))
        finally:
            await admin.close()

    await until_up(f"kafka at {brokers}", create)


async def _create_topic(admin: AIOKafkaAdminClient, topic: NewTopic) -> None:
    answer = await admin.create_topics([topic])
    for _name, code, *_ in answer.topic_errors:
        if code not in (NoError.errno, TopicAlreadyExistsError.errno):  # Another one was faster.
            raise for_code(code)(f"topic {topic.name}")


class KafkaBroker:
    """Publishes with `acks=all`; keeps its connections for the life of the service."""

    def __init__(
        self, brokers: str, *, idempotence: bool, partitions: int, security: Security = PLAIN
    ) -> None:
        self._brokers = brokers
        self._security = security
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
                max_request_size=LETTER_MAX_BYTES,
                request_timeout_ms=REQUEST_TIMEOUT_MS,
                metadata_max_age_ms=METADATA_MAX_AGE_MS,
                **self._security,
            )
        )
        self._offsets = await self._connected(
            lambda: AIOKafkaConsumer(
                bootstrap_servers=self._brokers,
                request_timeout_ms=REQUEST_TIMEOUT_MS,
                **self._security,
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
            await ensure_topics(
                self._brokers, [topic], partitions=self._partitions, security=self._security
            )
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
