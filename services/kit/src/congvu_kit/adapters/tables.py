"""Tables in files, as offices write them: what is not read is told, nothing is read as empty."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from congvu_kit.adapters.legacy import legacy_fault, legacy_of
from congvu_kit.adapters.sheets import Cell, Fault, Line, UnreadableSheet, column_letter
from congvu_kit.adapters.tabular import (
    COUNTING,
    ERRORS,
    EXAMPLE,
    Form,
    Layout,
    Note,
    Record,
    Source,
    Wrong,
    fault_at,
    heading_key,
    text_of,
    title_of,
)
from congvu_kit.domain.labels import spelt
from congvu_kit.domain.sheet_numbers import Ambiguous, number_in, signs_in
from congvu_kit.domain.text import fold

_NUMBERING = re.compile(r"\(?([A-ZĐ]|[0-9]{1,2})\)?")
_ORDINAL = re.compile(r"[IVXLC]+|[A-ZĐ]|[0-9]+(?:\.[0-9]+)*", re.ASCII)
_TOTAL = re.compile(r"(?:tong cong|tong so|tong|cong)(?: \(.*\))?:?")

_ERRORS: Final = frozenset(map(heading_key, ERRORS))
_EXAMPLES: Final = frozenset(map(heading_key, EXAMPLE))

BARE_NUMBER: Final = Fault(
    "is a number, which drops zeros: write it as text",
    "là ô kiểu số, làm mất số 0 ở đầu: hãy nhập dạng văn bản",
)
NO_NUMBER: Final = Fault("is no number such as 1234.5", "không phải là số, ví dụ 1234,5")
AMBIGUOUS: Final = Fault(
    "may be a thousand or a decimal: nothing in its column says which; write 1000 or 1.0",
    "có thể là hàng nghìn hoặc số thập phân: cả cột không cho biết; hãy ghi 1000 hoặc 1,0",
)


MISSING: Final = ("this column is missing", "thiếu cột này")
TWICE: Final = ("stands twice: keep one", "cột bị trùng: chỉ giữ một cột")
STRANGE: Final = ("no column has this heading", "không có cột nào mang tiêu đề này")


@dataclass
class Table:
    """The lines under the heading of a sheet; `notes` are whole when they were all read."""

    source: Source
    form: Form
    place: str
    heading: Line
    notes: list[Note] = field(default_factory=list)
    columns: dict[int, str] = field(init=False)
    titles: dict[int, str] = field(init=False)
    _aside: set[int] = field(init=False)

    def __post_init__(self) -> None:
        written = {
            at: " ".join(title_of(self.source, cell, self.form).split())
            for at, cell in enumerate(self.heading.cells)
            if cell.filled
        }
        self._aside = {at for at, text in written.items() if heading_key(text) in _ERRORS}
        self.titles = {at: text for at, text in written.items() if at not in self._aside}
        known = {at: self.form.fields.get(heading_key(text)) for at, text in self.titles.items()}
        self.columns = {at: name for at, name in known.items() if name is not None}
        self._require_columns()

    def _require_columns(self) -> None:
        found = list(self.columns.values())
        missing = [name for name in self.form.keys if name not in found] if self.form.strict else []
        unknown = [
            text
            for at, text in self.titles.items()
            if at not in self.columns and not self.counts(at)
        ]
        twice = [text for at, text in self.titles.items() if found.count(self._name(at)) > 1]
        if missing or twice or (unknown and self.form.strict):
            lacking, strange, double = (", ".join(each) for each in (missing, unknown, twice))
            raise UnreadableSheet(
                f"{self.place}: missing columns: {lacking or 'none'}; unknown columns: "
                f"{strange or 'none'}; twice: {double or 'none'}",
                f"{self.place}: thiếu cột: {lacking or 'không'}; cột lạ: {strange or 'không'}; "
                f"trùng: {double or 'không'}",
                list(self._faults(missing, found)),
            )

    def _faults(self, missing: Sequence[str], found: Sequence[str]) -> Iterator[dict[str, object]]:
        """Of the headings, each at its own."""
        yield from map(self.lacks, missing)
        for at, text in self.titles.items():
            if found.count(self._name(at)) > 1:
                yield fault_at(self.source, self.heading.number, TWICE, at, text)
            elif self.form.strict and at not in self.columns and not self.counts(at):
                yield fault_at(self.source, self.heading.number, STRANGE, at, text)

    def lacks(self, name: str) -> dict[str, object]:
        """Where the copy of the sheet says that the column of a field is missing."""
        return fault_at(self.source, self.heading.number, MISSING, title=self.form.titles[name])

    def counts(self, at: int) -> bool:
        """Whether a column holds the numbers of lines."""
        return heading_key(self.titles.get(at, "")) in COUNTING

    def _name(self, at: int) -> str:
        return self.columns.get(at, "")

    @property
    def layout(self) -> Layout:
        columns = {name: at for at, name in self.columns.items()}
        return Layout(
            sheet=self.source.name,
            heading=self.heading.number,
            columns=columns,
            titles=self.heading_by_field(),
        )

    def heading_by_field(self) -> dict[str, str]:
        return {name: self.titles[at] for at, name in self.columns.items()}

    def records(self) -> Iterator[Record]:
        """In one pass more, for what the columns of numbers look like."""
        signs, told = self._signs(), _Told(self)
        for line in map(self._without_errors, self.source.lines()):
            if line.number <= self.heading.number or not any(cell.filled for cell in line.cells):
                continue
            told.look(line)
            reason = _passed_over(line, self)
            if reason is not None:
                told.passed.setdefault(reason, []).append(line.number)
                continue
            record = self._record(line, signs)
            if record.cells or record.wrong:
                yield record
        self.notes += told.notes()

    def _without_errors(self, line: Line) -> Line:
        if not self._aside:
            return line
        cells = [Cell() if at in self._aside else cell for at, cell in enumerate(line.cells)]
        return replace(line, cells=cells)

    def _signs(self) -> Mapping[str, frozenset[str]]:
        at_numbers = {at: name for at, name in self.columns.items() if name in self.form.numbers}
        written: dict[str, set[str]] = {name: set() for name in at_numbers.values()}
        for line in self.source.lines() if at_numbers else ():
            if line.number > self.heading.number:
                for at, name in at_numbers.items():
                    cell = line.cells[at] if at < len(line.cells) else Cell()
                    if not cell.number:
                        written[name] |= signs_in([text_of(self.source, cell)])
        return {name: frozenset(found) for name, found in written.items()}

    def _record(self, line: Line, signs: Mapping[str, frozenset[str]]) -> Record:
        cells, wrong = {}, []
        for at, name in self.columns.items():
            cell = line.cells[at] if at < len(line.cells) else Cell()
            if not cell.filled:
                continue
            read = self._read(cell, name, signs)
            if isinstance(read, Fault):
                wrong.append(Wrong(name, self.titles[at], read))
            elif read:
                cells[name] = read
        return Record(line.number, cells, wrong)

    def _read(self, cell: Cell, name: str, signs: Mapping[str, frozenset[str]]) -> str | Fault:
        if cell.fault is not None:
            return cell.fault
        if cell.number and name in self.form.codes:
            return cell.shown or BARE_NUMBER
        if self.source.encoding is None:
            legacy = legacy_of(cell.text)
            if legacy is not None:
                return legacy_fault(legacy)
        text = text_of(self.source, cell)
        text = self.form.choices.get(name, {}).get(spelt(text), text)
        if name not in self.form.numbers or cell.number or not text:
            return text
        try:
            return number_in(text, signs[name]) or NO_NUMBER
        except Ambiguous:
            return AMBIGUOUS


_PASSED: Final = {
    "example": ("the example of the template", "dòng ví dụ của biểu mẫu"),
    "numbering": ("a line of column numbers", "dòng đánh số cột"),
    "heading": ("the heading again", "tiêu đề lặp lại"),
    "total": ("a total", "dòng tổng cộng"),
    "section": ("the title of a section", "tiêu đề nhóm, lĩnh vực"),
}


def _passed_over(line: Line, table: Table) -> str | None:
    """Why a line is none of the table, as the official forms have them."""
    filled = {at: text_of(table.source, cell) for at, cell in enumerate(line.cells) if cell.filled}
    if any(table.counts(at) and heading_key(text) in _EXAMPLES for at, text in filled.items()):
        return "example"
    if _is_numbering(list(filled.values())):
        return "numbering"
    if filled and all(table.titles.get(at) == text for at, text in filled.items()):
        return "heading"
    known = {table.columns[at] for at in filled if at in table.columns}
    if len(known) <= 1 and _is_section(line, filled, table):
        return "section"
    if not known & set(table.form.keys) and any(
        _TOTAL.fullmatch(fold(text)) for text in filled.values()
    ):
        return "total"
    return None


def _is_numbering(texts: Sequence[str]) -> bool:
    found = [_NUMBERING.fullmatch(text) for text in texts]
    digits = [int(each[1]) for each in found if each is not None and each[1].isdigit()]
    return (
        len(texts) >= 3  # noqa: PLR2004 - two numbers may be anything
        and all(found)
        and digits != []
        and digits == list(range(1, len(digits) + 1))
    )


def _is_section(line: Line, filled: Mapping[int, str], table: Table) -> bool:
    texts = [text for at, text in filled.items() if at in table.columns]
    beside = [text for at, text in filled.items() if at not in table.columns]
    if len(texts) != 1 or not all(map(_ORDINAL.fullmatch, beside)):
        return False
    numbered = any(not text.isdigit() for text in beside)
    return line.wide or numbered or (" " in texts[0] and texts[0].isupper())


class _Told:
    """What is said of a sheet once it was read."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._hidden: list[int] = []
        self._unread: dict[int, int] = {}
        self.passed: dict[str, list[int]] = {}

    def look(self, line: Line) -> None:
        if line.hidden:
            self._hidden.append(line.number)
        for at, cell in enumerate(line.cells):
            if at not in self._table.columns and cell.filled and not self._table.counts(at):
                self._unread.setdefault(at, line.number)

    def notes(self) -> Iterator[Note]:
        place = self._table.place
        if self._table.source.hidden:
            yield Note(place, "the sheet is hidden, and was read", "bảng bị ẩn, vẫn được đọc")
        if self._hidden:
            lines = _numbers(self._hidden)
            yield Note(
                place, f"hidden, and read: line {lines}", f"dòng bị ẩn, vẫn được đọc: {lines}"
            )
        for reason, numbers in self.passed.items():
            en, vi = _PASSED[reason]
            lines = _numbers(numbers)
            yield Note(place, f"passed over, {en}: line {lines}", f"bỏ qua {vi}: dòng {lines}")
        for at, number in sorted(self._unread.items()):
            yield self._column(at, number)

    def _column(self, at: int, number: int) -> Note:
        table = self._table
        title, letter = table.titles.get(at, ""), column_letter(at + 1)
        near = difflib.get_close_matches(heading_key(title), list(table.form.fields), 1, 0.6)
        like = table.form.titles[table.form.fields[near[0]]] if near else None
        return Note(
            table.place,
            f"not read: column {letter} '{title}', filled from line {number}"
            + (f"; is it '{like}'?" if like else ""),
            f"không đọc: cột {letter} “{title}”, có nội dung từ dòng {number}"
            + (f"; có phải là cột “{like}”?" if like else ""),
        )


def _numbers(numbers: Sequence[int]) -> str:
    """1, 3-5"""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)
