"""`congvu import catalogue`, `congvu export catalogue`, `congvu template catalogue`."""

import os
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import typer

from catalogue_service.adapters.cli.totals import ImportTotals
from catalogue_service.adapters.files.boxed import read_in_box
from catalogue_service.adapters.files.sheets import write
from catalogue_service.adapters.files.template import write_catalogue_template
from catalogue_service.application.imports.commands import UnfitRow
from catalogue_service.application.needs import SheetNote
from catalogue_service.domain.imports.rows import COLUMNS, Row
from congvu_kit.adapters.boxes import OWN_FILES, Boxes
from congvu_kit.adapters.legacy import Encoding
from congvu_kit.application.rows import Refusal
from congvu_kit.domain.labels import label
from congvu_kit.domain.text import camel
from congvu_kit.domain.vietnamese import language_of
from congvu_kit.tools.cli import Failure
from congvu_kit.tools.client import GATEWAY, Gateway, Token, Url, batches, progress
from congvu_kit.tools.dry_runs import tell_what_follows
from congvu_kit.tools.error_copies import ErrorCopy, Errors, headings_told, new_template
from congvu_kit.tools.failure import WrongCall
from congvu_kit.tools.import_reports import Json
from congvu_kit.tools.named import UNIT_IS, unit_id
from congvu_kit.tools.speech import InLanguage, Language, said, tell_next

BATCH_ROWS = 200
"""Rows of one call: well inside the limits of the gateway and of one transaction."""

ERRORS_SHOWN = 50

IMPORT = """
mutation Import($input: ImportWorkProductsInput!) {
  importWorkProducts(input: $input) {
    ... on ImportReport {
      written refused
      rows { row code outcome missing problems { column ruleId messageVi messageEn } }
    }
    ... on Problem { code message field ruleId }
  }
}"""


class ErrorPolicy(StrEnum):
    ALL_OR_NOTHING = "all-or-nothing"
    SKIP = "skip"


def import_catalogue(
    file: Annotated[Path, typer.Argument(help="XLSX, CSV or JSON.", exists=True, dir_okay=False)],
    *,
    url: Url = GATEWAY,
    token: Token = "",
    province: Annotated[str | None, typer.Option(help="Default: your token's.")] = None,
    unit: Annotated[
        str | None, typer.Option(help=f"Of group C. Default: your token's. {UNIT_IS}")
    ] = None,
    on_error: Annotated[
        ErrorPolicy, typer.Option(help="What a bad row does to the good ones.")
    ] = ErrorPolicy.ALL_OR_NOTHING,
    dry_run: Annotated[bool, typer.Option(help="Check only, write nothing.")] = False,
    map: Annotated[
        list[str] | None, typer.Option(help="A heading of your sheet: 'Tên gọi=name_vi'.")
    ] = None,
    encoding: Annotated[
        Encoding | None, typer.Option(help="Of text from before Unicode, which is converted.")
    ] = None,
    errors: Errors = None,
    as_json: Json = False,
) -> None:
    """Bring a sheet of products in as drafts. Running it again changes nothing."""
    with headings_told(file, errors, encoding):
        given = str(file), _mapping(map or []), encoding
        found, layouts = read_in_box(Boxes(limits=OWN_FILES), *given)
    _tell_notes(found.notes)
    with Gateway(url, token) as gateway:
        of_list = {"province": province, "unitId": unit and unit_id(gateway, unit, province)}
        for checking in _checks(on_error, dry_run):
            done = _send(gateway, found.rows, of_list, dry_run=checking)
            _tell(done, dry_run=checking, as_json=as_json)
            if done.refused:
                break
    ErrorCopy(file, errors, layouts, encoding, done.remarks(layouts)).write()
    if as_json:
        typer.echo(done.report.as_json(done=not checking))
    else:
        _tell_what_follows(done, file, errors, dry_run=dry_run)
    done.end()


def _checks(on_error: ErrorPolicy, dry_run: bool) -> Sequence[bool]:
    """Whether each pass only checks."""
    careful = on_error is ErrorPolicy.ALL_OR_NOTHING
    return [True, False] if careful and not dry_run else [dry_run]


def _tell_what_follows(
    done: ImportTotals, file: Path, errors: Path | None, *, dry_run: bool
) -> None:
    if dry_run:
        tell_what_follows(
            file,
            errors,
            refused=done.refused,
            changes=done.outcomes.total() - done.outcomes["UNCHANGED"],
            vi="nhập danh mục",
            en="import it",
        )
    elif not done.refused:
        tell_next("congvu catalogue submit", vi="trình thẩm định", en="submit it")


def _tell_notes(notes: Sequence[SheetNote]) -> None:
    for note in notes:
        typer.echo(f"{note.place}: {said(vi=note.vi, en=note.en)}", err=True)


def _send(
    gateway: Gateway,
    rows: Sequence[Row],
    of_list: Mapping[str, str | None],
    *,
    dry_run: bool,
) -> ImportTotals:
    totals = ImportTotals()
    for row in rows:
        if isinstance(row, UnfitRow):
            totals.add(row, "REFUSED", [_fault(each) for each in (row.refusal, *row.more)])
    good = [row for row in rows if not isinstance(row, UnfitRow)]
    run = secrets.token_hex(8)
    with progress(_doing(dry_run=dry_run)) as advance:
        for number, batch in enumerate(batches(good, BATCH_ROWS)):
            report = gateway.mutate(
                IMPORT,
                "importWorkProducts",
                {
                    **of_list,
                    "idempotencyKey": f"import-{run}-{number}",
                    "rows": [_input(row) for row in batch],
                    "onError": "SKIP_BAD_ROWS",
                    "dryRun": dry_run,
                },
            )
            for row, told in zip(batch, report["rows"], strict=True):
                totals.add(row, told["outcome"], told["problems"], told["missing"].split())
            advance(len(batch))
    return totals


def _doing(*, dry_run: bool) -> str:
    if dry_run:
        return said(vi="đang kiểm tra", en="checking")
    return said(vi="đang nhập", en="importing")


def _fault(refusal: Refusal) -> dict[str, str | None]:
    return {
        "column": refusal.field,
        "messageVi": refusal.vi,
        "messageEn": refusal.en,
        "ruleId": None,
    }


def _input(row: Row) -> dict[str, object]:
    return {"row": row.number, **{camel(name): text for name, text in row.cells.items()}}


def _mapping(pairs: Sequence[str]) -> dict[str, str]:
    mapping = {}
    for pair in pairs:
        heading, found, column = pair.rpartition("=")
        if not found:
            raise WrongCall(
                vi="Ghi theo dạng Tiêu đề=cột.",
                en=f"{pair!r} is not HEADING=column",
                param_hint="--map",
            )
        mapping[heading] = column
    return mapping


def _tell(totals: ImportTotals, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        return
    for lines in (totals.problems, totals.warnings if dry_run else []):
        for line in lines[:ERRORS_SHOWN]:
            typer.echo(line, err=True)
        if len(lines) > ERRORS_SHOWN:
            hidden = len(lines) - ERRORS_SHOWN
            typer.echo(said(vi=f"… và {hidden} dòng nữa", en=f"... and {hidden} more"), err=True)
    language = language_of(os.environ)
    counts = ", ".join(
        f"{count} {label('ImportOutcome', name, language)}"
        for name, count in sorted(totals.outcomes.items())
    )
    step = said(vi="Kiểm tra", en="check") if dry_run else said(vi="Nhập", en="import")
    typer.echo(f"{step}: {counts or said(vi='không có dòng nào', en='no rows')}")


_FIELDS = " ".join(camel(column) for column in COLUMNS[1:])

EXPORT = """
query Export($filter: WorkProductFilter, $after: String) {
  workProducts(filter: $filter, first: 100, after: $after) {
    edges { node { group version { FIELDS } } }
    pageInfo { hasNextPage endCursor }
  }
}""".replace("FIELDS", _FIELDS)


def export_sheet(gateway: Gateway, file: Path, wanted: Mapping[str, str]) -> None:
    """The products in force that fit, as an import reads them back. Raise `Failure` for none."""
    with progress(said(vi="đang xuất", en="exporting")) as advance:
        rows = _exported(gateway, wanted, advance)
        first = next(rows, None)
        if first is None:
            raise Failure(
                vi="Không có sản phẩm nào đang hiệu lực phù hợp; chưa ghi tệp nào.",
                en="no product in force fits what was asked for; nothing was written",
            )
        with file.open("wb") as target:
            write(file.name, target, chain([first], rows))
    typer.echo(said(vi=f"Đã ghi danh mục vào {file}.", en=f"catalogue written to {file}"))


def _exported(
    gateway: Gateway, wanted: Mapping[str, str], advance: Callable[[int], None]
) -> Iterator[dict[str, str]]:
    """Page by page, so that memory stays flat however long the list."""
    after: str | None = None
    while True:
        page = gateway.query(EXPORT, {"filter": wanted, "after": after})["workProducts"]
        for edge in page["edges"]:
            yield _cells(edge["node"])
        advance(len(page["edges"]))
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


def _cells(product: Mapping[str, Any]) -> dict[str, str]:
    values = {"group": product["group"], **product["version"]}
    cells = {}
    for column in COLUMNS:
        value = values[camel(column)]
        cells[column] = "\n".join(value) if isinstance(value, list) else str(value or "")
    return cells


def write_template(
    file: Annotated[Path, typer.Argument(help="Where to, .xlsx or .csv.")],
    *,
    language: InLanguage = Language.VI,
) -> None:
    """Write a sheet to fill in: an example, which is never imported, lists to choose from, and a
    note on every heading."""
    with new_template(file, f"congvu import catalogue {file} --dry-run"), file.open("wb") as target:
        write_catalogue_template(file.name, target, language)
