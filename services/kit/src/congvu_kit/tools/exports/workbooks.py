"""Rows as a workbook."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from typing import IO, Any, Final

from congvu_kit.adapters.books import add_heading, empty_book, text_cell, value_cell
from congvu_kit.tools.exports.columns import Column, Headings, Row, Type

SHEET_ROWS: Final = 1_000_000
"""A sheet of XLSX has 1,048,576 rows; the rest stands on the next one."""

EXACT_DIGITS: Final = 15
"""What a spreadsheet keeps of a number; one with more stays text."""

TextOf = Callable[[Column, Any, Headings], str]


def write_xlsx(
    target: IO[bytes],
    title: str,
    columns: Sequence[Column],
    headings: Headings,
    rows: Iterable[Row],
    *,
    text_of: TextOf,
) -> None:
    """`text_of` is what a sheet shows of a value that stays text."""
    book = empty_book()
    left = iter(rows)
    number = 1
    first: Row | None = next(left, None)
    while first is not None or number == 1:
        sheet = book.create_sheet(title if number == 1 else f"{title} {number}")
        add_heading(sheet, [each.heading(headings) for each in columns])
        begun = [] if first is None else [first]
        for row in islice(chain(begun, left), SHEET_ROWS):
            sheet.append(
                [
                    _cell(sheet, each, v, headings, text_of)
                    for each, v in zip(columns, row, strict=True)
                ]
            )
        first, number = next(left, None), number + 1
    book.save(target)


def _cell(sheet: Any, column: Column, value: Any, headings: Headings, text_of: TextOf) -> Any:
    """Numbers and days as such, so that a spreadsheet sums and sorts them, in its own language.
    Any: openpyxl's cells."""
    match column.type:
        case Type.WHOLE if value is not None:
            return value_cell(sheet, value)
        case Type.DECIMAL if value is not None and sum(map(str.isdigit, value)) <= EXACT_DIGITS:
            places = len(value.partition(".")[2])
            return value_cell(sheet, Decimal(value), f"0.{'0' * places}" if places else "0")
        case Type.DAY if value is not None:
            form = "dd/mm/yyyy" if headings is Headings.VI else "yyyy-mm-dd"
            return value_cell(sheet, date.fromisoformat(value), form)
    return text_cell(sheet, text_of(column, value, headings))
