"""Rows from and to documents, strictly: unknown keys and wrong types are named, not dropped."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import cast

from congvu_kit.domain.canonical import Json
from congvu_kit.domain.errors import Invalid
from congvu_scoring.common.exact import comma, exact_text, inexact, ratio_of
from congvu_scoring.common.spelling import meant_or_known
from congvu_scoring.snapshots.sections import Field, Section
from congvu_scoring.snapshots.tables import Cell, CitizenEvidence, Column, Table


def refuse(field: str, en: str, vi: str) -> Invalid:
    """The error of every reader: where, and what is wrong there."""
    return Invalid(en=f"{field}: {en}", vi=f"«{field}»: {vi}.", field=field)


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


def one_of(value: object, field: str, choices: Sequence[str]) -> str:
    found = text(value, field)
    if found not in choices:
        wanted = ", ".join(choices)
        raise refuse(field, f"{value!r} is none of {wanted}", f"{value!r} không thuộc {wanted}")
    return found


def known_keys(given: Mapping[str, object], known: Sequence[str], field: str) -> None:
    for key in given:
        if key not in known:
            hint = meant_or_known(str(key), known)
            raise refuse(
                f"{field}.{key}" if field else key,
                f"unknown key {key!r}{hint.en}",
                f"khóa lạ {key!r}{hint.vi}",
            )


def read_table(section: Section, value: object, field: str) -> Table:
    rows = [
        row if type(row) is dict else mapping(row, f"{field}[{index}]")
        for index, row in enumerate(sequence(value, field))
    ]
    columns = _columns(section, rows, field)
    numbers: dict[str, Column] = {}
    cells: dict[str, Sequence[Cell]] = {}
    for item in section.fields:
        column = columns.get(item.name)
        if item.kind == "number":
            given = None if column is None else _numbers(item, column, field)
            numbers[item.name] = given or _absent_numbers(item, len(rows), field)
        elif column is None:
            cells[item.name] = _absent_cells(item, len(rows), field)
        else:
            cells[item.name] = _cells(item, column, field)
    labels = tuple(map(str, cells[section.label]))
    return Table(len(rows), numbers, cells, (), labels)


def _columns(
    section: Section, rows: Sequence[Mapping[str, object]], field: str
) -> Mapping[str, Sequence[object]]:
    """What is given of each field, by its name; rows that are alike, as stored ones are, are turned
    at once."""
    names = [item.name for item in section.fields]
    first = tuple(rows[0]) if rows else ()
    alike = list(map(tuple, rows)).count(first) == len(rows)
    for index, row in enumerate(rows[:1] if alike else rows):
        known_keys(row, names, f"{field}[{index}]")
    if alike:
        return dict(zip(first, zip(*[row.values() for row in rows], strict=True), strict=False))
    return {name: [row.get(name) for row in rows] for name in names}


def _numbers(item: Field, column: Sequence[object], field: str) -> Column | None:
    """The column of one field, each distinct number read once; None for one that nobody gives."""
    kinds = set(map(type, column))
    if kinds == {type(None)}:
        return None
    if not kinds <= {str, int}:
        return _mixed_numbers(item, column, field)
    read = {given: ratio_of(given) for given in set(column)}
    for given, ratio in read.items():
        if ratio is None:
            raise inexact(given, f"{field}[{column.index(given)}].{item.name}")
        if _out_of_range(item, ratio):
            raise _range_refused(item, f"{field}[{column.index(given)}].{item.name}")
    return Column.of_distinct(column, cast("dict[object, tuple[int, int]]", read))


def _mixed_numbers(item: Field, column: Sequence[object], field: str) -> Column:
    """Where some are left out, or come as another kind of number."""
    default = item.default
    absent = (default.numerator, default.denominator) if isinstance(default, Fraction) else None
    values: list[tuple[int, int] | None] = []
    for index, given in enumerate(column):
        ratio = absent if given is None else ratio_of(given)
        if ratio is None and given is not None:
            raise inexact(given, f"{field}[{index}].{item.name}")
        if ratio is None and not item.optional:
            raise refuse(f"{field}[{index}].{item.name}", "is required", "là bắt buộc")
        if ratio is not None and _out_of_range(item, ratio):
            raise _range_refused(item, f"{field}[{index}].{item.name}")
        values.append(ratio)
    return Column.of_ratios(values)


@lru_cache(maxsize=4096)
def _absent_numbers(item: Field, rows: int, field: str) -> Column:
    return _mixed_numbers(item, (None,) * rows, field)


@lru_cache(maxsize=4096)
def _absent_cells(item: Field, rows: int, field: str) -> Sequence[Cell]:
    return tuple(_cell(item, None, field, index) for index in range(rows))


def _out_of_range(item: Field, ratio: tuple[int, int]) -> bool:
    least, above = item.minimum, item.above
    if least is not None and ratio[0] * least.denominator < least.numerator * ratio[1]:
        return True
    return above is not None and ratio[0] * above.denominator <= above.numerator * ratio[1]


def _range_refused(item: Field, where: str) -> OutOfRange:
    if item.above is not None:
        bound = exact_text(item.above)
        return out_of_range(where, f"must be more than {bound}", f"phải lớn hơn {comma(bound)}")
    bound = exact_text(item.minimum or Fraction(0))
    return out_of_range(where, f"must be {bound} or more", f"phải từ {comma(bound)} trở lên")


def out_of_range(field: str, en: str, vi: str) -> OutOfRange:
    return OutOfRange(en=f"{field}: {en}", vi=f"«{field}»: {vi}.", field=field)


def _cells(item: Field, column: Sequence[object], field: str) -> Sequence[Cell]:
    kinds = set(map(type, column))
    if item.kind == "text" and kinds == {str} and all(column) and not item.choices:
        return cast("tuple[str, ...]", tuple(column))
    if item.kind == "evidence":
        return tuple(
            _plain_evidence(given) or _cell(item, given, field, index)
            for index, given in enumerate(column)
        )
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


_PARTS = frozenset({"ref", "hash", "confirmed_by"})
_PLAIN = frozenset((str, a, b) for a in (str, type(None)) for b in (str, type(None)))


def _plain_evidence(given: object) -> tuple[CitizenEvidence, ...]:
    """Of what is written as it is stored; nothing where an entry has to be looked at."""
    found = []
    for each in given if type(given) is list else ():
        if type(each) is not dict or not _PARTS.issuperset(each):
            return ()
        parts = each.get("ref"), each.get("hash"), each.get("confirmed_by")
        if "" in parts or tuple(map(type, parts)) not in _PLAIN:
            return ()
        found.append(CitizenEvidence(*cast("tuple[str, str | None, str | None]", parts)))
    return tuple(found)


def _evidence(value: object, field: str) -> CitizenEvidence:
    given = mapping(value, field)
    ref, hash, by = given.get("ref"), given.get("hash"), given.get("confirmed_by")
    known_keys(given, ("ref", "hash", "confirmed_by"), field)
    return CitizenEvidence(
        text(ref, f"{field}.ref"),
        None if hash is None else text(hash, f"{field}.hash"),
        None if by is None else text(by, f"{field}.confirmed_by"),
    )


def write_table(section: Section, table: Table) -> list[Json]:
    """Columns that every row has are put into all of them at once; others into those that have
    it."""
    whole: dict[str, Sequence[Json]] = {}
    parts: dict[str, Sequence[Json]] = {}
    for item in section.fields:
        if item.kind == "number":
            column: Sequence[Json] = table.numbers[item.name].texts()
        elif item.kind == "evidence":
            column = [_written(cell) for cell in table.cells[item.name]]
        else:
            column = cast("Sequence[Json]", table.cells[item.name])
        (parts if None in column else whole)[item.name] = column
    rows: list[dict[str, Json]] = [
        dict(zip(whole, values, strict=True)) for values in zip(*whole.values(), strict=True)
    ]
    for name, column in parts.items():
        for row, value in zip(rows, column, strict=True):
            if value is not None:
                row[name] = value
    return list[Json](rows)


def _written(cell: Cell) -> Json:
    return [write_evidence(entry) for entry in cell] or None if isinstance(cell, tuple) else cell


def write_evidence(entry: CitizenEvidence) -> dict[str, Json]:
    document: dict[str, Json] = {"ref": entry.ref}
    if entry.hash is not None:
        document["hash"] = entry.hash
    if entry.confirmed_by is not None:
        document["confirmed_by"] = entry.confirmed_by
    return document
