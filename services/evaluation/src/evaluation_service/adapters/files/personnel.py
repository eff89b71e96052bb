"""Personnel as files: an XLSX of up to five sheets, a CSV of one of them, or JSON as the graph has
it. A line that cannot be read is told and left out, the others are taken."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from congvu_kit.adapters.boxes import Boxes
from congvu_kit.adapters.sheets import (
    UnreadableSheet,
    csv_lines,
    open_workbook,
    opened,
)
from congvu_kit.domain.text import canonical_text
from evaluation_service.adapters.files.columns import (
    COLUMNS,
    SHEETS,
    TELLING,
    Column,
    WrongCell,
    folded,
    known_columns,
)
from evaluation_service.adapters.files.people import Line, people_of

GraphRow = dict[str, Any]
"""Any: a row as the input of syncPersonnel takes it, as JSON."""

Personnel = dict[str, Any]
"""What a file holds, as it comes out of a box: `rows` by kind, each with the `place` it is from
and the `headings` of its fields; `faults` of lines that cannot be read; sheets passed over."""

KINDS = ("units", "positions", "people")
GUIDE = "Hướng dẫn"


def read_in_box(boxes: Boxes, path: Path) -> Personnel:
    """What `read_personnel` gives. Raise `Invalid`."""
    found: Personnel = boxes.run(read_personnel, str(path), field=str(path))
    return found


def read_personnel(path: str) -> Personnel:
    """Raise `UnreadableSheet`."""
    name = Path(path).name
    with opened(path) as content:
        match Path(path).suffix.lower():
            case ".json":
                return _of_json(content, name)
            case ".csv":
                lines = list(enumerate(csv_lines(content), start=1))
                return _of_tables({_kind_of(lines, name): _table(lines, name)}, [])
            case ".xlsx":
                return _of_workbook(content, name)
            case _:
                raise UnreadableSheet(
                    f"{name} is none of .xlsx, .csv, .json", f"{name} không phải .xlsx, .csv, .json"
                )


def _of_json(content: IO[bytes], name: str) -> Personnel:
    try:
        found = json.load(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableSheet(f"{name}: no JSON", f"{name}: không phải JSON") from error
    if not isinstance(found, dict) or not set(found) <= set(KINDS):
        kinds = ", ".join(KINDS)
        raise UnreadableSheet(
            f"{name}: an object with {kinds} is expected", f"{name}: cần đối tượng có {kinds}"
        )
    personnel: Personnel = {"rows": {kind: [] for kind in KINDS}, "faults": [], "unread": []}
    for kind in KINDS:
        for number, row in enumerate(found.get(kind) or []):
            place = f"{name}, {kind}[{number}]"
            lacking = _lacking(kind, row)
            if lacking:
                personnel["faults"].append(
                    fault(f"{place}.{lacking}", "is required", "là bắt buộc")
                )
            else:
                personnel["rows"][kind].append({"row": row, "place": place, "headings": {}})
    return personnel


def _lacking(kind: str, row: object) -> str | None:
    """What a row cannot be without: who or what it is of."""
    if not isinstance(row, dict):
        return "externalRef"
    if kind == "positions":
        return next((each for each in ("province", "code") if not row.get(each)), None)
    ref = row.get("externalRef")
    if not isinstance(ref, dict):
        return "externalRef"
    return next((f"externalRef.{each}" for each in ("system", "id") if not ref.get(each)), None)


def fault(place: str, en: str, vi: str) -> dict[str, str]:
    return {"place": place, "en": en, "vi": vi}


Cells = Mapping[int, object]
Numbered = Sequence[tuple[int, Sequence[object]]]


class _Table:
    """The lines of one sheet under its heading."""

    def __init__(self, where: str, lines: Numbered) -> None:
        self.where = where
        filled = [(n, line) for n, line in lines if any(_text(cell) for cell in line)]
        self.heading = [canonical_text(_text(cell)) for cell in filled[0][1]] if filled else []
        self.lines = filled[1:]


def _table(lines: Numbered, where: str) -> _Table:
    return _Table(where, lines)


def _of_workbook(content: IO[bytes], file: str) -> Personnel:
    workbook = open_workbook(content)
    kinds = {folded(text): kind for kind, vi in SHEETS.items() for text in (kind, vi)}
    tables: dict[str, _Table] = {}
    unread = []
    for name in workbook.sheet_names:
        kind = kinds.get(folded(name))
        if kind is not None and kind not in tables:
            cells = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            tables[kind] = _table(list(enumerate(cells, start=1)), f"{file}, {name}")
        elif name != GUIDE and workbook.get_sheet_by_name(name).to_python():
            unread.append(name)
    if not tables:
        names = ", ".join(SHEETS)
        raise UnreadableSheet(f"{file}: no sheet called {names}", f"{file}: không có bảng {names}")
    return _of_tables(tables, unread)


def _kind_of(lines: Numbered, where: str) -> str:
    heading = {folded(each) for each in _Table(where, lines).heading}
    for kind, names in TELLING:
        known = known_columns(kind)
        if {known[each].name for each in heading & set(known)} >= set(names):
            return kind
    kinds = ", ".join(COLUMNS)
    raise UnreadableSheet(
        f"{where}: the headings are those of no kind ({kinds})",
        f"{where}: dòng tiêu đề không thuộc loại nào ({kinds})",
    )


def _of_tables(tables: Mapping[str, _Table], unread: Sequence[str]) -> Personnel:
    faults: list[dict[str, str]] = []
    lines = {kind: list(_lines(kind, table, faults)) for kind, table in tables.items()}
    rows = {kind: _rows_of(lines.get(kind, [])) for kind in ("units", "positions")}
    people = people_of({kind: lines[kind] for kind in lines if kind not in rows})
    return {"rows": {**rows, "people": people}, "faults": faults, "unread": list(unread)}


def _rows_of(lines: Sequence[Line]) -> list[dict[str, Any]]:
    return [
        {"row": each.row, "place": each.place, "headings": each.headings}
        for each in lines
        if not each.broken
    ]


def _columns_of(kind: str, table: _Table) -> dict[int, Column]:
    """By position. Raise `UnreadableSheet` naming what is missing, not known, or there twice."""
    known = known_columns(kind)
    columns = {
        at: known[folded(text)] for at, text in enumerate(table.heading) if folded(text) in known
    }
    found = [each.name for each in columns.values()]
    telling = next(names for each, names in TELLING if each == kind)
    missing = [name for name in telling[:2] if name not in found]
    unknown = [text for text in table.heading if text and folded(text) not in known]
    twice = sorted({name for name in found if found.count(name) > 1})
    if missing or unknown or twice:
        lacking, strange, double = (", ".join(each) for each in (missing, unknown, twice))
        raise UnreadableSheet(
            f"{table.where}: missing columns: {lacking or 'none'}; unknown columns: "
            f"{strange or 'none'}; twice: {double or 'none'}",
            f"{table.where}: thiếu cột: {lacking or 'không'}; cột lạ: {strange or 'không'}; "
            f"trùng: {double or 'không'}",
        )
    return columns


def _lines(kind: str, table: _Table, faults: list[dict[str, str]]) -> Iterator[Line]:
    columns = _columns_of(kind, table)
    headings = {each.field.rpartition(".")[2]: table.heading[at] for at, each in columns.items()}
    for number, cells in table.lines:
        place = f"{table.where}, line {number}"
        line = Line(kind=kind, place=place, headings=headings)
        texts = {at: cells[at] if at < len(cells) else "" for at in columns}
        at_system = next((at for at, each in columns.items() if each.name == "system"), None)
        system = "" if at_system is None else _text(texts[at_system])
        posted = any(_text(texts[at]) for at, each in columns.items() if line.of_post(each.field))
        for at, column in columns.items():
            if kind == "people" and line.of_post(column.field) and not posted:
                continue
            try:
                line.take(column.field, _value(texts[at], column, system))
            except WrongCell as wrong:
                line.broken = True
                en, vi = wrong.args
                faults.append(fault(f"{place}, {table.heading[at]}", en, vi))
        yield line


def _value(cell: object, column: Column, system: str) -> object:
    if isinstance(cell, float) and column.name not in ("source_revision", "life", "leadership"):
        raise WrongCell(
            "is a number, which drops zeros: write it as text",
            "là ô kiểu số, làm mất số 0 ở đầu: hãy nhập dạng văn bản",
        )
    text = canonical_text(_text(cell))
    if text:
        return column.cell.read(text, system)
    if column.needed:
        raise WrongCell("is empty", "để trống")
    return None


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
