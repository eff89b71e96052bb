"""A topic read again from its beginning: into an empty view, and where everything is known already,
against a reader that only fetches the records."""

import asyncio
import tempfile
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from aiokafka import AIOKafkaConsumer, TopicPartition

from congvu_bench.events import Reader
from congvu_bench.figures import Figure
from congvu_kit.adapters.cloudevents import CloudEvent
from congvu_kit.adapters.consumer import Consumer
from congvu_kit.adapters.judging import Record
from congvu_kit.adapters.kafka import KafkaBroker, ensure_topics
from congvu_kit.adapters.mongo import INBOX, Database, MongoUnitOfWork, connect
from congvu_kit.adapters.mongo_prepared import prepare
from congvu_kit.adapters.signatures import (
    EventSigner,
    create_keys,
    private_file,
    read_owner,
    read_signer,
)
from congvu_kit.adapters.subscriptions import Subscription
from congvu_kit.application.ports import Collection, Transaction
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.clock import SystemClock

EVENTS, SUBJECTS = 6_000, 300
PARTITIONS = 4
SERVICE, TYPE = "bench", "congvu.bench.desk.renamed.v1"
LOOK_S = 0.02


@dataclass(frozen=True)
class Renamed:
    desk_id: str
    name: str


@dataclass(kw_only=True)
class Desk(Aggregate):
    name: str = ""


DESKS = Collection(name="desks", kind=Desk)


async def rename(fact: Renamed, tx: Transaction) -> None:
    store = tx.store(DESKS)
    desk = await store.find(fact.desk_id) or Desk(id=fact.desk_id)
    desk.name = fact.name
    await store.save(desk)


def told(signer: EventSigner) -> Sequence[CloudEvent]:
    now = SystemClock().now()
    events = [
        CloudEvent(
            id=f"evt_{number}",
            type=TYPE,
            source=signer.source,
            subject=f"d{number % SUBJECTS}",
            time=now,
            sequence=number // SUBJECTS + 1,
            data={"desk_id": f"d{number % SUBJECTS}", "name": f"Bàn {number}"},
        )
        for number in range(EVENTS)
    ]
    return [replace(each, signature=signer.sign(each)) for each in events]


async def measure(mongo_url: str, brokers: str, *, idempotence: bool) -> list[Figure]:
    topic = f"congvu.bench.{uuid.uuid4().hex}"
    await ensure_topics(brokers, [topic], partitions=PARTITIONS)
    client = connect(mongo_url)
    database: Database = client[f"bench_{uuid.uuid4().hex}"]
    broker = KafkaBroker(brokers, idempotence=idempotence, partitions=PARTITIONS)
    await broker.start()
    try:
        await prepare(database, [DESKS], outbox_keep_days=30)
        with tempfile.TemporaryDirectory() as folder:
            return await _figures(database, brokers, broker, topic, Path(folder))
    finally:
        await broker.stop()
        await client.drop_database(database.name)
        client.close()


async def _figures(
    database: Database, brokers: str, broker: KafkaBroker, topic: str, folder: Path
) -> list[Figure]:
    create_keys(folder, [SERVICE])
    signer = read_signer(SERVICE, private_file(folder, SERVICE))
    await broker.publish(topic, told(signer))
    uow = MongoUnitOfWork(database, signer=signer)

    def consumer(group: str) -> "Watched":
        return Watched(
            brokers=brokers,
            group=f"{topic}.{group}",
            owners={topic: read_owner(SERVICE, folder)},
            subscriptions=[Subscription(TYPE, Renamed, rename)],
            uow=uow,
            broker=broker,
            dead_letters=f"{topic}.dlq",
        )

    bare_s = await _bare(brokers, topic)
    return [
        Figure(
            area="replay",
            name=f"{EVENTS:,} events into {name}",
            value=EVENTS / await _read(consumer(name.replace(" ", "-")), database),
            unit="events/s",
            peer="fetching the records only",
            peer_value=EVENTS / bare_s,
            goal=goal,
        )
        for name, goal in (("an empty view", ""), ("a view that knows it", "2,000 a second"))
    ]


class Watched(Consumer):
    """Tells how much was read, and when the first of it came."""

    taken, began = 0, 0.0

    async def take_all(
        self,
        consumer: AIOKafkaConsumer,
        batches: Mapping[TopicPartition, Sequence[Record]],
        goes_on: Callable[[], bool] = lambda: True,
        since: int = 0,
    ) -> None:
        self.began = self.began or (perf_counter() if batches else 0)
        await super().take_all(consumer, batches, goes_on, since)
        self.taken += sum(map(len, batches.values()))


async def _read(consumer: Watched, database: Database) -> float:
    """Seconds from the first record until all took effect."""
    running = asyncio.create_task(consumer.run())
    try:
        while consumer.taken < EVENTS or await database[INBOX].count_documents({}) < EVENTS:
            if running.done():
                await running
            await asyncio.sleep(LOOK_S)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    return perf_counter() - consumer.began


async def _bare(brokers: str, topic: str) -> float:
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=brokers, auto_offset_reset="earliest")
    await consumer.start()
    try:
        started = perf_counter()
        await Reader(consumer).take(EVENTS)
        return perf_counter() - started
    finally:
        await consumer.stop()
