"""Events in: read in a group, each with one effect, in the order of its partition."""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from time import monotonic

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import IllegalStateError, KafkaError
from tenacity import (
    AsyncRetrying,
    retry_if_exception_type,
    stop_after_delay,
    wait_exponential,
)

from congvu_kit.adapters.assignments import Assignments, QuietLeaver, back_to_committed
from congvu_kit.adapters.dead_letters import Broker, DeadLetters
from congvu_kit.adapters.deaths import DIED_OF, Deaths
from congvu_kit.adapters.event_watch import InHand
from congvu_kit.adapters.judging import Judge, Record, Refused, Told
from congvu_kit.adapters.kafka import (
    METADATA_MAX_AGE_MS,
    PLAIN,
    REQUEST_TIMEOUT_MS,
    Security,
    until_up,
)
from congvu_kit.adapters.reacting import PASSING, Part, Reacting, parts_of, tell_delay
from congvu_kit.adapters.reasons import reason_of
from congvu_kit.adapters.signatures import EventOwner
from congvu_kit.adapters.subscriptions import AnySubscription
from congvu_kit.adapters.waiting import in_turns
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.errors import DomainError, StoreAway

BACKOFF_MAX_S = 10.0
IN_PLACE_S = 60.0
"""How long one record is tried before it is fetched again."""
GIVE_UP_S = 1800.0
"""How long an event may hold up its partition while everything else can be stored: longer than a
deployment or a broker's restart takes, shorter than a shift."""
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

TOGETHER = 100
"""Most events of one transaction."""
TRANSACTION_S = 0.25
"""What a transaction of many events should take: a request that meets its rows waits so long."""

log = structlog.get_logger(__name__)


def _is_before(end: float) -> bool:
    return monotonic() < end


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
        self._letters = DeadLetters(broker, dead_letters)
        self._deaths = Deaths(uow, group)
        self._begun: dict[TopicPartition, int] = {}
        self._most_together = self._together = together
        self._give_up_s = give_up_s
        self._waiting: dict[TopicPartition, tuple[int, float]] = {}
        self._patiently = AsyncRetrying(
            retry=retry_if_exception_type(PASSING),
            stop=stop_after_delay(min(in_place_s, give_up_s)),
            wait=wait_exponential(multiplier=0.1, max=BACKOFF_MAX_S),
            before_sleep=tell_delay,
            reraise=True,
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
                goes_on = partial(_is_before, monotonic() + ROUND_S)
                for partition, records in batches.items():
                    await self.take(consumer, partition, records, goes_on, since)
        except asyncio.CancelledError:
            await self.told_to_end()
            raise
        finally:
            await consumer.stop()

    async def told_to_end(self) -> None:
        """What waits here is not what this process ends of."""
        await self._deaths.told_to_end({at: offset for at, (offset, _) in self._waiting.items()})

    async def take(
        self,
        consumer: AIOKafkaConsumer,
        partition: TopicPartition,
        records: Sequence[Record],
        goes_on: Callable[[], bool] = lambda: True,
        since: int = 0,
    ) -> None:
        """A batch of one partition, in its order; its offset is committed after it.

        What is left when the round does not go on, or a record must wait, is fetched again. When
        partitions were given anew `since`, it is read by whoever has them now.
        """
        judged = await in_turns(records, self._judge.judge)
        keys = [each.key for each in judged if isinstance(each, Told)]
        known = await self._reacting.known(keys)
        if keys and self._begun.get(partition) != since:
            await self._deaths.begin(partition, records)
            self._begun[partition] = since
        parts = parts_of(judged, known, partial(self._together_with, partition))
        pending: deque[Part] = deque()
        while part := pending.popleft() if pending else next(parts, None):
            if since != self._assignments.times or partition not in consumer.assignment():
                return
            self._in_hand.take(partition, first := part[0].record)
            try:
                left = await self._effect(partition, part) if goes_on() else None
            except asyncio.CancelledError:  # The process ends: what took effect is not read again.
                await self._commit(consumer, partition, first.offset, since)
                await self._deaths.told_to_end({partition: first.offset})
                raise
            if left is None:
                with suppress(IllegalStateError):  # It was taken away just now.
                    consumer.seek(partition, first.offset)
                await self._commit(consumer, partition, first.offset, since)
                return
            pending.extendleft(reversed(left))
        self._in_hand.done(partition)
        await self._commit(consumer, partition, records[-1].offset + 1, since)

    def _together_with(self, partition: TopicPartition, told: Told) -> int:
        return 1 if self._deaths.suspects(partition, told.record) else self._together

    async def _effect(self, partition: TopicPartition, part: Part) -> Sequence[Part] | None:
        """What is left to do of it; None when it must wait."""
        try:
            if len(part) > 1:
                return await self._many([each for each in part if isinstance(each, Told)])
            await self._one(partition, part[0])
        except PASSING:
            return None
        return ()

    async def _many(self, part: Sequence[Told]) -> Sequence[Part]:
        began = monotonic()
        try:
            await self._reacting.together(part)
        except Exception as exception:  # Whose fault it is, is found in the halves.
            if isinstance(exception, StoreAway) and not await self._reacting.store_is_well():
                raise
            middle = len(part) // 2
            return part[:middle], part[middle:]
        self._fit(len(part), monotonic() - began)
        return ()

    def _fit(self, size: int, took_s: float) -> None:
        """To how long a transaction took: half as many at the least, since one that had to wait
        says little of the next, and never one, of which nothing would be learnt."""
        fitting = int(size * TRANSACTION_S / max(took_s, 0.001))
        least = max(2, self._together // 2)
        self._together = min(self._most_together, max(least, min(fitting, 2 * self._together)))

    async def _one(self, partition: TopicPartition, judged: Told | Refused) -> None:
        offset, since = self._waiting.get(partition, (-1, 0.0))
        if offset != judged.record.offset:
            since = monotonic()
            self._waiting[partition] = judged.record.offset, since
        try:
            if await self._deaths.ended(partition, judged.record):
                await self._give_up(judged, f"given up: {DIED_OF} processes ended at it")
            else:
                await self._patiently(self._settle, judged)
        except PASSING as exception:
            waited_s = monotonic() - since
            if waited_s < self._give_up_s or not await self._reacting.store_is_well():
                raise
            await self._give_up(judged, f"given up after {waited_s:.0f} s: {reason_of(exception)}")
        del self._waiting[partition]

    async def _settle(self, judged: Told | Refused) -> None:
        """It took effect, or is buried."""
        if isinstance(judged, Refused):
            await self._letters.bury(judged.record, judged.reason)
            return
        try:
            await self._reacting.alone(judged)
        except PASSING:
            raise
        except Exception as exception:
            if not isinstance(exception, DomainError):
                log.exception("reaction_failed", offset=judged.record.offset)
            await self._letters.bury(judged.record, reason_of(exception))

    async def _give_up(self, judged: Told | Refused, reason: str) -> None:
        if isinstance(judged, Told):
            await self._reacting.given_up(judged, reason)
        await self._letters.bury(judged.record, reason)

    async def _commit(
        self, consumer: AIOKafkaConsumer, partition: TopicPartition, offset: int, since: int
    ) -> None:
        if since != self._assignments.times:
            return
        try:
            await consumer.commit({partition: offset})
            if self._loses_log and since != self._assignments.times:
                # It may have gone to a new log, where below it lies what nobody has read.
                await consumer.commit({partition: 0})
                consumer.seek(partition, 0)
        except (KafkaError, IllegalStateError) as exception:
            # The next owner reads again, and claims keep it single.
            why = reason_of(exception)
            log.warning("offset_not_committed", partition=str(partition), error=why)
