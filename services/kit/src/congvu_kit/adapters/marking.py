"""A copy of a sheet in which what is wrong stands beside the cells, for whoever corrects it."""

import base64
import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Final

import openpyxl
from openpyxl.cell import MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from congvu_kit.adapters.csv_files import csv_text
from congvu_kit.adapters.legacy import Encoding
from congvu_kit.adapters.sheets import COLUMNS_MAX, guarded, opened
from congvu_kit.adapters.tabular import ERRORS, Layout, heading_key
from congvu_kit.domain.labels import LANGUAGES

AUTHOR: Final = "Công vụ KPI"
FAULTY: Final = PatternFill("solid", fgColor="FFFFD6D0")
_START: Final = f"{AUTHOR}: "
"""What a note of ours begins with, after what somebody else had noted there."""

_WIDTH: Final = 60
_NOTE_WIDTH, _NOTE_HEIGHT = 320, 110
"""In points, wide enough for two of our sentences."""


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What is wrong in a line, and in which column if it is of one; `title` is its heading."""

    sheet: str
    line: int
    text: str
    column: int | None = None
    title: str = ""

    @property
    def in_line(self) -> str:
        return f"{self.title}: {self.text}" if self.title else self.text


def as_sent(layouts: Sequence[Layout], remarks: Sequence[Remark]) -> dict[str, Any]:
    """As it goes into a box."""
    return {"layouts": list(map(asdict, layouts)), "remarks": list(map(asdict, remarks))}


def marked(path: str, sent: Mapping[str, Any], language: str, encoding: str | None) -> str:
    """The copy in base64, from inside a box. Raise `UnreadableSheet`."""
    layouts = [Layout(**each) for each in sent["layouts"]]
    remarks: defaultdict[tuple[str, int], list[Remark]] = defaultdict(list)
    for each in sent["remarks"]:
        remark = Remark(**each)
        remarks[remark.sheet, remark.line].append(remark)
    title, target = ERRORS[LANGUAGES.index(language)], io.BytesIO()
    with opened(path) as content:
        if Path(path).suffix.lower() == ".csv":
            told = {line: each for (_, line), each in remarks.items()}
            known = None if encoding is None else Encoding(encoding)
            with csv_text(content, known) as (separator, lines):
                _mark_csv(target, separator, list(lines), _Told(layouts[0].heading, title, told))
        else:
            _mark_book(content, target, layouts, remarks, title)
    return base64.b64encode(target.getvalue()).decode()


Remarks = Mapping[tuple[str, int], Sequence[Remark]]


def _mark_book(
    content: IO[bytes], target: IO[bytes], layouts: Sequence[Layout], remarks: Remarks, title: str
) -> None:
    book = openpyxl.load_workbook(content, rich_text=True)
    for layout in layouts:
        sheet = book[layout.sheet]
        _clear(sheet)
        at = _errors_column(sheet, layout)
        if at is not None:
            _write_title(sheet, layout.heading, at, title)
        for (name, line), told in sorted(remarks.items()):
            if name == layout.sheet:
                _mark_line(sheet, line, told, at)
    book.save(target)


def _clear(sheet: Any) -> None:
    """What an earlier copy said of it is not said again."""
    for row in sheet.iter_rows():
        for cell in row:
            note = cell.comment
            if note is None or _START not in note.text:
                continue
            others = note.text.partition(_START)[0].strip()
            cell.comment = Comment(others, note.author) if others else None
            if cell.fill.fgColor.rgb == FAULTY.fgColor.rgb:
                cell.fill = PatternFill()


def _errors_column(sheet: Any, layout: Layout) -> int | None:
    """The one of an earlier copy, emptied; else the first beside everything that is filled."""
    last = 0
    for cell in (each for row in sheet.iter_rows() for each in row if each.value is not None):
        last = max(last, cell.column)
    for at in range(1, last + 1):
        if heading_key(str(sheet.cell(layout.heading, at).value or "")) in _KNOWN:
            for line in range(layout.heading + 1, sheet.max_row + 1):
                sheet.cell(line, at).value = None
            return at
    return last + 1 if last < COLUMNS_MAX else None


_KNOWN: Final = frozenset(map(heading_key, ERRORS))


def _write_title(sheet: Any, line: int, at: int, title: str) -> None:
    cell = sheet.cell(line, at, title)
    cell.font = Font(bold=True)
    sheet.column_dimensions[get_column_letter(at)].width = _WIDTH


def _mark_line(sheet: Any, line: int, told: Sequence[Remark], errors_at: int | None) -> None:
    for each in told:
        if each.column is not None:
            cell = _first_of_merged(sheet, sheet.cell(line, each.column + 1))
            cell.fill = FAULTY
            before = f"{cell.comment.text}\n" if cell.comment else ""
            start = "" if _START in before else _START
            note = Comment(f"{before}{start}{each.text}", AUTHOR)
            note.width, note.height = _NOTE_WIDTH, _NOTE_HEIGHT
            cell.comment = note
    if errors_at is not None:
        cell = sheet.cell(line, errors_at)
        cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", "\n".join(each.in_line for each in told))
        cell.data_type, cell.number_format = "s", "@"
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _first_of_merged(sheet: Any, cell: Any) -> Any:
    if not isinstance(cell, MergedCell):
        return cell
    [span] = [each for each in sheet.merged_cells.ranges if cell.coordinate in each]
    return sheet.cell(span.min_row, span.min_col)


@dataclass(frozen=True)
class _Told:
    """What goes into the column of errors: its title at the heading, and what is wrong by line."""

    heading: int
    title: str
    by_line: Mapping[int, Sequence[Remark]]

    def at(self, number: int) -> str:
        if number == self.heading:
            return self.title
        wrong = (each.in_line for each in self.by_line.get(number, ()))
        return guarded("; ".join(wrong), number=False)


def _mark_csv(
    target: IO[bytes], separator: str, lines: Sequence[Sequence[str]], told: _Told
) -> None:
    """In UTF-8, whatever it was in; parted as it was."""
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=separator)
    heading = lines[told.heading - 1]
    known = [at for at, each in enumerate(heading) if heading_key(each) in _KNOWN]
    column = known[0] if known else max(map(len, lines))
    for number, line in enumerate(lines, start=1):
        above = number < told.heading
        writer.writerow(line if above else _with(line, column, told.at(number)))
    text.detach()


def _with(row: Sequence[str], at: int, text: str) -> Iterator[str]:
    yield from row[:at]
    yield from [""] * (at - len(row))
    yield text
    yield from row[at + 1 :]
