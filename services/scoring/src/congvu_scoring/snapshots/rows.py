"""Rows from and to documents, strictly: unknown keys and wrong types are named, not dropped."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from congvu_kit.domain.canonical import Json
from congvu_kit.domain.errors import Invalid
from congvu_scoring.common.exact import exact_text, inexact, ratio_of
from congvu_scoring.common.spelling import did_you_mean
from congvu_scoring.snapshots.sections import Field, Section
from congvu_scoring.snapshots.tables import Cell, CitizenEvidence, Column, Table


def refuse(field: str, en: str, vi: str) -> Invalid:
    """The error of every reader: where, and what is wrong there."""
    return Invalid(en=f"{field}: {en}", vi=f"{field}: {vi}", field=field)


class OutOfRange(Invalid):
    """A fact that cannot be, such as a quantity below zero: nobody is scored on it."""


def mapping(value: object, field: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise refuse(field, "a mapping is expected", "phải là một nhóm khóa và giá trị")
    return value


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
            hint = did_you_mean(str(key), known) or f"; known: {', '.join(known)}"
            raise refuse(
                f"{field}.{key}" if field else key,
                f"unknown key {key!r}{hint}",
                f"khóa lạ {key!r}{hint}",
            )


def read_table(section: Section, value: object, field: str) -> Table:
    rows = [
        row if type(row) is dict else mapping(row, f"{field}[{index}]")
        for index, row in enumerate(sequence(value, field))
    ]
    names = [item.name for item in section.fields]
    known = frozenset(names)
    for index, row in enumerate(rows):
        if not known.issuperset(row):
            known_keys(row, names, f"{field}[{index}]")
    numbers: dict[str, Column] = {}
    cells: dict[str, Sequence[Cell]] = {}
    for item in section.fields:
        column = [row.get(item.name) for row in rows]
        if item.kind == "number":
            numbers[item.name] = _numbers(item, column, field)
        else:
            cells[item.name] = _cells(item, column, field)
    labels = tuple(str(cell) for cell in cells[section.label])
    return Table(len(rows), numbers, cells, (), labels)


def _numbers(item: Field, column: Sequence[object], field: str) -> Column:
    """The column of one field; who is out of range is named with row and field."""
    default = item.default
    absent = (default.numerator, default.denominator) if isinstance(default, Fraction) else None
    values: list[tuple[int, int] | None] = []
    for index, given in enumerate(column):
        if given is None:
            if absent is None and not item.optional:
                raise refuse(f"{field}[{index}].{item.name}", "is required", "là bắt buộc")
            values.append(absent)
            continue
        ratio = ratio_of(given)
        if ratio is None:
            raise inexact(given, f"{field}[{index}].{item.name}")
        values.append(ratio)
    for ratio in {value for value in values if value is not None}:
        if _out_of_range(item, ratio):
            where = f"{field}[{values.index(ratio)}].{item.name}"
            raise _range_refused(item, where)
    return Column.of_ratios(values)


def _out_of_range(item: Field, ratio: tuple[int, int]) -> bool:
    least, above = item.minimum, item.above
    if least is not None and ratio[0] * least.denominator < least.numerator * ratio[1]:
        return True
    return above is not None and ratio[0] * above.denominator <= above.numerator * ratio[1]


def _range_refused(item: Field, where: str) -> OutOfRange:
    if item.above is not None:
        bound = exact_text(item.above)
        return out_of_range(where, f"must be more than {bound}", f"phải lớn hơn {bound}")
    bound = exact_text(item.minimum or Fraction(0))
    return out_of_range(where, f"must be {bound} or more", f"phải từ {bound} trở lên")


def out_of_range(field: str, en: str, vi: str) -> OutOfRange:
    return OutOfRange(en=f"{field}: {en}", vi=f"{field}: {vi}", field=field)


def _cells(item: Field, column: Sequence[object], field: str) -> Sequence[Cell]:
    if item.optional and not any(column):
        absent: Cell = () if item.kind == "evidence" else None
        if all(given is None for given in column):
            return (absent,) * len(column)
    return tuple(_cell(item, given, field, index) for index, given in enumerate(column))


def _cell(item: Field, given: object, section: str, index: int) -> Cell:
    if given is None:
        if isinstance(item.default, str | bool):
            return item.default
        if not item.optional:
            raise refuse(f"{section}[{index}].{item.name}", "is required", "là bắt buộc")
        return () if item.kind == "evidence" else None
    if item.kind == "text" and type(given) is str and given and not item.choices:
        return given
    field = f"{section}[{index}].{item.name}"
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


def _evidence(value: object, field: str) -> CitizenEvidence:
    given = mapping(value, field)
    known_keys(given, ("ref", "hash", "confirmed_by"), field)
    return CitizenEvidence(
        text(given.get("ref"), f"{field}.ref"),
        None if given.get("hash") is None else text(given["hash"], f"{field}.hash"),
        None
        if given.get("confirmed_by") is None
        else text(given["confirmed_by"], f"{field}.confirmed_by"),
    )


def write_table(section: Section, table: Table) -> list[Json]:
    columns: list[Sequence[Json]] = []
    names: list[str] = []
    for item in section.fields:
        if item.kind == "number":
            columns.append(table.numbers[item.name].texts())
        elif any(table.cells[item.name]) or item.kind == "flag":
            columns.append([_written(cell) for cell in table.cells[item.name]])
        else:
            continue
        names.append(item.name)
    return [
        {name: value for name, value in zip(names, row, strict=True) if value is not None}
        for row in zip(*columns, strict=True)
    ]


def _written(cell: Cell) -> Json:
    if not isinstance(cell, tuple):
        return cell
    return [write_evidence(entry) for entry in cell] or None


def write_evidence(entry: CitizenEvidence) -> dict[str, Json]:
    document: dict[str, Json] = {"ref": entry.ref}
    if entry.hash is not None:
        document["hash"] = entry.hash
    if entry.confirmed_by is not None:
        document["confirmed_by"] = entry.confirmed_by
    return document
