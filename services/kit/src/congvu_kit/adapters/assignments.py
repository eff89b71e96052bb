"""Partitions that a group gives anew, and where reading them goes on."""

from collections.abc import Iterable
from contextlib import suppress

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import IllegalStateError


class Assignments(ConsumerRebalanceListener):  # type: ignore[misc] # aiokafka has no types
    """Counts how often partitions went and came: what was read before is nobody's to commit."""

    times = 0

    async def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        self.times += 1

    async def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        self.times += 1


async def back_to_committed(
    consumer: AIOKafkaConsumer, partitions: Iterable[TopicPartition]
) -> None:
    """Read anew what came while partitions were given anew: it may be of before or of after."""
    for partition in partitions:
        with suppress(IllegalStateError):  # It is another's by now.
            consumer.seek(partition, await consumer.committed(partition) or 0)
