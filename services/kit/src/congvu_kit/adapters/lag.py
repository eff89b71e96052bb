"""How far a group of consumers is behind the ends of its partitions, whoever of it is alive."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from congvu_kit.adapters import metrics
from congvu_kit.adapters.kafka import PLAIN, REQUEST_TIMEOUT_MS, Security


class Ends(Protocol):
    async def end_offsets(self, topic: str) -> Mapping[int, int]:
        """The next offset of every partition."""


class Lag:
    """By what the group has committed: a member that stands still is seen by the others."""

    def __init__(
        self,
        brokers: str,
        group: str,
        topics: Iterable[str],
        ends: Ends,
        *,
        security: Security = PLAIN,
    ) -> None:
        self._brokers = brokers
        self._group = group
        self._topics = list(topics)
        self._ends = ends
        self._security = security
        self._admin: AIOKafkaAdminClient | None = None

    async def measure(self) -> None:
        ends = {
            TopicPartition(topic, number): end
            for topic in self._topics
            for number, end in (await self._ends.end_offsets(topic)).items()
        }
        committed = await self._committed(list(ends)) if ends else {}
        for at, end in ends.items():
            behind = max(end - max(committed.get(at, 0), 0), 0)
            metrics.CONSUMER_LAG.labels(at.topic, str(at.partition)).set(behind)

    async def _committed(self, partitions: list[TopicPartition]) -> Mapping[TopicPartition, int]:
        if self._admin is None:
            admin = AIOKafkaAdminClient(
                bootstrap_servers=self._brokers,
                request_timeout_ms=REQUEST_TIMEOUT_MS,
                **self._security,
            )
            try:
                await admin.start()
            except BaseException:
                await admin.close()
                raise
            self._admin = admin
        try:
            offsets = await self._admin.list_consumer_group_offsets(
                self._group, partitions=partitions
            )
        except (KafkaError, OSError, TimeoutError):
            await self.close()
            raise
        return {at: told.offset for at, told in offsets.items()}

    async def close(self) -> None:
        admin, self._admin = self._admin, None
        if admin is not None:
            await admin.close()
