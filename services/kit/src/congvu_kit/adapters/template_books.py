"""Empty sheets to fill in, as a workbook."""

from collections.abc import Iterator, Sequence
from typing import IO, Any, Final

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from congvu_kit.adapters.marking import AUTHOR
from congvu_kit.adapters.sheets import ROWS_MAX
from congvu_kit.adapters.tabular import BESIDE
from congvu_kit.adapters.template_sheets import TemplateColumn, TemplateSheet
from congvu_kit.domain.labels import LANGUAGES

NEEDED: Final = ("Bắt buộc. ", "Required. ")
SEVERAL: Final = ("Nhiều giá trị cách nhau bằng dấu ;. ", "Several are parted by ;. ")

_NEEDED_FILL: Final = PatternFill("solid", fgColor="FFDDEBF7")
_EXAMPLE_FONT: Final = Font(italic=True, color="FF7F7F7F")
_WIDE, _NARROW, _COUNT = 40, 20, 8
_NOTE_WIDTH, _NOTE_HEIGHT = 320, 130


def write_template_book(target: IO[bytes], sheets: Sequence[TemplateSheet], language: str) -> None:
    """Each sheet with its lists to choose from and its notes."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _add(book, sheet, language)
    lists = list(_choices(sheets))
    page = book.create_sheet(BESIDE[1][LANGUAGES.index(language)])
    page.sheet_state = "hidden"
    for at, (title, column) in enumerate(lists, start=1):
        for line, text in enumerate(column.choices, start=1):
            page.cell(line, at, text)
        last = f"{get_column_letter(at)}${len(column.choices)}"
        source = f"{quote_sheetname(page.title)}!${get_column_letter(at)}$1:${last}"
        _offer(book[title], [each.title for each in _columns(sheets, title)], column, source)
    book.save(target)


def _choices(sheets: Sequence[TemplateSheet]) -> Iterator[tuple[str, TemplateColumn]]:
    return ((each.title, column) for each in sheets for column in each.columns if column.choices)


def _columns(sheets: Sequence[TemplateSheet], title: str) -> Sequence[TemplateColumn]:
    return next(each.columns for each in sheets if each.title == title)


def _offer(page: Any, titles: Sequence[str], column: TemplateColumn, source: str) -> None:
    """Codes may be typed as well, so a list helps and does not bind."""
    rule = DataValidation(type="list", formula1=f"={source}", allow_blank=True)
    rule.showErrorMessage = False
    letter = get_column_letter(titles.index(column.title) + 2)
    rule.add(f"{letter}2:{letter}{ROWS_MAX}")
    page.add_data_validation(rule)


def _add(book: openpyxl.Workbook, sheet: TemplateSheet, language: str) -> None:
    page: Any = book.create_sheet(sheet.title)
    for line in sheet.lines(language):
        page.append(line)
    page.freeze_panes = "A2"
    page.column_dimensions["A"].width = _COUNT
    for at, column in enumerate(sheet.columns, start=2):
        letter = get_column_letter(at)
        page.column_dimensions[letter].width = _WIDE if column.wide else _NARROW
        # Whole columns are text, so that codes keep their zeros.
        page.column_dimensions[letter].number_format = "@"
        page.cell(2, at).number_format = "@"
        heading = page.cell(1, at)
        heading.comment = _note(column, language)
        if column.needed:
            heading.fill = _NEEDED_FILL
    for cell in page[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in page[2]:
        cell.font = _EXAMPLE_FONT


def _note(column: TemplateColumn, language: str) -> Comment:
    number = LANGUAGES.index(language)
    needed = NEEDED[number] if column.needed else ""
    several = SEVERAL[number] if column.several else ""
    note = Comment(f"{needed}{several}{column.note}", AUTHOR)
    note.width, note.height = _NOTE_WIDTH, _NOTE_HEIGHT
    return note
