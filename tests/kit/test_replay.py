"""A topic is read again from its beginning, or told again and again in any order: what is kept does
not change, nothing is told anew, and it costs a small part of the first time."""

import os
import random
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

import pytest

from congvu_bench.replay import Watched
from congvu_faults.figures import Figure
from congvu_faults.scenarios.proofs import measured
from congvu_kit.adapters.cloudevents import CloudEvent
from congvu_kit.adapters.kafka import KafkaBroker, ensure_topics
from congvu_kit.adapters.mongo import INBOX, Database, MongoUnitOfWork
from congvu_kit.adapters.outbox import OUTBOX
from congvu_kit.adapters.subscriptions import Subscription
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.canonical import fingerprint
from congvu_kit.domain.clock import SystemClock
from kit.desks import DESKS, Desk, DeskRenamed
from kit.test_events import read_all, running
from support.event_keys import owner, signed
from support.polling import eventually

pytestmark = [pytest.mark.mongo, pytest.mark.kafka, pytest.mark.timeout(180)]

LONG = int(os.environ.get("CONGVU_TEST_REPLAY_EVENTS", "4000"))
"""Of a log that another group has read; `make faults` takes 100,000."""
RATE_MIN = 2_000
"""Events a second, told by `make faults`: a busy machine is slow and not wrong."""
READ_WITHIN_S = 90 + LONG / 200
PARTITIONS, DESKS_THERE, TIMES = 4, 100, 20
EVENTS = DESKS_THERE * TIMES
QUICKER = 1.5
"""Measured 3.6 to 4.2 times; on busy cores half of it."""


@dataclass(frozen=True)
class Renamed:
    desk_id: str
    name: str


async def rename(fact: Renamed, tx: Transaction) -> None:
    """What is kept depends on the order, and telling it has an effect elsewhere."""
    store = tx.store(DESKS)
    desk = await store.find(fact.desk_id)
    desk = desk or Desk(id=fact.desk_id, name="", rank=int(fact.desk_id[1:]))
    desk.rename(fact.name)
    desk.tags = [*desk.tags[-3:], fact.name]
    await store.save(desk)


def events(times: int = TIMES) -> Sequence[CloudEvent]:
    now = SystemClock().now()
    return [
        signed(
            CloudEvent(
                id=f"evt_{time}_{desk}",
                type=DeskRenamed.TYPE,
                source="//congvu/test",
                subject=f"d{desk}",
                time=now,
                sequence=time + 1,
                data={"desk_id": f"d{desk}", "name": f"Bàn {time}"},
            )
        )
        for time in range(times)
        for desk in range(DESKS_THERE)
    ]


@dataclass
class Reader:
    brokers: str
    topic: str
    broker: KafkaBroker
    uow: MongoUnitOfWork

    async def read(self, group: str) -> float:
        """Everything from the beginning; the seconds from the first record on."""
        ends = await self.broker.end_offsets(self.topic)
        consumer = Watched(
            brokers=self.brokers,
            group=f"{self.topic}.{group}",
            owners={self.topic: owner("test")},
            subscriptions=[Subscription(DeskRenamed.TYPE, Renamed, rename)],
            uow=self.uow,
            broker=self.broker,
            dead_letters=self.topic,
        )
        async with running(consumer.run()):
            await eventually(
                lambda: consumer.taken >= sum(ends.values()),
                within_s=READ_WITHIN_S,
                what="all was read",
            )
        return perf_counter() - consumer.began


@pytest.fixture
async def reader(
    kafka_brokers: str, kafka_idempotence: bool, topic_prefix: str, mongo_uow: MongoUnitOfWork
) -> AsyncIterator[Reader]:
    if not kafka_idempotence:
        pytest.skip("the embedded broker counts the end of its log by batches")
    topic = f"{topic_prefix}desks"
    await ensure_topics(kafka_brokers, [topic], partitions=PARTITIONS)
    broker = KafkaBroker(kafka_brokers, idempotence=True, partitions=PARTITIONS)
    await broker.start()
    yield Reader(kafka_brokers, topic, broker, mongo_uow)
    await broker.stop()


async def view(database: Database) -> str:
    rows = await database[DESKS.name].find({}).sort("_id").to_list(None)
    return fingerprint([{**row, "_id": str(row["_id"])} for row in rows])


async def test_what_is_read_again_or_told_thrice_in_any_order_changes_nothing(
    reader: Reader, database: Database
) -> None:
    told = list(events())
    await reader.broker.publish(reader.topic, told)
    first_s = await reader.read("first")
    kept, effects = await view(database), await database[OUTBOX].count_documents({})
    assert effects == EVENTS

    again_s = await reader.read("second")
    for seed in range(3):
        random.Random(seed).shuffle(told)
        await reader.broker.publish(reader.topic, told)
    await reader.read("third")

    assert len(await read_all(reader.brokers, reader.topic, 4 * EVENTS)) == 4 * EVENTS
    assert (await view(database), await database[OUTBOX].count_documents({})) == (kept, effects)
    assert first_s > QUICKER * again_s, f"{EVENTS / first_s:.0f}, {EVENTS / again_s:.0f} events/s"


async def test_a_new_group_reads_a_long_log_and_nothing_changes(
    reader: Reader, database: Database, record_property: Callable[[str, str], None]
) -> None:
    """What took effect is claimed: the claims are put there as the first reading left them."""
    many = events(LONG // DESKS_THERE)
    claims = [{"_id": f"{each.source}\x1f{each.id}", "at": each.time} for each in many]
    for start in range(0, len(many), 5_000):
        await database[INBOX].insert_many(claims[start:][:5_000])
        await reader.broker.publish(reader.topic, many[start:][:5_000])
    kept = await view(database)

    took_s = await reader.read("new")

    assert (await view(database), await database[OUTBOX].count_documents({})) == (kept, 0)
    record_property(*measured(Figure(what="events of the log", value=len(many))))
    rate = Figure(
        what="read again", value=len(many) / took_s, unit="/s", bound=RATE_MIN, at_least=True
    )
    record_property(*measured(rate))
