"""`congvu keys log|vault`: another key takes the place of the log's or the vault's."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from congvu_kit.adapters.mongo import Database, connect, rows_of
from congvu_kit.adapters.notes import Ed25519Notes, signed_by, verifier_key_of
from congvu_kit.domain.log_entries import KEY_ANNOUNCED
from congvu_kit.service.connections import mongo_options
from congvu_kit.service.settings import MongoSettings
from congvu_kit.tools.keys import OVERLAP_S, Overlap, require_overlap, require_step
from congvu_kit.tools.speech import said
from feedback_service.adapters.files.keys import (
    IN_USE_FILE,
    SIGNING,
    VAULT,
    add_signing_key,
    add_vault_key,
    change_in_use,
    read_in_use,
    read_keys,
    withdraw,
)
from feedback_service.application.collections import CHECKPOINTS, LOG_ENTRIES, PRIVATE_KEYS

log = typer.Typer(no_args_is_help=True, help="What the public log is signed with.")
vault = typer.Typer(no_args_is_help=True, help="What the keys of private texts are wrapped under.")

Folder: TypeAlias = Annotated[
    Path, typer.Argument(help="The folder of FEEDBACK_KEYS_DIR.", exists=True, file_okay=False)
]
Origin: TypeAlias = Annotated[str, typer.Option(help="The log's name (FEEDBACK_LOG_ORIGIN).")]
ORIGIN = "congvu-kpi/public-log"


@log.command("status")
def log_status(folder: Folder, origin: Origin = ORIGIN) -> None:
    """The verifier keys that sign, wait, and sign no more: publish them all."""
    keys = read_keys(folder).signing
    signs, waits = said(vi="đang ký", en="signs"), said(vi="đang chờ", en="waits")
    for state, some in ((signs, keys.signing), (waits, keys.waiting)):
        for each in some:
            typer.echo(f"{state}: {Ed25519Notes(origin, each).verifier_key}")
    for public in keys.withdrawn:
        key = verifier_key_of(origin, public)
        typer.echo(said(vi=f"đã rút: {key}", en=f"is withdrawn: {key}"))


@log.command("add")
def add_log_key(folder: Folder, origin: Origin = ORIGIN) -> None:
    """Make a second key. Feedback tells it in the log, under a head that the first one signs."""
    waits = bool(read_keys(folder).signing.waiting)
    require_step(
        not waits, vi="Khóa thứ hai đã chờ sẵn: chạy use.", en="a second key waits already: use it"
    )
    add_signing_key(folder)
    log_status(folder, origin)


@log.command("use")
def use_log_key(folder: Folder, origin: Origin = ORIGIN, overlap: Overlap = OVERLAP_S) -> None:
    """Sign with both: who knows either verifies. Publish the new verifier key now, and give it to
    the witnesses."""
    used, newest = read_in_use(folder), SIGNING.numbers(folder)[-1]
    require_step(
        newest > max(used.log),
        vi="Không có khóa thứ hai đang chờ: chạy add trước.",
        en="no second key waits: add one first",
    )
    require_overlap(SIGNING.file(folder, newest), overlap)
    change_in_use(folder, log=[newest, *used.log])
    log_status(folder, origin)


@log.command("retire")
def retire_log_key(folder: Folder, origin: Origin = ORIGIN, overlap: Overlap = OVERLAP_S) -> None:
    """Sign with the newest alone; that is told in the log too. What others signed stays true."""
    used = read_in_use(folder)
    require_step(
        len(used.log) > 1,
        vi="Chỉ một khóa đang ký: không có gì để loại bỏ.",
        en="one key signs: nothing to retire",
    )
    require_overlap(folder / IN_USE_FILE, overlap)
    keys = [Ed25519Notes(origin, each).verifier_key for each in read_keys(folder).signing.signing]
    require_step(
        asyncio.run(_vouched(keys)),
        vi="Chưa có mốc do cả hai khóa ký bao gồm mục của khóa mới.",
        en="no head that both signed covers the entry of the new key yet",
    )
    withdraw(folder, used)
    log_status(folder, origin)
    for number in used.log[1:]:
        file = SIGNING.file(folder, number)
        typer.echo(said(vi=f"không còn cần: {file}", en=f"is needed no more: {file}"))


@vault.command("status")
def vault_status(folder: Folder) -> None:
    """Which key wraps, and how many keys of private texts each has wrapped (the database is that of
    CONGVU_MONGO_*)."""
    used, counted = read_in_use(folder), asyncio.run(_wrapped())
    for number in sorted({*VAULT.numbers(folder), *counted}):
        wraps, opens = said(vi="đang bọc", en="wraps"), said(vi="chỉ mở", en="opens")
        state = wraps if number == used.vault else opens
        name, count = VAULT.file(folder, number).name, counted.get(number, 0)
        typer.echo(f"{state}: {name}, {count} {said(vi='khóa', en='keys')}")


@vault.command("add")
def add_wrapping_key(folder: Folder) -> None:
    """Make another key: every replica can open what it will wrap, and none wraps with it yet."""
    newest = VAULT.numbers(folder)[-1]
    require_step(
        newest <= read_in_use(folder).vault,
        vi="Khóa khác đã chờ sẵn: chạy use.",
        en="another key waits already: use it",
    )
    typer.echo(VAULT.file(folder, add_vault_key(folder)))


@vault.command("use")
def use_wrapping_key(folder: Folder, overlap: Overlap = OVERLAP_S) -> None:
    """Wrap with it. Feedback moves all that others wrapped, some hundreds at a time; whatever stops
    it, it goes on where it was (`keys vault status`)."""
    newest = VAULT.numbers(folder)[-1]
    require_step(
        newest > read_in_use(folder).vault,
        vi="Không có khóa khác đang chờ: chạy add trước.",
        en="no other key waits: add one first",
    )
    require_overlap(VAULT.file(folder, newest), overlap)
    change_in_use(folder, vault=newest)
    name = VAULT.file(folder, newest).name
    typer.echo(said(vi=f"đang bọc: {name}", en=f"wraps: {name}"))


@vault.command("retire")
def retire_wrapping_keys(folder: Folder, overlap: Overlap = OVERLAP_S) -> None:
    """Take away the keys that nothing is wrapped under any more; refused while something is."""
    used = read_in_use(folder)
    older = [each for each in VAULT.numbers(folder) if each < used.vault]
    require_step(
        bool(older),
        vi="Chỉ có một khóa: không có gì để loại bỏ.",
        en="there is one key only: nothing to retire",
    )
    require_overlap(folder / IN_USE_FILE, overlap)
    left = {number: count for number, count in asyncio.run(_wrapped()).items() if number in older}
    count = sum(left.values())
    require_step(
        not left,
        vi=f"Còn {count} khóa nằm dưới các khóa cũ: dịch vụ phản hồi đang chuyển.",
        en=f"{count} keys are under older ones: feedback moves them",
    )
    for number in older:
        file = VAULT.file(folder, number)
        file.unlink()
        typer.echo(said(vi=f"đã gỡ bỏ: {file}", en=f"taken away: {file}"))


async def _vouched(keys: Sequence[str]) -> bool:
    """Whether the old key has signed what tells the new one: who trusts it learns the new one."""
    async with _database() as database:
        newest = await rows_of(database, CHECKPOINTS).find_one(sort=[("size", -1), ("at", -1)])
        told = await rows_of(database, LOG_ENTRIES).find_one(
            {"type": KEY_ANNOUNCED, "fields.value": keys[0]}
        )
    if newest is None or told is None or told["number"] > newest["size"]:
        return False
    return all(signed_by(newest["note"], each) for each in keys)


async def _wrapped() -> Mapping[int, int]:
    """How many are wrapped under each number; what was erased is wrapped no more."""
    number = {"$arrayElemAt": [{"$split": ["$wrapped", ":"]}, 0]}
    numbered = {"$cond": [{"$eq": [number, "$wrapped"]}, "1", number]}
    async with _database() as database:
        found = rows_of(database, PRIVATE_KEYS).aggregate(
            [
                {"$match": {"wrapped": {"$gte": ""}}},
                {"$group": {"_id": numbered, "count": {"$sum": 1}}},
            ]
        )
        return {int(row["_id"]): row["count"] async for row in found}


@asynccontextmanager
async def _database() -> AsyncIterator[Database]:
    settings = MongoSettings.from_environment()
    client = connect(settings.mongo_url, mongo_options(settings))
    try:
        yield client[f"{settings.mongo_database_prefix}feedback"]
    finally:
        client.close()
