"""Workbooks out: lines go to a file as they come, and texts stay texts."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter


def empty_book() -> openpyxl.Workbook:
    """One whose lines go to a file as they come."""
    return openpyxl.Workbook(write_only=True)


def add_sheet(
    book: openpyxl.Workbook,
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    wide: frozenset[int],
) -> None:
    sheet = book.create_sheet(title)
    add_heading(sheet, headings, wide)
    for row in rows:
        sheet.append([text_cell(sheet, text) for text in row])


def add_heading(sheet: Any, headings: Sequence[str], wide: frozenset[int] = frozenset()) -> None:
    """The first line of an empty sheet, which stays in sight; Any: one of openpyxl's."""
    sheet.freeze_panes = "A2"
    for position in range(len(headings)):
        letter = get_column_letter(position + 1)
        sheet.column_dimensions[letter].width = 40 if position in wide else 18
    heading = [WriteOnlyCell(sheet, value=each) for each in headings]
    for cell in heading:
        cell.font = Font(bold=True)
    sheet.append(heading)


def value_cell(sheet: Any, value: Decimal | date | int, form: str = "General") -> Any:
    """A number or a day as such, which a spreadsheet shows as `form` says."""
    cell = WriteOnlyCell(sheet, value=value)  # type: ignore[arg-type] # its stub knows too few
    cell.number_format = form
    return cell


def text_cell(sheet: Any, text: str) -> Any:
    """Text stays text, also when somebody edits it: no formula, and 1.001190 keeps its zero."""
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("\ufffd", text))
    cell.data_type = "s"
    cell.number_format = "@"
    return cell
