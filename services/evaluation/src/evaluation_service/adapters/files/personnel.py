"""Personnel as files: an XLSX with three sheets, a CSV of one kind, or JSON as the graph has it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO

from congvu_kit.adapters.boxes import Boxes
from congvu_kit.adapters.sheets import UnreadableSheet, csv_lines, open_workbook, opened

Row = Mapping[str, str]
GraphRow = dict[str, object]

KINDS = ("units", "positions", "people")
SHEETS = {
    "units": "units",
    "đơn vị": "units",
    "positions": "positions",
    "vị trí việc làm": "positions",
    "people": "people",
    "công chức": "people",
}
"""Names of sheets, in either language."""

COLUMNS = {
    "units": (
        ("system", "id", "code", "name", "level", "province", "valid_from"),
        ("parent_id", "locality_type", "valid_to"),
    ),
    "positions": (("province", "code", "title", "duty_group"), ("family", "leadership")),
    "people": (
        ("system", "id", "full_name", "province", "unit_id", "position_code", "role", "valid_from"),
        ("duty_group", "field_unit_ids", "valid_to"),
    ),
}
"""Per kind: columns that must be there, and columns that may."""


def read_in_box(boxes: Boxes, path: Path) -> dict[str, list[GraphRow]]:
    """What `read_personnel` gives. Raise `Invalid`."""
    found: dict[str, list[GraphRow]] = boxes.run(read_personnel, str(path), field=str(path))
    return found


def read_personnel(path: str) -> dict[str, list[GraphRow]]:
    """Rows by kind, as the input of syncPersonnel takes them. Raise `UnreadableSheet`."""
    name = Path(path).name
    with opened(path) as content:
        match Path(path).suffix.lower():
            case ".json":
                return _json_rows(content, name)
            case ".csv":
                lines = list(csv_lines(content))
                kind = _kind_of(lines[0] if lines else [], name)
                return {kind: _graph_rows(kind, _table(lines, kind, name), name)}
            case ".xlsx":
                return _workbook_rows(content, name)
            case _:
                raise UnreadableSheet(
                    f"{name} is none of .xlsx, .csv, .json", f"{name} không phải .xlsx, .csv, .json"
                )


def _json_rows(content: IO[bytes], name: str) -> dict[str, list[GraphRow]]:
    try:
        found = json.load(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableSheet(f"{name}: no JSON", f"{name}: không phải JSON") from error
    if not isinstance(found, dict) or not set(found) <= set(KINDS):
        kinds = ", ".join(KINDS)
        raise UnreadableSheet(
            f"{name}: an object with {kinds} is expected", f"{name}: cần đối tượng có {kinds}"
        )
    return {kind: list(found.get(kind) or []) for kind in KINDS}


def _workbook_rows(content: IO[bytes], file: str) -> dict[str, list[GraphRow]]:
    workbook = open_workbook(content)
    found: dict[str, list[GraphRow]] = {}
    for name in workbook.sheet_names:
        kind = SHEETS.get(name.strip().lower())
        if kind is not None:
            cells = workbook.get_sheet_by_name(name).to_python(skip_empty_area=True)
            lines = [[_text(cell) for cell in line] for line in cells]
            where = f"{file}, sheet {name!r}"
            found[kind] = _graph_rows(kind, _table(lines, kind, where), where)
    if not found:
        kinds = ", ".join(KINDS)
        raise UnreadableSheet(f"{file}: no sheet called {kinds}", f"{file}: không có bảng {kinds}")
    return found


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _kind_of(heading: Sequence[str], where: str) -> str:
    names = {name.strip() for name in heading}
    for kind in KINDS:
        if set(COLUMNS[kind][0]) <= names:
            return kind
    kinds = ", ".join(KINDS)
    raise UnreadableSheet(
        f"{where}: the headings are those of no kind ({kinds})",
        f"{where}: dòng tiêu đề không thuộc loại nào ({kinds})",
    )


def _table(lines: Sequence[Sequence[str]], kind: str, where: str) -> list[Row]:
    required, optional = COLUMNS[kind]
    heading = [name.strip() for name in (lines[0] if lines else [])]
    missing = [name for name in required if name not in heading]
    unknown = [name for name in heading if name and name not in (*required, *optional)]
    if missing or unknown:
        lacking, strange = ", ".join(missing), ", ".join(unknown)
        raise UnreadableSheet(
            f"{where}: missing columns: {lacking or 'none'}; unknown columns: {strange or 'none'}",
            f"{where}: thiếu cột: {lacking or 'không'}; cột lạ: {strange or 'không'}",
        )
    rows: list[Row] = []
    for number, line in enumerate(lines[1:], start=2):
        row = {name: line[i].strip() for i, name in enumerate(heading) if i < len(line)}
        if any(row.values()):
            rows.append({**row, "line": str(number)})
    return rows


def _graph_rows(kind: str, rows: Sequence[Row], where: str) -> list[GraphRow]:
    for row in rows:
        for name in COLUMNS[kind][0]:
            if not row.get(name):
                line = row["line"]
                raise UnreadableSheet(
                    f"{where}, line {line}: {name} is empty",
                    f"{where}, dòng {line}: {name} để trống",
                )
    match kind:
        case "units":
            return [_unit(row) for row in rows]
        case "positions":
            return [_position(row) for row in rows]
        case _:
            return _people(rows)


def _unit(row: Row) -> GraphRow:
    parent = row.get("parent_id")
    return {
        "externalRef": {"system": row["system"], "id": row["id"]},
        "code": row["code"],
        "name": row["name"],
        "level": row["level"],
        "province": row["province"],
        "parentRef": {"system": row["system"], "id": parent} if parent else None,
        "localityType": row.get("locality_type") or "RURAL",
        "validFrom": row["valid_from"],
        "validTo": row.get("valid_to") or None,
    }


def _position(row: Row) -> GraphRow:
    return {
        "province": row["province"],
        "code": row["code"],
        "title": row["title"],
        "dutyGroup": row["duty_group"],
        "family": row.get("family") or None,
        "leadership": row.get("leadership", "").lower() in ("true", "1", "x", "có"),
    }


def _people(rows: Iterable[Row]) -> list[GraphRow]:
    """Lines with the same system and id are appointments of one person."""
    people: dict[tuple[str, str], GraphRow] = {}
    appointments: dict[tuple[str, str], list[GraphRow]] = {}
    for row in rows:
        key = (row["system"], row["id"])
        people[key] = {
            "externalRef": {"system": row["system"], "id": row["id"]},
            "fullName": row["full_name"],
            "province": row["province"],
        }
        appointments.setdefault(key, []).append(_appointment(row))
    return [{**person, "appointments": appointments[key]} for key, person in people.items()]


def _appointment(row: Row) -> GraphRow:
    fields = [each.strip() for each in row.get("field_unit_ids", "").split(";") if each.strip()]
    return {
        "unitRef": {"system": row["system"], "id": row["unit_id"]},
        "positionCode": row["position_code"],
        "role": row["role"],
        "dutyGroup": row.get("duty_group") or None,
        "fieldUnitRefs": [{"system": row["system"], "id": id} for id in fields],
        "validFrom": row["valid_from"],
        "validTo": row.get("valid_to") or None,
    }
