"""Sheets of products as files: XLSX, CSV and JSON in, the same out, and nothing lost between."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import IO

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from catalogue_service.domain.imports.rows import COLUMNS, Row
from congvu_kit.domain.text import camel, words

HEADING_ROWS_MAX = 20
"""How far down a heading is looked for: sheets begin with titles and the name of the office."""

HEADING_COLUMNS_MIN = 3
"""Known headings that make a line the heading."""

CHUNK_CHARS = 65_536

UNPACKED_MAX_BYTES = 100_000_000
"""What an XLSX may unpack to: 10,000 full rows take about a fifth of it."""

HEADINGS = {
    "group": ("Nhóm", "Nhóm danh mục"),
    "code": ("Mã", "Mã sản phẩm", "Mã công việc", "Mã sản phẩm/công việc", "Mã SP"),
    "name_vi": (
        "Tên sản phẩm/công việc",
        "Tên",
        "Tên sản phẩm",
        "Tên công việc",
        "Sản phẩm/công việc",
        "Tên sản phẩm/công việc chuẩn",
    ),
    "name_en": ("Tên tiếng Anh",),
    "description": ("Mô tả", "Nội dung"),
    "field": ("Lĩnh vực",),
    "unit_of_measure": ("Đơn vị tính", "ĐVT"),
    "complexity": ("Độ phức tạp", "Nhóm độ phức tạp", "Mức độ phức tạp"),
    "points": ("Điểm", "Điểm quy đổi", "Số điểm"),
    "coefficient": ("Hệ số", "Hệ số quy đổi"),
    "standard_hours": ("Định mức (giờ)", "Định mức thời gian", "Định mức"),
    "lead_days": ("Thời hạn (ngày làm việc)", "Thời hạn", "Số ngày"),
    "quality_criteria": ("Tiêu chí chất lượng", "Yêu cầu chất lượng"),
    "evidence_required": ("Minh chứng", "Minh chứng cần có"),
    "data_source": ("Nguồn dữ liệu",),
    "orientation": ("Định hướng phục vụ", "Định hướng"),
    "kpi_kind": ("Loại KPI",),
    "job_positions": ("Vị trí việc làm", "VTVL"),
    "legal_basis": ("Căn cứ", "Căn cứ pháp lý"),
    "procedure_code": ("Mã thủ tục", "Mã TTHC", "Mã thủ tục hành chính"),
}
"""The headings that provinces write over each column; the first is the template's."""


class UnreadableSheet(Exception):
    """The file is no sheet of products; the message says why."""


def _key(heading: str) -> str:
    return " ".join(words(heading.replace("_", " ")))


_COLUMN_OF = {
    _key(heading): column
    for column, headings in HEADINGS.items()
    for heading in (*headings, column, camel(column))
}


def read(name: str, content: IO[bytes], mapping: Mapping[str, str] | None = None) -> Iterator[Row]:
    """The rows of a file; its kind is told by the end of `name`. `mapping` adds headings: what
    the file calls a column, and which one it is. Raise `UnreadableSheet`."""
    kind = Path(name).suffix.lower()
    if kind == ".json":
        return _json_rows(content, mapping or {})
    if kind == ".csv":
        return _tabular(_csv_lines(content), mapping or {})
    if kind in (".xlsx", ".xls", ".ods", ".xlsb"):
        return _tabular(_sheet_lines(content), mapping or {})
    raise UnreadableSheet(f"{name!r} is none of .xlsx .csv .json")


def _tabular(lines: Iterator[Sequence[str]], mapping: Mapping[str, str]) -> Iterator[Row]:
    number, columns = _heading(lines, mapping)
    for at, line in enumerate(lines, start=number + 1):
        cells = {columns[i]: text for i, text in enumerate(line) if i in columns and text.strip()}
        if cells:
            yield Row(number=at, cells=cells)


def _heading(
    lines: Iterator[Sequence[str]], mapping: Mapping[str, str]
) -> tuple[int, dict[int, str]]:
    """(number of the heading's line, column by position)."""
    known = _COLUMN_OF | {_key(heading): _column(name) for heading, name in mapping.items()}
    for number, line in enumerate(islice(lines, HEADING_ROWS_MAX), start=1):
        columns: dict[int, str] = {}
        for position, heading in enumerate(line):
            column = known.get(_key(heading))
            if column is not None and column not in columns.values():
                columns[position] = column
        if len(columns) >= HEADING_COLUMNS_MIN:
            return number, columns
    raise UnreadableSheet(
        f"no heading in the first {HEADING_ROWS_MAX} lines: at least {HEADING_COLUMNS_MIN} of "
        "Mã, Tên sản phẩm/công việc, Nhóm, Đơn vị tính, Điểm, Hệ số, Vị trí việc làm, Căn cứ"
    )


def _column(name: str) -> str:
    column = _COLUMN_OF.get(_key(name))
    if column is None:
        raise UnreadableSheet(f"there is no column {name!r}; there are {', '.join(COLUMNS)}")
    return column


def _csv_lines(content: IO[bytes]) -> Iterator[Sequence[str]]:
    try:
        with _text(content) as text:
            start = text.read(4096)
            text.seek(0)
            # Excel in Vietnamese separates by semicolons, since the comma is in numbers.
            delimiter = ";" if start.count(";") > start.count(",") else ","
            yield from csv.reader(text, delimiter=delimiter)
    except (UnicodeDecodeError, csv.Error) as exception:
        raise UnreadableSheet(f"not a CSV file in UTF-8: {exception}") from exception


@contextmanager
def _text(content: IO[bytes]) -> Iterator[io.TextIOWrapper]:
    """Closing the file stays its owner's business, who may have done so already."""
    text = io.TextIOWrapper(content, encoding="utf-8-sig", newline="")
    try:
        yield text
    finally:
        with suppress(ValueError):
            text.detach()


def _sheet_lines(content: IO[bytes]) -> Iterator[Sequence[str]]:
    """Calamine holds the cells of the first sheet while it is read, outside of Python: measured
    26 MB for 10,000 rows of 20 columns."""
    _check_unpacked(content)
    try:
        sheet = CalamineWorkbook.from_filelike(content).get_sheet_by_index(0)
    except Exception as exception:  # The reader raises what the broken file leads it to.
        raise UnreadableSheet(f"not a readable sheet: {exception}") from exception
    for line in sheet.iter_rows():
        yield [_cell_text(value) for value in line]


def _check_unpacked(content: IO[bytes]) -> None:
    """A small file can unpack to one that fills the memory."""
    if zipfile.is_zipfile(content):
        content.seek(0)
        unpacked = sum(entry.file_size for entry in zipfile.ZipFile(content).infolist())
        if unpacked > UNPACKED_MAX_BYTES:
            raise UnreadableSheet(f"it unpacks to over {UNPACKED_MAX_BYTES} bytes")
    content.seek(0)


def _cell_text(value: object) -> str:
    if isinstance(value, float):
        # Sheets keep every number as floating point: 5.0 was typed as 5.
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def _json_rows(content: IO[bytes], mapping: Mapping[str, str]) -> Iterator[Row]:
    known = _COLUMN_OF | {_key(heading): _column(name) for heading, name in mapping.items()}
    for number, entry in enumerate(_json_entries(content), start=1):
        if not isinstance(entry, dict):
            raise UnreadableSheet(f"entry {number} is not an object")
        cells = {}
        for name, value in entry.items():
            column = known.get(_key(str(name)))
            if column is None:
                raise UnreadableSheet(f"entry {number}: there is no column {name!r}")
            cells[column] = _json_text(value)
        yield Row(number=number, cells={name: text for name, text in cells.items() if text})


def _json_text(value: object) -> str:
    if isinstance(value, list):
        return "\n".join(str(each) for each in value)
    return "" if value is None else str(value)


def _json_entries(content: IO[bytes]) -> Iterator[object]:
    """The entries of one array, read piece by piece."""
    try:
        with _text(content) as text:
            yield from _entries_of(text)
    except (UnicodeDecodeError, json.JSONDecodeError) as exception:
        raise UnreadableSheet(f"not JSON in UTF-8: {exception}") from exception


def _entries_of(text: io.TextIOWrapper) -> Iterator[object]:
    decoder = json.JSONDecoder(parse_float=str)
    held = text.read(CHUNK_CHARS).lstrip()
    if not held.startswith("["):
        raise UnreadableSheet("a JSON sheet is one array of objects")
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
    kind = Path(name).suffix.lower()
    if kind == ".csv":
        _write_csv(target, rows)
    elif kind == ".json":
        _write_json(target, rows)
    elif kind == ".xlsx":
        _write_xlsx(target, rows)
    else:
        raise UnreadableSheet(f"{name!r} is none of .xlsx .csv .json")


def titles() -> list[str]:
    return [HEADINGS[column][0] for column in COLUMNS]


def _write_csv(target: IO[bytes], rows: Iterable[Mapping[str, str]]) -> None:
    # With the mark at the start, spreadsheets show the Vietnamese letters right.
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(titles())
    for row in rows:
        writer.writerow([row.get(column, "") for column in COLUMNS])
    text.detach()


def _write_json(target: IO[bytes], rows: Iterable[Mapping[str, str]]) -> None:
    target.write(b"[")
    for number, row in enumerate(rows):
        entry = {camel(column): row[column] for column in COLUMNS if row.get(column)}
        line = json.dumps(entry, ensure_ascii=False)
        target.write((",\n" if number else "\n").encode() + line.encode())
    target.write(b"\n]\n")


def _write_xlsx(target: IO[bytes], rows: Iterable[Mapping[str, str]]) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Danh mục")
    sheet.freeze_panes = "A2"
    for position, column in enumerate(COLUMNS, start=1):
        wide = column in ("name_vi", "code", "quality_criteria", "evidence_required")
        sheet.column_dimensions[get_column_letter(position)].width = 40 if wide else 18
    heading = [WriteOnlyCell(sheet, value=title) for title in titles()]
    for cell in heading:
        cell.font = Font(bold=True)
    sheet.append(heading)
    for row in rows:
        cells = [WriteOnlyCell(sheet, value=row.get(column, "")) for column in COLUMNS]
        for cell in cells:
            # Text stays text: no formula, and 1.001190 keeps its last zero.
            cell.data_type = "s"
            cell.number_format = "@"
        sheet.append(cells)
    book.save(target)
