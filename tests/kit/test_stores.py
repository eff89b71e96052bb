"""What every store promises, checked on the fake and on the real one."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

import pytest
from pymongo.errors import (
    AutoReconnect,
    BulkWriteError,
    DuplicateKeyError,
    ExecutionTimeout,
    OperationFailure,
    PyMongoError,
    ServerSelectionTimeoutError,
)

from congvu_bench.writing import Recorder
from congvu_kit.adapters.driver import new_client
from congvu_kit.adapters.mongo import Database, MongoUnitOfWork
from congvu_kit.adapters.mongo_failures import translated
from congvu_kit.adapters.mongo_prepared import prepare
from congvu_kit.application.ports import Answered, AnyOf, Eq, Gte, In, Lt, Not, Prefix, UnitOfWork
from congvu_kit.domain.errors import Conflict, Invalid, NotFound, StoreAway, Transient
from kit.desks import DESKS, Desk, Group
from support.event_keys import signer


async def place(any_uow: UnitOfWork, *desks: Desk) -> None:
    async with any_uow.begin() as tx:
        for desk in desks:
            await tx.store(DESKS).save(desk)


async def place_at_once(any_uow: UnitOfWork, *desks: Desk) -> None:
    async with any_uow.begin() as tx:
        await tx.store(DESKS).save_many(desks)


WAYS = pytest.mark.parametrize("write", [place, place_at_once], ids=["one by one", "at once"])
Write: TypeAlias = Callable[..., Awaitable[None]]


async def names(any_uow: UnitOfWork, *conditions: object, order: tuple[str, ...] = ()) -> list[str]:
    store = any_uow.reading().store(DESKS)
    return [desk.id for desk in await store.select(*conditions, order=order)]  # type: ignore[arg-type]


@WAYS
async def test_an_aggregate_comes_back_exactly_as_it_was(any_uow: UnitOfWork, write: Write) -> None:
    desk = Desk(id="d1", name="Bàn đọc", tags=["a", "b"])

    await write(any_uow, desk)

    assert await any_uow.reading().store(DESKS).get("d1") == desk
    assert desk.revision == 1


async def test_what_one_reading_changes_another_in_the_transaction_does_not_see(
    any_uow: UnitOfWork,
) -> None:
    await place(any_uow, Desk(id="d1", name="x", tags=["a"]))

    async with any_uow.begin() as tx:
        first = await tx.store(DESKS).get("d1")
        first.name, first.tags[0] = "y", "b"
        second = await tx.store(DESKS).get("d1")
        [third] = await tx.store(DESKS).find_many(["d1"])

    assert (second.name, second.tags) == ("x", ["a"])
    assert third == second


async def test_what_was_saved_or_was_not_there_is_read_as_it_is_now(any_uow: UnitOfWork) -> None:
    async with any_uow.begin() as tx:
        store = tx.store(DESKS)
        assert await store.find("d1") is None
        desk = Desk(id="d1", name="x")
        await store.save(desk)
        assert await store.find("d1") == desk
        desk.rename("y")
        await store.save(desk)
        assert await store.find_many(["d1", "d2"]) == [desk, None]


@dataclass
class Watched:
    """A unit of work, and what it asks of the database."""

    uow: MongoUnitOfWork
    recorder: Recorder

    def asked(self) -> list[str]:
        told = [next(iter(each)) for each in self.recorder.commands]
        self.recorder.commands.clear()
        return told


@pytest.fixture
async def watched(database: Database, mongo_url: str) -> AsyncIterator[Watched]:
    recorder = Recorder()
    client = new_client(mongo_url, event_listeners=[recorder])
    yield Watched(MongoUnitOfWork(client[database.name], signer=signer("test")), recorder)
    client.close()


@pytest.mark.mongo
async def test_what_is_saved_one_by_one_is_sent_at_once(watched: Watched) -> None:
    async with watched.uow.begin() as tx:
        desks = [Desk(id=f"d{number}", name="x", rank=number) for number in range(20)]
        for desk in desks:
            await tx.store(DESKS).save(desk)
        assert watched.asked() == []
        for desk in desks:
            await tx.store(DESKS).save(desk)

    assert watched.asked() == ["insert", "update", "commitTransaction"]
    assert (await watched.uow.reading().store(DESKS).get("d7")).revision == 2


@pytest.mark.mongo
async def test_a_question_to_a_collection_sees_what_was_saved_in_it(watched: Watched) -> None:
    async with watched.uow.begin() as tx:
        store = tx.store(DESKS)
        await store.save(Desk(id="d1", name="x", rank=1))
        assert await store.count(Gte("rank", 1)) == 1
        await store.save(Desk(id="d2", name="x", rank=2))
        assert sum((await store.count_by("group", Gte("rank", 1))).values()) == 2
        await store.save(Desk(id="d3", name="x", rank=3))
        assert len((await store.page(Gte("rank", 1))).items) == 3
        await store.save(Desk(id="d4", name="x", rank=4))
        assert len(await store.documents(Gte("rank", 1))) == 4

    assert watched.asked().count("insert") == 4


async def test_what_gives_a_key_up_is_written_before_who_takes_it(any_uow: UnitOfWork) -> None:
    await place(any_uow, Desk(id="d1", name="x", rank=1), Desk(id="d2", name="y", rank=2))

    async with any_uow.begin() as tx:
        first, second = [each for each in await tx.store(DESKS).find_many(["d1", "d2"]) if each]
        for desk, rank in ((first, 3), (second, 1), (first, 2)):
            desk.rank = rank
            await tx.store(DESKS).save(desk)
        await tx.store(DESKS).save(Desk(id="d3", name="z", rank=3))

    assert await names(any_uow, order=("rank",)) == ["d2", "d1", "d3"]


async def test_what_was_saved_is_refused_when_it_is_settled(any_uow: UnitOfWork) -> None:
    await place(any_uow, Desk(id="d1", name="x", rank=7))
    settled = False

    async def place_another() -> None:
        nonlocal settled
        async with any_uow.begin() as tx:
            await tx.store(DESKS).save(Desk(id="d2", name="y", rank=7))
            await tx.settle()
            settled = True

    with pytest.raises(Conflict, match="same serial"):
        await place_another()
    assert not settled


async def test_a_missing_id_is_none_or_not_found(any_uow: UnitOfWork) -> None:
    await place(any_uow, Desk(id="d1", name="x"))
    store = any_uow.reading().store(DESKS)

    found = await store.find_many(["nope", "d1", "nope"])

    assert [desk.id if desk else None for desk in found] == [None, "d1", None]
    assert await store.find("nope") is None
    with pytest.raises(NotFound, match="there is no desks with this id"):
        await store.get("nope")


async def test_a_failed_transaction_leaves_nothing(any_uow: UnitOfWork) -> None:
    async def place_then_stop() -> None:
        async with any_uow.begin() as tx:
            await tx.store(DESKS).save(Desk(id="d1", name="x"))
            await tx.claim("//a", "e1")
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        await place_then_stop()

    assert await names(any_uow) == []
    async with any_uow.begin() as tx:
        assert await tx.claim("//a", "e1")


@WAYS
async def test_saving_an_old_revision_is_a_conflict(any_uow: UnitOfWork, write: Write) -> None:
    await place(any_uow, Desk(id="d1", name="x"))
    old = await any_uow.reading().store(DESKS).get("d1")
    await place(any_uow, await any_uow.reading().store(DESKS).get("d1"))

    with pytest.raises(Conflict, match="this desks was changed meanwhile"):
        await write(any_uow, Desk(id="d2", name="y", rank=2), old)

    assert (await any_uow.reading().store(DESKS).get("d1")).revision == 2
    assert await names(any_uow) == ["d1"]


@WAYS
async def test_who_is_there_already_is_not_written_over(any_uow: UnitOfWork, write: Write) -> None:
    await place(any_uow, Desk(id="d1", name="x"))

    with pytest.raises(Conflict, match="this desks was changed meanwhile"):
        await write(any_uow, Desk(id="d0", name="w", rank=1), Desk(id="d1", name="y", rank=2))

    assert await names(any_uow) == ["d1"]


@WAYS
async def test_old_and_new_are_written_together(any_uow: UnitOfWork, write: Write) -> None:
    await place(any_uow, *(Desk(id=f"d{n}", name="x", rank=n) for n in range(3)))
    old = [await any_uow.reading().store(DESKS).get(f"d{n}") for n in range(3)]
    for desk in old:
        desk.name = "y"

    await write(any_uow, *old, *(Desk(id=f"d{n}", name="z", rank=n) for n in range(3, 5)))
    await write(any_uow)

    found = await any_uow.reading().store(DESKS).select(order=["rank"])
    assert [(desk.name, desk.revision) for desk in found] == [*[("y", 2)] * 3, *[("z", 1)] * 2]


async def test_two_writers_at_once_lose_no_update(any_uow: UnitOfWork) -> None:
    await place(any_uow, Desk(id="d1", name="x"))

    async def add(tag: str) -> None:
        while True:
            try:
                async with any_uow.begin() as tx:
                    desk = await tx.store(DESKS).get("d1")
                    desk.tags.append(tag)
                    await tx.store(DESKS).save(desk)
            except (Transient, Conflict):
                continue
            return

    await asyncio.gather(*(add(str(number)) for number in range(10)))

    desk = await any_uow.reading().store(DESKS).get("d1")
    assert sorted(desk.tags) == [str(number) for number in range(10)]


@WAYS
async def test_a_unique_key_is_taken_once(any_uow: UnitOfWork, write: Write) -> None:
    await place(any_uow, Desk(id="d1", name="x", rank=7))

    with pytest.raises(Conflict, match="same serial"):
        await write(any_uow, Desk(id="d2", name="y", rank=7))

    assert await names(any_uow) == ["d1"]


async def test_conditions_select_and_order(any_uow: UnitOfWork) -> None:
    await place(
        any_uow,
        Desk(id="d1", name="Bàn Gỗ", rank=1, tags=["x"]),
        Desk(id="d2", name="Bàn sắt", rank=2, group=Group.B, tags=["x", "y"]),
        Desk(id="d3", name="Ghế gỗ", rank=3),
    )

    assert await names(any_uow, Eq("group", "A"), order=("-rank",)) == ["d3", "d1"]
    assert await names(any_uow, Eq("tags", "y")) == ["d2"]
    assert await names(any_uow, In("group", ["B", "C"])) == ["d2"]
    assert await names(any_uow, Gte("rank", 2), Lt("rank", 3)) == ["d2"]
    assert await names(any_uow, Prefix("extra.words", "go")) == ["d1", "d3"]
    assert await names(any_uow, AnyOf([Eq("group", "B"), Eq("rank", 3)])) == ["d2", "d3"]
    assert await any_uow.reading().store(DESKS).count(Prefix("extra.words", "ban")) == 2


async def test_rows_are_counted_by_what_they_say(any_uow: UnitOfWork) -> None:
    await place(
        any_uow,
        Desk(id="d1", name="Bàn Gỗ", rank=1),
        Desk(id="d2", name="Bàn sắt", rank=2, group=Group.B),
        Desk(id="d3", name="Ghế gỗ", rank=3),
    )
    store = any_uow.reading().store(DESKS)

    assert await store.count_by("group") == {"A": 2, "B": 1}
    assert await store.count_by("group", Gte("rank", 2)) == {"A": 1, "B": 1}
    assert await store.count_by("group", Eq("name", "x")) == {}
    async with any_uow.begin() as tx:
        await tx.store(DESKS).save(Desk(id="d4", name="Ghế", group=Group.B))
        assert await tx.store(DESKS).count_by("group", In("group", ["B"])) == {"B": 2}
    assert await store.count_by("extra.none") == {}


async def test_documents_are_what_is_stored_of_what_select_finds(any_uow: UnitOfWork) -> None:
    await place(any_uow, *(Desk(id=f"d{n}", name="Bàn", rank=n) for n in range(4)))
    store = any_uow.reading().store(DESKS)
    wanted = Gte("rank", 1)

    documents = await store.documents(wanted, order=["-rank"], limit=2)

    found = await store.select(wanted, order=["-rank"], limit=2)
    assert [(each["_id"], each["rank"], each["name"]) for each in documents] == [
        (each.id, each.rank, each.name) for each in found
    ]
    assert [each["_id"] for each in documents] == ["d3", "d2"]


async def test_pages_cover_the_listing_once_while_rows_are_added(any_uow: UnitOfWork) -> None:
    await place(any_uow, *(Desk(id=f"d{n}", name="x", rank=n, tags=["t"]) for n in range(0, 10, 2)))
    store = any_uow.reading().store(DESKS)

    first = await store.page(Eq("tags", "t"), order=("-rank",), first=2)
    await place(any_uow, Desk(id="new", name="x", rank=9, tags=["t"]))
    second = await store.page(Eq("tags", "t"), order=("-rank",), first=2, after=first.cursors[-1])
    third = await store.page(Eq("tags", "t"), order=("-rank",), first=2, after=second.cursors[-1])

    assert [[desk.rank for desk in page.items] for page in (first, second, third)] == [
        [8, 6],
        [4, 2],
        [0],
    ]
    assert [page.has_next for page in (first, second, third)] == [True, True, False]


@pytest.mark.parametrize("cursor", ["", "x", "bnVsbA", "W10"])
async def test_a_foreign_cursor_is_refused(any_uow: UnitOfWork, cursor: str) -> None:
    with pytest.raises(Invalid, match="not of this listing"):
        await any_uow.reading().store(DESKS).page(after=cursor)


async def test_a_cursor_of_another_filter_is_refused(any_uow: UnitOfWork) -> None:
    await place(any_uow, Desk(id="d1", name="x"))
    page = await any_uow.reading().store(DESKS).page(Eq("group", "A"))

    with pytest.raises(Invalid, match="not of this listing"):
        await any_uow.reading().store(DESKS).page(Eq("group", "B"), after=page.cursors[0])


async def test_an_event_is_claimed_once(any_uow: UnitOfWork) -> None:
    async def claim() -> bool:
        while True:
            try:
                async with any_uow.begin() as tx:
                    return await tx.claim("//a", "e1")
            except Transient:
                continue

    claims = await asyncio.gather(*(claim() for _ in range(5)))

    assert sorted(claims) == [False, False, False, False, True]


async def test_of_many_events_those_that_are_new_are_claimed_each_once(
    any_uow: UnitOfWork,
) -> None:
    async with any_uow.begin() as tx:
        await tx.claim("//a", "e1")

    async with any_uow.begin() as tx:
        new = await tx.claim_all([("//a", "e1"), ("//a", "e2"), ("//a", "e2"), ("//b", "e1")])
    async with any_uow.begin() as tx:
        again = await tx.claim_all([("//a", "e2"), ("//b", "e1")])

    assert (set(new), set(again)) == ({("//a", "e2"), ("//b", "e1")}, set())


async def test_what_was_claimed_is_known_in_one_question(any_uow: UnitOfWork) -> None:
    async with any_uow.begin() as tx:
        await tx.claim("//a", "e1")
        await tx.claim("//b", "e2")

    asked = [("//a", "e1"), ("//a", "e2"), ("//b", "e2")]

    assert await any_uow.reading().claimed(asked) == {("//a", "e1"), ("//b", "e2")}
    assert await any_uow.reading().claimed([]) == frozenset()


async def test_several_conditions_on_one_path_all_hold(any_uow: UnitOfWork) -> None:
    await place(
        any_uow,
        Desk(id="d1", name="one", rank=1, tags=["a"]),
        Desk(id="d2", name="two", rank=2, tags=["a", "b"]),
        Desk(id="d3", name="three", rank=3, tags=["b"]),
    )

    assert await names(any_uow, Eq("tags", "a"), Eq("tags", "b")) == ["d2"]
    assert await names(any_uow, Gte("rank", 2), Lt("rank", 3)) == ["d2"]
    either = AnyOf([Eq("name", "one"), Eq("name", "two")])
    assert await names(any_uow, either, AnyOf([Eq("rank", 2), Eq("rank", 3)])) == ["d2"]


async def test_pages_in_the_order_of_ids_follow_each_other(any_uow: UnitOfWork) -> None:
    await place(any_uow, *(Desk(id=f"d{n}", name="x", rank=n) for n in range(5)))
    store = any_uow.reading().store(DESKS)

    first = await store.page(Eq("name", "x"), first=2)
    second = await store.page(Eq("name", "x"), first=9, after=first.cursors[-1])

    assert [desk.id for desk in (*first.items, *second.items)] == ["d0", "d1", "d2", "d3", "d4"]


async def test_a_key_that_was_just_answered_is_run_again(any_uow: UnitOfWork) -> None:
    async def remember(answer: str) -> None:
        async with any_uow.begin() as tx:
            await tx.remember("k", Answered(fingerprint="f", answer=answer))

    await remember("first")

    with pytest.raises(Transient):
        await remember("second")
    assert await any_uow.reading().answered("k") == Answered(fingerprint="f", answer="first")


LABELS = ("TransientTransactionError", "UnknownTransactionCommitResult")


@pytest.mark.parametrize(
    "failure",
    [
        AutoReconnect("gone"),
        ServerSelectionTimeoutError("nobody"),
        ExecutionTimeout("slow"),
        OperationFailure("write conflict", 112),
        *(OperationFailure("x", 1, {"errorLabels": [label]}) for label in LABELS),
    ],
)
def test_what_passes_by_itself_is_transient(failure: PyMongoError) -> None:
    with pytest.raises(Transient) as told, translated():
        raise failure

    assert told.value.__cause__ is failure
    assert type(failure).__name__ in told.value.en


@pytest.mark.parametrize(
    "failure",
    [
        AutoReconnect("gone"),
        OperationFailure("/var/db/journal: 28: No space left on device", 14031),
        OperationFailure("WT_PANIC: WiredTiger library panic", 1),
        BulkWriteError({"writeErrors": [{"code": 8, "errmsg": "errno 5"}]}),
    ],
)
def test_a_store_that_cannot_store_is_told_from_a_step_that_failed(failure: PyMongoError) -> None:
    with pytest.raises(StoreAway) as told, translated():
        raise failure

    for text in (told.value.en, told.value.vi):
        assert not re.search(r"errno|space|panic|/var", text, re.IGNORECASE)


@pytest.mark.parametrize(
    "failure",
    [
        OperationFailure("bad query", 2),
        OperationFailure("x", 2, {"errorLabels": ["Other"]}),
        DuplicateKeyError("twice", 11000),
    ],
)
def test_what_does_not_pass_stays_a_bug(failure: PyMongoError) -> None:
    with pytest.raises(type(failure)), translated():
        raise failure


async def test_what_does_not_hold(any_uow: UnitOfWork) -> None:
    await place(
        any_uow,
        Desk(id="d1", name="one", rank=1, tags=["a"]),
        Desk(id="d2", name="two", rank=2, tags=["a", "b"]),
        Desk(id="d3", name="three", rank=3),
    )

    assert await names(any_uow, Not(Eq("tags", "b"))) == ["d1", "d3"]
    assert await names(any_uow, Not(In("name", [])), Not(Eq("rank", 3))) == ["d1", "d2"]
    assert await names(any_uow, Not(AnyOf([Eq("name", "one"), Lt("rank", 3)]))) == ["d3"]
    assert await names(any_uow, Eq("tags", "a"), Not(Eq("extra.first", "b"))) == ["d1", "d2"]


async def test_a_listing_goes_on_after_rows_without_a_value(any_uow: UnitOfWork) -> None:
    tags: list[list[str]] = [["b"], [], ["a"], [], ["a"]]
    await place(
        any_uow, *(Desk(id=f"d{n}", name="x", rank=n, tags=each) for n, each in enumerate(tags))
    )
    store = any_uow.reading().store(DESKS)

    found: list[str] = []
    after = None
    for _ in range(10):
        page = await store.page(Eq("name", "x"), order=["extra.first"], first=1, after=after)
        found += [desk.id for desk in page.items]
        after = page.cursors[-1]
        if not page.has_next:
            break

    assert found == ["d1", "d3", "d2", "d4", "d0"]


@pytest.mark.mongo
async def test_an_index_that_is_no_longer_unique_is_made_anew(database: Database) -> None:
    """An installation that was made under the old rule takes two of one key after its start."""
    was = replace(DESKS, name="benches", indexes=[], unique=[("name",)])
    now = replace(was, indexes=[("name",)], unique=[])

    for each in (was, now, now):
        await prepare(database, [each], outbox_keep_days=30)

    keys = await database["benches"].index_information()
    assert "unique" not in keys["name_1"]
    await prepare(database, [was], outbox_keep_days=30)
    assert (await database["benches"].index_information())["name_1"]["unique"] is True
