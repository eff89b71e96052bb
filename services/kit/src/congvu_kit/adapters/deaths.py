"""What its readers die of: an event that ends the process each time it is read."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from aiokafka import TopicPartition

from congvu_kit.adapters.judging import Record
from congvu_kit.adapters.reacting import PASSING
from congvu_kit.application.ports import Collection, UnitOfWork
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.errors import Conflict
from congvu_kit.domain.ids import derived_id

SUSPECTED_FROM: Final = 3
"""Processes that began at the same record: from then on each record is counted by itself."""

DIED_OF: Final = 3
"""Processes that ended at one record: by chance, or by a deployment, one may, and a second."""


@dataclass(kw_only=True)
class Beginning(Aggregate):
    """At which record of a partition reading began last, and in how many processes."""

    offset: int = -1
    times: int = 0

    def again(self, offset: int) -> None:
        self.times = self.times + 1 if offset == self.offset else 1
        self.offset = offset

    def not_for(self, offset: int) -> None:
        """One of those processes ended for another reason."""
        self.times -= offset == self.offset and self.times > 0


BEGINNINGS = Collection("beginnings", Beginning)


class Deaths:
    """Of the readers of a group. Where nothing can be stored nobody is counted: nothing takes
    effect there either."""

    def __init__(self, uow: UnitOfWork, group: str) -> None:
        self._uow = uow
        self._group = group
        self._suspected_until: dict[TopicPartition, int] = {}
        self._counted: dict[str, int] = {}

    async def begin(self, partition: TopicPartition, records: Sequence[Record]) -> None:
        """Reading goes on at the first of them, since the partition was given to this process."""
        at = f"{partition.topic}/{partition.partition}"
        if await self._times(at, records[0].offset) >= SUSPECTED_FROM:
            self._suspected_until[partition] = records[-1].offset

    def suspects(self, partition: TopicPartition, record: Record) -> bool:
        """Whether it is among those that earlier processes may have ended at."""
        return bool(record.offset <= self._suspected_until.get(partition, -1))

    async def ended(self, partition: TopicPartition, record: Record) -> bool:
        """Whether so many processes ended while they worked on it that it is given up."""
        if not self.suspects(partition, record):
            return False
        at = f"{partition.topic}/{partition.partition}/{record.offset}"
        return await self._times(at, record.offset) > DIED_OF

    async def told_to_end(self, at: Mapping[TopicPartition, int]) -> None:
        """This process ends before it is done with those records, because it was told to: a
        deployment while something long is worked on, or waits, speaks against nothing."""
        for (topic, partition), offset in at.items():
            for place in (f"{topic}/{partition}", f"{topic}/{partition}/{offset}"):
                if self._counted.pop(f"{place}@{offset}", 0):
                    with suppress(Conflict, *PASSING):
                        await self._take_back(place, offset)

    async def _times(self, at: str, offset: int) -> int:
        """How many processes began here, ours included, which is counted once."""

        key = f"{at}@{offset}"
        if key not in self._counted:
            try:
                self._counted[key] = await self._count(at, offset)
            except (Conflict, *PASSING):
                return 1
        return self._counted[key]

    async def _count(self, at: str, offset: int) -> int:
        async with self._uow.begin() as tx:
            id = derived_id("begin", self._group, at)
            beginning = await tx.store(BEGINNINGS).find(id) or Beginning(id=id)
            beginning.again(offset)
            await tx.store(BEGINNINGS).save(beginning)
        return beginning.times

    async def _take_back(self, at: str, offset: int) -> None:
        async with self._uow.begin() as tx:
            beginning = await tx.store(BEGINNINGS).get(derived_id("begin", self._group, at))
            beginning.not_for(offset)
            await tx.store(BEGINNINGS).save(beginning)
