"""From committed rows to Kafka: in order per aggregate, at least once, for as long as it takes."""

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from time import monotonic
from typing import Any, Protocol

import structlog
from aiokafka.errors import KafkaError
from tenacity import AsyncRetrying, RetryCallState, wait_exponential

from congvu_kit.adapters import metrics
from congvu_kit.adapters.cloudevents import CloudEvent
from congvu_kit.adapters.driver import ASCENDING, Database, aggregated
from congvu_kit.adapters.leases import FencedRow, MongoLeases
from congvu_kit.adapters.outbox import OUTBOX, UNSENT, to_event
from congvu_kit.adapters.reasons import reason_of
from congvu_kit.application.ports import Leases
from congvu_kit.domain.clock import Clock, SystemClock

RELAY = "relay"

BATCH_SUBJECTS, BATCH_ROWS = 200, 500
"""Aggregates and rows of one batch: about a second of work for a small broker."""

AHEAD_SUBJECTS = 5_000
"""Aggregates found at a time: the embedded database looks at everything unsent for it."""

LEASE = timedelta(seconds=5)
"""How long a silent relay keeps its place; another replica takes over after it."""

LOOK_S = 1.0
"""How often an idle relay looks whether the broker still has its log."""

ROUND_S = 0.1
"""Batches that are not full begin so far apart: what happens meanwhile goes together. The first
after a pause goes at once."""

BACKOFF_MAX_S = 10.0

log = structlog.get_logger(__name__)


class Broker(Protocol):
    """What the relay needs of Kafka."""

    async def publish(self, topic: str, events: Sequence[CloudEvent]) -> Mapping[int, int]:
        """Send all, keyed by subject, and wait for every acknowledgement; return the lowest
        offset per partition."""

    async def end_offsets(self, topic: str) -> Mapping[int, int]:
        """The next offset of every partition."""


class Relay:
    """One relay at a time works on a database: it holds a lease and renews it. The number of the
    lease is a fence: what a relay writes of itself is refused once a later one was there.

    A broker that lost its log (the embedded one keeps it in memory) shows by end offsets below
    what was published: every row kept is sent again, after what is new, and consumers
    ignore what they claimed.
    """

    def __init__(
        self,
        database: Database,
        broker: Broker,
        topic: str,
        *,
        leases: Leases | None = None,
        clock: Clock | None = None,
        monotonic_s: Callable[[], float] = monotonic,
        poll_s: float = 0.25,
    ) -> None:
        self._database = database
        self._broker = broker
        self._topic = topic
        self._leases = leases or MongoLeases(database)
        self._own = FencedRow(database[RELAY], topic)
        self._clock = clock or SystemClock()
        self._monotonic_s = monotonic_s
        self._poll_s = poll_s
        self._fence: int | None = None
        self._published: dict[int, int] = {}
        self._log = UNSENT + 1
        self._look_at: float | None = None
        self._ahead: list[str] = []
        self._more = False
        self._woken = asyncio.Event()
        self._excused: Callable[[], None] = lambda: None

    def wake(self) -> None:
        """Look at once instead of at the next poll."""
        self._woken.set()

    async def run(
        self, done: Callable[[], None] = lambda: None, excused: Callable[[], None] = lambda: None
    ) -> None:
        """Relay for ever; a failure is logged and tried again at growing distances. `done` hears of
        every step that got to its end, `excused` of one that the broker kept from it."""
        self._excused = excused
        patient = AsyncRetrying(
            wait=wait_exponential(multiplier=2 * self._poll_s, max=BACKOFF_MAX_S),
            sleep=self._wait,
            before_sleep=self._tell,
        )
        while True:
            self._woken.clear()
            next_at = self._monotonic_s() + ROUND_S
            await patient(self.step)
            done()
            if not self._more:
                await self._wait(self._poll_s)
                await asyncio.sleep(next_at - self._monotonic_s())

    def _tell(self, failed: RetryCallState) -> None:
        error = failed.outcome.exception() if failed.outcome else None
        if isinstance(error, KafkaError):
            self._excused()
        log.warning("relay_failed", topic=self._topic, error=reason_of(error))

    async def _wait(self, seconds: float) -> None:
        # Not wait_for: on Python 3.11 it swallows a cancellation that meets the wake-up.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        self._woken.clear()

    async def step(self) -> int:
        """Send one batch; return how many events went out (0 when another relay has the lease)."""
        self._more = False
        if not await self._hold_lease():
            return 0
        rows = await self._next_batch()
        if (rows or self._look_due()) and await self._log_was_lost():
            await self._send_everything_again()
            self._more = True
            return 1
        if not rows:
            return 0
        offsets = await self._broker.publish(self._topic, [to_event(row) for row in rows])
        await self._mark_sent(rows, offsets)
        del self._ahead[:BATCH_SUBJECTS]
        self._more = bool(self._ahead) or len(rows) == BATCH_ROWS
        return len(rows)

    async def _hold_lease(self) -> bool:
        fence = await self._leases.take(self._topic, within=LEASE)
        if fence is None:
            self._fence = None
        elif fence != self._fence:
            await self._begin(fence)
        return fence is not None

    async def _begin(self, fence: int) -> None:
        """What relays of before knew, from when on they write no more."""
        known = await self._own.begin(fence)
        self._published = {int(k): offset for k, offset in known.get("published", {}).items()}
        self._log = known.get("log", self._log)
        self._ahead, self._fence = [], fence

    async def _write(self, change: Mapping[str, Any]) -> None:
        """To the relay's own row; raise `Overtaken` when a later one was there."""
        await self._own.write(change, self._fence)

    def _look_due(self) -> bool:
        return self._look_at is None or self._monotonic_s() > self._look_at

    async def _log_was_lost(self) -> bool:
        ends = await self._broker.end_offsets(self._topic)
        self._look_at = self._monotonic_s() + LOOK_S
        lost = any(ends.get(number, 0) <= offset for number, offset in self._published.items())
        if lost:
            log.warning("broker_lost_its_log", topic=self._topic, published=self._published)
        return lost

    async def _send_everything_again(self) -> None:
        """One write, however many rows there are: those of an earlier log count as unsent."""
        self._ahead = []
        anew = self._log + 1
        await self._write({"$set": {"published": {}, "log": anew}})
        self._log, self._published = anew, {}

    async def _next_batch(self) -> list[dict[str, Any]]:
        """The aggregates with something new to tell, or else with the oldest events that a lost log
        had; each with its unsent events from the first on."""
        while True:
            if not self._ahead:
                self._ahead = await self._subjects(
                    {"log": UNSENT}, AHEAD_SUBJECTS
                ) or await self._subjects({"log": {"$lt": self._log}}, BATCH_SUBJECTS)
            rows = await self._unsent_of(self._ahead[:BATCH_SUBJECTS])
            if rows or not self._ahead:
                return rows
            del self._ahead[:BATCH_SUBJECTS]  # Sent meanwhile, by a relay that had the lease.

    async def _subjects(self, of: Mapping[str, Any], most: int) -> list[str]:
        """The longest waiting first."""
        oldest = self._database[OUTBOX].find(of, {"subject": 1}).limit(most)
        rows = oldest.sort([("log", ASCENDING), ("_id", ASCENDING)])
        return list(dict.fromkeys([row["subject"] async for row in rows]))

    async def _unsent_of(self, subjects: Sequence[str]) -> list[dict[str, Any]]:
        """By subject first: asked for both at once, the embedded database looks at everything that
        is unsent."""
        rows = await aggregated(
            self._database[OUTBOX],
            [
                {"$match": {"subject": {"$in": list(subjects)}}},
                {"$match": {"log": {"$lt": self._log}}},
                {"$sort": {"subject": ASCENDING, "sequence": ASCENDING}},
                {"$limit": BATCH_ROWS},
            ],
        )
        return await rows.to_list(BATCH_ROWS)

    async def _mark_sent(
        self, rows: Sequence[Mapping[str, Any]], offsets: Mapping[int, int]
    ) -> None:
        if any(offset <= self._published.get(number, -1) for number, offset in offsets.items()):
            await self._send_everything_again()  # The log was lost while this batch was sent.
            return
        # Marks first: a stop in between sends twice, and consumers ignore what they claimed.
        marks = {f"published.{number}": offset for number, offset in offsets.items()}
        await self._write({"$set": marks})
        # Only ever forward: a relay that is overtaken here says no more than what was so.
        await self._database[OUTBOX].update_many(
            {"_id": {"$in": [row["_id"] for row in rows]}, "log": {"$lt": self._log}},
            {"$set": {"log": self._log, "sent_at": self._clock.now()}},
        )
        self._published.update(offsets)
        metrics.PUBLISHED.labels(self._topic).inc(len(rows))

    async def release(self) -> None:
        """Let another replica take over at once."""
        self._fence = None
        await self._leases.leave(self._topic)
