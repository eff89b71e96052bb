"""Dead letters go back to where they came from, as they were."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError
from aiokafka.structs import ConsumerRecord

from congvu_kit.adapters.dead_letters import ORIGIN, REASON
from congvu_kit.service.running import dead_letters_of, topic_of
from congvu_kit.service.settings import KafkaSettings
from congvu_kit.tools.broker import REPLAY_GROUP
from congvu_kit.tools.failure import Failure

Letter: TypeAlias = "ConsumerRecord[bytes, bytes]"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which dead letters; each part that is named must fit, and none named means all.

    `origins` are topics, `topic/partition` or `topic/partition/offset`; of `reasons` one must occur
    in the letter's, in any case.
    """

    events: Sequence[str] = ()
    origins: Sequence[str] = ()
    reasons: Sequence[str] = ()

    @property
    def everything(self) -> bool:
        return not (self.events or self.origins or self.reasons)

    def fits(self, record: Letter) -> bool:
        origin, reason = _said(record, ORIGIN), _said(record, REASON).casefold()
        return (
            (not self.events or _said(record, "ce_id") in self.events)
            and (not self.origins or any(_lies_in(origin, each) for each in self.origins))
            and (not self.reasons or any(each.casefold() in reason for each in self.reasons))
        )


def _lies_in(origin: str, place: str) -> bool:
    return origin == place or origin.startswith(f"{place}/")


async def replay(
    service: str,
    known: Sequence[str],
    settings: KafkaSettings,
    security: Mapping[str, Any],
    *,
    send: bool,
    wanted: Wanted = Wanted(),
    tell: Callable[[str], None],
) -> None:
    """Those since the last replay of all, or the wanted ones, which leaves the others waiting;
    `Failure` for a service or a broker that is not there."""
    if service not in known:
        raise Failure(f"no service is called so; there are {', '.join(known)}")
    to = {"bootstrap_servers": settings.kafka_brokers, **security}
    consumer = AIOKafkaConsumer(group_id=REPLAY_GROUP, enable_auto_commit=False, **to)
    idempotent = send and settings.kafka_idempotence  # A right to write, and a look writes nothing.
    producer = AIOKafkaProducer(acks="all", enable_idempotence=idempotent, **to)
    found = 0
    try:
        await consumer.start()
        await producer.start()
        async for record in _waiting(consumer, producer, dead_letters_of(service)):
            if not wanted.fits(record):
                continue
            found += 1
            tell(_line(record))
            if _origin(record) not in map(topic_of, known):
                tell("  stays: it came from no topic of the platform")
            elif send:
                await _send_back(record, producer)
        if send and found and wanted.everything:
            await consumer.commit()
    except KafkaError as exception:
        raise Failure(f"the broker refused: {exception}") from exception
    finally:
        await consumer.stop()
        await producer.stop()
    tell(f"{found} dead letters of {service}, {'sent again' if send else 'nothing sent'}")


def _origin(record: Letter) -> str:
    """The topic it was read from."""
    return _said(record, ORIGIN).partition("/")[0]


async def _send_back(record: Letter, producer: AIOKafkaProducer) -> None:
    headers = [each for each in record.headers if each[0] not in (ORIGIN, REASON)]
    await producer.send_and_wait(_origin(record), record.value, key=record.key, headers=headers)


async def _waiting(
    consumer: AIOKafkaConsumer, producer: AIOKafkaProducer, topic: str
) -> AsyncIterator[Letter]:
    """From where the last replay stopped to what is there now."""
    numbers = await producer.partitions_for(topic)
    partitions = [TopicPartition(topic, each) for each in sorted(numbers)]
    consumer.assign(partitions)
    ends = await consumer.end_offsets(partitions)
    for partition in partitions:
        consumer.seek(partition, await consumer.committed(partition) or 0)
    for partition in partitions:
        while await consumer.position(partition) < ends[partition]:
            batches = await consumer.getmany(partition, timeout_ms=500)
            for record in batches.get(partition, ()):
                yield record


def _line(record: Letter) -> str:
    return "  ".join(_said(record, name) for name in (ORIGIN, "ce_type", "ce_id", REASON))


def _said(record: Letter, name: str) -> str:
    headers: dict[str, bytes] = dict(record.headers)
    return headers.get(name, b"-").decode(errors="replace")
