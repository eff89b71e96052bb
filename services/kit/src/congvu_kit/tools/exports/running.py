"""An export from the graph to a folder: files first, the manifest last, nothing where it fails."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from congvu_kit.domain.clock import Clock, SystemClock
from congvu_kit.domain.labels import label
from congvu_kit.tools.client import Gateway, progress
from congvu_kit.tools.exports.columns import Column, Headings, Kind, Node, Row
from congvu_kit.tools.exports.files import WRITERS, Form, json_line
from congvu_kit.tools.exports.manifest import (
    ENDING,
    described,
    differences,
    file_entry,
    read_manifest,
    schema_hash,
    write_manifest,
)
from congvu_kit.tools.failure import Failure
from congvu_kit.tools.speech import said

SYSTEM = SystemClock()

Out = Annotated[Path, typer.Option(help="The folder to write to; made where it is not there.")]
Format = Annotated[Form, typer.Option("--format", help="Of the files.", case_sensitive=False)]
HeadingsOption = Annotated[
    Headings,
    typer.Option(
        help="vi: Vietnamese headings, and in a sheet words for codes, 25/09/2026 and 0,25. "
        "en: names and values as in the graph."
    ),
]
AllowEmpty = Annotated[bool, typer.Option("--allow-empty", help="No row is no failure.")]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """How it is written, whatever it is."""

    out: Path
    form: Form = Form.CSV
    headings: Headings = Headings.EN
    allow_empty: bool = False


@dataclass(frozen=True, kw_only=True)
class Part:
    """One table of an export, a file of its own. `version` counts the changes of its columns."""

    name: str
    version: int
    columns: Sequence[Column]
    rows: Iterable[Row]


@dataclass
class _Counted:
    """Rows on their way to a file: how many, and a hash that is the same in every format."""

    rows: Iterable[Row]
    count: int = 0
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            self.count += 1
            self.digest.update(json_line(row))
            yield row


def rows_of(gateway: Gateway, kind: Kind, variables: Mapping[str, object]) -> Iterator[Row]:
    """Page by page, so that memory stays flat however many there are."""
    with progress(said(vi="đang xuất", en="exporting")) as advance:
        for node in gateway.pages(kind.document, kind.field, variables):
            before = 0
            for each in _whole(gateway, kind, node):
                yield from kind.rows(each, before)
                before += len(each[kind.inside.connection]["edges"]) if kind.inside else 0
            advance(1)


def _whole(gateway: Gateway, kind: Kind, node: Node) -> Iterator[Node]:
    """It once for each page of the connection inside it. Raise `Failure` where it is gone."""
    yield node
    while kind.inside and node[kind.inside.connection]["pageInfo"]["hasNextPage"]:
        found = gateway.query(kind.further(kind.inside), kind.inside.asked(node))[kind.inside.one]
        if found is None:
            raise Failure(
                vi="Dữ liệu đã thay đổi trong khi xuất; chưa ghi tệp nào. Vui lòng chạy lại.",
                en="a row went away while it was read; nothing was written: run it again",
            )
        yield (node := found)


def part_of(gateway: Gateway, kind: Kind, variables: Mapping[str, object]) -> Part:
    rows = rows_of(gateway, kind, variables)
    return Part(name=kind.name, version=kind.version, columns=kind.columns, rows=rows)


def write_export(
    name: str,
    parts: Sequence[Part],
    wanted: Wanted,
    about: Mapping[str, object],
    *,
    clock: Clock = SYSTEM,
) -> Path:
    """Write `name`'s files and its manifest, and give the manifest's path. `about` is what it is
    of. An earlier export of the same name is replaced once this one is whole."""
    begun = clock.now()
    wanted.out.mkdir(parents=True, exist_ok=True)
    with _partial(wanted.out) as new:
        told = [_written(new, name, each, wanted, alone=len(parts) == 1) for each in parts]
        total = sum(rows for _, _, rows in told)
        if not total and not wanted.allow_empty:
            raise Failure(
                vi="Không có dòng nào thuộc phạm vi được xem; chưa ghi tệp nào. Nếu vẫn cần tệp, "
                "thêm --allow-empty.",
                en="no row that you may see fits what was asked for; nothing was written: "
                "--allow-empty writes it all the same",
            )
        manifest = wanted.out / f"{name}{ENDING}"
        files = [file_entry(file, rows) for file, _, rows in told]
        manifest.unlink(missing_ok=True)
        for file, _, _ in told:
            file.replace(wanted.out / file.name)
        told_of_files = {
            "begunAt": begun.isoformat(),
            "endedAt": clock.now().isoformat(),
            "fileFormat": wanted.form,
            "headings": wanted.headings,
            "tables": [table for _, table, _ in told],
            "rows": total,
            "files": files,
        }
        write_manifest(manifest, {**about, **told_of_files})
    return manifest


def manifest_of(
    file: Path, rows: int, about: Mapping[str, object], *, clock: Clock = SYSTEM
) -> Path:
    """Beside a file that was written otherwise: `about` is what it is of, and when it was begun."""
    manifest = file.with_name(f"{file.stem}{ENDING}")
    told: Mapping[str, object] = {
        "endedAt": clock.now().isoformat(),
        "fileFormat": file.suffix.removeprefix("."),
        "tables": [],
        "rows": rows,
        "files": [file_entry(file, rows)],
    }
    write_manifest(manifest, {**about, **told})
    return manifest


def _written(
    folder: Path, name: str, part: Part, wanted: Wanted, *, alone: bool
) -> tuple[Path, dict[str, object], int]:
    file = folder / (f"{name}.{wanted.form}" if alone else f"{name}-{part.name}.{wanted.form}")
    rows = _Counted(part.rows)
    title = label("export", part.name, "vi") if wanted.headings is Headings.VI else part.name
    with file.open("wb") as target:
        WRITERS[wanted.form](target, title, part.columns, wanted.headings, rows)
    table = {
        "name": part.name,
        "file": file.name,
        "schemaVersion": part.version,
        "schemaSha256": schema_hash(part.columns),
        "columns": [
            {**each, "heading": column.heading(wanted.headings)}
            for each, column in zip(described(part.columns), part.columns, strict=True)
        ],
        "rows": rows.count,
        "rowsSha256": rows.digest.hexdigest(),
    }
    return file, table, rows.count


@contextmanager
def _partial(out: Path) -> Iterator[Path]:
    """A folder beside the files that is gone in any case."""
    new = out / f".partial-{os.getpid()}"
    new.mkdir(mode=0o700)
    try:
        yield new
    finally:
        for left in new.iterdir():
            left.unlink()
        new.rmdir()


def tell(manifest: Path) -> None:
    count, path = read_manifest(manifest)["rows"], manifest
    typer.echo(
        said(
            vi=f"Đã ghi {count} dòng; bản kê: {path}",
            en=f"{count} rows written; manifest: {path}",
        )
    )


def _manifest(path: Path) -> Path:
    """Of a file that stands beside its own, that one."""
    beside = path.with_name(f"{path.stem}{ENDING}")
    return beside if beside.exists() and not path.name.endswith(ENDING) else path


def verify_export(
    path: Annotated[Path, typer.Argument(help="A manifest, or a folder with some.", exists=True)],
) -> None:
    """Compare the files of an export with its manifest (bản kê): ends with 1 and names what differs
    where one byte is another."""
    manifests = sorted(path.glob(f"*{ENDING}")) if path.is_dir() else [_manifest(path)]
    if not manifests:
        raise Failure(
            vi="Không có bản kê nào trong thư mục.", en="there is no manifest in the folder"
        )
    found = [line for each in manifests for line in differences(each)]
    if found:
        raise Failure("\n".join(found))
    for name in (each.name for each in manifests):
        typer.echo(said(vi=f"{name}: đúng như bản kê", en=f"{name}: every file agrees"))
