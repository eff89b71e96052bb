"""`congvu backup`: all databases as they are at one moment, verified by the command itself."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Annotated, TypeAlias, TypeVar

import typer

from congvu_kit.adapters.backup_files import MANIFEST_FILE, SIGNER
from congvu_kit.adapters.backup_store import TooLong, view_of
from congvu_kit.adapters.driver import Client, close
from congvu_kit.adapters.key_files import create_signing_key, read_signing_key
from congvu_kit.adapters.mongo import connect
from congvu_kit.adapters.notes import BadNote, Ed25519Notes, VerifierKey
from congvu_kit.application.backups import Manifest, NotWhole
from congvu_kit.domain.clock import SystemClock
from congvu_kit.service.connections import mongo_options
from congvu_kit.service.settings import MongoSettings
from congvu_kit.tools import backup_run
from congvu_kit.tools.backup_run import DATA, Pair
from congvu_kit.tools.failure import Failure
from congvu_kit.tools.help_texts import in_words
from congvu_kit.tools.speech import said

app = typer.Typer(no_args_is_help=True, help="Back all databases up, verify that, and restore it.")

R = TypeVar("R")

Data: TypeAlias = Annotated[
    Path, typer.Argument(help="A folder for backups of the data; or one of them.")
]
Keys: TypeAlias = Annotated[
    Path,
    typer.Option(
        "--keys", help="Another folder, for the wrapped keys of private texts: never in the first."
    ),
]
Key: TypeAlias = Annotated[
    str, typer.Option(help="The verifier key that `make` printed, or the file of the signing key.")
]
Memory: TypeAlias = Annotated[
    Path | None, typer.Option(help="The folder of FEEDBACK_MEMORY_DIR, where it is at hand.")
]


@app.command("make")
def make(
    data: Data,
    keys: Keys,
    key: Annotated[Path, typer.Option(help="Signs the backups; made where there is none.")],
    memory: Memory = None,
    *,
    stopped: Annotated[
        bool, typer.Option("--stopped", help="Every service is stopped: nobody writes.")
    ] = False,
) -> None:
    """Back up the databases of CONGVU_MONGO_* as they are at one moment, while everything runs.

    The two folders are for two places. No key of FEEDBACK_KEYS_DIR is in either of them.
    """
    require_apart(data, keys)
    create_signing_key(key)
    signer = Ed25519Notes(SIGNER, read_signing_key(key))
    settings = MongoSettings.from_environment()
    name = f"{SystemClock().now():%Y-%m-%dT%H:%M:%SZ}"
    pair = Pair(data / name, keys / name)

    async def run(client: Client) -> Manifest:
        async with view_of(client, settings.mongo_database_prefix, stopped=stopped) as view:
            made = await backup_run.make(
                view, pair, prefix=settings.mongo_database_prefix, memory=memory, signer=signer
            )
        return made[DATA]

    try:
        manifest = with_database(settings, run)
    except TooLong:
        raise _view_ended() from None
    typer.echo(f"{pair.data}: {summary(manifest)}")
    typer.echo(f"{said(vi='khóa kiểm tra', en='key')} {signer.verifier_key}")


def _view_ended() -> Failure:
    return Failure(
        vi="Máy chủ bỏ thời điểm đọc trước khi đọc xong: hãy dừng các dịch vụ và dùng --stopped, "
        "hoặc để máy chủ dữ liệu giữ thời điểm lâu hơn.",
        en="the server ended its view before all was read: stop the services and use --stopped, "
        "or let MongoDB keep snapshots longer (minSnapshotHistoryWindowInSeconds)",
    )


@app.command("verify")
def verify(
    backups: Annotated[list[Path], typer.Argument(help="Folders of backups, data or keys.")],
    key: Key,
    until: Annotated[str | None, typer.Option(help="The newest of this moment or before.")] = None,
) -> None:
    """Read every file to its end: hashes, signature, the log's roots, seals and indexes. What is
    not what it was is named (exit code 1)."""
    for folder in [chosen(each, until) for each in backups]:
        manifest = whole(partial(backup_run.verify, folder, verifier(key)))
        typer.echo(f"{folder}: {summary(manifest)}")


@app.command("restore")
def restore(
    data: Data,
    keys: Keys,
    key: Key,
    memory: Memory = None,
    until: Annotated[
        str | None,
        typer.Option(help="The newest of this moment (2026-11-27T03:00) or before."),
    ] = None,
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Throw away what the databases hold now.")
    ] = False,
) -> None:
    """Verify a backup, put it back into the databases of CONGVU_MONGO_*, and prove that what lies
    there is the same. The services are stopped meanwhile. What was erased since stays erased."""
    folder = chosen(data, until)
    pair = Pair(folder, keys if (keys / "manifest.json").exists() else keys / folder.name)
    settings = MongoSettings.from_environment()

    async def run(client: Client) -> backup_run.Restored:
        return await backup_run.restore(client, pair, verifier(key), memory=memory, replace=replace)

    restored = whole(lambda: with_database(settings, run))
    documents, kept = restored.documents, restored.held_back
    told = said(
        vi=f"Đã phục hồi và kiểm chứng {documents} bản ghi; {kept} khóa của dữ liệu đã xóa từ đó "
        "không được phục hồi.",
        en=f"restored and proven: {documents} documents; {kept} keys of what was erased since did "
        "not come back",
    )
    typer.echo(told)
    for name, value in restored.proof.items():
        typer.echo(f"{in_words(name)}: {value}")


def chosen(folder: Path, until: str | None) -> Path:
    """The newest of the backups in a folder, or the newest that shows no moment after `until`."""
    if (folder / MANIFEST_FILE).exists():
        return folder
    names = (each.parent.name for each in folder.glob(f"*/{MANIFEST_FILE}"))
    fitting = sorted(name for name in names if until is None or name <= until)
    if not fitting:
        en = f"no backup in {folder}" + (f" of {until} or before" if until else "")
        raise Failure(vi=f"Không có bản sao lưu phù hợp trong {folder}.", en=en)
    return folder / fitting[-1]


def whole(act: Callable[[], R]) -> R:
    try:
        return act()
    except NotWhole as exception:
        raise Failure(vi=exception.vi, en=exception.en) from exception


def with_database(settings: MongoSettings, run: Callable[[Client], Awaitable[R]]) -> R:
    async def connected() -> R:
        client = connect(settings.mongo_url, mongo_options(settings))
        try:
            return await run(client)
        finally:
            await close(client)

    return asyncio.run(connected())


def require_apart(data: Path, keys: Path) -> None:
    """Neither in the other: whoever takes one away takes one only."""
    one, other = data.resolve(), keys.resolve()
    if one == other or one in other.parents or other in one.parents:
        raise Failure(
            vi="Thư mục của --keys phải tách khỏi thư mục dữ liệu.",
            en="--keys must be a folder apart from that of the data",
        )


def verifier(key: str) -> str:
    try:
        return str(VerifierKey.read(key))
    except BadNote:
        if not Path(key).is_file():
            raise Failure(
                vi="Giá trị của --key không phải khóa kiểm tra, cũng không phải tệp.",
                en="--key is neither a verifier key nor a file",
            ) from None
    return Ed25519Notes(SIGNER, read_signing_key(Path(key))).verifier_key


def summary(manifest: Manifest) -> str:
    documents = sum(each.documents for each in manifest.parts)
    proof = "".join(f"\n  {in_words(name)}: {value}" for name, value in manifest.proof.items())
    kind, at, moment = in_words(manifest.kind), manifest.at, manifest.moment
    told = said(
        vi=f"{kind} lúc {at} ({moment}), {documents} bản ghi trong {len(manifest.parts)} phần",
        en=f"{kind} of {at} ({moment}), {documents} documents in {len(manifest.parts)} parts",
    )
    return f"{told}{proof}"
