"""Personnel written as sheets that an import reads back unchanged."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from congvu_kit.adapters.sheets import UnreadableSheet, write_book, write_sheet
from evaluation_service.adapters.files.columns import COLUMNS, SHEETS, Column, folded
from evaluation_service.adapters.files.people import lines_of
from evaluation_service.adapters.files.personnel import GUIDE, GraphRow

Lines = dict[str, list[list[str]]]


def write_personnel(file: Path, rows: Mapping[str, Sequence[GraphRow]], kind: str | None) -> None:
    """`kind` is which sheet a CSV holds. Raise `UnreadableSheet` for a file of no such form."""
    require_form(file, kind, (".xlsx", ".csv", ".json"))
    match file.suffix.lower():
        case ".json":
            text = json.dumps(rows, ensure_ascii=False, indent=2)
            file.write_text(text + "\n", encoding="utf-8")
        case ".xlsx":
            lines = _lines(rows)
            with file.open("wb") as target:
                write_book(target, [*_sheets(lines), _guide()])
        case ".csv" if kind is not None:
            with file.open("wb") as target:
                write_sheet(file.name, target, SHEETS[kind], _headings(kind), _lines(rows)[kind])


def require_form(file: Path, kind: str | None, forms: Sequence[str]) -> None:
    """Raise `UnreadableSheet` for a file of none of `forms`, and for a CSV of no kind."""
    form = file.suffix.lower()
    if form not in forms:
        known = ", ".join(forms)
        raise UnreadableSheet(f"{file.name} is none of {known}", f"{file.name} không phải {known}")
    if form == ".csv" and kind not in COLUMNS:
        kinds = ", ".join(COLUMNS)
        raise UnreadableSheet(
            f"a CSV is one sheet: say which, --kind {kinds}",
            f"tệp CSV chỉ có một bảng: chọn --kind {kinds}",
        )


def _headings(kind: str) -> list[str]:
    return [each.heading for each in COLUMNS[kind]]


def _sheets(lines: Lines) -> Iterator[tuple[str, Sequence[str], Sequence[Sequence[str]]]]:
    for kind, title in SHEETS.items():
        yield title, _headings(kind), lines[kind]


def _guide() -> tuple[str, Sequence[str], Sequence[Sequence[str]]]:
    """What each column is; an import passes the sheet over."""
    lines = [
        [SHEETS[kind], each.heading, each.name, "có" if each.needed else "không"]
        for kind, columns in COLUMNS.items()
        for each in columns
    ]
    return GUIDE, ["Bảng", "Cột", "Tên tiếng Anh", "Bắt buộc"], lines


def _lines(rows: Mapping[str, Sequence[GraphRow]]) -> Lines:
    lines: Lines = {kind: [] for kind in COLUMNS}
    for kind in ("units", "positions"):
        lines[kind] = [_cells(kind, row) for row in rows.get(kind, ())]
    life_of = number_of_life()
    for row in sorted(rows.get("people", ()), key=begins):
        for kind, fields in lines_of(row, life_of(row)):
            lines[kind].append(_cells(kind, fields))
    return lines


def number_of_life() -> Callable[[GraphRow], int]:
    """Counts the lives of each number as they come, the oldest first."""
    lives: Counter[tuple[str, str]] = Counter()

    def life_of(row: GraphRow) -> int:
        ref = (folded(row["externalRef"]["system"]), folded(row["externalRef"]["id"]))
        lives[ref] += 1
        return lives[ref]

    return life_of


def begins(row: GraphRow) -> str:
    return min((str(each["validFrom"]) for each in row.get("appointments") or ()), default="")


def _cells(kind: str, row: Mapping[str, Any]) -> list[str]:
    system = str((row.get("externalRef") or {}).get("system", ""))
    return [_cell(each, row, system) for each in COLUMNS[kind]]


def _cell(column: Column, row: Mapping[str, Any], system: str) -> str:
    outer, dot, inner = column.field.partition(".")
    value = row.get(outer)
    if dot:
        value = (value or {}).get(inner)
    return "" if value is None or value == [] else column.cell.write(value, system)
