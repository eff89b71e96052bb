"""Rows as files, written as they come: however many there are, only some are in memory."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import IO, Any

from congvu_kit.adapters.sheets import write_sheet
from congvu_kit.domain.clock import VIETNAM
from congvu_kit.domain.labels import capital, label
from congvu_kit.domain.sheet_numbers import written
from congvu_kit.tools.exports.columns import Column, Headings, Row, Type
from congvu_kit.tools.exports.parquet import write_parquet
from congvu_kit.tools.failure import Failure


class Form(StrEnum):
    """Which kind of file."""

    CSV = "csv"
    XLSX = "xlsx"
    NDJSON = "ndjson"
    PARQUET = "parquet"


_FIGURE = re.compile(r"-?\d+\.\d+")

Write = Callable[[IO[bytes], str, Sequence[Column], Headings, Iterable[Row]], None]
"""To where, under which title, of which columns called how, and the rows."""


def cell_text(column: Column, value: Any, headings: Headings) -> str:
    """As a sheet shows it: in Vietnamese as an office writes it, else as the graph does. Any: a
    value as the graph gives it."""
    if value is None:
        return ""
    write = None if column.iso else _WRITTEN[headings].get(column.type)
    if write is not None:
        return write(value)
    several = value if column.type is Type.TEXTS else [value]
    return "\n".join(_worded(column, each, headings) for each in several)


_WRITTEN: Mapping[Headings, Mapping[Type, Callable[[Any], str]]] = {
    Headings.VI: {
        Type.DAY: lambda value: f"{date.fromisoformat(value):%d/%m/%Y}",
        Type.MOMENT: lambda value: f"{_in_vietnam(value):%d/%m/%Y %H:%M:%S}",
        Type.DECIMAL: lambda value: written(value).replace(".", ","),
        Type.FLAG: lambda value: "có" if value else "không",
    },
    Headings.EN: {
        Type.DECIMAL: written,
        Type.FLAG: lambda value: "true" if value else "false",
    },
}
"""Any: values as the graph gives them. What is not here is written as it is, or in words."""


def _in_vietnam(value: str) -> datetime:
    return datetime.fromisoformat(value).astimezone(VIETNAM)


def _worded(column: Column, value: object, headings: Headings) -> str:
    text = "" if value is None else str(value)
    if column.figure and headings is Headings.VI and _FIGURE.fullmatch(text):
        return text.replace(".", ",")
    if column.words is None or headings is Headings.EN:
        return text
    return capital(label(column.words, text, "vi"))


def _csv(
    target: IO[bytes],
    title: str,
    columns: Sequence[Column],
    headings: Headings,
    rows: Iterable[Row],
) -> None:
    lines = (
        [cell_text(each, value, headings) for each, value in zip(columns, row, strict=True)]
        for row in rows
    )
    write_sheet(f"{title}.csv", target, title, [each.heading(headings) for each in columns], lines)


def _xlsx(
    target: IO[bytes],
    title: str,
    columns: Sequence[Column],
    headings: Headings,
    rows: Iterable[Row],
) -> None:
    from congvu_kit.tools.exports.workbooks import write_xlsx  # takes long to load

    write_xlsx(target, title, columns, headings, rows, text_of=cell_text)


def _ndjson(
    target: IO[bytes],
    title: str,
    columns: Sequence[Column],
    headings: Headings,
    rows: Iterable[Row],
) -> None:
    names = [each.heading(headings) for each in columns]
    for row in rows:
        target.write(json_line(dict(zip(names, row, strict=True))))


def json_line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _parquet(
    target: IO[bytes],
    title: str,
    columns: Sequence[Column],
    headings: Headings,
    rows: Iterable[Row],
) -> None:
    typed = [(each.heading(headings), each.type) for each in columns]
    try:
        write_parquet(target, typed, rows, {"export": title})
    except ModuleNotFoundError as exception:
        raise Failure(
            vi=(
                "Khuôn dạng Parquet cần gói pyarrow, hiện chưa được cài. Vui lòng cài "
                "congvu-kit[parquet] hoặc chọn khuôn dạng ndjson."
            ),
            en=(
                "Parquet needs the package pyarrow, which is not installed here: install "
                "congvu-kit[parquet], or choose --format ndjson"
            ),
        ) from exception


WRITERS: Mapping[Form, Write] = {
    Form.CSV: _csv,
    Form.XLSX: _xlsx,
    Form.NDJSON: _ndjson,
    Form.PARQUET: _parquet,
}
