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


class QuietLeaver(AIOKafkaConsumer):  # type: ignore[misc] # aiokafka has no types
    """Leaves its group without a word, as one that died: it is given up after the session's time.

    For the embedded broker. When who leads a group says that it leaves while the group forms, that
    broker makes nobody leader ever after, and no member gets a partition again.
    """

    async def start(self) -> None:
        await super().start()

        async def forget() -> None:
            self._coordinator.reset_generation()

        # The driver leaves quietly for static members alone, whom that broker never gives up.
        self._coordinator._maybe_leave_group = forget
