"""`congvu export consequences`: what follows from a published period, as lists for pay, personnel
and training."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from congvu_kit.domain.labels import label
from congvu_kit.tools.client import GATEWAY, Gateway, Token, Url, progress
from congvu_kit.tools.exports.columns import Headings
from congvu_kit.tools.exports.files import Form, cell_text
from congvu_kit.tools.exports.running import (
    AllowEmpty,
    Format,
    HeadingsOption,
    Part,
    Wanted,
    tell,
    write_export,
)
from congvu_kit.tools.failure import WrongCall
from congvu_kit.tools.named import Period, WithinUnit, period_id, unit_id
from congvu_kit.tools.speech import said
from evaluation_service.adapters.cli.consequence_columns import columns
from evaluation_service.adapters.cli.consequence_lists import (
    HEADINGS,
    LISTS,
    List,
    Row,
)
from evaluation_service.adapters.cli.evaluation import (
    require_sheet,
    require_there,
    write_rows,
)

VERSION = 1
"""Of the columns."""

Asked = Mapping[str, str | None]


def export_consequences(
    period: Period,
    file: Annotated[Path | None, typer.Argument(help="One sheet: .xlsx .csv or .json.")] = None,
    *,
    list_: Annotated[List, typer.Option("--list", help="Which list.")] = List.PAY,
    unit: WithinUnit = None,
    out: Annotated[
        Path | None, typer.Option(help="Instead: the folder for files with a manifest.")
    ] = None,
    form: Format = Form.CSV,
    headings: HeadingsOption = Headings.EN,
    allow_empty: AllowEmpty = False,
    url: Url = GATEWAY,
    token: Token = "",
) -> None:
    """Write a list of what follows from the results of a published period that you may see: each
    row with rule, period and source (evaluation, sheet, seal). Nothing follows by itself: people
    decide. With --out congvu verify-export checks it."""
    if (file is None) is (out is None):
        raise WrongCall(vi="Ghi tên tệp, hoặc --out.", en="give FILE, or --out")
    if file is not None:
        require_sheet(file)
    with Gateway(url, token) as gateway, progress(said(vi="đang xuất", en="exporting")) as advance:
        unit = unit and unit_id(gateway, unit)
        of = require_there(gateway, period_id(gateway, period), unit)
        asked = {"period": of["id"]} | ({} if list_ is List.CASES else {"unit": unit})
        rows = _rows(gateway, list_, asked, advance)
        if file is not None:
            _one_file(file, list_, list(rows), headings)
        if out is not None:
            how = Wanted(out=out, form=form, headings=headings, allow_empty=allow_empty)
            tell(_exported(list_, rows, how, {"asked": asked, "period": of}))


def _rows(
    gateway: Gateway, list_: List, asked: Asked, advance: Callable[[int], None]
) -> Iterator[Row]:
    for document, field, rows_of in LISTS[list_]:
        for node in gateway.pages(document, field, asked):
            for row in rows_of(node):
                yield {**row, "period": asked["period"]}
            advance(1)


def _one_file(file: Path, list_: List, rows: list[Row], headings: Headings) -> None:
    if headings is Headings.EN:
        write_rows(file, list_, [*HEADINGS[list_], "period"], rows)
    else:
        called = {each.heading(headings): each for each in columns(list_)}
        told = [
            {title: cell_text(each, row.get(each.name), headings) for title, each in called.items()}
            for row in rows
        ]
        write_rows(file, label("export", list_, "vi"), [*called], told)
    count = len(rows)
    typer.echo(said(vi=f"Đã ghi {count} dòng vào {file}.", en=f"{count} rows written to {file}"))


def _exported(list_: List, rows: Iterator[Row], how: Wanted, about: Mapping[str, Any]) -> Path:
    shown = columns(list_)
    values = (tuple(row.get(each.name) for each in shown) for row in rows)
    part = Part(name=list_, version=VERSION, columns=shown, rows=values)
    name = f"{list_}-{about['period']['code']}"
    return write_export(name, [part], how, {"kind": "consequences", "list": list_, **about})
