"""What a template offers, as a spreadsheet shows it."""

from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from congvu_kit.domain.labels import LANGUAGES, TABLE, choice


def choices_in(file: Path) -> dict[str, dict[str, list[str]]]:
    """Of the lists to choose from, by sheet and heading."""
    book = load_workbook(file)
    found: dict[str, dict[str, list[str]]] = {}
    for sheet in book.worksheets:
        offered = found.setdefault(sheet.title, {})
        for rule in sheet.data_validations.dataValidation:
            column, first, _, last = range_boundaries(str(rule.sqref))
            assert first == 2
            assert last is not None
            assert last > 1_000
            page, _, cells = str(rule.formula1).lstrip("=").rpartition("!")
            source: Any = book[page.strip("'")]
            heading = str(sheet.cell(1, column or 0).value)
            offered[heading] = [str(row[0].value) for row in source[cells.replace("$", "")]]
    return {title: offered for title, offered in found.items() if offered}


def headings_without_note(file: Path) -> list[str]:
    """Without the column of the numbers of lines."""
    pages = [page for page in load_workbook(file).worksheets if page.sheet_state == "visible"]
    return [str(cell.value) for page in pages for cell in page[1][1:] if not cell.comment]


def offered(vocabulary: str) -> dict[str, str]:
    """The codes by everything that a drop-down of them may show."""
    return {
        choice(vocabulary, code, language): code
        for code in TABLE[vocabulary]
        for language in LANGUAGES
    }
