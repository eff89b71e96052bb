"""Sheets in and out for every service: refused by what is in them before a grid is made of it,
written so that no spreadsheet takes a text for a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from string import ascii_uppercase
from typing import IO, Any, Final

from congvu_kit.adapters.boxes import InFile

FILE_MAX_BYTES: Final = 20_000_000
"""Largest sheet: 10,000 full rows take about a tenth of it."""

ROWS_MAX: Final = 20_000
COLUMNS_MAX: Final = 100

_SIGNS = "=+\\-@＝＋－﹣−＠"
_LEAD = "(?:[^\\S\t\r\n]|[\"'\u200b-\u200f\u2060\ufeff])*"
"""What a spreadsheet passes over before it looks at the first sign."""
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_LIVE = re.compile(rf"(^|[;,|\t\r\n])({_LEAD})(?=[{_SIGNS}])")
_GUARDED = re.compile(rf"(^|[;,|\t\r\n])'({_LEAD})(?=[{_SIGNS}])")
_BREAK = re.compile(r"'*[\t\r\n]")


class UnreadableSheet(InFile):
    """The file is no sheet, or one that is not read; the message says why, `at` where."""

    def __init__(self, en: str, vi: str, at: Sequence[Mapping[str, Any]] = ()) -> None:
        super().__init__(en=en, vi=vi, at=at)


def too_many_cells() -> UnreadableSheet:
    return UnreadableSheet(
        f"a sheet has at most {ROWS_MAX} rows and {COLUMNS_MAX} columns; clear what is written "
        "outside of them",
        f"một bảng có tối đa {ROWS_MAX} dòng và {COLUMNS_MAX} cột; hãy xóa phần nằm ngoài",
    )


@dataclass(frozen=True)
class Fault:
    """Why a cell or a line is not read, in English and in Vietnamese."""

    en: str
    vi: str


@dataclass(frozen=True, slots=True)
class Cell:
    """`number` is one that a sheet keeps as a number, which drops zeros; `shown` is how its format
    writes it, where that says every digit."""

    text: str = ""
    number: bool = False
    shown: str | None = None
    fault: Fault | None = None

    @property
    def filled(self) -> bool:
        return self.fault is not None or self.text.strip() != ""


EMPTY: Final = Cell()
"""One for all of a grid's cells that say nothing: at the limits two million."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sheet, by the number that a spreadsheet shows; `wide` has a cell merged over
    several columns."""

    number: int
    cells: Sequence[Cell]
    hidden: bool = False
    wide: bool = False


@contextmanager
def as_text(content: IO[bytes], encoding: str = "utf-8-sig") -> Iterator[io.TextIOWrapper]:
    """Closing the file stays its owner's business, who may have done so already."""
    text = io.TextIOWrapper(content, encoding=encoding, newline="")
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
    from congvu_kit.adapters import books  # takes long to load, and most write none

    book = books.empty_book()
    for title, headings, rows in sheets:
        books.add_sheet(book, title, headings, rows, frozenset(wide))
    book.save(target)


def column_letter(number: int) -> str:
    """As spreadsheets count columns, from 1: A, …, Z, AA."""
    letters = ""
    while number:
        number, left = divmod(number - 1, len(ascii_uppercase))
        letters = ascii_uppercase[left] + letters
    return letters
