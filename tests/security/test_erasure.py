"""What was erased stays erased, whichever backup somebody restores (F-I2)."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from congvu_kit.adapters.mongo import Database, MongoUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import Collection
from feedback import people
from feedback.scenes import NOW, know_the_ward, log_of, make_needs, new_key, rate, rating
from feedback_service.adapters.files.erasures import FILE, ErasureFile
from feedback_service.application.collections import ALL, PRIVATE_KEYS
from feedback_service.application.needs import Needs
from feedback_service.application.submissions.erasures import (
    ErasePrivateData,
    erase_private_data,
    replay_erasures,
)
from feedback_service.application.submissions.private_data import open_all
from feedback_service.domain.common.private_data import RememberedErasure
from feedback_service.domain.log.entry import ActorClass
from support.clock import FixedClock

WRITTEN = "Tôi tên là Hoa"
BASIS = "Điều 16 Nghị định 13/2023/NĐ-CP"

Backup = dict[str, list[dict[str, Any]]]


@pytest.fixture
def collections() -> Sequence[Collection[Any]]:
    return ALL


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def needs(tmp_path: Path) -> Needs:
    return replace(make_needs(), erasures=ErasureFile(tmp_path / "memory"))


def keys_of(database: Database) -> Database:
    return database.client[f"{database.name}_keys"]


async def back_up(database: Database) -> Backup:
    names = await database.list_collection_names()
    return {name: await database[name].find().to_list(None) for name in names}


async def restore(database: Database, backup: Backup) -> None:
    for name in await database.list_collection_names():
        await database[name].delete_many({})
        if rows := backup.get(name):
            await database[name].insert_many(rows)


async def erase(uow: MongoUnitOfWork, needs: Needs, owner: str) -> None:
    command = ErasePrivateData(
        actor=people.PORTAL,
        idempotency_key=new_key(),
        owner_id=owner,
        submitter_token="dan-1",
        legal_basis=BASIS,
    )
    assert (await perform(erase_private_data, command, uow, needs=needs)).erased


async def read(uow: MongoUnitOfWork, needs: Needs, owner: str) -> dict[str, str]:
    [opened] = await open_all(uow.reading(), needs.vault, [owner])
    return opened


@pytest.mark.mongo
async def test_keys_lie_apart_from_the_texts(
    mongo_uow: MongoUnitOfWork, database: Database, needs: Needs
) -> None:
    await know_the_ward(mongo_uow)
    submission = await rate(mongo_uow, needs, rating(comment=WRITTEN))

    assert await database["private_records"].count_documents({}) == 1
    assert await keys_of(database)[PRIVATE_KEYS.name].count_documents({}) == 1
    assert PRIVATE_KEYS.name not in await database.list_collection_names()
    assert await read(mongo_uow, needs, submission.id) == {"comment": WRITTEN}


@pytest.mark.mongo
@pytest.mark.parametrize("also_keys", [False, True], ids=["texts", "texts-and-keys"])
async def test_F_I2_a_restored_backup_brings_nothing_back(
    mongo_uow: MongoUnitOfWork, database: Database, needs: Needs, *, also_keys: bool
) -> None:
    await know_the_ward(mongo_uow)
    erased = await rate(mongo_uow, needs, rating(comment=WRITTEN))
    texts, keys = await back_up(database), await back_up(keys_of(database))
    await erase(mongo_uow, needs, erased.id)

    await restore(database, texts)
    if also_keys:
        await restore(keys_of(database), keys)
        assert await read(mongo_uow, needs, erased.id) == {"comment": WRITTEN}
    assert await replay_erasures(mongo_uow, needs.erasures) == int(also_keys)

    assert await read(mongo_uow, needs, erased.id) == {}
    told = [entry.type for entry in await log_of(mongo_uow)]
    assert told == ["SUBMISSION_RECEIVED", "PRIVATE_DATA_ERASED"]
    assert await replay_erasures(mongo_uow, needs.erasures) == 0


@pytest.mark.mongo
async def test_the_public_log_alone_is_enough(
    mongo_uow: MongoUnitOfWork, database: Database, needs: Needs, tmp_path: Path
) -> None:
    """Keys restored on a machine that never had the memory: the log tells what was erased."""
    await know_the_ward(mongo_uow)
    erased = await rate(mongo_uow, needs, rating(comment=WRITTEN))
    keys = await back_up(keys_of(database))
    await erase(mongo_uow, needs, erased.id)
    await restore(keys_of(database), keys)

    assert await replay_erasures(mongo_uow, ErasureFile(tmp_path / "empty")) == 1

    assert await read(mongo_uow, needs, erased.id) == {}
    told = [entry.type for entry in await log_of(mongo_uow)]
    assert told == ["SUBMISSION_RECEIVED", "PRIVATE_DATA_ERASED"]


async def test_the_memory_is_private_and_survives_a_torn_line(tmp_path: Path) -> None:
    memory = ErasureFile(tmp_path / "memory")
    erasure = RememberedErasure(
        owner_id="sub_1", province="56", by=ActorClass.SUBMITTER, legal_basis=BASIS
    )
    await memory.remember(erasure)
    path = tmp_path / "memory" / FILE
    with path.open("ab") as file:
        file.write(b'{"owner_id": "sub_2", "prov\n')
    await memory.remember(replace(erasure, owner_id="sub_3"))

    assert [each.owner_id for each in await memory.all()] == ["sub_1", "sub_3"]
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
