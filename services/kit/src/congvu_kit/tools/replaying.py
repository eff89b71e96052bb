"""Dead letters go back to where they came from, as they were."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError
from aiokafka.structs import ConsumerRecord

from congvu_kit.adapters.consumer import ORIGIN, REASON
from congvu_kit.service.running import dead_letters_of, topic_of
from congvu_kit.service.settings import KafkaSettings
from congvu_kit.tools.broker import REPLAY_GROUP
from congvu_kit.tools.cli import Failure


async def replay(
    service: str,
    known: Sequence[str],
    settings: KafkaSettings,
    security: Mapping[str, Any],
    *,
    send: bool,
    only: Sequence[str] = (),
    tell: Callable[[str], None],
) -> None:
    """Those since the last replay of all, or the events in `only`, which leaves the others waiting.
    Raise `Failure` for a service or a broker that is not there."""
    if service not in known:
        raise Failure(f"no service is called so; there are {', '.join(known)}")
    to = {"bootstrap_servers": settings.kafka_brokers, **security}
    consumer = AIOKafkaConsumer(
        group_id=REPLAY_GROUP,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        **to,
    )
    producer = AIOKafkaProducer(acks="all", enable_idempotence=settings.kafka_idempotence, **to)
    topics = {topic_of(each) for each in known}
    found = 0
    try:
        await consumer.start()
        await producer.start()
        letters = dead_letters_of(service)
        numbers = await producer.partitions_for(letters)
        partitions = [TopicPartition(letters, each) for each in sorted(numbers)]
        async for record in _waiting(consumer, partitions):
            headers = dict(record.headers)
            if only and headers.get("ce_id", b"").decode() not in only:
                continue
            found += 1
            topic = headers.get(ORIGIN, b"").decode().partition("/")[0]
            tell(_line(record, headers))
            if topic not in topics:
                tell("  stays: it came from no topic of the platform")
            elif send:
                kept = [each for each in record.headers if each[0] not in (ORIGIN, REASON)]
                await producer.send_and_wait(topic, record.value, key=record.key, headers=kept)
        if send and found and not only:
            await consumer.commit()
    except KafkaError as exception:
        raise Failure(f"the broker refused: {exception}") from exception
    finally:
        await consumer.stop()
        await producer.stop()
    tell(f"{found} dead letters of {service}, {'sent again' if send else 'nothing sent'}")


async def _waiting(
    consumer: AIOKafkaConsumer, partitions: Sequence[TopicPartition]
) -> AsyncIterator["ConsumerRecord[bytes, bytes]"]:
    """From where the last replay stopped to what is there now."""
    consumer.assign(partitions)
    ends = await consumer.end_offsets(partitions)
    for partition in partitions:
        consumer.seek(partition, await consumer.committed(partition) or 0)
    for partition in partitions:
        while await consumer.position(partition) < ends[partition]:
            batches = await consumer.getmany(partition, timeout_ms=500)
            for record in batches.get(partition, ()):
                yield record


def _line(record: "ConsumerRecord[bytes, bytes]", headers: Mapping[str, bytes]) -> str:
    def of(name: str) -> str:
        return headers.get(name, b"-").decode(errors="replace")

    return f"{of(ORIGIN)}  {of('ce_type')}  {of('ce_id')}  {of(REASON)}"
