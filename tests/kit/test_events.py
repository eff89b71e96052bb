"""Outbox, relay and consumers on a real database and a real broker, with faults injected."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer

from congvu_kit.adapters.cloudevents import CloudEvent, read
from congvu_kit.adapters.consumer import Consumer
from congvu_kit.adapters.kafka import KafkaBroker, ensure_topics
from congvu_kit.adapters.mongo import Database, MongoUnitOfWork
from congvu_kit.adapters.outbox import OUTBOX, UNSENT
from congvu_kit.adapters.relay import Relay
from congvu_kit.adapters.subscriptions import Subscription
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.errors import Invalid, Transient
from kit.desks import DESKS, Desk, DeskRenamed
from support.event_keys import owner
from support.fixtures import MakeTopic
from support.servers import Server

pytestmark = [pytest.mark.mongo, pytest.mark.kafka]

PARTITIONS = 2


@pytest.fixture
async def broker(kafka_brokers: str, kafka_idempotence: bool) -> AsyncIterator[KafkaBroker]:
    made = KafkaBroker(kafka_brokers, idempotence=kafka_idempotence, partitions=PARTITIONS)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def topic(kafka_brokers: str, topic_prefix: str) -> str:
    names = [topic_prefix + "desks", topic_prefix + "dlq"]
    await ensure_topics(kafka_brokers, names, partitions=PARTITIONS)
    return names[0]


async def rename(uow: MongoUnitOfWork, desk_id: str, *names: str) -> None:
    async with uow.begin() as tx:
        store = tx.store(DESKS)
        desk = await store.find(desk_id) or Desk(id=desk_id, name="", rank=int(desk_id[1:]))
        for name in names:
            desk.rename(name)
        await store.save(desk)


async def read_all(brokers: str, topic: str, count: int, within_s: float = 20.0) -> list[Any]:
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=brokers, auto_offset_reset="earliest")
    await consumer.start()
    records: list[Any] = []
    try:
        async with asyncio.timeout(within_s):
            while len(records) < count:
                batches = await consumer.getmany(timeout_ms=200)
                records += [record for batch in batches.values() for record in batch]
    finally:
        await consumer.stop()
    return records


async def until_seen(
    uow: MongoUnitOfWork, desk_id: str, names: list[str], *, within_s: float = 20.0
) -> None:
    async with asyncio.timeout(within_s):
        while await seen(uow, desk_id) != names:
            await asyncio.sleep(0.05)


@asynccontextmanager
async def running(*work: Awaitable[None]) -> AsyncIterator[None]:
    tasks = [asyncio.ensure_future(each) for each in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_committed_events_arrive_in_order_per_aggregate(
    database: Database,
    mongo_uow: MongoUnitOfWork,
    broker: KafkaBroker,
    kafka_brokers: str,
    topic: str,
) -> None:
    for round_ in range(5):
        for desk in range(4):
            await rename(mongo_uow, f"d{desk}", f"{round_}a", f"{round_}b")
    relay = Relay(database, broker, topic)

    async with running(relay.run()):
        records = await read_all(kafka_brokers, topic, 40)
        async with asyncio.timeout(20):
            while await database[OUTBOX].count_documents({"log": UNSENT}):
                await asyncio.sleep(0.05)

    events = [read(record.headers, record.value) for record in records]
    for desk in range(4):
        mine = [event for event in events if event.subject == f"d{desk}"]
        assert [event.sequence for event in mine] == list(range(1, 11))
    assert events[0].type == "congvu.test.desk.renamed.v1"
    assert {record.key.decode() for record in records} == {f"d{desk}" for desk in range(4)}


async def test_only_the_holder_of_the_lease_relays(
    database: Database, mongo_uow: MongoUnitOfWork, broker: KafkaBroker, topic: str
) -> None:
    await rename(mongo_uow, "d1", "x")
    first, second = Relay(database, broker, topic), Relay(database, broker, topic)

    assert await first.step() == 1
    await rename(mongo_uow, "d1", "y")
    assert await second.step() == 0
    await first.release()
    assert await second.step() == 1


class FlakyBroker:
    """Refuses a few batches, acknowledges one that it drops its answer to, then works."""

    def __init__(self, real: KafkaBroker) -> None:
        self._real = real
        self._refusals = 2
        self._lost_answers = 1

    async def publish(self, topic: str, events: Sequence[CloudEvent]) -> Mapping[int, int]:
        if self._refusals:
            self._refusals -= 1
            raise OSError("refused")
        offsets = await self._real.publish(topic, events)
        if self._lost_answers:
            self._lost_answers -= 1
            raise OSError("the answer was lost")
        return offsets

    async def end_offsets(self, topic: str) -> Mapping[int, int]:
        return await self._real.end_offsets(topic)


@dataclass(frozen=True)
class Renamed:
    desk_id: str
    name: str


class Ledger:
    """Counts how often each event took effect, in the consumer's own transaction."""

    def __init__(self) -> None:
        self.fail_with: list[Exception] = []

    async def write(self, fact: Renamed, tx: Transaction) -> None:
        if self.fail_with:
            raise self.fail_with.pop(0)
        store = tx.store(DESKS)
        seen = await store.find(f"seen {fact.desk_id}")
        seen = seen or Desk(id=f"seen {fact.desk_id}", name="", rank=1000 + int(fact.desk_id[1:]))
        seen.tags.append(fact.name)
        await store.save(seen)


def make_consumer(
    ledger: Ledger,
    uow: MongoUnitOfWork,
    broker: KafkaBroker,
    brokers: str,
    topic: str,
    *,
    loses_log: bool = False,
) -> Consumer:
    return Consumer(
        brokers=brokers,
        group=topic + ".group",
        owners={topic: owner("test")},
        subscriptions=[Subscription(DeskRenamed.TYPE, Renamed, ledger.write)],
        uow=uow,
        broker=broker,
        dead_letters=topic.replace("desks", "dlq"),
        loses_log=loses_log,
    )


async def seen(uow: MongoUnitOfWork, desk_id: str) -> list[str]:
    desk = await uow.reading().store(DESKS).find(f"seen {desk_id}")
    return desk.tags if desk else []


async def test_events_take_effect_once_though_sent_twice(
    database: Database,
    mongo_uow: MongoUnitOfWork,
    broker: KafkaBroker,
    kafka_brokers: str,
    topic: str,
) -> None:
    await rename(mongo_uow, "d1", "a", "b", "c")
    relay = Relay(database, FlakyBroker(broker), topic)
    consumer = make_consumer(Ledger(), mongo_uow, broker, kafka_brokers, topic)

    async with running(relay.run(), consumer.run()):
        records = await read_all(kafka_brokers, topic, 6)

        await until_seen(mongo_uow, "d1", ["a", "b", "c"])

    assert len(records) == 6  # The batch whose answer was lost went out twice.
    assert await seen(mongo_uow, "d1") == ["a", "b", "c"]


async def test_transient_failures_are_tried_again_and_permanent_ones_buried(
    database: Database,
    mongo_uow: MongoUnitOfWork,
    broker: KafkaBroker,
    kafka_brokers: str,
    topic: str,
) -> None:
    ledger = Ledger()
    ledger.fail_with = [Transient(en="not yet", vi="chưa")] * 10 + [Invalid(en="never", vi="sai")]
    relay = Relay(database, broker, topic)
    consumer = make_consumer(ledger, mongo_uow, broker, kafka_brokers, topic)
    await rename(mongo_uow, "d1", "a", "b")

    async with running(relay.run(), consumer.run()):
        (dead,) = await read_all(kafka_brokers, topic.replace("desks", "dlq"), 1)

        await until_seen(mongo_uow, "d1", ["b"])

    headers = dict(dead.headers)
    assert headers["congvu_reason"] == b"INVALID"
    assert read(dead.headers, dead.value).data == {"desk_id": "d1", "name": "a", "revision": 1}


async def test_what_is_no_cloud_event_is_buried_with_its_bytes(
    mongo_uow: MongoUnitOfWork, broker: KafkaBroker, kafka_brokers: str, topic: str
) -> None:
    await broker.publish_raw(topic, b"k", b"\xff not json", [("ce_id", b"1")])
    consumer = make_consumer(Ledger(), mongo_uow, broker, kafka_brokers, topic)

    async with running(consumer.run()):
        (dead,) = await read_all(kafka_brokers, topic.replace("desks", "dlq"), 1)

    assert dead.value == b"\xff not json"
    assert dict(dead.headers)["congvu_reason"] == b"a header or the value is malformed"
    assert dict(dead.headers)["congvu_origin"].decode().startswith(topic)


async def test_a_broker_that_forgot_nothing_gets_everything_once(
    database: Database, mongo_uow: MongoUnitOfWork, own_embedded_broker: Server, topic_prefix: str
) -> None:
    topic = topic_prefix + "desks"
    brokers = own_embedded_broker.address
    await ensure_topics(brokers, [topic], partitions=PARTITIONS)
    broker = KafkaBroker(brokers, idempotence=False, partitions=PARTITIONS)
    await broker.start()
    relay = Relay(database, broker, topic)

    for number in (1, 2, 3):
        await rename(mongo_uow, f"d{number}", *"abcdefgh")
        assert await relay.step() == 8
    sent_again = await relay.step()
    records = await read_all(brokers, topic, 24)
    await broker.stop()

    assert (sent_again, len(records)) == (0, 24)


async def test_a_broker_that_forgot_everything_gets_it_again(
    database: Database, mongo_uow: MongoUnitOfWork, own_embedded_broker: Server, topic_prefix: str
) -> None:
    topic = topic_prefix + "desks"
    brokers = own_embedded_broker.address
    await ensure_topics(brokers, [topic], partitions=PARTITIONS)
    broker = KafkaBroker(brokers, idempotence=False, partitions=PARTITIONS)
    await broker.start()
    relay = Relay(database, broker, topic)
    await rename(mongo_uow, "d1", "a", "b")

    async with running(relay.run()):
        await read_all(brokers, topic, 2)
        await asyncio.to_thread(own_embedded_broker.kill)
        await rename(mongo_uow, "d2", "c")
        await asyncio.to_thread(own_embedded_broker.start)
        records = await read_all(brokers, topic, 3, within_s=40.0)
    with contextlib.suppress(OSError):
        await broker.stop()

    events = [read(record.headers, record.value) for record in records]
    assert {(event.subject, event.sequence) for event in events} == {
        ("d1", 1),
        ("d1", 2),
        ("d2", 1),
    }


async def test_a_topic_may_have_more_partitions_than_we_would_give_it(
    database: Database, mongo_uow: MongoUnitOfWork, broker: KafkaBroker, make_topic: MakeTopic
) -> None:
    topic = await make_topic("wide", partitions=PARTITIONS + 5)
    for desk in range(12):
        await rename(mongo_uow, f"d{desk}", "a")
    relay = Relay(database, broker, topic)

    first = await relay.step()
    await rename(mongo_uow, "d0", "b")
    then = [await relay.step() for _ in range(2)]

    assert (first, then) == (12, [1, 0])


@pytest.mark.timeout(120)
async def test_a_consumer_hears_on_after_the_broker_forgot_everything(
    database: Database, mongo_uow: MongoUnitOfWork, own_embedded_broker: Server, topic_prefix: str
) -> None:
    topic = topic_prefix + "desks"
    brokers = own_embedded_broker.address
    await ensure_topics(brokers, [topic, topic.replace("desks", "dlq")], partitions=PARTITIONS)
    broker = KafkaBroker(brokers, idempotence=False, partitions=PARTITIONS)
    await broker.start()
    relay = Relay(database, broker, topic)
    consumer = make_consumer(Ledger(), mongo_uow, broker, brokers, topic, loses_log=True)

    async with running(relay.run(), consumer.run()):
        for number in range(1, 9):
            await rename(mongo_uow, f"d{number}", "a", "b", "c")
        for number in range(1, 9):
            await until_seen(mongo_uow, f"d{number}", ["a", "b", "c"])
        await asyncio.to_thread(own_embedded_broker.kill)
        await rename(mongo_uow, "d0", "x")
        await rename(mongo_uow, "d1", "d")
        await asyncio.to_thread(own_embedded_broker.start)

        await until_seen(mongo_uow, "d0", ["x"], within_s=60)
        await until_seen(mongo_uow, "d1", ["a", "b", "c", "d"])
    with contextlib.suppress(OSError):
        await broker.stop()
