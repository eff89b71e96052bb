"""Workbooks in: what a file holds is looked at before a grid is made of it, and what a grid does
not say is kept: number formats, formulas without a value, errors, merged cells, hidden lines."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from posixpath import join, normpath
from typing import IO, Final
from xml.parsers import expat

from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from congvu_kit.adapters.sheets import Cell, Line, UnreadableSheet
from congvu_kit.adapters.workbook_parts import Marks, Named, Part, Styles

UNPACKED_MAX_BYTES: Final = 100_000_000
"""What an XLSX may unpack to: 10,000 full rows take about a fifth of it."""

RATIO_MAX: Final = 500
"""Unpacked to packed, of one part: a thousand equal rows pack 100 to 1, zeros 1,000 to 1."""

PARTS_MAX: Final = 500
CHUNK_BYTES: Final = 65_536


def _no_xlsx() -> UnreadableSheet:
    return UnreadableSheet(
        "not a readable sheet: no XLSX, or broken", "không phải tệp XLSX đọc được"
    )


def _unpacks_too_far() -> UnreadableSheet:
    return UnreadableSheet(
        f"it unpacks to over {UNPACKED_MAX_BYTES} bytes, or {RATIO_MAX} times its size",
        f"tệp giải nén ra quá {UNPACKED_MAX_BYTES} byte, hoặc quá {RATIO_MAX} lần kích thước",
    )


@dataclass(frozen=True)
class Page:
    """One sheet of a workbook, read anew each time it is asked for its lines."""

    name: str
    hidden: bool
    sheet: CalamineSheet
    marks: Marks

    def lines(self) -> Iterator[Line]:
        """Calamine holds the cells while they are read, outside of Python: measured 26 MB for
        10,000 rows of 20 columns."""
        left = self.sheet.start[1] if self.sheet.start else 0
        merged = _Merged(self.sheet.merged_cell_ranges or ())
        beyond = range(self.sheet.total_height, max(self.marks.of_rows, default=0))
        for number, values in enumerate(chain(self.sheet.iter_rows(), ([] for _ in beyond)), 1):
            marks = self.marks.of_rows.get(number, b"")
            # What has no value may lie outside of the grid.
            padded = chain(repeat("", left), values, repeat("", len(marks) - left - len(values)))
            cells = [
                self.marks.cell(value, marks[at] if at < len(marks) else 0)
                for at, value in enumerate(padded)
            ]
            yield merged.filled(number, cells, hidden=number in self.marks.hidden)


class _Merged:
    """A value that was merged over several lines is that of each of them."""

    def __init__(self, ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
        self._down: dict[int, list[tuple[int, int]]] = {}
        self._wide = {(top + 1, left) for (top, left), (_, right) in ranges if right > left}
        for (top, left), (bottom, _) in ranges:
            if bottom > top:
                self._down.setdefault(top + 1, []).append((left, bottom + 1))
        self._held: dict[int, tuple[int, Cell]] = {}

    def filled(self, number: int, cells: list[Cell], *, hidden: bool) -> Line:
        for at, (last, cell) in list(self._held.items()):
            if number > last:
                del self._held[at]
            elif at < len(cells):
                cells[at] = cell
        for at, last in self._down.get(number, ()):
            if at < len(cells) and cells[at].text:
                self._held[at] = (last, cells[at])
        wide = any((number, at) in self._wide for at in range(len(cells))) if self._wide else False
        return Line(number=number, cells=cells, hidden=hidden, wide=wide)


def open_workbook(content: IO[bytes]) -> Sequence[Page]:
    """Calamine makes a grid from the first cell to the last, whatever lies between, outside of
    Python: so what the file holds is looked at first. Raise `UnreadableSheet`."""
    package = _Package()
    try:
        with zipfile.ZipFile(content) as archive:
            _check_archive(archive)
            for part in sorted(archive.infolist(), key=_styles_first):
                if part.filename.lower().endswith((".xml", ".rels")):
                    _check_part(archive, part, package.reader(part.filename.lower()))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as exception:
        raise _no_xlsx() from exception
    content.seek(0)
    try:
        return list(package.pages(CalamineWorkbook.from_filelike(content)))
    except Exception as exception:  # The reader raises what the broken file leads it to.
        raise _no_xlsx() from exception


def _styles_first(part: zipfile.ZipInfo) -> bool:
    return part.filename.lower() != "xl/styles.xml"


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


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, reader: Part) -> None:
    """Well-formed, without a document type, and with no filled cell beyond the limits."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = lambda name, attributes: reader.start(
        name.rpartition(":")[2], attributes
    )
    parser.CharacterDataHandler = reader.text
    parser.EndElementHandler = lambda name: reader.end(name.rpartition(":")[2])
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


class _Package:
    """The parts that say what the others are."""

    def __init__(self) -> None:
        self._styles = Styles()
        self._sheets = Named("sheet", "name", "id")
        self._targets = Named("Relationship", "Id", "Target")
        self._marks: dict[str, Marks] = {}

    def reader(self, name: str) -> Part:
        known = {
            "xl/styles.xml": self._styles,
            "xl/workbook.xml": self._sheets,
            "xl/_rels/workbook.xml.rels": self._targets,
        }
        return known.get(name) or self._marks.setdefault(name, Marks(self._styles))

    def pages(self, book: CalamineWorkbook) -> Iterator[Page]:
        for each in book.sheets_metadata:
            target = self._targets.found.get(self._sheets.found.get(each.name, ""), "")
            part = normpath(join("/xl", target)).lstrip("/").lower()
            yield Page(
                name=each.name,
                hidden=each.visible != SheetVisibleEnum.Visible,
                sheet=book.get_sheet_by_name(each.name),
                marks=self._marks.get(part) or Marks(self._styles),
            )
