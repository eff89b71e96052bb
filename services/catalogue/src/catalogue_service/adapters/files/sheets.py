"""Sheets of products as files: XLSX, CSV and JSON in, the same out, and nothing lost between."""

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

from catalogue_service.domain.imports.rows import COLUMNS, TITLES, Row
from catalogue_service.domain.products.content import RULES
from congvu_kit.adapters.legacy import Encoding
from congvu_kit.adapters.sheets import (
    ROWS_MAX,
    UnreadableSheet,
    as_text,
    too_many_cells,
    write_sheet,
)
from congvu_kit.adapters.tables import Table
from congvu_kit.adapters.tabular import (
    HEADING_ROWS_MAX,
    Form,
    Layout,
    Note,
    Record,
    Refusals,
    Source,
    Wrong,
    heading_key,
    heading_of,
    is_beside,
    is_empty,
    sources,
    without_heading,
)
from congvu_kit.domain.labels import choice, codes, known
from congvu_kit.domain.sheet_numbers import written
from congvu_kit.domain.text import camel

HEADING_COLUMNS_MIN = 3
"""Known headings that make a line the heading."""

CHUNK_CHARS = 65_536

_ALSO = {
    "group": ("Nhóm danh mục",),
    "code": ("Mã sản phẩm", "Mã công việc", "Mã sản phẩm/công việc", "Mã SP"),
    "name_vi": (
        "Tên",
        "Tên sản phẩm",
        "Tên công việc",
        "Sản phẩm/công việc",
        "Tên sản phẩm/công việc chuẩn",
    ),
    "description": ("Nội dung",),
    "unit_of_measure": ("ĐVT",),
    "complexity": ("Nhóm độ phức tạp", "Mức độ phức tạp"),
    "points": ("Điểm quy đổi", "Số điểm"),
    "coefficient": ("Hệ số quy đổi",),
    "standard_hours": ("Định mức thời gian", "Định mức"),
    "lead_days": ("Thời hạn", "Số ngày"),
    "quality_criteria": ("Yêu cầu chất lượng",),
    "evidence_required": ("Minh chứng cần có",),
    "orientation": ("Định hướng",),
    "job_positions": ("VTVL",),
    "legal_basis": ("Căn cứ pháp lý",),
    "procedure_code": ("Mã TTHC", "Mã thủ tục hành chính"),
}

HEADINGS = {column: (title, *_ALSO.get(column, ())) for column, title in TITLES.items()}
"""The headings that provinces write over each column; the first is the template's."""


WIDE = ("name_vi", "code", "quality_criteria", "evidence_required")


def no_kind() -> UnreadableSheet:
    return UnreadableSheet(
        "the name of a sheet ends with .xlsx, .csv or .json",
        "tên tệp phải có đuôi .xlsx, .csv hoặc .json",
    )


_COLUMN_OF = {
    heading_key(heading): column
    for column, headings in HEADINGS.items()
    for heading in (*headings, column, camel(column))
}


CODES = frozenset({"code", "procedure_code", "job_positions"})
_KINDS = {
    "group": "Group",
    **{rule.name: rule.kind.__name__ for rule in RULES if issubclass(rule.kind, StrEnum)},
}
_CHOICES = {name: codes(kind) for name, kind in _KINDS.items()}
NUMBERS = frozenset({"points", "coefficient", "standard_hours", "lead_days"})


@dataclass(frozen=True, kw_only=True)
class ReadRow(Row):
    """A line as it is in the file, and its cells that cannot be read."""

    wrong: tuple[Wrong, ...] = ()


def read(
    name: str,
    content: IO[bytes],
    mapping: Mapping[str, str] | None = None,
    *,
    encoding: Encoding | None = None,
    notes: list[Note] | None = None,
    layouts: list[Layout] | None = None,
) -> Iterator[ReadRow]:
    """The lines of a file; its kind is told by the end of `name`. `mapping` adds headings: what
    the file calls a column, and which one it is. `notes` takes what is to be told of it, `layouts`
    where its tables lie. Raise `UnreadableSheet`."""
    if Path(name).suffix.lower() == ".json":
        for record in _json_rows(content, mapping or {}):
            yield ReadRow(number=record.number, cells=record.cells)
        return
    found = sources(name, content, encoding)
    if found is None:
        raise no_kind()
    told = [] if notes is None else notes
    form = _form(mapping or {})
    headings = [heading_of(each, form) for each in found]
    if not any(headings):
        raise _no_heading(found)
    tables, refusals = [], Refusals()
    for source, heading in zip(found, headings, strict=True):
        if heading is not None:
            with refusals.kept():
                tables.append(Table(source, form, source.name or name, heading, told))
    refusals.check()
    told += [
        Note(each.name, "not read: no heading is known", "không đọc: không thấy dòng tiêu đề")
        for each, heading in zip(found, headings, strict=True)
        if heading is None and not is_beside(each.name) and not is_empty(each)
    ]
    if layouts is not None:
        layouts += [each.layout for each in tables]
    for table in tables:
        yield from _rows(table, several=len(tables) > 1)


def _rows(table: Table, *, several: bool) -> Iterator[ReadRow]:
    headings = table.heading_by_field()
    for record in table.records():
        yield ReadRow(
            number=record.number,
            cells=record.cells,
            sheet=table.source.name if several else None,
            headings=headings,
            wrong=tuple(record.wrong),
        )


def _form(mapping: Mapping[str, str]) -> Form:
    more = {heading_key(heading): _column(name) for heading, name in mapping.items()}
    return Form(
        fields=_COLUMN_OF | more,
        titles=TITLES,
        keys=("code", "group"),
        least=HEADING_COLUMNS_MIN,
        codes=CODES,
        numbers=NUMBERS,
        choices=_CHOICES,
        strict=False,
    )


_KNOWN = "Mã, Tên sản phẩm/công việc, Nhóm, Đơn vị tính, Điểm, Hệ số, Vị trí việc làm, Căn cứ"


def _no_heading(found: Sequence[Source]) -> UnreadableSheet:
    return UnreadableSheet(
        f"no heading in the first {HEADING_ROWS_MAX} lines: at least {HEADING_COLUMNS_MIN} of "
        f"{_KNOWN}",
        f"không thấy dòng tiêu đề trong {HEADING_ROWS_MAX} dòng đầu: cần ít nhất "
        f"{HEADING_COLUMNS_MIN} trong {_KNOWN}",
        without_heading(found),
    )


def _column(name: str) -> str:
    column = _COLUMN_OF.get(heading_key(name))
    if column is None:
        known = ", ".join(COLUMNS)
        raise UnreadableSheet(
            f"a heading is given a column that is none of {known}",
            f"tiêu đề được gán cho cột không có; các cột là {known}",
        )
    return column


def _json_rows(content: IO[bytes], mapping: Mapping[str, str]) -> Iterator[Record]:
    known = _COLUMN_OF | {heading_key(heading): _column(name) for heading, name in mapping.items()}
    for number, entry in enumerate(_json_entries(content), start=1):
        if number > ROWS_MAX:
            raise too_many_cells()
        if not isinstance(entry, dict):
            raise UnreadableSheet(
                f"entry {number} is not an object", f"mục {number} không phải đối tượng"
            )
        cells = {}
        for name, value in entry.items():
            column = known.get(heading_key(str(name)))
            if column is None:
                raise UnreadableSheet(
                    f"entry {number}: no column is called '{name}'",
                    f"mục {number}: không có cột nào mang tên “{name}”",
                )
            cells[column] = _json_text(value)
        yield Record(number, {name: text for name, text in cells.items() if text})


def _json_text(value: object) -> str:
    if isinstance(value, list):
        return "\n".join(str(each) for each in value)
    return "" if value is None else str(value)


def _json_entries(content: IO[bytes]) -> Iterator[object]:
    """The entries of one array, read piece by piece."""
    try:
        with as_text(content) as text:
            yield from _entries_of(text)
    except (ValueError, RecursionError) as exception:
        raise UnreadableSheet(
            "not JSON in UTF-8, or too deep", "không phải JSON mã UTF-8, hoặc lồng quá sâu"
        ) from exception


def _entries_of(text: io.TextIOWrapper) -> Iterator[object]:
    decoder = json.JSONDecoder(parse_float=str)
    held = text.read(CHUNK_CHARS).lstrip()
    if not held.startswith("["):
        raise UnreadableSheet(
            "a JSON sheet is one array of objects", "bảng JSON là một mảng các đối tượng"
        )
    held = held[1:]
    while True:
        held = held.lstrip(" \t\r\n,")
        if held.startswith("]"):
            return
        try:
            entry, end = decoder.raw_decode(held)
        except json.JSONDecodeError:
            more = text.read(CHUNK_CHARS)
            if not more:
                raise
            held += more
            continue
        yield entry
        held = held[end:]


def write(name: str, target: IO[bytes], rows: Iterable[Mapping[str, str]]) -> None:
    """Write `rows` as the end of `name` says; `read` gives the same cells back."""
    match Path(name).suffix.lower():
        case ".json":
            _write_json(target, rows)
        case ".csv" | ".xlsx" as form:
            shown = _in_words if form == ".xlsx" else _written
            lines = ([shown(row, column) for column in COLUMNS] for row in rows)
            wide = [COLUMNS.index(column) for column in WIDE]
            write_sheet(name, target, "Danh mục", titles(), lines, wide=wide)
        case _:
            raise no_kind()


def _written(row: Mapping[str, str], column: str) -> str:
    text = row.get(column, "")
    return written(text) if column in NUMBERS else text


def _in_words(row: Mapping[str, str], column: str) -> str:
    """A workbook is for people: of a closed list what its drop-down offers, which is read too."""
    text = _written(row, column)
    kind = _KINDS.get(column)
    return choice(kind, text, "vi") if kind and known(kind, text) else text


def titles() -> list[str]:
    return [TITLES[column] for column in COLUMNS]


def _write_json(target: IO[bytes], rows: Iterable[Mapping[str, str]]) -> None:
    target.write(b"[")
    for number, row in enumerate(rows):
        entry = {camel(column): row[column] for column in COLUMNS if row.get(column)}
        line = json.dumps(entry, ensure_ascii=False)
        target.write((",\n" if number else "\n").encode() + line.encode())
    target.write(b"\n]\n")
