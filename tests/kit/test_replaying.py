"""What a bug buried takes effect after it is mended; every service, every event that it reads."""

from collections.abc import AsyncIterator, Sequence

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.structs import ConsumerRecord

from congvu_kit.adapters.cloudevents import CloudEvent
from congvu_kit.adapters.consumer import Consumer
from congvu_kit.adapters.kafka import KafkaBroker, ensure_topics
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.subscriptions import AnySubscription, Subscription
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.clock import SystemClock
from congvu_kit.domain.errors import Conflict
from congvu_kit.service.running import dead_letters_of, service_of, topic_of
from congvu_kit.service.settings import KafkaSettings
from congvu_kit.tools.contracts import Contracts, all_contracts
from congvu_kit.tools.replaying import Wanted, replay
from support.event_keys import owner, signed
from support.servers import Server

pytestmark = pytest.mark.kafka

SERVICES = [each.service for each in all_contracts()]
ALL = Wanted()
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


@pytest.mark.parametrize("contracts", all_contracts(), ids=SERVICES)
async def test_what_a_bug_buried_takes_effect_once_after_it_is_mended(
    contracts: Contracts, broker: KafkaBroker, own_embedded_broker: Server
) -> None:
    address, service, bug = own_embedded_broker.address, contracts.service, Bug()
    consumer = consumer_of(contracts, bug, broker, address)
    lines: list[str] = []

    async def take() -> None:
        for source in contracts.consumes:
            for record in await read_topic(address, topic_of(source)):
                await consumer.handle(record)

    async def sent(wanted: Wanted = ALL, *, send: bool = True) -> str:
        # This broker has no idempotent producers: a look asks for none, whatever is set.
        kafka = KafkaSettings(kafka_brokers=address, kafka_idempotence=not send)
        await replay(service, SERVICES, kafka, {}, send=send, wanted=wanted, tell=lines.append)
        return lines[-1]

    for each in contracts.subscriptions:
        await broker.publish(topic_of(service_of(each.event_type)), [told(each)])
    await take()
    buried = len(contracts.subscriptions)
    first = contracts.consumes[0]
    of_first = [e for e in contracts.subscriptions if service_of(e.event_type) == first]
    bug.mended = True

    assert await sent(send=False) == f"{buried} dead letters of {service}, nothing sent"
    assert (await sent(Wanted(reasons=["another"])))[0] == "0"
    assert (await sent(Wanted(reasons=["conflict"]), send=False))[:2].strip() == str(buried)
    assert (await sent(Wanted(origins=[topic_of(first)[:-1]])))[0] == "0"
    assert (await sent(Wanted(origins=[topic_of(first)])))[:2].strip() == str(len(of_first))
    assert (await sent())[:2].strip() == str(buried)
    assert (await sent())[0] == "0"

    await take()
    assert len(bug.took) == buried
