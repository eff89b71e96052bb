"""Sheets in and out for every service: refused by what is in them before a grid is made of it,
written so that no spreadsheet takes a text for a formula."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Final
from xml.parsers import expat

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from congvu_kit.domain.errors import Invalid

FILE_MAX_BYTES: Final = 20_000_000
"""Largest sheet: 10,000 full rows take about a tenth of it."""

UNPACKED_MAX_BYTES: Final = 100_000_000
"""What an XLSX may unpack to: 10,000 full rows take about a fifth of it."""

RATIO_MAX: Final = 500
"""Unpacked to packed, of one part: a thousand equal rows pack 100 to 1, zeros 1,000 to 1."""

PARTS_MAX: Final = 500
ROWS_MAX: Final = 20_000
COLUMNS_MAX: Final = 100

CHUNK_BYTES: Final = 65_536

_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_SIGNS = "=+\\-@＝＋－﹣−＠"
_LEAD = "(?:[^\\S\t\r\n]|[\"'\u200b-\u200f\u2060\ufeff])*"
"""What a spreadsheet passes over before it looks at the first sign."""
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_LIVE = re.compile(rf"(^|[;,|\t\r\n])({_LEAD})(?=[{_SIGNS}])")
_GUARDED = re.compile(rf"(^|[;,|\t\r\n])'({_LEAD})(?=[{_SIGNS}])")
_BREAK = re.compile(r"'*[\t\r\n]")


class UnreadableSheet(Invalid):
    """The file is no sheet, or one that is not read; the message says why."""

    def __init__(self, en: str, vi: str) -> None:
        super().__init__(en=en, vi=vi)


def _no_xlsx() -> UnreadableSheet:
    return UnreadableSheet(
        "not a readable sheet: no XLSX, or broken", "không phải tệp XLSX đọc được"
    )


def _unpacks_too_far() -> UnreadableSheet:
    return UnreadableSheet(
        f"it unpacks to over {UNPACKED_MAX_BYTES} bytes, or {RATIO_MAX} times its size",
        f"tệp giải nén ra quá {UNPACKED_MAX_BYTES} byte, hoặc quá {RATIO_MAX} lần kích thước",
    )


def too_many_cells() -> UnreadableSheet:
    return UnreadableSheet(
        f"a sheet has at most {ROWS_MAX} rows and {COLUMNS_MAX} columns; clear what is written "
        "outside of them",
        f"một bảng có tối đa {ROWS_MAX} dòng và {COLUMNS_MAX} cột; hãy xóa phần nằm ngoài",
    )


def open_workbook(content: IO[bytes]) -> CalamineWorkbook:
    """Calamine makes a grid from the first cell to the last, whatever lies between, outside of
    Python: so what the file holds is looked at first. Raise `UnreadableSheet`."""
    try:
        with zipfile.ZipFile(content) as archive:
            _check_archive(archive)
            for part in archive.infolist():
                if part.filename.lower().endswith((".xml", ".rels")):
                    _check_part(archive, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as exception:
        raise _no_xlsx() from exception
    content.seek(0)
    try:
        return CalamineWorkbook.from_filelike(content)
    except Exception as exception:  # The reader raises what the broken file leads it to.
        raise _no_xlsx() from exception


def _check_archive(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    if len(parts) > PARTS_MAX or len(names) < len(parts):
        raise UnreadableSheet(
            f"it has more than {PARTS_MAX} parts, or one twice",
            f"tệp có hơn {PARTS_MAX} thành phần, hoặc một thành phần bị lặp",
        )
    if sum(part.file_size for part in parts) > UNPACKED_MAX_BYTES:
        raise _unpacks_too_far()
    if any(part.file_size > RATIO_MAX * max(part.compress_size, CHUNK_BYTES) for part in parts):
        raise _unpacks_too_far()
    if "xl/workbook.xml" not in names:
        raise _no_xlsx()


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Well-formed, without a document type, and with no filled cell beyond the limits."""
    parser, cells = expat.ParserCreate(), _Cells()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = cells.start
    left = UNPACKED_MAX_BYTES
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(CHUNK_BYTES):
                left -= len(chunk)
                if left < 0:
                    raise _unpacks_too_far()
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, zipfile.BadZipFile, ValueError) as exception:
        raise _no_xlsx() from exception


def _refuse_doctype(*_: object) -> None:
    raise UnreadableSheet(
        "a sheet has no document type and no entities",
        "bảng không được khai báo kiểu tài liệu (DTD) hay thực thể",
    )


class _Cells:
    """Where the filled cells lie; those without an address follow the one before."""

    def __init__(self) -> None:
        self._row = self._column = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row":
                given = attributes.get("r", "")
                self._row = int(given) if given.isdecimal() else self._row + 1
                self._column = 0
            case "c":
                self._at(attributes.get("r"))
            case "v" | "is" | "f":
                if self._row > ROWS_MAX or self._column > COLUMNS_MAX:
                    raise too_many_cells()

    def _at(self, address: str | None) -> None:
        found = _CELL.fullmatch(address or "")
        if found is None:
            self._column += 1
            return
        self._row, self._column = int(found[2]), 0
        for letter in found[1]:
            self._column = self._column * 26 + ord(letter) - ord("A") + 1


def csv_lines(content: IO[bytes]) -> Iterator[Sequence[str]]:
    """As written, or as `write_sheet` guarded it. Raise `UnreadableSheet`."""
    try:
        with as_text(content) as text:
            start = text.read(4096)
            text.seek(0)
            # Excel in Vietnamese separates by semicolons, since the comma is in numbers.
            delimiter = ";" if start.count(";") > start.count(",") else ","
            for number, line in enumerate(csv.reader(text, delimiter=delimiter)):
                if number > ROWS_MAX or len(line) > COLUMNS_MAX:
                    raise too_many_cells()
                yield [unguarded(cell) for cell in line]
    except (UnicodeDecodeError, csv.Error) as exception:
        raise UnreadableSheet(
            "not a CSV file in UTF-8", "không phải tệp CSV mã UTF-8"
        ) from exception


@contextmanager
def as_text(content: IO[bytes]) -> Iterator[io.TextIOWrapper]:
    """Closing the file stays its owner's business, who may have done so already."""
    text = io.TextIOWrapper(content, encoding="utf-8-sig", newline="")
    try:
        yield text
    finally:
        with suppress(ValueError):
            text.detach()


@contextmanager
def opened(path: str) -> Iterator[IO[bytes]]:
    """A file of at most `FILE_MAX_BYTES`."""
    file = Path(path)
    if file.stat().st_size > FILE_MAX_BYTES:
        raise UnreadableSheet(
            f"a sheet has at most {FILE_MAX_BYTES} bytes",
            f"một bảng có tối đa {FILE_MAX_BYTES} byte",
        )
    with file.open("rb") as content:
        yield content


def guarded(text: str, *, number: bool = True) -> str:
    """`text` with an apostrophe before whatever a spreadsheet would run, at its start or after
    what another country's spreadsheet takes for the end of a cell. A number stays one if it
    may."""
    if number and _NUMBER.fullmatch(text):
        return text
    inside = _LIVE.sub(r"\1'\2", text)
    return f"'{inside}" if _BREAK.match(inside) else inside


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    inside = text[1:] if text.startswith("'") and _BREAK.match(text, 1) else text
    return _GUARDED.sub(r"\1\2", inside)


def write_sheet(
    name: str,
    target: IO[bytes],
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    wide: Iterable[int] = (),
) -> None:
    """The one writer of CSV and XLSX; `wide` are positions of columns with long texts."""
    if Path(name).suffix.lower() == ".csv":
        _write_csv(target, headings, rows)
    else:
        write_book(target, [(title, headings, rows)], wide=wide)


def _write_csv(target: IO[bytes], headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    # With the mark at the start, spreadsheets show the Vietnamese letters right.
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(headings)
    for row in rows:
        # Where commas part nothing, a line is one cell and begins as its first one does.
        writer.writerow([guarded(cell, number=at > 0) for at, cell in enumerate(row)])
    text.detach()


def write_book(
    target: IO[bytes],
    sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[str]]]],
    *,
    wide: Iterable[int] = (),
) -> None:
    """An XLSX of several sheets: (title, headings, rows) of each."""
    book = openpyxl.Workbook(write_only=True)
    for title, headings, rows in sheets:
        _add_sheet(book, title, headings, rows, frozenset(wide))
    book.save(target)


def _add_sheet(
    book: openpyxl.Workbook,
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    wide: frozenset[int],
) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for position in range(len(headings)):
        letter = get_column_letter(position + 1)
        sheet.column_dimensions[letter].width = 40 if position in wide else 18
    heading = [WriteOnlyCell(sheet, value=each) for each in headings]
    for cell in heading:
        cell.font = Font(bold=True)
    sheet.append(heading)
    for row in rows:
        sheet.append([_text_cell(sheet, text) for text in row])


def _text_cell(sheet: Any, text: str) -> Any:
    """Text stays text, also when somebody edits it: no formula, and 1.001190 keeps its zero."""
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("\ufffd", text))
    cell.data_type = "s"
    cell.number_format = "@"
    return cell
