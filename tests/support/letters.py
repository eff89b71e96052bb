"""Events handed to a service's consumer as a fetch does, where its group then stands, and what it
buried."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiokafka import TopicPartition
from aiokafka.errors import IllegalStateError
from aiokafka.structs import ConsumerRecord

from congvu_kit.adapters.cloudevents import CloudEvent, Headers
from congvu_kit.adapters.consumer import Consumer
from congvu_kit.adapters.subscriptions import AnySubscription
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.ids import new_id
from congvu_kit.service.definition import service_of, sources_of, topic_of
from support.event_keys import owner, signed


class Partition:
    """Where the group stands on one partition, and where the next fetch begins."""

    def __init__(self, at: TopicPartition, *, assigned: bool = True) -> None:
        self.committed: int | None = None
        self.next_offset: int | None = None
        self.assigned = assigned
        self._at = at

    def assignment(self) -> frozenset[TopicPartition]:
        return frozenset({self._at} if self.assigned else ())

    def seek(self, partition: TopicPartition, offset: int) -> None:
        if not self.assigned:
            raise IllegalStateError(str(partition))
        self.next_offset = offset

    async def commit(self, offsets: Mapping[TopicPartition, int]) -> None:
        (self.committed,) = offsets.values()


@dataclass
class Listening:
    """A service that hears; `reasons` of what it buried, in order."""

    subscriptions: Sequence[AnySubscription]
    uow: UnitOfWork
    reasons: list[str] = field(default_factory=list)

    async def hear(self, event: CloudEvent) -> None:
        topic = topic_of(service_of(event.type))
        consumer = Consumer(
            brokers="nowhere",
            group="g",
            owners={topic_of(each): owner(each) for each in sources_of(self.subscriptions)},
            subscriptions=self.subscriptions,
            uow=self.uow,
            broker=self,
            dead_letters="dlq",
        )
        at = TopicPartition(topic, 0)
        group = Partition(at)
        await consumer.take(group, at, [record(topic, event)])
        assert group.committed == 1, "it waits"

    async def publish_raw(
        self, topic: str, key: bytes | None, value: bytes | None, headers: Headers
    ) -> None:
        self.reasons.append(dict(headers)["congvu_reason"].decode())


def told(event_type: str, body: Mapping[str, Any]) -> CloudEvent:
    """As its owner tells it."""
    return signed(
        CloudEvent(
            id=new_id("evt"),
            type=event_type,
            source=f"//congvu/{service_of(event_type)}",
            subject="any",
            time=datetime(2026, 8, 3, 2, tzinfo=UTC),
            sequence=1,
            data=dict(body),
        )
    )


def record(topic: str, event: CloudEvent) -> "ConsumerRecord[bytes, bytes]":
    return ConsumerRecord(
        topic=topic,
        partition=0,
        offset=0,
        timestamp=0,
        timestamp_type=0,
        key=event.subject.encode(),
        value=event.value(),
        checksum=None,
        serialized_key_size=0,
        serialized_value_size=0,
        headers=event.headers(),
    )
