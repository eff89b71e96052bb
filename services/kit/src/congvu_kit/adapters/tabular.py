"""Where tables are found in files: their sheets, and the line that is the heading of one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import IO, Final

from congvu_kit.adapters.csv_files import csv_lines
from congvu_kit.adapters.legacy import Encoding, converted
from congvu_kit.adapters.sheets import Cell, Fault, Line, UnreadableSheet
from congvu_kit.adapters.workbooks import open_workbook
from congvu_kit.domain.text import canonical_lines, words

HEADING_ROWS_MAX: Final = 20
"""How far down a heading is looked for: sheets begin with titles and the name of the office."""


ERRORS: Final = ("Lỗi cần sửa", "Errors to correct")
"""The heading over what a marked copy says of a line: known everywhere, and never read."""


def heading_key(heading: str) -> str:
    return " ".join(words(heading.replace("_", " ")))


@dataclass(frozen=True, kw_only=True)
class Form:
    """What a kind of table is made of: fields by the key of a heading, and the title of each.
    `keys` are those that no line goes without; a number in a field of `codes` must show its digits;
    `choices` are the codes of a field by what a sheet calls them (`labels.codes`).
    A `strict` one has no column that is not known."""

    fields: Mapping[str, str]
    titles: Mapping[str, str]
    keys: Sequence[str]
    least: int = 1
    codes: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    strict: bool = True


COUNTING: Final = ("stt", "tt", "so tt", "so thu tu", "no")
"""Headings over the numbers of lines, which are known everywhere and never read."""

EXAMPLE: Final = ("Ví dụ", "Example")
"""What stands there instead of a number where a template shows how a line is filled in."""

BESIDE: Final = (("Hướng dẫn", "Guide"), ("Lựa chọn", "Choices"))
"""Sheets of a template that hold no lines of it: what its columns are, and the choices of lists."""


def is_beside(sheet: str) -> bool:
    return heading_key(sheet) in {heading_key(name) for names in BESIDE for name in names}


@dataclass(frozen=True)
class Note:
    """What somebody should know of what was read, or was not: it stops nothing."""

    place: str
    en: str
    vi: str


@dataclass(frozen=True)
class Wrong:
    """A cell that is not read, by its field and its heading."""

    field: str
    heading: str
    fault: Fault


@dataclass(frozen=True)
class Record:
    number: int
    cells: Mapping[str, str]
    wrong: Sequence[Wrong] = ()


@dataclass(frozen=True)
class Source:
    """A sheet of a file, or the only one of a CSV, whose name is empty."""

    name: str
    lines: Callable[[], Iterator[Line]]
    hidden: bool = False
    encoding: Encoding | None = None


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where a table lies on its sheet: the line of its headings, the column of each field, from
    0, and what the sheet calls it. A CSV has one sheet, without a name."""

    sheet: str
    heading: int
    columns: Mapping[str, int]
    titles: Mapping[str, str]


def fault_at(
    source: Source, heading: int, why: tuple[str, str], column: int | None = None, title: str = ""
) -> dict[str, object]:
    """Where a heading is wrong, for `UnreadableSheet`: one that is missing has no column."""
    place = {"sheet": source.name, "line": heading, "column": column, "title": title}
    return {**place, "en": why[0], "vi": why[1]}


@dataclass
class Refusals:
    """Of the sheets of a file: each is looked at before any is refused."""

    found: list[UnreadableSheet] = field(default_factory=list)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Around the headings of one sheet."""
        try:
            yield
        except UnreadableSheet as refused:
            self.found.append(refused)

    def check(self) -> None:
        """Raise `UnreadableSheet`, with what is wrong on every sheet."""
        if self.found:
            en = "; ".join(each.en for each in self.found)
            vi = "; ".join(each.vi for each in self.found)
            raise UnreadableSheet(en, vi, [at for each in self.found for at in each.at])


NO_HEADING: Final = ("no heading is known here", "không nhận ra dòng tiêu đề ở đây")


def without_heading(found: Sequence[Source]) -> list[dict[str, object]]:
    """Of a file in which no heading is known: each sheet where it seems to begin."""
    return [
        fault_at(each, _likely_heading(each), NO_HEADING)
        for each in found
        if not is_beside(each.name) and not is_empty(each)
    ]


def _likely_heading(source: Source) -> int:
    """The first line with several cells, whose headings may be misspelt."""
    for line in islice(source.lines(), HEADING_ROWS_MAX):
        if sum(cell.filled for cell in line.cells) > 1:
            return line.number
    return 1


def sources(
    name: str, content: IO[bytes], encoding: Encoding | None = None
) -> Sequence[Source] | None:
    """Every sheet of a file by the end of its name; None for what is neither. Raise
    `UnreadableSheet`."""
    match Path(name).suffix.lower():
        case ".csv":
            return [Source("", lambda: csv_lines(content, encoding), encoding=encoding)]
        case ".xlsx":
            return [
                Source(each.name, each.lines, each.hidden, encoding)
                for each in open_workbook(content)
            ]
    return None


def heading_of(source: Source, form: Form) -> Line | None:
    """The first line with enough headings that are known."""
    for line in islice(source.lines(), HEADING_ROWS_MAX):
        known = {form.fields.get(heading_key(title_of(source, cell, form))) for cell in line.cells}
        if len(known - {None}) >= form.least:
            return line
    return None


def is_empty(source: Source) -> bool:
    return not any(cell.filled for line in source.lines() for cell in line.cells)


def text_of(source: Source, cell: Cell) -> str:
    text = converted(cell.text, source.encoding) if source.encoding else cell.text
    return canonical_lines(text)


def title_of(source: Source, cell: Cell, form: Form) -> str:
    """A heading that is known as it stands is Unicode, whatever the lines below it are."""
    known = heading_key(cell.text) in form.fields
    return canonical_lines(cell.text) if known else text_of(source, cell)


def day_of(text: str) -> str | None:
    """A day as offices write it, 14/09/2026, or as programs do, 2026-09-14; else None."""
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        with suppress(ValueError):
            return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007 - a day only
    return None
