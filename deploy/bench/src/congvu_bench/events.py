"""From commit to consumer, against the bare broker with the same records."""

import asyncio
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from aiokafka import AIOKafkaConsumer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from congvu_bench.figures import Figure, median_ms
from congvu_kit.adapters.cloudevents import CloudEvent
from congvu_kit.adapters.kafka import KafkaBroker, ensure_topics
from congvu_kit.adapters.mongo import Database, MongoUnitOfWork, connect
from congvu_kit.adapters.mongo_prepared import prepare
from congvu_kit.adapters.outbox import to_event
from congvu_kit.adapters.relay import Relay
from congvu_kit.adapters.signatures import EventSigner
from congvu_kit.application.ports import Collection
from congvu_kit.domain.aggregate import Aggregate, Event

BURST = 1_000
"""Events of one burst; all are committed before the relay starts."""
SINGLE = 60
PARTITIONS = 6


@dataclass(frozen=True, kw_only=True)
class Ticked(Event):
    """A counter moved."""

    TYPE: ClassVar[str] = "congvu.bench.counter.ticked.v1"

    text: str


@dataclass(kw_only=True)
class Counter(Aggregate):
    pass


COUNTERS = Collection(name="counters", kind=Counter)


async def tick(uow: MongoUnitOfWork, events: int) -> None:
    async with uow.begin() as tx:
        counter = Counter(id=uuid.uuid4().hex)
        for _ in range(events):
            counter.record(Ticked(text="x" * 200))
        await tx.store(COUNTERS).save(counter)


class Reader:
    """Counts what arrives on a topic."""

    def __init__(self, consumer: AIOKafkaConsumer) -> None:
        self._consumer = consumer

    async def take(self, count: int) -> None:
        while count > 0:
            batches = await self._consumer.getmany(timeout_ms=1000)
            count -= sum(len(records) for records in batches.values())


async def measure(mongo_url: str, brokers: str, *, idempotence: bool) -> Iterator[Figure]:
    topic = f"congvu.bench.{uuid.uuid4().hex}"
    await ensure_topics(brokers, [topic], partitions=PARTITIONS)
    client = connect(mongo_url)
    database: Database = client[f"bench_{uuid.uuid4().hex}"]
    await prepare(database, [COUNTERS], outbox_keep_days=30)
    broker = KafkaBroker(brokers, idempotence=idempotence, partitions=PARTITIONS)
    await broker.start()
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=brokers, auto_offset_reset="earliest")
    await consumer.start()
    try:
        return iter(await _figures(database, broker, Reader(consumer), topic))
    finally:
        await consumer.stop()
        await broker.stop()
        await client.drop_database(database.name)
        client.close()


async def _figures(
    database: Database, broker: KafkaBroker, reader: Reader, topic: str
) -> list[Figure]:
    relay = Relay(database, broker, topic)
    signer = EventSigner("bench", Ed25519PrivateKey.generate())
    uow = MongoUnitOfWork(database, signer=signer, on_events=relay.wake)
    for _ in range(BURST // 10):
        await tick(uow, 10)
    rows = await database["outbox"].find({}).to_list(BURST)
    events = [to_event(row) for row in rows]

    async def bare() -> None:
        await asyncio.gather(broker.publish(topic, events), reader.take(len(events)))

    bare_s = await _seconds(bare())
    running = asyncio.create_task(relay.run())
    burst_s = await _seconds(reader.take(BURST))

    async def one() -> None:
        await tick(uow, 1)
        await reader.take(1)

    async def one_bare() -> None:
        event: CloudEvent = events[0]
        await broker.publish(topic, [event])
        await reader.take(1)

    single_ms = await median_ms(one, times=SINGLE, warm_up=5)
    bare_ms = await median_ms(one_bare, times=SINGLE, warm_up=5)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    return _shown(burst_s=burst_s, bare_s=bare_s, single_ms=single_ms, bare_ms=bare_ms)


def _shown(*, burst_s: float, bare_s: float, single_ms: float, bare_ms: float) -> list[Figure]:
    return [
        Figure(
            area="events",
            name=f"{BURST} committed events to a consumer",
            value=burst_s,
            unit="s",
            peer="the same records sent without an outbox",
            peer_value=bare_s,
        ),
        Figure(
            area="events",
            name="one event, from before its transaction to a consumer",
            value=single_ms,
            unit="ms",
            peer="one record sent without database",
            peer_value=bare_ms,
        ),
    ]


async def _seconds(work: object) -> float:
    started = time.perf_counter()
    await work  # type: ignore[misc]
    return time.perf_counter() - started
