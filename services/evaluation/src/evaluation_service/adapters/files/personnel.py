"""Personnel as files: an XLSX of up to five sheets, a CSV of one of them, or JSON as the graph has
it. A line that cannot be read is told and left out, the others are taken."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from congvu_kit.adapters.boxes import Boxes
from congvu_kit.adapters.legacy import Encoding
from congvu_kit.adapters.sheets import Fault, UnreadableSheet, opened
from congvu_kit.adapters.tables import Table
from congvu_kit.adapters.tabular import (
    Form,
    Note,
    Record,
    Refusals,
    Source,
    heading_key,
    heading_of,
    is_beside,
    is_empty,
    sources,
    without_heading,
)
from evaluation_service.adapters.files.columns import (
    COLUMNS,
    POST,
    SHEETS,
    TELLING,
    Column,
    WrongCell,
    known_columns,
)
from evaluation_service.adapters.files.people import Line, people_of

GraphRow = dict[str, Any]
"""Any: a row as the input of syncPersonnel takes it, as JSON."""

Personnel = dict[str, Any]
"""What a file holds, as it comes out of a box: `rows` by kind, each with the `place` and the
`lines` it is from and the `headings` of its fields; `faults` of lines that cannot be read; `notes`
of what was passed over; sheets that were `unread`; the `layouts` of its tables."""

KINDS = ("units", "positions", "people")
GUIDE = "Hướng dẫn"


def read_in_box(boxes: Boxes, path: Path, encoding: Encoding | None = None) -> Personnel:
    """What `read_personnel` gives. Raise `Invalid`."""
    found: Personnel = boxes.run(read_personnel, str(path), encoding, field=str(path))
    return found


def read_personnel(path: str, encoding: str | None = None) -> Personnel:
    """Raise `UnreadableSheet`."""
    name = Path(path).name
    with opened(path) as content:
        if Path(path).suffix.lower() == ".json":
            return _of_json(content, name)
        found = sources(name, content, None if encoding is None else Encoding(encoding))
        if found is None:
            raise UnreadableSheet(
                f"{name} is none of .xlsx, .csv, .json", f"{name} không phải .xlsx, .csv, .json"
            )
        return _of_sources(found, name)


def _of_json(content: IO[bytes], name: str) -> Personnel:
    try:
        found = json.load(content)
    except json.JSONDecodeError as error:
        line, column = error.lineno, error.colno
        raise UnreadableSheet(
            f"{name}: no JSON, at line {line}, column {column}",
            f"{name}: sai JSON tại dòng {line}, cột {column}",
        ) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableSheet(f"{name}: no JSON", f"{name}: không phải JSON") from error
    if not isinstance(found, dict) or not set(found) <= set(KINDS):
        kinds = ", ".join(KINDS)
        raise UnreadableSheet(
            f"{name}: an object with {kinds} is expected", f"{name}: cần đối tượng có {kinds}"
        )
    personnel: Personnel = {
        "rows": {kind: [] for kind in KINDS},
        "faults": [],
        "notes": [],
        "unread": [],
        "layouts": [],
    }
    for kind in KINDS:
        for number, row in enumerate(found.get(kind) or []):
            place = f"{name}, {kind}[{number}]"
            lacking = _lacking(kind, row)
            if lacking:
                personnel["faults"].append(
                    fault(f"{place}.{lacking}", "is required", "là bắt buộc")
                )
            else:
                found_row = {"row": row, "place": place, "headings": {}, "lines": []}
                personnel["rows"][kind].append(found_row)
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


def fault(place: str, en: str, vi: str, **cell: object) -> dict[str, Any]:
    """`cell` is where it lies: sheet, line, column, title."""
    return {"place": place, "en": en, "vi": vi, "cell": cell}


Tables = Sequence[tuple[str, Table]]
"""Each with its kind; a kind may stand on several sheets."""


def _form(kind: str) -> Form:
    columns = known_columns(kind)
    telling = next(names for each, names in TELLING if each == kind)
    return Form(
        fields={heading: column.name for heading, column in columns.items()},
        titles={column.name: column.heading for column in columns.values()},
        keys=telling[:2],
        codes=frozenset(each.name for each in columns.values()) - NUMBERS,
    )


NUMBERS = frozenset({"source_revision", "life", "leadership"})
_KIND_OF_SHEET = {heading_key(text): kind for kind, vi in SHEETS.items() for text in (kind, vi)}


def _of_sources(found: Sequence[Source], file: str) -> Personnel:
    tables: list[tuple[str, Table]] = []
    notes: list[Note] = []
    unread, refusals = [], Refusals()
    for source in found:
        kind = None
        if not is_beside(source.name):
            kind = _KIND_OF_SHEET.get(heading_key(source.name)) or _kind_by_headings(source)
        place = f"{file}, {source.name}" if source.name else file
        heading = None if kind is None else heading_of(source, _form(kind))
        if kind is not None and heading is not None:
            with refusals.kept():
                table = Table(source, _form(kind), place, heading, notes)
                _require_whole_parts(kind, table)
                tables.append((kind, table))
        elif not is_beside(source.name) and not is_empty(source):
            unread.append(source.name)
    refusals.check()
    if not tables:
        raise _no_kind(found, file)
    return _of_tables(tables, notes, unread)


def _kind_by_headings(source: Source) -> str | None:
    for kind, names in TELLING:
        form = _form(kind)
        heading = heading_of(source, form)
        if heading is not None:
            keys = {form.fields.get(heading_key(cell.text)) for cell in heading.cells}
            if keys >= set(names):
                return kind
    return None


def _no_kind(found: Sequence[Source], file: str) -> UnreadableSheet:
    kinds = ", ".join(COLUMNS)
    if [each.name for each in found] == [""]:
        return UnreadableSheet(
            f"{file}: the headings are those of no kind ({kinds})",
            f"{file}: dòng tiêu đề không thuộc loại nào ({kinds})",
            without_heading(found),
        )
    names = ", ".join(SHEETS.values())
    return UnreadableSheet(
        f"{file}: no sheet called {kinds}, and none with their headings",
        f"{file}: không có bảng {names}, cũng không bảng nào có tiêu đề của chúng",
        without_heading(found),
    )


def _of_tables(tables: Tables, notes: list[Note], unread: Sequence[str]) -> Personnel:
    faults: list[dict[str, Any]] = []
    lines: dict[str, list[Line]] = {}
    for kind, table in tables:
        lines.setdefault(kind, []).extend(_lines(kind, table, faults))
    rows = {kind: _rows_of(lines.get(kind, [])) for kind in ("units", "positions")}
    people = people_of({kind: lines[kind] for kind in lines if kind not in rows})
    return {
        "rows": {**rows, "people": people},
        "faults": faults,
        "notes": [fault(each.place, each.en, each.vi) for each in notes],
        "unread": list(unread),
        "layouts": [asdict(table.layout) for _, table in tables],
    }


def _require_whole_parts(kind: str, table: Table) -> None:
    """A post or a leave is sent whole, so that a sheet with some of its columns has all that it
    needs. Raise `UnreadableSheet`."""
    there = table.heading_by_field().keys()
    columns = {"people": POST, "appointments": POST, "leaves": COLUMNS["leaves"]}.get(kind, ())
    missing = [each for each in columns if each.needed and each.name not in there]
    if missing and not there.isdisjoint(each.name for each in columns):
        en = ", ".join(each.name for each in missing)
        vi = ", ".join(each.heading for each in missing)
        raise UnreadableSheet(
            f"{table.place}: the sheet has no columns {en}",
            f"{table.place}: bảng chưa có các cột: {vi}",
            [table.lacks(each.name) for each in missing],
        )


def _rows_of(lines: Sequence[Line]) -> list[dict[str, Any]]:
    return [
        {
            "row": each.row,
            "place": each.place,
            "headings": each.headings,
            "lines": [each.lying],
        }
        for each in lines
        if not each.broken
    ]


def _lines(kind: str, table: Table, faults: list[dict[str, Any]]) -> Iterator[Line]:
    by_name = {each.name: each for each in known_columns(kind).values()}
    titles = table.heading_by_field()
    columns = {name: by_name[name] for name in titles}
    lying = table.layout.columns
    for record in table.records():
        line = Line(
            kind=kind,
            place=f"{table.place}, line {record.number}",
            sheet=table.source.name,
            number=record.number,
            headings={each.field: titles[name] for name, each in columns.items()},
            columns={each.field: lying[name] for name, each in columns.items()},
        )
        _take(line, record, columns, titles, faults)
        yield line


def _take(
    line: Line,
    record: Record,
    columns: Mapping[str, Column],
    titles: Mapping[str, str],
    faults: list[dict[str, Any]],
) -> None:
    wrong = {each.field: each.fault for each in record.wrong}
    system = record.cells.get("system", "")
    there = {*record.cells, *wrong}
    posted = any(line.of_post(columns[name].field) for name in there)
    for name, column in columns.items():
        if line.kind == "people" and line.of_post(column.field) and not posted:
            continue
        try:
            line.take(column.field, _value(record.cells.get(name), column, system, wrong.get(name)))
        except WrongCell as error:
            line.broken = True
            en, vi = error.args
            cell = {"column": line.columns[column.field], "title": titles[name]}
            at = {"sheet": line.sheet, "line": line.number, **cell}
            faults.append(fault(f"{line.place}, {titles[name]}", en, vi, **at))


def _value(text: str | None, column: Column, system: str, wrong: Fault | None) -> object:
    if wrong is not None:
        raise WrongCell(wrong.en, wrong.vi)
    if text:
        return column.cell.read(text, system)
    if column.needed:
        raise WrongCell("is empty", "để trống")
    return None
