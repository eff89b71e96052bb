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


def turned_into_numbers(file: Path) -> list[str]:
    """Columns in which a spreadsheet would take 06970 for 6970, and examples that are no text."""
    found = []
    for page in (each for each in load_workbook(file).worksheets if each.sheet_state == "visible"):
        headings: Any = page[1][1:]
        for cell in headings:
            example: Any = page.cell(2, cell.column)
            looks = {page.column_dimensions[cell.column_letter].number_format}
            if example.value is not None:
                looks |= {example.number_format, {"s": "@"}.get(example.data_type, "number")}
            if looks != {"@"}:
                found.append(str(cell.value))
    return found


def lists_that_bind(file: Path) -> list[str]:
    """Those that refuse what is typed: codes may be typed as well."""
    return [
        str(rule.sqref)
        for page in load_workbook(file).worksheets
        for rule in page.data_validations.dataValidation
        if rule.showErrorMessage
    ]


def offered(vocabulary: str) -> dict[str, str]:
    """The codes by everything that a drop-down of them may show."""
    return {
        choice(vocabulary, code, language): code
        for code in TABLE[vocabulary]
        for language in LANGUAGES
    }
