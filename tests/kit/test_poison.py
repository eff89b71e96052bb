"""A thousand events, some of them bad in every way: the others take effect, those lie whole
among the dead letters and hold nobody up, and once all is mended each has taken effect once."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import GroupCoordinatorNotAvailableError

from congvu_faults.figures import Figure, seconds
from congvu_faults.scenarios.proofs import measured
from congvu_kit.adapters.cloudevents import CloudEvent, Headers
from congvu_kit.adapters.consumer import Consumer
from congvu_kit.adapters.dead_letters import ADDED, BURIED_AT, ORIGIN, REASON, TOPIC_SETTINGS
from congvu_kit.adapters.kafka import KafkaBroker, ensure_topics
from congvu_kit.adapters.mongo import Database, MongoUnitOfWork
from congvu_kit.adapters.outbox import OUTBOX, UNSENT, outbox_row
from congvu_kit.adapters.relay import Relay
from congvu_kit.adapters.subscriptions import Subscription
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.clock import SystemClock
from congvu_kit.domain.errors import Conflict
from congvu_kit.service.definition import dead_letters_of, group_of, topic_of
from congvu_kit.service.settings import KafkaSettings
from congvu_kit.tools.dead_letters import DeadLetterBox, Wanted
from kit.desks import DESKS, Desk, DeskRenamed
from kit.test_events import running
from support.event_keys import owner, signed
from support.polling import eventually
from support.servers import Server

pytestmark = [pytest.mark.mongo, pytest.mark.kafka, pytest.mark.timeout(180)]

TOPIC, LETTERS, GROUP = topic_of("test"), dead_letters_of("test"), group_of("test")
NEXT = DeskRenamed.TYPE.removesuffix("1") + "2"
EVENTS, PARTITIONS = 1_000, 2
LAG_GONE_S = 30.0
"""Acceptance: so long after the last one came, everything was read."""
HUGE = b"x" * 2_000_000


@dataclass(frozen=True)
class Renamed:
    desk_id: str
    name: str


@dataclass(frozen=True)
class RenamedTolerantly:
    """After the mending: what was found in the letters is read as well."""

    desk_id: str
    name: str | int = ""


def true_event(number: int) -> CloudEvent:
    return signed(
        CloudEvent(
            id=f"evt_{number}",
            type=DeskRenamed.TYPE,
            source="//congvu/test",
            subject=f"d{number}",
            time=SystemClock().now(),
            sequence=1,
            data={"desk_id": f"d{number}", "name": f"Bàn {number}"},
        )
    )


Raw = tuple[bytes | None, bytes | None, Headers]


def as_sent(event: CloudEvent) -> Raw:
    return event.subject.encode(), event.value(), event.headers()


def without(headers: Headers, name: str) -> Headers:
    return [each for each in headers if each[0] != name]


def mangled(event: CloudEvent) -> Mapping[str, Raw]:
    """On its way: nobody can make an event of these again, and their owner has the true one."""
    key, value, headers = as_sent(event)
    return {
        "bad JSON": (key, value[:-3] if value else None, headers),
        "null": (key, None, headers),
        "no JSON object": (key, b"[]", headers),
        "2 MB": (key, HUGE, headers),
        "no key": (None, value, headers),
        "no id": (key, value, without(headers, "ce_id")),
        "not signed": (key, value, without(headers, "ce_signature")),
    }


def ahead(event: CloudEvent) -> Mapping[str, Raw]:
    """As their owner told it: who reads must be mended."""
    return {
        "unknown version": as_sent(signed(replace(event, type=NEXT))),
        "wrong type": as_sent(signed(replace(event, data={**event.data, "name": 7}))),
        "missing field": as_sent(signed(replace(event, data={"desk_id": event.subject}))),
    }


BAD = [*mangled(true_event(0)), *ahead(true_event(0))]
FIRST_BAD, BAD_EVERY = 50, 90


def bad_numbers() -> dict[int, str]:
    return {FIRST_BAD + BAD_EVERY * n: kind for n, kind in enumerate(BAD)}


async def place(fact: Renamed | RenamedTolerantly, tx: Transaction) -> None:
    """A second time would be refused: whatever took effect did so once."""
    store = tx.store(DESKS)
    if await store.find(fact.desk_id) is not None:
        raise Conflict(en="it stands", vi="đã có")
    rank = int(fact.desk_id[1:])
    await store.save(Desk(id=fact.desk_id, name=str(fact.name), rank=rank))


@dataclass
class Place:
    """A broker of this test alone, so that topics have their true names."""

    brokers: str
    broker: KafkaBroker

    async def send(self, raws: Iterable[Raw]) -> None:
        producer = AIOKafkaProducer(bootstrap_servers=self.brokers, max_request_size=4_000_000)
        await producer.start()
        try:
            futures = [
                await producer.send(TOPIC, value, key=key, headers=headers)
                for key, value, headers in raws
            ]
            await asyncio.gather(*futures)
        finally:
            await producer.stop()

    async def lag(self) -> int:
        """How many records nobody has read yet."""
        admin = AIOKafkaAdminClient(bootstrap_servers=self.brokers)
        await admin.start()
        try:
            read = await admin.list_consumer_group_offsets(GROUP)
        finally:
            await admin.close()
        ends = await self.broker.end_offsets(TOPIC)
        at = {number: read.get(TopicPartition(TOPIC, number)) for number in ends}
        return sum(end - max(found.offset if (found := at[n]) else 0, 0) for n, end in ends.items())

    async def settings_of(self, topic: str) -> dict[str, str]:
        admin = AIOKafkaAdminClient(bootstrap_servers=self.brokers)
        await admin.start()
        try:
            [told] = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic)])
            return {name: value for name, value, *_ in told.resources[0][4]}
        finally:
            await admin.close()

    @asynccontextmanager
    async def letters(self) -> AsyncIterator[DeadLetterBox]:
        kafka = KafkaSettings(kafka_brokers=self.brokers)
        async with DeadLetterBox.opened("test", ["test"], kafka, {}) as box:
            yield box

    def reading(self, uow: MongoUnitOfWork, *subscriptions: Subscription[Any]) -> Consumer:
        return Consumer(
            brokers=self.brokers,
            group=GROUP,
            owners={TOPIC: owner("test")},
            subscriptions=subscriptions,
            uow=uow,
            broker=self.broker,
            dead_letters=LETTERS,
        )


@pytest.fixture
async def there(kafka_idempotence: bool, request: pytest.FixtureRequest) -> AsyncIterator[Place]:
    if not kafka_idempotence:
        pytest.skip("the embedded broker has no topic settings")
    server: Server = request.getfixturevalue("own_apache_kafka")
    brokers = server.address
    settings = {TOPIC: {"max.message.bytes": "4000000"}, LETTERS: TOPIC_SETTINGS}
    await ensure_topics(brokers, [TOPIC, LETTERS], partitions=PARTITIONS, settings=settings)
    broker = KafkaBroker(brokers, idempotence=True, partitions=PARTITIONS)
    await broker.start()
    yield Place(brokers, broker)
    await broker.stop()


async def told_again(database: Database, numbers: Sequence[int]) -> None:
    """What the owner told stands in its outbox: marked as not sent, it goes out as it was."""
    rows = [outbox_row(true_event(n)) | {"log": 1} for n in numbers]
    await database[OUTBOX].insert_many(rows)
    await database[OUTBOX].update_many(
        {"_id": {"$in": [row["_id"] for row in rows]}}, {"$set": {"log": UNSENT}}
    )


def raw(record: Any) -> Raw:
    """Without what was added."""
    return (
        record.key or None,
        record.value,
        [each for each in record.headers if each[0] not in ADDED],
    )


async def test_bad_events_of_every_kind_hold_nobody_up_and_take_effect_once_mended(
    there: Place,
    database: Database,
    mongo_uow: MongoUnitOfWork,
    record_property: Callable[[str, str], None],
) -> None:
    bad = {FIRST_BAD + BAD_EVERY * n: kind for n, kind in enumerate(BAD)}
    sent = [
        {**mangled(event), **ahead(event)}[bad[n]] if n in bad else as_sent(event)
        for n, event in enumerate(map(true_event, range(EVENTS)))
    ]

    async def placed() -> int:
        return await mongo_uow.reading().store(DESKS).count()

    async def all_read() -> bool:
        with suppress(GroupCoordinatorNotAvailableError):  # Nobody has joined yet.
            return await there.lag() == 0
        return False

    async def all_placed() -> bool:
        return await placed() == EVENTS

    await there.send(sent)
    began = monotonic()
    before = there.reading(mongo_uow, Subscription(DeskRenamed.TYPE, Renamed, place))
    async with running(before.run()):
        await eventually(all_read, within_s=LAG_GONE_S, what="all was read")
    record_property(*measured(seconds("nothing unread after", monotonic() - began, LAG_GONE_S)))
    async with there.letters() as box:
        letters = await box.letters(Wanted())

    taken = await placed()
    record_property(*measured(Figure(what="took effect beside the bad", value=taken)))
    record_property(*measured(Figure(what="letters", value=len(letters), bound=len(bad))))
    assert taken == EVENTS - len(bad)
    assert sorted(map(str, (raw(each.record) for each in letters))) == sorted(
        str(sent[n]) for n in bad
    )
    assert all(re.fullmatch(rf"{TOPIC}/\d/\d+", each.said(ORIGIN)) for each in letters)
    assert all(each.said(REASON) != "-" and each.said(BURIED_AT) != "-" for each in letters)
    kept = await there.settings_of(LETTERS)
    assert (kept["retention.ms"], kept["retention.bytes"]) == ("-1", "-1")

    after = there.reading(
        mongo_uow,
        *(Subscription(kind, RenamedTolerantly, place) for kind in (DeskRenamed.TYPE, NEXT)),
    )
    await told_again(database, [n for n, kind in bad.items() if kind in mangled(true_event(0))])
    relay = Relay(database, there.broker, TOPIC)
    async with running(after.run(), relay.run()), there.letters() as box:
        for letter in letters * 2:
            await box.redrive(letter, by="operator", why="mended")
        await eventually(all_placed, within_s=LAG_GONE_S, what="all took effect")
        await eventually(all_read, within_s=LAG_GONE_S, what="all was read")
        again = await box.letters(Wanted())
        for letter in again:
            await box.drop(letter, by="operator", why="their owner told them again")
        assert await box.letters(Wanted()) == []

    taken = await placed()
    record_property(*measured(Figure(what="took effect once mended", value=taken, bound=EVENTS)))
    assert taken == EVENTS
    assert {each.said("ce_id") for each in again} <= {f"evt_{n}" for n in bad} | {"-"}
    assert "CONFLICT" not in {each.said(REASON) for each in again}
