"""Documents of every shape are read, converted once, and survive a version that knows less."""

import asyncio
import os
import signal
import subprocess
import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from congvu_kit.adapters import migrating
from congvu_kit.adapters.driver import Database
from congvu_kit.adapters.migrating import MIGRATIONS, Migrator, Pass
from congvu_kit.adapters.mongo import MongoUnitOfWork, connect
from congvu_kit.adapters.mongo_prepared import prepare_collection
from congvu_kit.application.documents import SHAPE
from congvu_kit.application.perform import transact
from congvu_kit.application.ports import Collection, Transaction, UnitOfWork
from congvu_kit.tools.cli import Failure
from congvu_kit.tools.migrate import migrate
from kit.benches import (
    BEFORE,
    DATED_BENCHES,
    HALF,
    ONE,
    SMALL_BATCH,
    Bench,
    OldBench,
    migrator,
    old_rows,
)
from support.event_keys import signer

MANY = 105


@pytest.fixture
def collections() -> list[Collection[Any]]:
    return [ONE]


async def put_old(any_uow: UnitOfWork, number: int = 1) -> None:
    async with any_uow.begin() as tx:
        for row in old_rows(number):
            await tx.store(BEFORE).save(OldBench(id=str(row["_id"]), name=str(row["name"])))


@pytest.fixture
async def old(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Many benches of the first shape, converted a few at a time."""
    monkeypatch.setattr(migrating, "BATCH", SMALL_BATCH)
    await database["benches"].insert_many([dict(each) for each in old_rows(MANY)])
    return database


async def converted(database: Database) -> int:
    row = await database[MIGRATIONS].find_one({"_id": "benches"})
    return int(row["converted"]) if row else 0


async def shapes(database: Database) -> set[tuple[object, ...]]:
    keys = (SHAPE, "seats", "measured", "revision")
    return {tuple(each.get(key) for key in keys) async for each in database["benches"].find()}


def run_benches(url: str, name: str, *, batches: int) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "kit.benches", url, name, str(batches)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        check=False,
    )


async def test_a_document_of_a_past_shape_is_read_in_todays(any_uow: UnitOfWork) -> None:
    await put_old(any_uow)
    store = any_uow.reading().store(ONE)

    wanted = Bench(id="b0000", revision=1, name="Ghế", seats=3, measured=1)
    assert await store.get("b0000") == wanted
    assert [each["seats"] for each in await store.documents()] == [3]


async def test_what_is_saved_has_todays_shape_and_is_converted_no_more(
    any_uow: UnitOfWork,
) -> None:
    await put_old(any_uow)
    async with any_uow.begin() as tx:
        await tx.store(ONE).save(await tx.store(ONE).get("b0000"))

    store = any_uow.reading().store(ONE)
    assert [each[SHAPE] for each in await store.documents()] == [2]
    assert (await store.get("b0000")).measured == 1


async def test_the_version_before_takes_nothing_away_that_it_does_not_know(
    any_uow: UnitOfWork,
) -> None:
    async with any_uow.begin() as tx:
        await tx.store(ONE).save(Bench(id="b1", name="Ghế", seats=7, measured=9))

    async with any_uow.begin() as tx:
        bench = await tx.store(BEFORE).get("b1")
        bench.name = "Ghế dài"
        await tx.store(BEFORE).save(bench)

    async with any_uow.begin() as tx:
        again = await tx.store(ONE).get("b1")
    # It wrote in its own shape, so what follows from what it wrote is made anew.
    assert (again.name, again.seats, again.measured) == ("Ghế dài", 7, 10)


@pytest.mark.mongo
async def test_all_are_converted_once_and_then_nothing_is_left_to_do(old: Database) -> None:
    before = await migrator(old).standing(ONE)
    await migrator(old).step()
    await migrator(old).step()

    assert (before.waiting, before.converted) == (MANY, 0)
    after = await migrator(old).standing(ONE)
    assert (after.waiting, after.converted, after.migrations) == (0, MANY, ["seats", "measured"])
    assert await shapes(old) == {(2, 3, 1, 3)}
    assert {each["extra"]["long"] async for each in old["benches"].find()} == {False}


@pytest.mark.mongo
async def test_it_goes_on_from_a_shape_in_between(old: Database) -> None:
    version_between = migrator(old, HALF)
    await version_between.step()
    await version_between.leave()
    half = await shapes(old)

    await migrator(old).step()

    assert half == {(1, 3, None, 3)}
    assert await shapes(old) == {(2, 3, 1, 3)}


@pytest.mark.mongo
async def test_killed_in_the_middle_it_goes_on_where_it_was(
    old: Database, mongo_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = await asyncio.to_thread(run_benches, mongo_url, old.name, batches=3)
    half = await converted(old)
    # What the dead one holds is free after its lease and its transaction's session.
    await old["leases"].delete_many({})
    await old.client.admin.command({"killAllSessions": []})

    await migrator(old).step()

    assert (ended.returncode, half) == (-signal.SIGKILL, 3 * SMALL_BATCH)
    assert (await converted(old), await shapes(old)) == (MANY, {(2, 3, 1, 3)})


@pytest.mark.mongo
async def test_of_several_at_once_one_is_at_it_and_nothing_is_done_twice(
    old: Database, mongo_url: str
) -> None:
    clients = [connect(mongo_url) for _ in range(3)]
    rivals = [migrator(each[old.name]) for each in clients]

    async def all_of(one: Migrator) -> int:
        so_far = Pass.of(ONE)
        while so_far.shapes:
            if not await one.convert(ONE, so_far):
                await asyncio.sleep(0.01)
        await one.leave()
        return so_far.converted

    try:
        each_did = await asyncio.gather(*map(all_of, rivals))
    finally:
        for each in clients:
            each.close()

    assert sorted(each_did) == [0, 0, MANY]
    assert (await converted(old), await shapes(old)) == (MANY, {(2, 3, 1, 3)})


class Free:
    async def take(self, name: str, **_: object) -> int:
        return 1

    async def leave(self, name: str) -> None:
        """Nobody waits."""


@pytest.mark.mongo
async def test_a_process_that_slept_over_its_lease_does_nothing_twice(
    old: Database, mongo_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    convert = migrating._converted

    def asleep(*given: Any) -> Any:
        """Between reading and writing, while another does it all."""
        monkeypatch.setattr(migrating, "_converted", convert)
        assert run_benches(mongo_url, old.name, batches=1_000).returncode == 0
        return convert(*given)

    monkeypatch.setattr(migrating, "_converted", asleep)
    await Migrator(old, MongoUnitOfWork(old, signer=None), [ONE], Free()).step()

    assert (await converted(old), await shapes(old)) == (MANY, {(2, 3, 1, 3)})


@pytest.mark.mongo
async def test_what_an_older_replica_writes_meanwhile_is_found_again(old: Database) -> None:
    uow = MongoUnitOfWork(old, signer=signer("test"))
    one = migrator(old)

    async def rename(tx: Transaction, id: str) -> None:
        bench = await tx.store(BEFORE).get(id)
        bench.name = "Ghế dài"
        await tx.store(BEFORE).save(bench)

    async def write() -> None:
        for each in range(0, MANY, 5):
            await transact(uow, partial(rename, id=f"b{each:04}"))

    await asyncio.gather(one.step(), write())
    await one.step()

    rows = [each async for each in old["benches"].find({"name": "Ghế dài"})]
    assert len(rows) == MANY // 5
    assert {(each[SHAPE], each["revision"]) for each in rows} == {(2, 4)}
    assert (await one.standing(ONE)).waiting == 0


@pytest.mark.mongo
async def test_what_was_saved_before_dates_were_kept_is_dated_once_by_its_conversion(
    old: Database,
) -> None:
    kept = "2026-11-27T03:00:00Z"
    await old["benches"].update_one({"_id": "b0003"}, {"$set": {"updated_at": kept}})
    uow = MongoUnitOfWork(old, signer=None)
    found = await uow.reading().store(BEFORE).select(limit=MANY)

    for _ in range(2):
        await migrator(old, DATED_BENCHES).step()
        rows = {each["_id"]: each["updated_at"] async for each in old["benches"].find()}

    moments = {id: datetime.fromisoformat(text) for id, text in rows.items()}
    assert moments.pop("b0003") == datetime.fromisoformat(kept)
    assert len(moments) == MANY - 1
    assert all(
        datetime.fromisoformat(kept) < each <= uow.reading().now for each in moments.values()
    )
    assert (await converted(old), {each.revision for each in found}) == (MANY, {3})


@pytest.mark.mongo
async def test_one_that_cannot_be_converted_holds_no_other(old: Database) -> None:
    await old["benches"].update_one({"_id": "b0003"}, {"$unset": {"name": ""}})
    one, so_far = migrator(old), Pass.of(ONE)

    rehearsed = await one.rehearse(ONE)
    untouched = await converted(old)
    while so_far.shapes:
        await one.convert(ONE, so_far)

    assert (rehearsed.converted, rehearsed.refused) == (
        MANY - 1,
        {"b0003": "KeyError in with_seats"},
    )
    assert untouched == 0
    assert (so_far.converted, so_far.refused) == (MANY - 1, rehearsed.refused)
    assert (await one.standing(ONE)).waiting == 1


@pytest.mark.mongo
async def test_those_that_wait_are_found_by_an_index(old: Database) -> None:
    await prepare_collection(old, ONE)
    keys = await old["benches"].index_information()

    assert [("shape", 1), ("_id", 1)] in [each["key"] for each in keys.values()]


def test_the_command_names_the_services_that_there_are() -> None:
    with pytest.raises(Failure, match="catalogue, evaluation, feedback"):
        migrate(["kitchen"])


def test_names_of_migrations_are_told_apart() -> None:
    from congvu_kit.tools.contracts import all_contracts

    for each in all_contracts():
        for collection in each.collections:
            names = [migration.name for migration in collection.migrations]
            assert len(names) == len(set(names)), collection.name
