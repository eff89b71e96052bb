"""The relay and what it keeps of itself: its lease, its batches, what the broker lost."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from time import perf_counter

import pytest

from congvu_kit.adapters.cloudevents import CloudEvent
from congvu_kit.adapters.leases import MongoLeases, Overtaken
from congvu_kit.adapters.mongo import Database, MongoUnitOfWork
from congvu_kit.adapters.outbox import EVENT_MAX_BYTES, OUTBOX, UNSENT, outbox_rows, to_event
from congvu_kit.adapters.relay import BATCH_ROWS, BATCH_SUBJECTS, RELAY, ROUND_S, Relay
from kit.desks import DESKS, Desk
from kit.test_events import running
from support.clock import FixedClock
from support.event_keys import owner, signer
from support.polling import eventually

NOW = datetime(2026, 8, 3, 2, tzinfo=UTC)
TOPIC = "congvu.test.v1"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


class Log:
    """A broker of one partition that keeps what it is sent, until it loses it."""

    def __init__(self) -> None:
        self.events: list[CloudEvent] = []
        self.batches: list[int] = []
        self.looks = 0
        self.refusals = 0

    async def publish(self, topic: str, events: Sequence[CloudEvent]) -> Mapping[int, int]:
        if self.refusals:
            self.refusals -= 1
            raise OSError("refused")
        first = len(self.events)
        self.events += events
        self.batches.append(len(events))
        return {0: first}

    async def end_offsets(self, topic: str) -> Mapping[int, int]:
        self.looks += 1
        return {0: len(self.events)}

    @property
    def told(self) -> list[tuple[str, int]]:
        return [(event.subject, event.sequence) for event in self.events]


def relay_of(database: Database, log: Log, clock: FixedClock, ahead_s: float = 0) -> Relay:
    """In a process of its own, whose machine's clock is `ahead_s` ahead of the database's."""

    def monotonic_s() -> float:
        return clock.seconds() + ahead_s

    leases = MongoLeases(database, clock=clock, monotonic_s=monotonic_s)
    return Relay(database, log, TOPIC, leases=leases, clock=clock, monotonic_s=monotonic_s)


async def rename(uow: MongoUnitOfWork, number: int, *names: str) -> None:
    async with uow.begin() as tx:
        store = tx.store(DESKS)
        desk = await store.find(f"d{number}") or Desk(id=f"d{number}", name="", rank=number)
        for name in names:
            desk.rename(name)
        await store.save(desk)


def test_rows_carry_the_events_in_their_order() -> None:
    desk = Desk(id="d1", name="", sequence=4)
    desk.rename("Bàn")
    desk.rename("Ghế")

    rows = outbox_rows(desk, signer("test"), NOW)

    told = [to_event(row) for row in rows]
    for event in told:
        owner("test").require_told(event.headers(), event.value())
    assert [row.pop("_id").startswith("evt_") for row in rows] == [True, True]
    assert [row.pop("signature") for row in rows] == [event.signature for event in told]
    assert rows == [
        {
            "type": "congvu.test.desk.renamed.v1",
            "source": "//congvu/test",
            "subject": "d1",
            "sequence": number,
            "at": NOW,
            "data": {"desk_id": "d1", "name": name, "revision": 1},
            "traceparent": None,
            "log": UNSENT,
        }
        for number, name in ((5, "Bàn"), (6, "Ghế"))
    ]
    assert desk.sequence == 6
    assert outbox_rows(desk, signer("test"), NOW) == []


def test_an_event_is_as_large_as_a_broker_takes_and_no_larger() -> None:
    envelope = len(b'{"revision":1,"desk_id":"d1","name":""}')
    largest, too_large = Desk(id="d1", name=""), Desk(id="d1", name="")
    largest.rename("x" * (EVENT_MAX_BYTES - envelope))
    too_large.rename("x" * (EVENT_MAX_BYTES - envelope + 1))

    assert len(outbox_rows(largest, signer("test"), NOW)) == 1
    with pytest.raises(ValueError, match=f"over {EVENT_MAX_BYTES} bytes"):
        outbox_rows(too_large, signer("test"), NOW)


@pytest.mark.mongo
async def test_everything_committed_goes_out_once_and_in_order(
    database: Database, mongo_uow: MongoUnitOfWork, clock: FixedClock
) -> None:
    log = Log()
    relay = relay_of(database, log, clock)
    await rename(mongo_uow, 1, "a", "b")
    await rename(mongo_uow, 2, "c")
    await rename(mongo_uow, 1, "d")

    assert [await relay.step() for _ in range(2)] == [4, 0]

    assert sorted(log.told) == [("d1", 1), ("d1", 2), ("d1", 3), ("d2", 1)]
    assert [each for each in log.told if each[0] == "d1"] == [("d1", 1), ("d1", 2), ("d1", 3)]
    rows = [row async for row in database[OUTBOX].find()]
    assert {(row["log"], row["sent_at"]) for row in rows} == {(1, NOW)}


@pytest.mark.mongo
async def test_a_batch_has_so_many_rows_and_aggregates(
    database: Database, mongo_uow: MongoUnitOfWork, clock: FixedClock
) -> None:
    log = Log()
    relay = relay_of(database, log, clock)
    await rename(mongo_uow, 1, *"x" * (BATCH_ROWS + 1))
    assert [await relay.step() for _ in range(3)] == [BATCH_ROWS, 1, 0]

    async with mongo_uow.begin() as tx:
        for number in range(2, BATCH_SUBJECTS + 3):
            desk = Desk(id=f"d{number}", name="", rank=number)
            desk.rename("y")
            await tx.store(DESKS).save(desk)
    assert [await relay.step() for _ in range(3)] == [BATCH_SUBJECTS, 1, 0]


@pytest.mark.mongo
async def test_what_was_refused_goes_out_with_the_next_step(
    database: Database, mongo_uow: MongoUnitOfWork, clock: FixedClock
) -> None:
    log = Log()
    relay = relay_of(database, log, clock)
    await rename(mongo_uow, 1, "a")
    log.refusals = 1

    with pytest.raises(OSError, match="refused"):
        await relay.step()
    assert await relay.step() == 1
    assert log.told == [("d1", 1)]


@pytest.mark.mongo
async def test_a_silent_relay_keeps_its_place_five_seconds(
    database: Database, mongo_uow: MongoUnitOfWork, clock: FixedClock
) -> None:
    log = Log()
    first, second = (relay_of(database, log, clock) for _ in range(2))
    await rename(mongo_uow, 1, "a")
    assert await first.step() == 1
    await rename(mongo_uow, 1, "b")

    clock.pass_seconds(5)
    assert await second.step() == 0
    clock.pass_seconds(0.001)
    assert await second.step() == 1
    assert await first.step() == 0


@pytest.mark.mongo
async def test_a_relay_at_work_renews_its_lease_after_half_of_it(
    database: Database, mongo_uow: MongoUnitOfWork, clock: FixedClock
) -> None:
    log = Log()
    first, second = (relay_of(database, log, clock) for _ in range(2))
    await rename(mongo_uow, 1, "a")
    await first.step()

    clock.pass_seconds(2.5)  # Half of it is over: this step renews, to 7.5 s.
    await first.step()
    clock.pass_seconds(2.499)
    await first.step()  # Too early to renew.
    await rename(mongo_uow, 1, "b")
    clock.pass_seconds(2.5)
    assert await second.step() == 0
    clock.pass_seconds(0.002)
    assert await second.step() == 1


class SlowLog(Log):
    """Somebody else acts while it publishes."""

    def __init__(self, meanwhile: Callable[[], Awaitable[object]]) -> None:
        super().__init__()
        self._meanwhile = meanwhile

    async def publish(self, topic: str, events: Sequence[CloudEvent]) -> Mapping[int, int]:
        offsets = await super().publish(topic, events)
        await self._meanwhile()
        return offsets


@pytest.mark.mongo
async def test_what_an_overtaken_relay_still_writes_is_refused(
    database: Database, mongo_uow: MongoUnitOfWork, clock: FixedClock
) -> None:
    """It slept through its lease while it published; the next one had published meanwhile."""
    new_log = Log()
    second = relay_of(database, new_log, clock)

    async def sleep_through_the_lease() -> None:
        clock.pass_seconds(6)
        await second.step()

    first = relay_of(database, SlowLog(sleep_through_the_lease), clock)
    await rename(mongo_uow, 1, "a")

    with pytest.raises(Overtaken):
        await first.step()

    written = await database[RELAY].find_one({}, {"_id": 0})
    assert written == {"fence": 2, "published": {"0": 0}}
    assert new_log.told == [("d1", 1)]
    assert await first.step() == 0


@pytest.mark.mongo
async def test_a_relay_whose_clock_is_an_hour_ahead_takes_nothing_from_a_healthy_one(
    database: Database, mongo_uow: MongoUnitOfWork, clock: FixedClock
) -> None:
    """Nor keeps it for an hour when it has it."""
    log = Log()
    ahead, healthy = relay_of(database, log, clock, ahead_s=3600), relay_of(database, log, clock)
    await rename(mongo_uow, 1, "a")
    assert await healthy.step() == 1
    await rename(mongo_uow, 1, "b")

    assert [await ahead.step(), await healthy.step()] == [0, 1]

    await rename(mongo_uow, 1, "c")
    await healthy.release()
    assert await ahead.step() == 1
    await rename(mongo_uow, 1, "d")
    clock.pass_seconds(5.001)
    assert await healthy.step() == 1


@pytest.mark.mongo
async def test_a_relay_that_goes_lets_the_next_one_in_at_once(
    database: Database, mongo_uow: MongoUnitOfWork, clock: FixedClock
) -> None:
    log = Log()
    first, second = (relay_of(database, log, clock) for _ in range(2))
    await rename(mongo_uow, 1, "a")
    await first.step()
    await rename(mongo_uow, 1, "b")

    await first.release()

    assert await second.step() == 1


@pytest.mark.mongo
async def test_what_another_relay_sent_meanwhile_is_not_sent_again(
    database: Database, mongo_uow: MongoUnitOfWork, clock: FixedClock
) -> None:
    log = Log()
    first, second = (relay_of(database, log, clock) for _ in range(2))
    for number in range(BATCH_SUBJECTS + 2):
        await rename(mongo_uow, number, "a")
    await first.step()
    await first.release()
    await second.step()
    await second.release()
    await rename(mongo_uow, 1, "b")
    clock.pass_seconds(20)

    assert [await first.step() for _ in range(2)] == [1, 0]
    assert log.batches == [BATCH_SUBJECTS, 2, 1]


@pytest.mark.mongo
async def test_an_idle_relay_looks_once_a_second_whether_the_log_is_there(
    database: Database, clock: FixedClock
) -> None:
    log = Log()
    relay = relay_of(database, log, clock)

    for seconds in (0, 0.5, 0.5, 0.001, 1):
        clock.pass_seconds(seconds)
        await relay.step()

    assert log.looks == 2


@pytest.mark.mongo
async def test_what_happens_close_together_is_sent_together(
    database: Database, mongo_uow: MongoUnitOfWork
) -> None:
    """The first after a pause goes at once."""
    log = Log()
    relay = Relay(database, log, TOPIC)
    woken: list[float] = []

    def told() -> bool:
        return len(log.told) > 0

    async with running(relay.run()):
        await eventually(lambda: log.looks == 1, what="it looked")
        await asyncio.sleep(ROUND_S)
        await rename(mongo_uow, 1, "a")
        woken.append(perf_counter())
        relay.wake()
        await eventually(told, what="the first was sent")
        first_s = perf_counter() - woken[0]
        for number in range(2, 12):
            await rename(mongo_uow, number, "a")
            relay.wake()
        took_s = perf_counter() - woken[0]
        await eventually(lambda: len(log.told) == 11, what="all were sent")

    assert log.batches[0] == 1
    assert first_s < 2.5 * ROUND_S
    assert len(log.batches) <= 3 + took_s / ROUND_S


@pytest.mark.mongo
@pytest.mark.parametrize(
    "renamed", [(2 * BATCH_SUBJECTS + 1, 1), (1, BATCH_ROWS + 1)], ids=["aggregates", "events"]
)
async def test_what_is_more_than_a_batch_waits_for_nothing(
    database: Database, mongo_uow: MongoUnitOfWork, renamed: tuple[int, int]
) -> None:
    log, (desks, times) = Log(), renamed
    async with mongo_uow.begin() as tx:
        there = [Desk(id=f"d{number}", name="", rank=number) for number in range(desks)]
        for desk in there:
            for number in range(times):
                desk.rename(f"{number}")
        await tx.store(DESKS).save_many(there)

    async with running(Relay(database, log, TOPIC, poll_s=3600).run()):
        await eventually(lambda: len(log.told) == desks * times, what="all were sent")


@pytest.mark.mongo
async def test_a_log_that_was_lost_is_filled_again(
    database: Database, mongo_uow: MongoUnitOfWork, clock: FixedClock
) -> None:
    log = Log()
    relay = relay_of(database, log, clock)
    await rename(mongo_uow, 1, "a", "b")
    await relay.step()
    log.events.clear()

    clock.pass_seconds(2)
    assert [await relay.step() for _ in range(3)] == [1, 2, 0]

    assert log.told == [("d1", 1), ("d1", 2)]
    assert await database[OUTBOX].count_documents({"sent_at": NOW}) == 0


@pytest.mark.mongo
async def test_what_is_new_does_not_wait_for_a_lost_log_to_be_filled(
    database: Database, mongo_uow: MongoUnitOfWork, clock: FixedClock
) -> None:
    log = Log()
    relay = relay_of(database, log, clock)
    for number in range(1, BATCH_SUBJECTS + 3):
        await rename(mongo_uow, number, "a")
    while await relay.step():
        pass
    log.events.clear()
    clock.pass_seconds(2)
    await relay.step()  # Sees the loss.

    last = BATCH_SUBJECTS + 2  # The newest aggregate has something new to tell.
    await rename(mongo_uow, last, "b")
    await relay.step()
    in_the_first_batch = log.told[:]
    await relay.release()
    after = relay_of(database, log, clock)
    while await after.step():
        pass

    assert in_the_first_batch == [(f"d{last}", 1), (f"d{last}", 2)]
    assert sorted(log.told) == sorted(
        [(f"d{number}", 1) for number in range(1, last + 1)] + [(f"d{last}", 2)]
    )


@pytest.mark.mongo
async def test_a_relay_that_takes_over_knows_what_was_published(
    database: Database, mongo_uow: MongoUnitOfWork, clock: FixedClock
) -> None:
    log = Log()
    first, second = (relay_of(database, log, clock) for _ in range(2))
    await rename(mongo_uow, 1, "a")
    await first.step()
    await first.release()
    log.events.clear()

    assert [await second.step() for _ in range(2)] == [1, 1]
    assert log.told == [("d1", 1)]
