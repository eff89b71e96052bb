"""Personnel as files: an XLSX with three sheets, a CSV of one kind, or JSON as the graph has it."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

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


class UnreadableFile(ValueError):
    """The file is no personnel file; the message says why and where."""


def read_personnel(path: Path) -> dict[str, list[GraphRow]]:
    """Rows by kind, as the input of syncPersonnel takes them."""
    match path.suffix.lower():
        case ".json":
            return _json_rows(path)
        case ".csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                lines = list(csv.reader(file))
            kind = _kind_of(lines[0] if lines else [], path.name)
            return {kind: _graph_rows(kind, _table(lines, kind, path.name), path.name)}
        case ".xlsx":
            return _workbook_rows(path)
        case other:
            raise UnreadableFile(f"{path.name}: {other!r} is none of .xlsx, .csv, .json")


def _json_rows(path: Path) -> dict[str, list[GraphRow]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise UnreadableFile(f"{path.name}: no JSON: {error}") from error
    if not isinstance(content, dict) or not set(content) <= set(KINDS):
        raise UnreadableFile(f"{path.name}: an object with {', '.join(KINDS)} is expected")
    return {kind: list(content.get(kind, [])) for kind in KINDS}


def _workbook_rows(path: Path) -> dict[str, list[GraphRow]]:
    try:
        workbook = CalamineWorkbook.from_path(path)
    except (CalamineError, OSError) as error:
        raise UnreadableFile(f"{path.name}: {error}") from error
    found: dict[str, list[GraphRow]] = {}
    for name in workbook.sheet_names:
        kind = SHEETS.get(name.strip().lower())
        if kind is not None:
            cells = workbook.get_sheet_by_name(name).to_python(skip_empty_area=True)
            lines = [[_text(cell) for cell in line] for line in cells]
            where = f"{path.name}, sheet {name!r}"
            found[kind] = _graph_rows(kind, _table(lines, kind, where), where)
    if not found:
        raise UnreadableFile(f"{path.name}: no sheet called {', '.join(KINDS)}")
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
    raise UnreadableFile(f"{where}: the headings are those of no kind ({', '.join(KINDS)})")


def _table(lines: Sequence[Sequence[str]], kind: str, where: str) -> list[Row]:
    required, optional = COLUMNS[kind]
    heading = [name.strip() for name in (lines[0] if lines else [])]
    missing = [name for name in required if name not in heading]
    unknown = [name for name in heading if name and name not in (*required, *optional)]
    if missing or unknown:
        raise UnreadableFile(
            f"{where}: missing columns: {', '.join(missing) or 'none'}; "
            f"unknown columns: {', '.join(unknown) or 'none'}"
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
                raise UnreadableFile(f"{where}, line {row['line']}: {name} is empty")
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
