"""Events in: read in a group, each with one effect, in the order of its partition."""

import asyncio
from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from functools import partial
from time import monotonic, time

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import IllegalStateError, KafkaError

from congvu_kit.adapters.alone import GIVE_UP_S, IN_PLACE_S, Alone
from congvu_kit.adapters.assignments import (
    Assignments,
    QuietLeaver,
    back_to_committed,
)
from congvu_kit.adapters.dead_letters import Broker, DeadLetters
from congvu_kit.adapters.deaths import Deaths
from congvu_kit.adapters.event_watch import InHand
from congvu_kit.adapters.judging import Judge, Judged, Record, Told
from congvu_kit.adapters.kafka import (
    METADATA_MAX_AGE_MS,
    PLAIN,
    REQUEST_TIMEOUT_MS,
    Security,
    until_up,
)
from congvu_kit.adapters.reacting import PASSING, Part, Reacting, parts_of
from congvu_kit.adapters.reasons import reason_of
from congvu_kit.adapters.signatures import EventOwner
from congvu_kit.adapters.subscriptions import AnySubscription, Subscription
from congvu_kit.adapters.together import TOGETHER, Together
from congvu_kit.adapters.waiting import in_turns
from congvu_kit.application.ports import UnitOfWork

ROUND_S = 60.0
"""How long the records of one fetch are worked on; what is left then is fetched again."""
RECORD_MAX_S = 900.0
"""Longest work on one record (the largest agency on the slowest server is scored in 200 s): the
group gives up on who fetches nothing for a round and one record more."""
SESSION_TIMEOUT_S = 6.0
"""A dead consumer's partitions move on after so long, the least that Apache Kafka takes: that gives
it up then, the embedded broker after it has also waited as long for it to join again."""
HEARTBEATS = 5
"""In a session's time."""

FETCH_RECORDS = 500
FETCH_BYTES, FETCH_PARTITION_BYTES = 16_000_000, 1_000_000
"""What a slow reader holds of what it has not worked on, of all partitions and of one."""

GATHER_S, FRESH_S = 0.1, 1.0
"""From one fetch to the next while what comes is fresh and little: what comes meanwhile takes
effect together. The first after a pause takes effect at once; who is behind waits for nothing."""

log = structlog.get_logger(__name__)


def _is_before(end: float) -> bool:
    return monotonic() < end


def _has_kept_up(batches: Collection[Sequence[Record]]) -> bool:
    newest_s = max(records[-1].timestamp for records in batches) / 1000
    return time() - newest_s < FRESH_S and sum(map(len, batches)) < TOGETHER


class Consumer:
    """Reads topics in a group; each event takes effect once, in the order of its partition.

    Of one partition up to `together` events take effect in one transaction; when that fails they
    are taken in halves, and in the end one by one. What fails in a way that may pass is tried
    again: for ever while nothing can be stored, for `give_up_s` when it is this event alone. Then,
    as at once what can never succeed, and in the end what ends each process that reads it, it goes
    to `dead_letters`, and the next event follows.

    A consumer goes on where its group stood. `loses_log` is for a broker that may lose what it
    kept, offsets included: what was read around a rebalance is then read from the beginning, and
    the group is left as by one that died. Of a group whose members die, however many, the rest or
    whoever comes goes on after twice `session_timeout_s` and a heartbeat at most.
    """

    def __init__(
        self,
        *,
        brokers: str,
        group: str,
        owners: Mapping[str, EventOwner],
        subscriptions: Sequence[AnySubscription],
        uow: UnitOfWork,
        broker: Broker,
        dead_letters: str,
        loses_log: bool = False,
        together: int = TOGETHER,
        in_place_s: float = IN_PLACE_S,
        give_up_s: float = GIVE_UP_S,
        session_timeout_s: float = SESSION_TIMEOUT_S,
        security: Security = PLAIN,
    ) -> None:
        self._brokers = brokers
        self._security = security
        self._loses_log = loses_log
        self._session_timeout_ms = int(1000 * session_timeout_s)
        self._group = group
        self._topics = list(owners)
        self._assignments = Assignments()
        self._in_hand = InHand()
        self._judge = Judge(owners, subscriptions)
        self._reacting = Reacting(uow)
        letters = DeadLetters(broker, dead_letters)
        self._deaths = Deaths(uow, group)
        self._begun: dict[TopicPartition, int] = {}
        self._together = Together(self._reacting, together)
        self._alone = Alone(
            self._reacting, letters, self._deaths, in_place_s=in_place_s, give_up_s=give_up_s
        )

    async def run(self, done: Callable[[], None] = lambda: None) -> None:
        member = QuietLeaver if self._loses_log else AIOKafkaConsumer
        consumer = member(
            bootstrap_servers=self._brokers,
            group_id=self._group,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            session_timeout_ms=self._session_timeout_ms,
            rebalance_timeout_ms=self._session_timeout_ms,
            heartbeat_interval_ms=self._session_timeout_ms // HEARTBEATS,
            max_poll_interval_ms=int(1000 * (ROUND_S + RECORD_MAX_S)),
            metadata_max_age_ms=METADATA_MAX_AGE_MS,
            request_timeout_ms=REQUEST_TIMEOUT_MS + self._session_timeout_ms,
            fetch_max_bytes=FETCH_BYTES,
            max_partition_fetch_bytes=FETCH_PARTITION_BYTES,
            **self._security,
        )
        consumer.subscribe(self._topics, listener=self._assignments)
        try:
            await until_up(f"kafka at {self._brokers}", consumer.start)
            while True:
                since = self._assignments.times
                batches = await consumer.getmany(timeout_ms=500, max_records=FETCH_RECORDS)
                self._in_hand.turn(consumer.assignment())
                done()
                if since != self._assignments.times:
                    await back_to_committed(consumer, batches)
                    continue
                began = monotonic()
                goes_on = partial(_is_before, began + ROUND_S)
                await self.take_all(consumer, batches, goes_on, since)
                if batches and _has_kept_up(batches.values()):
                    await asyncio.sleep(began + GATHER_S - monotonic())
        except asyncio.CancelledError:
            await self.told_to_end()
            raise
        finally:
            await consumer.stop()

    async def told_to_end(self) -> None:
        """What waits here is not what this process ends of."""
        await self._deaths.told_to_end(self._alone.waiting)

    async def take_all(
        self,
        consumer: AIOKafkaConsumer,
        batches: Mapping[TopicPartition, Sequence[Record]],
        goes_on: Callable[[], bool] = lambda: True,
        since: int = 0,
    ) -> None:
        """What was fetched of all partitions: little of several in one transaction, where nothing
        of it is more than one bears; else one partition after the other."""
        judged: dict[TopicPartition, Sequence[Judged]] = {}
        if len(batches) > 1 and sum(map(len, batches.values())) <= self._together.size:
            judged = {at: await self._judged(records) for at, records in batches.items()}
            if self._in_one(batches, judged, since) and await self._took(batches, judged):
                ends = {at: records[-1].offset + 1 for at, records in batches.items()}
                await self._commit(consumer, ends, since)
                return
        for at, records in batches.items():
            await self.take(consumer, at, records, goes_on, since, judged=judged.get(at))

    def _in_one(
        self,
        batches: Mapping[TopicPartition, Sequence[Record]],
        judged: Mapping[TopicPartition, Sequence[Judged]],
        since: int,
    ) -> bool:
        """Whether all of it may be tried in one transaction: nothing that is work by itself, is
        no good, waits, or may be what readers die of."""
        return all(
            self._begun.get(at) == since
            and at not in self._alone.waiting
            and not self._deaths.suspects(at, records[0])
            for at, records in batches.items()
        ) and all(
            each is None or (isinstance(each, Told) and isinstance(each.subscription, Subscription))
            for some in judged.values()
            for each in some
        )

    async def _took(
        self,
        batches: Mapping[TopicPartition, Sequence[Record]],
        judged: Mapping[TopicPartition, Sequence[Judged]],
    ) -> bool:
        for at, records in batches.items():
            self._in_hand.take(at, records[0])
        told = [each for some in judged.values() for each in some if isinstance(each, Told)]
        took = not told or await self._together.took(told)
        for at in batches if took else ():
            self._in_hand.done(at)
        return took

    async def _judged(self, records: Sequence[Record]) -> Sequence[Judged]:
        return await in_turns(records, self._judge.judge)

    async def take(
        self,
        consumer: AIOKafkaConsumer,
        partition: TopicPartition,
        records: Sequence[Record],
        goes_on: Callable[[], bool] = lambda: True,
        since: int = 0,
        *,
        judged: Sequence[Judged] | None = None,
    ) -> None:
        """A batch of one partition, in its order; its offset is committed after it.

        What is left when the round does not go on, or a record must wait, is fetched again. When
        partitions were given anew `since`, it is read by whoever has them now.
        """
        judged = await self._judged(records) if judged is None else judged
        keys = [each.key for each in judged if isinstance(each, Told)]
        known = await self._reacting.known(keys)
        if keys:
            await self._begin(partition, records, since)
        parts = parts_of(judged, known, partial(self._together_with, partition))
        pending: deque[Part] = deque()
        while part := pending.popleft() if pending else next(parts, None):
            if since != self._assignments.times or partition not in consumer.assignment():
                return
            self._in_hand.take(partition, first := part[0].record)
            try:
                left = await self._effect(partition, part) if goes_on() else None
            except asyncio.CancelledError:  # The process ends: what took effect is not read again.
                await self._commit(consumer, {partition: first.offset}, since)
                await self._deaths.told_to_end({partition: first.offset})
                raise
            if left is None:
                with suppress(IllegalStateError):  # It was taken away just now.
                    consumer.seek(partition, first.offset)
                await self._commit(consumer, {partition: first.offset}, since)
                return
            pending.extendleft(reversed(left))
        self._in_hand.done(partition)
        await self._commit(consumer, {partition: records[-1].offset + 1}, since)

    async def _begin(
        self, partition: TopicPartition, records: Sequence[Record], since: int
    ) -> None:
        if self._begun.get(partition) != since:
            await self._deaths.begin(partition, records)
            self._begun[partition] = since

    def _together_with(self, partition: TopicPartition, told: Told) -> int:
        return 1 if self._deaths.suspects(partition, told.record) else self._together.size

    async def _effect(self, partition: TopicPartition, part: Part) -> Sequence[Part] | None:
        """What is left to do of it; None when it must wait."""
        try:
            if len(part) > 1:
                return await self._together.take([each for each in part if isinstance(each, Told)])
            await self._alone.take(partition, part[0])
        except PASSING:
            return None
        return ()

    async def _commit(
        self, consumer: AIOKafkaConsumer, offsets: Mapping[TopicPartition, int], since: int
    ) -> None:
        if since != self._assignments.times:
            return
        try:
            await consumer.commit(dict(offsets))
            if self._loses_log and since != self._assignments.times:
                # They may have gone to a new log, where below them lies what nobody has read.
                await consumer.commit(dict.fromkeys(offsets, 0))
                for partition in offsets:
                    consumer.seek(partition, 0)
        except (KafkaError, IllegalStateError) as exception:
            # The next owner reads again, and claims keep it single.
            partitions = ", ".join(map(str, offsets))
            why = reason_of(exception)
            log.warning("offset_not_committed", partition=partitions, error=why)
