"""For a broker that keeps its log in memory: after it stopped, old offsets mean nothing."""

from collections.abc import Iterable

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition


class FromTheBeginning(ConsumerRebalanceListener):  # type: ignore[misc] # aiokafka has no types
    """Whenever partitions are assigned they are read from their first record.

    A broker that forgot its members makes them join again, so that everything its log was filled
    with anew is read. Committed offsets would skip what came to lie below them, and what is read
    twice was claimed before.
    """

    def __init__(self, consumer: AIOKafkaConsumer) -> None:
        self._consumer = consumer

    async def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        """There is nothing to keep."""

    async def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        for partition in assigned:
            self._consumer.seek(partition, 0)
