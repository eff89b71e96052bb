"""Sub-commands of `congvu` about the public log and its keys."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from congvu_kit.adapters.notes import Ed25519Notes
from congvu_kit.tools.cli import Failure
from congvu_kit.tools.log_export import Export, from_file, from_url, require_witnessed, to_file
from congvu_kit.tools.log_verification import Broken, LogVerifier, Verified
from congvu_kit.tools.speech import said
from feedback_service.adapters.cli.recount import Recount
from feedback_service.adapters.files.keys import create_keys, read_keys
from feedback_service.adapters.files.served import served_index

PLAIN_EVERY = 10_000
"""Entries between two progress lines in a pipe."""


def verify_log(
    source: Annotated[str, typer.Argument(help="A file, or the gateway's address.")],
    key: Annotated[
        str | None, typer.Option(help="The log's verifier key, known from elsewhere.")
    ] = None,
    witness: Annotated[
        str | None, typer.Option(help="A witness's verifier key: it must have cosigned the head.")
    ] = None,
    save: Annotated[Path | None, typer.Option(help="Keep what was read in this file.")] = None,
    against: Annotated[
        Path | None, typer.Option(help="An earlier file: the log must still begin with it.")
    ] = None,
) -> None:
    """Verify the public log: numbering, chain, commitments, tombstones, roots, signatures."""
    export = _read(source)
    if save is not None:
        to_file(export, save)
    verifier = LogVerifier()
    try:
        verified = export.verify(verifier, key=key)
        waiting = require_witnessed(export, verifier, witness) if witness else 0
        if against is not None:
            earlier = from_file(against)
            verifier.check_earlier(earlier.header.size, earlier.header.root)
            verifier.check_log([*earlier.notes, *export.notes], key or export.header.verifierKey)
    except Broken as exception:
        raise Failure(
            vi=f"Nhật ký công khai không toàn vẹn: {exception.vi}",
            en=f"the public log is broken: {exception}",
        ) from exception
    typer.echo(_whole(verified))
    if witness is not None:
        cosigned = said(
            vi=f"Bên chứng kiến đã ký; còn {waiting} mục mới nhất đang chờ.",
            en=f"cosigned by the witness, {waiting} newest entries still waiting for it",
        )
        typer.echo(cosigned)
    if key is None:
        own = "Ký bằng khóa do nhật ký nêu", "signed by the key the log itself names"
        typer.echo(f"{said(vi=own[0], en=own[1])}: {export.header.verifierKey}")


def _whole(verified: Verified) -> str:
    entries, points, hidden = verified.entries, verified.checkpoints, verified.hidden
    return said(
        vi=f"Nhật ký công khai toàn vẹn: {entries} mục, {points} mốc có chữ ký, {hidden} nội dung "
        f"đã ẩn, mỗi nội dung có dấu xóa.\nGốc: {verified.root}",
        en=f"the public log is whole: {entries} entries, {points} signed checkpoints, {hidden} "
        f"hidden fields, each with its tombstone\nroot {verified.root}",
    )


def verify_index(
    source: Annotated[str, typer.Argument(help="A file, or the gateway's address.")],
    key: Annotated[
        str | None, typer.Option(help="The log's verifier key, known from elsewhere.")
    ] = None,
) -> None:
    """Compute every satisfaction index anew from the entries of the public log, and compare it with
    the one the log tells; from an address also with the one that is served."""
    export = _read(source)
    try:
        export.verify(LogVerifier(), key=key)
    except Broken as exception:
        raise Failure(
            vi=f"Nhật ký công khai không toàn vẹn: {exception.vi}",
            en=f"the public log is broken: {exception}",
        ) from exception
    indexes, wrong = 0, []
    for index in Recount().over(export.read_entries()):
        indexes += 1
        differing = index.differing
        if source.startswith(("http://", "https://")):
            differing += _served_otherwise(source, index.told, index.entry.sequence)
        unit, period = index.told["unit"], index.told["period"]
        place = said(vi=f"đơn vị {unit}, kỳ {period}", en=f"unit {unit}, period {period}")
        differs = said(vi="khác", en="differs")
        wrong += [f"{place}: {name} {differs}" for name in differing]
    if wrong:
        raise Failure("\n".join(wrong))
    whole = said(
        vi="Mọi chỉ số đúng như các lượt trả lời",
        en="every index is what its answers make it",
    )
    typer.echo(f"{whole}: {indexes} {said(vi='chỉ số', en='indexes')}")


def _served_otherwise(url: str, told: dict[str, str], sequence: int) -> list[str]:
    """Which figures the gateway gives otherwise than the log."""
    served = served_index(url, unit_id=told["unit"], period_id=told["period"])
    wanted = {
        "index": told.get("index"),
        "satisfied": int(told["satisfied"]),
        "answers": int(told["answers"]),
        "minimum": int(told["minimum"]),
        "state": told["state"],
        "intervalLow": told.get("interval_low"),
        "intervalHigh": told.get("interval_high"),
        "logSequence": sequence,
    }
    served_one = said(vi="số liệu đang được trả về", en="the served")
    return [f"{served_one} {name}" for name, value in wanted.items() if served.get(name) != value]


def _read(source: str) -> Export:
    if not source.startswith(("http://", "https://")):
        return from_file(Path(source))
    if not sys.stderr.isatty():
        return from_url(source, progress=_plain)
    with Progress(transient=True) as bar:
        doing = said(vi="đang đọc nhật ký công khai", en="reading the public log")
        task = bar.add_task(doing, total=None)
        return from_url(
            source, progress=lambda done, size: bar.update(task, completed=done, total=size)
        )


def _plain(done: int, size: int) -> None:
    if done % PLAIN_EVERY == 0:
        told = said(vi=f"đã đọc {done}/{size} mục", en=f"read {done} of {size} entries")
        typer.echo(told, err=True)


def make_log_keys(
    folder: Annotated[Path, typer.Argument(help="Where FEEDBACK_KEYS_DIR will point.")],
    origin: Annotated[
        str, typer.Option(help="The log's name (FEEDBACK_LOG_ORIGIN).")
    ] = "congvu-kpi/public-log",
) -> None:
    """Make the signing key and the vault key where missing; print the public verifier key."""
    create_keys(folder)
    typer.echo(Ed25519Notes(origin, read_keys(folder).signing.signing[0]).verifier_key)
