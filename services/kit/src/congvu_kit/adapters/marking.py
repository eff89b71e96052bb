"""A copy of a sheet in which what is wrong stands beside the cells, for whoever corrects it."""

import base64
import csv
import io
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from congvu_kit.adapters.drawings import lost_in
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


def marked(
    path: str, sent: Mapping[str, Any], language: str, encoding: str | None
) -> dict[str, str]:
    """The `content` of the copy in base64, and in a sentence what is `left_out` of it: from inside
    a box. Raise `UnreadableSheet`."""
    layouts = [Layout(**each) for each in sent["layouts"]]
    remarks: defaultdict[tuple[str, int], list[Remark]] = defaultdict(list)
    for each in sent["remarks"]:
        remark = Remark(**each)
        remarks[remark.sheet, remark.line].append(remark)
    title, target, left_out = ERRORS[LANGUAGES.index(language)], io.BytesIO(), ""
    with opened(path) as content:
        if Path(path).suffix.lower() == ".csv":
            texts = _by_line(layouts[0], remarks)
            known = None if encoding is None else Encoding(encoding)
            with csv_text(content, known) as (separator, lines):
                marked_lines = _marked_lines(list(lines), layouts[0].heading, title, texts)
                _write_csv(target, separator, marked_lines)
        else:
            left_out = _mark_book(content, target, layouts, remarks, language)
    return {"content": base64.b64encode(target.getvalue()).decode(), "left_out": left_out}


Remarks = Mapping[tuple[str, int], Sequence[Remark]]


def _by_line(layout: Layout, remarks: Remarks) -> dict[int, list[str]]:
    """What stands in the column of errors, whose heading is its title: what is wrong with a heading
    stands in the line below."""
    texts: defaultdict[int, list[str]] = defaultdict(list)
    for (sheet, line), told in sorted(remarks.items()):
        if sheet == layout.sheet:
            texts[max(line, layout.heading + 1)] += [each.in_line for each in told]
    return texts


def _mark_book(
    content: IO[bytes],
    target: IO[bytes],
    layouts: Sequence[Layout],
    remarks: Remarks,
    language: str,
) -> str:
    with warnings.catch_warnings():
        # What is lost is told below, whatever the library says of it.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(content, rich_text=True)
    number = LANGUAGES.index(language)
    for layout in layouts:
        _mark_sheet(book[layout.sheet], layout, remarks, ERRORS[number])
    book.save(target)
    lost = lost_in(content, target, language)
    if lost:
        sheet = book[layouts[0].sheet]
        _note(sheet.cell(layouts[0].heading, _errors_at(sheet, layouts[0]) or 1), lost)
        target.seek(0)
        target.truncate()
        book.save(target)
    return lost


def _mark_sheet(sheet: Any, layout: Layout, remarks: Remarks, title: str) -> None:
    _clear(sheet)
    at = _errors_column(sheet, layout)
    if at is not None:
        _write_title(sheet, layout.heading, at, title)
    for (name, line), told in remarks.items():
        for each in told if name == layout.sheet else ():
            missing = at if line == layout.heading else None
            column = missing if each.column is None else each.column + 1
            if column is not None:
                cell = _first_of_merged(sheet, sheet.cell(line, column))
                cell.fill = FAULTY
                _note(cell, each.in_line if each.column is None else each.text)
    for line, texts in _by_line(layout, remarks).items() if at is not None else ():
        _say(sheet.cell(line, at), texts)


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
    at = _errors_at(sheet, layout)
    if at is None:
        return last + 1 if last < COLUMNS_MAX else None
    for line in range(layout.heading + 1, sheet.max_row + 1):
        sheet.cell(line, at).value = None
    return at


def _errors_at(sheet: Any, layout: Layout) -> int | None:
    for at in range(1, sheet.max_column + 1):
        if heading_key(str(sheet.cell(layout.heading, at).value or "")) in _KNOWN:
            return at
    return None


_KNOWN: Final = frozenset(map(heading_key, ERRORS))


def _write_title(sheet: Any, line: int, at: int, title: str) -> None:
    cell = sheet.cell(line, at, title)
    cell.font = Font(bold=True)
    sheet.column_dimensions[get_column_letter(at)].width = _WIDTH


def _note(cell: Any, text: str) -> None:
    before = f"{cell.comment.text}\n" if cell.comment else ""
    start = "" if _START in before else _START
    note = Comment(f"{before}{start}{text}", AUTHOR)
    note.width, note.height = _NOTE_WIDTH, _NOTE_HEIGHT
    cell.comment = note


def _say(cell: Any, texts: Sequence[str]) -> None:
    cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", "\n".join(texts))
    cell.data_type, cell.number_format = "s", "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _first_of_merged(sheet: Any, cell: Any) -> Any:
    if not isinstance(cell, MergedCell):
        return cell
    [span] = [each for each in sheet.merged_cells.ranges if cell.coordinate in each]
    return sheet.cell(span.min_row, span.min_col)


def _marked_lines(
    lines: Sequence[Sequence[str]], heading: int, title: str, texts: Mapping[int, Sequence[str]]
) -> Iterator[Iterable[str]]:
    """With the column of errors, and a line more where the heading is the last one."""
    titles = [heading_key(each) for each in lines[heading - 1]]
    known = [at for at, each in enumerate(titles) if each in _KNOWN]
    column = known[0] if known else max(map(len, lines))
    count = max(len(lines), *texts)
    for number, line in enumerate([*lines, *([()] * (count - len(lines)))], start=1):
        if number < heading:
            yield line
        elif number == heading:
            yield _with(line, column, title)
        else:
            wrong = "; ".join(texts.get(number, ()))
            yield _with(line, column, guarded(wrong, number=False))


def _write_csv(target: IO[bytes], separator: str, lines: Iterable[Iterable[str]]) -> None:
    """In UTF-8, whatever it was in; parted as it was."""
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    csv.writer(text, delimiter=separator).writerows(lines)
    text.detach()


def _with(row: Sequence[str], at: int, text: str) -> Iterator[str]:
    yield from row[:at]
    yield from [""] * (at - len(row))
    yield text
    yield from row[at + 1 :]
