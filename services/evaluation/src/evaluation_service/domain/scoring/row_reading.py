"""Rows from and to documents, strictly: unknown keys and wrong types are named, not dropped."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from congvu_kit.errors import Invalid

from .canonical import Json
from .exact import exact, exact_text
from .sections import Field, Section
from .tables import Cell, Column, Evidence, Table


def refuse(field: str, en: str, vi: str) -> Invalid:
    """The error of every reader: where, and what is wrong there."""
    return Invalid(en=f"{field}: {en}", vi=f"{field}: {vi}", field=field)


def mapping(value: object, field: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise refuse(field, "a mapping is expected", "phải là một nhóm khóa và giá trị")
    return {str(key): item for key, item in value.items()}


def sequence(value: object, field: str) -> Sequence[object]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise refuse(field, "a list is expected", "phải là một danh sách")
    return value


def text(value: object, field: str) -> str:
    """A non-empty string; a bare integer is its digits, as in `band: 3`."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value:
        raise refuse(field, "a text is expected", "phải là chuỗi ký tự")
    return value


def known_keys(given: Mapping[str, object], known: Sequence[str], field: str) -> None:
    for key in given:
        if key not in known:
            raise refuse(
                f"{field}.{key}" if field else key,
                f"unknown key {key!r}; known: {', '.join(known)}",
                f"khóa lạ {key!r}; các khóa hợp lệ: {', '.join(known)}",
            )


def read_table(section: Section, value: object, field: str) -> Table:
    rows = [mapping(row, f"{field}[{i}]") for i, row in enumerate(sequence(value, field))]
    names = [item.name for item in section.fields]
    for index, row in enumerate(rows):
        known_keys(row, names, f"{field}[{index}]")
    numbers: dict[str, Column] = {}
    cells: dict[str, Sequence[Cell]] = {}
    for item in section.fields:
        if item.kind == "number":
            numbers[item.name] = Column.of(
                [_number(item, row, f"{field}[{i}].{item.name}") for i, row in enumerate(rows)]
            )
        else:
            cells[item.name] = tuple(
                _cell(item, row, f"{field}[{i}].{item.name}") for i, row in enumerate(rows)
            )
    labels = tuple(str(cell) for cell in cells[section.label])
    return Table(len(rows), numbers, cells, (), labels)


def _missing(item: Field, field: str) -> Invalid | None:
    if item.optional:
        return None
    return refuse(field, "is required", "là bắt buộc")


def _number(item: Field, row: Mapping[str, object], field: str) -> Fraction | None:
    given = row.get(item.name)
    if given is None:
        if isinstance(item.default, Fraction):
            return item.default
        problem = _missing(item, field)
        if problem:
            raise problem
        return None
    value = exact(given, field)
    if item.minimum is not None and value < item.minimum:
        least = exact_text(item.minimum)
        raise refuse(field, f"must be {least} or more", f"phải từ {least} trở lên")
    if item.above is not None and value <= item.above:
        least = exact_text(item.above)
        raise refuse(field, f"must be more than {least}", f"phải lớn hơn {least}")
    return value


def _cell(item: Field, row: Mapping[str, object], field: str) -> Cell:
    given = row.get(item.name)
    if given is None:
        if isinstance(item.default, str | bool):
            return item.default
        problem = _missing(item, field)
        if problem:
            raise problem
        return () if item.kind == "evidence" else None
    if item.kind == "evidence":
        return tuple(
            _evidence(entry, f"{field}[{i}]") for i, entry in enumerate(sequence(given, field))
        )
    if item.kind == "flag":
        if not isinstance(given, bool):
            raise refuse(field, "true or false is expected", "phải là true hoặc false")
        return given
    value = text(given, field)
    if item.choices and value not in item.choices:
        choices = ", ".join(item.choices)
        raise refuse(field, f"{value!r} is none of {choices}", f"{value!r} không thuộc {choices}")
    return value


def _evidence(value: object, field: str) -> Evidence:
    given = mapping(value, field)
    known_keys(given, ("ref", "hash", "confirmed_by"), field)
    return Evidence(
        text(given.get("ref"), f"{field}.ref"),
        None if given.get("hash") is None else text(given["hash"], f"{field}.hash"),
        None
        if given.get("confirmed_by") is None
        else text(given["confirmed_by"], f"{field}.confirmed_by"),
    )


def write_table(section: Section, table: Table) -> list[Json]:
    return [
        {
            item.name: value
            for item in section.fields
            if (value := _written(item, table, index)) is not None
        }
        for index in range(len(table))
    ]


def _written(item: Field, table: Table, index: int) -> Json:
    if item.kind == "number":
        column = table.numbers[item.name]
        return exact_text(column.at(index)) if column.has(index) else None
    value = table.cells[item.name][index]
    if not isinstance(value, tuple):
        return value
    return [write_evidence(entry) for entry in value] or None


def write_evidence(entry: Evidence) -> dict[str, Json]:
    document: dict[str, Json] = {"ref": entry.ref}
    if entry.hash is not None:
        document["hash"] = entry.hash
    if entry.confirmed_by is not None:
        document["confirmed_by"] = entry.confirmed_by
    return document
