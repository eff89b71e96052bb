"""One record at a time: it takes effect once, comes again, or is buried; no broker is needed."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from itertools import count
from unittest.mock import ANY

import pytest
from aiokafka import TopicPartition
from aiokafka.errors import KafkaConnectionError, MessageSizeTooLargeError
from aiokafka.structs import ConsumerRecord
from pymongo.errors import AutoReconnect, OperationFailure

from congvu_kit.adapters.cloudevents import CloudEvent, Headers
from congvu_kit.adapters.consumer import Consumer
from congvu_kit.adapters.memory import MemoryTransaction, MemoryUnitOfWork
from congvu_kit.adapters.subscriptions import (
    AnySubscription,
    LongWork,
    Reaction,
    Subscription,
)
from congvu_kit.application.perform import transact
from congvu_kit.application.ports import Step, Transaction, UnitOfWork
from congvu_kit.domain.clock import SystemClock
from congvu_kit.domain.errors import Conflict, StoreAway, Transient
from kit.desks import DESKS, Desk, DeskRenamed
from support.event_keys import owner, signed
from support.letters import Partition

EVENT = signed(
    CloudEvent(
        id="evt_1",
        type=DeskRenamed.TYPE,
        source="//congvu/test",
        subject="d1",
        time=SystemClock().now(),
        sequence=1,
        data={"desk_id": "d1", "name": "Bàn", "unknown": 1},
    )
)


@dataclass(frozen=True)
class Renamed:
    desk_id: str
    name: str
    rank: int = 0


class Ledger:
    """Places a desk for each fact, after failing as it is told."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.calls = 0

    async def place(self, fact: Renamed, tx: Transaction) -> None:
        self.calls += 1
        await tx.store(DESKS).save(Desk(id=fact.desk_id, name=fact.name, rank=fact.rank))
        if self.failures:
            raise self.failures.pop(0)


class Letters:
    """Keeps what was buried."""

    def __init__(self) -> None:
        self.buried: list[tuple[str, bytes | None, bytes | None, dict[str, bytes]]] = []

    async def publish_raw(
        self, topic: str, key: bytes | None, value: bytes | None, headers: Headers
    ) -> None:
        self.buried.append((topic, key, value, dict(headers)))


def record(event: CloudEvent, value: bytes | None = None) -> "ConsumerRecord[bytes, bytes]":
    return ConsumerRecord(
        topic="congvu.test.v1",
        partition=1,
        offset=42,
        timestamp=0,
        timestamp_type=0,
        key=event.subject.encode(),
        value=event.value() if value is None else value,
        checksum=None,
        serialized_key_size=0,
        serialized_value_size=0,
        headers=event.headers(),
    )


def consumer(
    uow: MemoryUnitOfWork, ledger: Ledger, letters: Letters, **settings: float
) -> Consumer:
    placing = Subscription(DeskRenamed.TYPE, Renamed, ledger.place)
    return listening(uow, placing, letters, **settings)


def listening(
    uow: UnitOfWork, subscription: AnySubscription, letters: Letters, **settings: float
) -> Consumer:
    return Consumer(
        brokers="nowhere",
        group="g",
        owners={"congvu.test.v1": owner("test")},
        subscriptions=[subscription],
        uow=uow,
        broker=letters,
        dead_letters="congvu.test.dlq",
        **settings,  # type: ignore[arg-type]  # times, and how many together
    )


ONE = TopicPartition("congvu.test.v1", 1)


async def take(taking: Consumer, *records: "ConsumerRecord[bytes, bytes]") -> Partition:
    """Each as a fetch of its own; where the group then stands."""
    partition = Partition(ONE)
    for each in records:
        await taking.take(partition, ONE, [each])
    return partition


async def names(uow: MemoryUnitOfWork) -> Sequence[str]:
    return [desk.name for desk in await uow.reading().store(DESKS).select()]


async def test_an_event_takes_effect_once(uow: MemoryUnitOfWork) -> None:
    ledger, letters = Ledger(), Letters()
    taking = consumer(uow, ledger, letters)

    await take(taking, record(EVENT), record(EVENT))

    assert (await names(uow), ledger.calls, letters.buried) == (["Bàn"], 1, [])


class Counted(MemoryUnitOfWork):
    """Counts its transactions, and looks besides them."""

    begun = looks = 0

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[MemoryTransaction]:
        self.begun += 1
        async with super().begin() as tx:
            yield tx

    def reading(self) -> MemoryTransaction:
        self.looks += 1
        return super().reading()


BEGINNING = 1
"""Transactions that say where reading began."""


def five() -> list["ConsumerRecord[bytes, bytes]"]:
    return many(0, 5)


def many(first: int, end: int) -> list["ConsumerRecord[bytes, bytes]"]:
    events = [
        replace(
            EVENT,
            id=f"evt_{n}",
            subject=f"d{n}",
            data={"desk_id": f"d{n}", "name": f"Bàn {n}", "rank": n},
        )
        for n in range(first, end)
    ]
    return [replace(record(signed(each)), offset=40 + n) for n, each in enumerate(events, first)]


async def test_a_round_that_takes_too_long_leaves_the_rest_to_the_next(
    uow: MemoryUnitOfWork,
) -> None:
    partition, left = Partition(ONE), iter([True, True, False])
    taking = consumer(uow, Ledger(), Letters(), together=1)

    await taking.take(partition, ONE, five(), lambda: next(left))

    assert await names(uow) == ["Bàn 0", "Bàn 1"]
    assert (partition.committed, partition.next_offset) == (42, 42)


class Stuck(Ledger):
    """Goes no further with the third."""

    def __init__(self) -> None:
        super().__init__()
        self.there = asyncio.Event()

    async def place(self, fact: Renamed, tx: Transaction) -> None:
        await super().place(fact, tx)
        if fact.desk_id == "d2":
            self.there.set()
            await asyncio.Event().wait()


async def test_who_ends_leaves_to_the_next_only_what_took_no_effect(
    uow: MemoryUnitOfWork,
) -> None:
    partition, ledger = Partition(ONE), Stuck()
    taking = asyncio.create_task(
        consumer(uow, ledger, Letters(), together=1).take(partition, ONE, five())
    )
    await ledger.there.wait()

    taking.cancel()
    await asyncio.gather(taking, return_exceptions=True)

    assert (await names(uow), partition.committed) == (["Bàn 0", "Bàn 1"], 42)


async def test_what_must_wait_is_fetched_again_from_there(uow: MemoryUnitOfWork) -> None:
    partition, ledger = Partition(ONE), Ledger()
    taking = consumer(uow, ledger, Letters(), together=1, in_place_s=0)
    await taking.take(partition, ONE, five()[:1])
    ledger.failures = [KafkaConnectionError()]

    await taking.take(partition, ONE, five()[1:])

    assert (partition.committed, partition.next_offset) == (41, 41)


async def test_a_partition_that_was_taken_away_is_left_at_once(uow: MemoryUnitOfWork) -> None:
    partition, ledger = Partition(ONE), Ledger()
    taking = consumer(uow, ledger, Letters(), together=1)

    def lose() -> bool:
        partition.assigned = ledger.calls == 0
        return partition.assigned

    await taking.take(partition, ONE, five(), lose)

    assert (await names(uow), partition.next_offset) == (["Bàn 0"], None)


async def test_a_log_that_is_read_again_costs_no_transaction_for_what_is_known() -> None:
    uow, ledger, letters, partition = Counted(), Ledger(), Letters(), Partition(ONE)
    log = five()
    taking = consumer(uow, ledger, letters, together=1)

    await taking.take(partition, ONE, log[:4])
    begun = uow.begun
    await taking.take(partition, ONE, log)

    assert (begun, uow.begun, ledger.calls) == (BEGINNING + 4, BEGINNING + 5, 5)
    assert (partition.committed, letters.buried) == (45, [])


@pytest.mark.parametrize("id", [None, b"\xff", b"x" * 100_000])
async def test_a_stranger_with_no_id_or_a_huge_one_is_buried_alone(
    uow: MemoryUnitOfWork, id: bytes | None
) -> None:
    ledger, letters = Ledger(), Letters()
    others = [each for each in EVENT.headers() if each[0] != "ce_id"]
    strange = replace(record(EVENT), headers=[*others, ("ce_id", id)])

    await consumer(uow, ledger, letters).take(Partition(ONE), ONE, [strange, record(EVENT)])

    assert (await names(uow), len(letters.buried)) == (["Bàn"], 1)


async def test_what_another_told_is_buried_and_does_not_use_up_the_true_one(
    uow: MemoryUnitOfWork,
) -> None:
    ledger, letters = Ledger(), Letters()
    taking = consumer(uow, ledger, letters)

    await take(taking, record(signed(EVENT, "desks")), record(EVENT))

    assert (await names(uow), ledger.calls) == (["Bàn"], 1)
    assert [dead[3]["congvu_reason"] for dead in letters.buried] == [
        b"the event is signed with no key of test"
    ]


async def test_an_event_nobody_waits_for_is_passed_over(uow: MemoryUnitOfWork) -> None:
    ledger, letters = Ledger(), Letters()

    await take(consumer(uow, ledger, letters), record(replace(EVENT, type="congvu.other.v1")))

    assert (ledger.calls, letters.buried) == (0, [])


async def test_events_nobody_waits_for_are_not_looked_up() -> None:
    uow, partition = Counted(), Partition(ONE)
    others = [replace(record(replace(EVENT, type="congvu.other.v1")), offset=n) for n in (40, 41)]

    await consumer(uow, Ledger(), Letters()).take(partition, ONE, others)

    assert (uow.looks, uow.begun, partition.committed) == (0, 0, 42)


async def test_events_of_a_partition_take_effect_in_one_transaction_each_once() -> None:
    uow, ledger, partition = Counted(), Ledger(), Partition(ONE)
    log = five()

    await consumer(uow, ledger, Letters()).take(partition, ONE, [*log, replace(log[0], offset=45)])

    assert (uow.begun, ledger.calls, partition.committed) == (BEGINNING + 1, 5, 46)
    assert await names(uow) == [f"Bàn {n}" for n in range(5)]


class Picky(Ledger):
    """Refuses one desk for ever, after placing it."""

    def __init__(self, desk_id: str, failure: Exception) -> None:
        super().__init__()
        self.refused = desk_id
        self.failure = failure
        self.order: list[str] = []

    async def place(self, fact: Renamed, tx: Transaction) -> None:
        await super().place(fact, tx)
        self.order.append(fact.desk_id)
        if fact.desk_id == self.refused:
            raise self.failure


async def test_one_that_cannot_succeed_is_found_among_many_and_buried_alone() -> None:
    uow, letters, partition = MemoryUnitOfWork(), Letters(), Partition(ONE)
    ledger = Picky("d3", Conflict(en="never", vi="không bao giờ"))

    await consumer(uow, ledger, letters).take(partition, ONE, five())

    assert await names(uow) == ["Bàn 0", "Bàn 1", "Bàn 2", "Bàn 4"]
    assert [each[1] for each in letters.buried] == [b"d3"]
    assert (ledger.order[-2:], partition.committed) == (["d3", "d4"], 45)


async def test_bad_records_are_buried_and_those_around_them_take_effect() -> None:
    uow, letters, partition = Counted(), Letters(), Partition(ONE)
    log = five()
    log[1] = replace(log[1], value=b"\xff no JSON")
    log[3] = replace(log[3], value=None)

    await consumer(uow, Ledger(), letters).take(partition, ONE, log)

    assert (await names(uow), partition.committed) == (["Bàn 0", "Bàn 2", "Bàn 4"], 45)
    assert [each[2] for each in letters.buried] == [b"\xff no JSON", None]


NOT_YET = Transient(en="not yet", vi="chưa")


async def test_one_that_waits_for_ever_is_buried_when_it_held_up_the_others_long_enough() -> None:
    uow, letters, partition = MemoryUnitOfWork(), Letters(), Partition(ONE)
    taking = consumer(uow, Picky("d1", NOT_YET), letters, in_place_s=0, give_up_s=0)

    await taking.take(partition, ONE, five())

    assert await names(uow) == ["Bàn 0", "Bàn 2", "Bàn 3", "Bàn 4"]
    [reason] = [each[3]["congvu_reason"].decode() for each in letters.buried]
    assert re.fullmatch(r"given up after \d+ s: Transient: not yet", reason)
    assert partition.committed == 45


async def test_one_that_waits_is_not_buried_before_its_time() -> None:
    uow, letters, partition = MemoryUnitOfWork(), Letters(), Partition(ONE)
    taking = consumer(uow, Picky("d1", NOT_YET), letters, in_place_s=0, give_up_s=900)

    await taking.take(partition, ONE, five())

    assert (await names(uow), letters.buried) == (["Bàn 0"], [])
    assert (partition.committed, partition.next_offset) == (41, 41)


class Unwritable(MemoryUnitOfWork):
    """Reads, and stores nothing."""

    begun = 0

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[MemoryTransaction]:
        self.begun += 1
        async with super().begin() as tx:
            yield tx
            raise StoreAway(en="no space", vi="hết chỗ")


class Preparing(Ledger):
    """Looks at the facts of a transaction before it places the first; `refuses` one of them."""

    def __init__(self, refuses: str | None = None) -> None:
        super().__init__()
        self.refuses = refuses
        self.together: list[int] = []
        self.knowing = 0

    async def ahead(self, facts: Sequence[Renamed], tx: Transaction) -> Reaction[Renamed]:
        if self.refuses in [each.desk_id for each in facts]:
            raise Conflict(en="no such desk", vi="Không có bàn này.")
        self.together.append(len(facts))

        async def place(fact: Renamed, tx: Transaction) -> None:
            self.knowing += 1
            await self.place(fact, tx)

        return place

    async def place(self, fact: Renamed, tx: Transaction) -> None:
        if fact.desk_id == self.refuses:
            raise Conflict(en="no such desk", vi="Không có bàn này.")
        await super().place(fact, tx)


async def test_what_events_of_one_transaction_need_is_asked_for_together(
    uow: MemoryUnitOfWork,
) -> None:
    ledger = Preparing()
    placing = Subscription(DeskRenamed.TYPE, Renamed, ledger.place, ledger.ahead)

    await listening(uow, placing, Letters()).take(Partition(ONE), ONE, five())

    assert (ledger.together, ledger.knowing, len(await names(uow))) == ([5], 5, 5)


async def test_an_event_that_cannot_even_ask_does_not_hold_the_others(
    uow: MemoryUnitOfWork,
) -> None:
    ledger, letters = Preparing(refuses="d3"), Letters()
    placing = Subscription(DeskRenamed.TYPE, Renamed, ledger.place, ledger.ahead)

    await listening(uow, placing, letters).take(Partition(ONE), ONE, five())

    assert await names(uow) == ["Bàn 0", "Bàn 1", "Bàn 2", "Bàn 4"]
    assert len(letters.buried) == 1


async def test_a_slow_moment_halves_what_takes_effect_together_and_never_ends_it(
    uow: MemoryUnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the rest of the same fetch already; it grows again as soon as it is quick."""
    ledger = Preparing()
    placing = Subscription(DeskRenamed.TYPE, Renamed, ledger.place, ledger.ahead)
    taking = listening(uow, placing, Letters(), together=16)

    for passes_s, records in ((60, many(0, 32)), (0, many(32, 62))):
        monkeypatch.setattr("congvu_kit.adapters.together.monotonic", count(0, passes_s).__next__)
        await taking.take(Partition(ONE), ONE, records)

    assert ledger.together == [16, 8, 4, 2, 2, 2, 4, 8, 16]


@pytest.mark.parametrize("together", [1, 100])
async def test_nothing_is_buried_while_nothing_can_be_stored(together: int) -> None:
    uow, letters, partition = Unwritable(), Letters(), Partition(ONE)
    taking = consumer(uow, Ledger(), letters, together=together, in_place_s=0, give_up_s=0)

    await taking.take(partition, ONE, five())

    assert (await names(uow), letters.buried) == ([], [])
    assert (partition.committed, partition.next_offset) == (40, 40)
    assert together == 1 or uow.begun == len(
        ["where it begins", "the events", "the question whether anything can"]
    )


@pytest.mark.parametrize("type", ["congvu.test.desk.renamed.v2", "congvu.test.desk.renamed"])
async def test_a_version_that_is_not_read_here_is_buried_and_one_of_another_event_is_not(
    uow: MemoryUnitOfWork, type: str
) -> None:
    letters = Letters()
    taking = consumer(uow, Ledger(), letters)

    await take(
        taking,
        record(signed(replace(EVENT, type=type))),
        record(signed(replace(EVENT, type="congvu.test.desk.moved.v2"))),
    )

    assert [each[3]["congvu_reason"] for each in letters.buried] == [
        b"nobody here reads this version of the event yet"
    ]


@pytest.mark.parametrize("key", [None, b"another"])
async def test_a_record_with_another_key_is_out_of_order_and_buried(
    uow: MemoryUnitOfWork, key: bytes | None
) -> None:
    ledger, letters = Ledger(), Letters()

    await take(consumer(uow, ledger, letters), replace(record(EVENT), key=key))

    assert (ledger.calls, [each[1] for each in letters.buried]) == (0, [key])


class Small(Letters):
    """A broker that takes no large bodies."""

    async def publish_raw(
        self, topic: str, key: bytes | None, value: bytes | None, headers: Headers
    ) -> None:
        if value is not None:
            raise MessageSizeTooLargeError
        await super().publish_raw(topic, key, value, headers)


async def test_a_letter_too_large_for_its_topic_tells_where_the_body_lies(
    uow: MemoryUnitOfWork,
) -> None:
    letters = Small()

    await take(consumer(uow, Ledger(), letters), record(EVENT, b"x" * 9))

    [(_, key, value, headers)] = letters.buried
    assert (key, value, headers["congvu_origin"]) == (b"d1", None, b"congvu.test.v1/1/42")
    assert headers["congvu_cut"] == f"9 {sha256(b'x' * 9).hexdigest()}".encode()


async def test_a_record_that_is_nothing_at_all_is_buried(uow: MemoryUnitOfWork) -> None:
    letters = Letters()
    nothing = replace(record(EVENT), key=None, value=None, headers=[])

    await take(consumer(uow, Ledger(), letters), nothing)

    assert [each[1:3] for each in letters.buried] == [(b"", None)]


async def test_after_partitions_were_given_anew_nothing_is_committed_that_was_read_before(
    uow: MemoryUnitOfWork,
) -> None:
    partition = Partition(ONE)
    taking = consumer(uow, Ledger(), Letters())

    await taking.take(partition, ONE, five(), since=-1)
    nobody_listens = replace(record(replace(EVENT, type="congvu.other.v1")), offset=46)
    await taking.take(partition, ONE, [nobody_listens], since=-1)

    assert (partition.committed, await names(uow)) == (None, [])


@pytest.mark.parametrize(
    "passing",
    [NOT_YET, AutoReconnect("away"), OperationFailure("no", 13), OSError(28, "No space left")],
)
async def test_what_says_nothing_about_the_event_buries_it_never_at_once(
    uow: MemoryUnitOfWork, passing: Exception
) -> None:
    ledger, letters = Ledger(*[passing] * 9), Letters()

    group = await take(consumer(uow, ledger, letters, in_place_s=0), record(EVENT))

    assert (await names(uow), letters.buried) == ([], [])
    assert (group.committed, group.next_offset) == (42, 42)


@pytest.mark.parametrize("passing", [Transient(en="busy", vi="bận")])
async def test_what_passes_by_itself_is_tried_again_with_nothing_kept(
    uow: MemoryUnitOfWork, passing: Exception
) -> None:
    ledger, letters = Ledger(passing, passing), Letters()

    await take(consumer(uow, ledger, letters), record(EVENT))

    assert (await names(uow), ledger.calls, letters.buried) == (["Bàn"], 3, [])


async def test_a_broker_that_is_away_buries_nothing(uow: MemoryUnitOfWork) -> None:
    ledger, letters = Ledger(KafkaConnectionError()), Letters()

    group = await take(consumer(uow, ledger, letters, in_place_s=0), record(EVENT))

    assert (await names(uow), letters.buried) == ([], [])
    assert (group.committed, group.next_offset) == (42, 42)


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        (Conflict(en="never", vi="không bao giờ"), b"CONFLICT"),
        (ZeroDivisionError("a bug"), b"ZeroDivisionError in place"),
    ],
)
async def test_what_can_never_succeed_is_buried_whole_and_has_no_effect(
    uow: MemoryUnitOfWork, failure: Exception, reason: bytes
) -> None:
    letters = Letters()

    await take(consumer(uow, Ledger(failure), letters), record(EVENT))

    assert await names(uow) == []
    assert letters.buried == [
        (
            "congvu.test.dlq",
            b"d1",
            EVENT.value(),
            dict(EVENT.headers())
            | {
                "congvu_reason": reason,
                "congvu_origin": b"congvu.test.v1/1/42",
                "congvu_buried_at": ANY,
            },
        )
    ]


async def test_what_cannot_be_read_is_buried(uow: MemoryUnitOfWork) -> None:
    ledger, letters = Ledger(), Letters()
    taking = consumer(uow, ledger, letters)
    too_little = signed(replace(EVENT, data={"desk_id": "d1"}))

    await take(taking, record(EVENT, b"not json"), record(too_little))

    buried = [each[2] for each in letters.buried]
    assert (ledger.calls, buried) == (0, [b"not json", too_little.value()])


class Furnishing:
    """Places a desk and then a second one, each in a transaction of its own."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.failure = failure
        self.begun = 0

    @property
    def subscription(self) -> LongWork[Renamed]:
        return LongWork(DeskRenamed.TYPE, Renamed, self.place, self.tell)

    async def place(self, fact: Renamed, uow: UnitOfWork) -> Step:
        self.begun += 1
        await transact(uow, partial(self._place, "first", fact))
        if self.failure is not None:
            raise self.failure
        return partial(self._place, "second", fact)

    async def _place(self, id: str, fact: Renamed, tx: Transaction) -> None:
        if await tx.store(DESKS).find(id) is None:
            await tx.store(DESKS).save(Desk(id=id, name=f"{fact.name} {id}", rank=len(id)))

    async def tell(self, fact: Renamed, reason: str, tx: Transaction) -> None:
        await tx.store(DESKS).save(Desk(id="trouble", name=reason, rank=0))


async def test_long_work_is_done_once(uow: MemoryUnitOfWork) -> None:
    work, letters = Furnishing(), Letters()
    taking = listening(uow, work.subscription, letters)

    await take(taking, record(EVENT), record(EVENT))

    assert (await names(uow), work.begun) == (["Bàn first", "Bàn second"], 1)
    assert letters.buried == []


async def test_long_work_that_was_cut_short_goes_on_when_it_comes_again(
    uow: MemoryUnitOfWork,
) -> None:
    work, letters = Furnishing(KafkaConnectionError()), Letters()
    taking = listening(uow, work.subscription, letters, in_place_s=0)
    group = await take(taking, record(EVENT))
    assert (await names(uow), group.next_offset) == (["Bàn first"], 42)

    work.failure = None
    await take(taking, record(EVENT))

    assert (await names(uow), letters.buried) == (["Bàn first", "Bàn second"], [])


async def test_long_work_that_is_given_up_says_so_where_people_look(
    uow: MemoryUnitOfWork,
) -> None:
    work, letters = Furnishing(Conflict(en="never", vi="không bao giờ")), Letters()

    await take(listening(uow, work.subscription, letters), record(EVENT))

    assert await names(uow) == ["Bàn first", "CONFLICT"]
    assert [each[3]["congvu_reason"] for each in letters.buried] == [b"CONFLICT"]
