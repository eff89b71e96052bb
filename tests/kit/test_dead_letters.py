"""What a bug buried takes effect after it is mended; every service, every event that it reads."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.structs import ConsumerRecord
from typer.testing import CliRunner, Result

from congvu_kit.adapters.cloudevents import CloudEvent
from congvu_kit.adapters.consumer import Consumer
from congvu_kit.adapters.dead_letters import DeadLetters
from congvu_kit.adapters.kafka import KafkaBroker, ensure_topics
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.subscriptions import AnySubscription, Subscription
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.clock import SystemClock
from congvu_kit.domain.errors import Conflict
from congvu_kit.service.definition import dead_letters_of, service_of, topic_of
from congvu_kit.tools.cli import build
from congvu_kit.tools.contracts import Contracts, all_contracts
from congvu_kit.tools.failure import Failure
from support.event_keys import owner, signed
from support.letters import Partition
from support.servers import Server

pytestmark = pytest.mark.kafka

SERVICES = [each.service for each in all_contracts()]
EXAMPLES = {event.name: event.example_data() for each in all_contracts() for event in each.events}


@pytest.fixture
async def broker(own_embedded_broker: Server) -> AsyncIterator[KafkaBroker]:
    """Of this test alone, so that topics have their true names."""
    topics = [name(each) for each in SERVICES for name in (topic_of, dead_letters_of)]
    await ensure_topics(own_embedded_broker.address, topics, partitions=1)
    made = KafkaBroker(own_embedded_broker.address, idempotence=False, partitions=1)
    await made.start()
    yield made
    await made.stop()


def told(subscription: AnySubscription) -> CloudEvent:
    kind = subscription.event_type
    return signed(
        CloudEvent(
            id=f"evt {kind}",
            type=kind,
            source=f"//congvu/{service_of(kind)}",
            subject=kind,
            time=SystemClock().now(),
            sequence=1,
            data=EXAMPLES[kind],
        )
    )


async def read_topic(address: str, topic: str) -> Sequence["ConsumerRecord[bytes, bytes]"]:
    partition = TopicPartition(topic, 0)
    consumer = AIOKafkaConsumer(bootstrap_servers=address)
    await consumer.start()
    try:
        consumer.assign([partition])
        consumer.seek(partition, 0)
        records: list[ConsumerRecord[bytes, bytes]] = []
        end = (await consumer.end_offsets([partition]))[partition]
        while len(records) < end:
            records += (await consumer.getmany(partition, timeout_ms=500)).get(partition, [])
        return records
    finally:
        await consumer.stop()


class Bug:
    """What every reaction of a service does, until it is mended."""

    mended = False

    def __init__(self) -> None:
        self.took: list[object] = []

    async def react(self, fact: object, tx: Transaction) -> None:
        if not self.mended:
            raise Conflict(en="a bug", vi="lỗi")
        self.took.append(fact)


def consumer_of(contracts: Contracts, bug: Bug, broker: KafkaBroker, address: str) -> Consumer:
    return Consumer(
        brokers=address,
        group=f"congvu.{contracts.service}",
        owners={topic_of(each): owner(each) for each in contracts.consumes},
        subscriptions=[
            Subscription(each.event_type, each.fact, bug.react) for each in contracts.subscriptions
        ],
        uow=MemoryUnitOfWork(),
        broker=broker,
        dead_letters=dead_letters_of(contracts.service),
    )


@dataclass
class Operator:
    """Types `congvu dlq`, of one service."""

    service: str
    address: str

    async def dlq(self, command: str, *options: str) -> list[dict[str, Any]]:
        done = await self.typed(command, *options, "--json")
        assert done.exit_code == 0, (done.output, done.exception)
        return [json.loads(line) for line in done.output.splitlines()]

    async def typed(self, command: str, *options: str) -> Result:
        asked = ["dlq", command, self.service, *options]
        beside = {"CONGVU_KAFKA_BROKERS": self.address}
        return await asyncio.to_thread(lambda: CliRunner().invoke(build(), asked, env=beside))


@pytest.mark.parametrize("contracts", all_contracts(), ids=SERVICES)
async def test_what_a_bug_buried_takes_effect_once_after_it_is_mended(
    contracts: Contracts, broker: KafkaBroker, own_embedded_broker: Server
) -> None:
    address, bug = own_embedded_broker.address, Bug()
    consumer = consumer_of(contracts, bug, broker, address)
    operator = Operator(contracts.service, address)

    async def take() -> None:
        for source in contracts.consumes:
            for record in await read_topic(address, topic_of(source)):
                at = TopicPartition(record.topic, record.partition)
                await consumer.take(Partition(at), at, [record])

    for each in contracts.subscriptions:
        await broker.publish(topic_of(service_of(each.event_type)), [told(each)])
    await take()
    buried = len(contracts.subscriptions)
    first = topic_of(contracts.consumes[0])
    of_first = [e for e in contracts.subscriptions if topic_of(service_of(e.event_type)) == first]
    bug.mended = True

    assert len(await operator.dlq("list")) == buried
    assert await operator.dlq("list", "--reason", "another") == []
    assert await operator.dlq("list", "--origin", first[:-1]) == []
    assert len(await operator.dlq("list", "--reason", "conflict", "--origin", first)) == len(
        of_first
    )
    assert len(await operator.dlq("redrive", "--origin", first)) == len(of_first)
    assert len(await operator.dlq("redrive", "--all")) == buried - len(of_first)
    assert await operator.dlq("redrive", "--all") == []
    assert await operator.dlq("list") == []
    assert {each["state"] for each in await operator.dlq("list", "--all")} == {"redriven"}

    await take()
    await take()
    assert len(bug.took) == buried


async def test_a_letter_is_shown_whole_and_who_drops_it_is_on_record(
    broker: KafkaBroker, own_embedded_broker: Server
) -> None:
    operator = Operator("catalogue", own_embedded_broker.address)
    letters = DeadLetters(broker, dead_letters_of("catalogue"))
    for offset in (7, 8):
        await letters.bury(letter(offset, b"\xff\x00"), "no good")

    [first, second] = await operator.dlq("list")
    [shown] = await operator.dlq("show", first["letter"], "--body")
    [dropped] = await operator.dlq("drop", first["letter"], "--by", "An", "--why", "kiểm thử")
    [after] = await operator.dlq("show", first["letter"])

    assert (first["origin"], first["reason"]) == ("congvu.evaluation.v1/3/7", "no good")
    assert (shown["key"], base64.b64decode(shown["body"])) == ("k", b"\xff\x00")
    assert (shown["headers"]["ce_id"], "body" in after) == ("evt_7", False)
    assert datetime.fromisoformat(first["buriedAt"]).tzinfo is not None
    assert dropped == {"letter": first["letter"], "state": "dropped"}
    assert (after["decided"]["by"], after["decided"]["why"]) == ("An", "kiểm thử")
    assert [each["letter"] for each in await operator.dlq("list")] == [second["letter"]]
    for gone in (["drop", first["letter"], "--by", "An", "--why", "x"], ["redrive", "0/99"]):
        refused = await operator.typed(gone[0], *gone[1:])
        assert isinstance(refused.exception, Failure)


async def test_what_came_from_elsewhere_stays(
    broker: KafkaBroker, own_embedded_broker: Server
) -> None:
    operator = Operator("catalogue", own_embedded_broker.address)
    letters = DeadLetters(broker, dead_letters_of("catalogue"))
    await letters.bury(letter(7, b"x", topic="strangers.v1"), "no good")

    refused = await operator.typed("redrive", "--all")

    assert isinstance(refused.exception, Failure)
    assert len(await operator.dlq("list")) == 1


def letter(
    offset: int, value: bytes, topic: str = "congvu.evaluation.v1"
) -> "ConsumerRecord[bytes, bytes]":
    return ConsumerRecord(
        topic=topic,
        partition=3,
        offset=offset,
        timestamp=0,
        timestamp_type=0,
        key=b"k",
        value=value,
        checksum=None,
        serialized_key_size=1,
        serialized_value_size=len(value),
        headers=[("ce_id", f"evt_{offset}".encode())],
    )
