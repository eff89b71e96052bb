"""A backup shows one moment, proves itself, names what was changed, and brings nothing back that
was erased."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from congvu_kit.adapters.head_memory import HeadMemory
from congvu_kit.adapters.mongo import MongoUnitOfWork, connect
from congvu_kit.adapters.mongo_prepared import prepare
from congvu_kit.application.perform import perform
from congvu_kit.domain.clock import SystemClock
from congvu_kit.service.app import Runtime
from congvu_kit.tools.cli import Failure, build
from feedback import people
from feedback.log.steps import filled
from feedback.scenes import all_of, file, know_the_ward, log_of, make_needs, new_key, signer_with
from feedback_service.adapters.files.erasures import ErasureFile
from feedback_service.adapters.workers import hold_erasures, sign_log
from feedback_service.application import collections
from feedback_service.application.needs import Needs
from feedback_service.application.submissions.erasures import ErasePrivateData, erase_private_data
from feedback_service.application.submissions.private_data import open_all
from support.event_keys import signer

pytestmark = [pytest.mark.mongo, pytest.mark.timeout(120)]

VAULT = b"v" * 32
"""The scenes' own."""


@dataclass(frozen=True)
class Place:
    """A feedback on the real database, and whoever backs it up."""

    url: str
    prefix: str
    folder: Path
    uow: MongoUnitOfWork
    needs: Needs

    @property
    def runtime(self) -> Runtime:
        return Runtime(uow=self.uow, needs=self.needs)

    async def backup(self, *words: str | Path) -> str:
        """A command; raises what it fails with."""
        return await asyncio.to_thread(self._backup, *words)

    def _backup(self, *words: str | Path) -> str:
        env = {"CONGVU_MONGO_URL": self.url, "CONGVU_MONGO_DATABASE_PREFIX": self.prefix}
        done = CliRunner().invoke(build("backup"), ["backup", *map(str, words)], env=env)
        if done.exception is not None:
            raise done.exception
        return done.output

    async def make(self) -> str:
        """The verifier key of what was made."""
        where = ("--keys", self.apart, "--key", self.folder / "backup.pem")
        told = await self.backup("make", self.data, *where, "--memory", self.memory)
        return told.split()[-1]

    async def restore(self, key: str, *words: str) -> str:
        where = ("--keys", self.apart, "--key", key, "--memory", self.memory)
        return await self.backup("restore", self.data, *where, *words)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def apart(self) -> Path:
        return self.folder / "apart"

    @property
    def memory(self) -> Path:
        return self.folder / "memory"


@pytest.fixture
async def place(mongo_url: str, mongo_database: str, tmp_path: Path) -> AsyncIterator[Place]:
    client, prefix, clock = connect(mongo_url), f"{mongo_database}_", SystemClock()
    database = client[f"{prefix}feedback"]
    await prepare(database, collections.ALL, outbox_keep_days=30)
    uow = MongoUnitOfWork(database, signer=signer("feedback"), clock=clock)
    await know_the_ward(uow)
    memory = tmp_path / "memory"
    needs = replace(
        make_needs(), signer=signer_with(HeadMemory(memory)), erasures=ErasureFile(memory)
    )
    yield Place(mongo_url, prefix, tmp_path, uow, needs)
    for name in await client.list_database_names():
        if name.startswith(prefix):
            await client.drop_database(name)
    client.close()


def manifest(folder: Path) -> dict[str, object]:
    [made] = folder.iterdir()
    found: dict[str, object] = json.loads((made / "manifest.json").read_text())
    return found


async def written(place: Place) -> list[str]:
    """Two complaints with private parts; the log is signed."""
    owners = [(await file(place.uow, place.needs)).id for _ in range(2)]
    await filled(place.uow, 5)
    await sign_log(place.runtime)
    return owners


async def test_a_backup_shows_one_moment_while_everybody_writes(place: Place) -> None:
    """Head, entries and roots of the log agree, which change with every write meanwhile."""
    await written(place)
    over = asyncio.Event()

    async def write() -> int:
        transactions = 0
        while not over.is_set():
            await filled(place.uow, 3)
            transactions += 1
        return transactions

    writing = asyncio.create_task(write())
    key = await place.make()
    over.set()

    assert await writing > 1
    assert "data of" in await place.backup("verify", place.data, "--key", key)
    assert "keys of" in await place.backup("verify", place.apart, "--key", key)


async def test_no_key_that_opens_anything_is_in_a_backup(place: Place) -> None:
    await written(place)

    await place.make()

    files = [each for each in place.folder.rglob("*") if each.is_file() and "data" in each.parts]
    assert not [each for each in files if "private_keys" in each.name or "pem" in each.suffix]
    whole = b"".join(each.read_bytes() for each in files)
    assert VAULT not in whole
    assert VAULT.hex().encode() not in whole
    assert [each.name for each in place.apart.rglob("*.bson.gz")] == ["private_keys.bson.gz"]


async def test_what_was_changed_is_named(place: Place) -> None:
    """Every file of both folders, one after the other."""
    await written(place)
    key = await place.make()

    for folder in (place.data, place.apart):
        [made] = folder.iterdir()
        for path in sorted(each for each in made.rglob("*") if each.is_file()):
            name = path.name.removesuffix(".bson.gz")
            told = "manifest" if name.startswith("manifest") else name
            before = path.read_bytes()
            at = len(before) // 2
            path.write_bytes(before[:at] + bytes([before[at] ^ 1]) + before[at + 1 :])
            with pytest.raises(Failure, match=told):
                await place.backup("verify", folder, "--key", key)
            path.write_bytes(before)
    assert "data of" in await place.backup("verify", place.data, "--key", key)


async def test_a_part_more_or_less_and_another_signature_are_refused(place: Place) -> None:
    await written(place)
    key = await place.make()
    [made] = place.data.iterdir()
    [part] = made.rglob("checkpoints.bson.gz")

    shutil.copy(part, part.with_name("strange.bson.gz"))
    with pytest.raises(Failure, match=r"strange.*knows no such file"):
        await place.restore(key)
    part.with_name("strange.bson.gz").unlink()
    part.rename(place.folder / "away")
    with pytest.raises(Failure, match="checkpoints: the file is missing"):
        await place.restore(key)
    (place.folder / "away").rename(part)
    other = await Place(
        place.url, place.prefix, place.folder / "other", place.uow, place.needs
    ).make()
    with pytest.raises(Failure, match="not signed by this key"):
        await place.restore(other)


async def test_what_is_restored_is_what_was_backed_up_and_the_erased_stays_erased(
    place: Place,
) -> None:
    """An erasure after the backup is remembered apart; the log that forgot it is told again."""
    kept, gone = await written(place)
    plain = await open_all(place.uow.reading(), place.needs.vault, [kept])
    before = [await all_of(place.uow, each) for each in BY_NAME]
    key = await place.make()
    command = ErasePrivateData(
        actor=people.BOARD,
        idempotency_key=new_key(),
        owner_id=gone,
        submitter_token=None,
        legal_basis="Điều 16",
    )
    await perform(erase_private_data, command, place.uow, needs=place.needs)

    with pytest.raises(Failure, match="holds documents: restore into empty databases"):
        await place.restore(key)
    told = await place.restore(key, "--replace")

    assert "; 1 keys of what was erased since did not come back" in told
    after = [await all_of(place.uow, each) for each in BY_NAME]
    assert after == before
    keys = {each.id: each.wrapped for each in await all_of(place.uow, collections.PRIVATE_KEYS)}
    assert keys[gone] is None
    assert await open_all(place.uow.reading(), place.needs.vault, [kept]) == plain
    for _ in range(2):
        await hold_erasures(place.runtime)
    entries = await log_of(place.uow)
    assert [each.subject for each in entries if each.type == "PRIVATE_DATA_ERASED"] == [gone]


async def test_the_newest_until_a_moment_is_chosen(place: Place) -> None:
    await written(place)
    key = await place.make()
    [first] = place.data.iterdir()
    for folder in (place.data, place.apart):
        (folder / first.name).rename(folder / "2026-01-01T00:00:00Z")
    await filled(place.uow, 4)
    await place.make()

    told = await place.restore(key, "--replace", "--until", "2026-06-01")

    size = json.loads((place.data / "2026-01-01T00:00:00Z/manifest.json").read_text())["proof"]
    assert f"feedback: log entries: {size['feedback: log entries']}" in told
    with pytest.raises(Failure, match="no backup in"):
        await place.restore(key, "--replace", "--until", "2025")


BY_NAME = [each for each in collections.ALL if each.apart is None]
"""All that is not kept apart."""
