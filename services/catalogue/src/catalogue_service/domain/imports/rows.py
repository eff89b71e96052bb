"""One line of a spreadsheet as a product: every cell is text, and a bad one is named."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from catalogue_service.domain.common.kinds import (
    Complexity,
    Group,
)
from catalogue_service.domain.products.checking import LIST_SEPARATORS
from catalogue_service.domain.products.content import RULES, Content, Draft, FieldRule
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.numbers import decimal_in

E = TypeVar("E", bound=StrEnum)

_WHOLE = re.compile(r"-?[0-9]{1,9}")

COLUMNS = ("group", "code", *(rule.name for rule in RULES))
"""The columns of a sheet, in the order of the template."""

DEFAULTS = {"complexity": Complexity.N1}
"""What an empty cell means where a draft itself must say something."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line as it came; `number` is the line of the sheet, which has a name where a file has
    several."""

    number: int
    cells: Mapping[str, str]
    sheet: str | None = None


@dataclass(frozen=True, kw_only=True)
class ParsedRow:
    group: Group
    code: str
    draft: Draft


def faults_of(row: Row) -> tuple[Invalid, ...]:
    """Everything that `parse` could say of its cells."""
    cells = _filled(row)
    readers: list[Callable[[], object]] = [partial(_value, cells, rule) for rule in RULES]
    found = []
    checks: tuple[Callable[[], object], ...] = (
        partial(_choice, cells, "group", Group, None),
        partial(_needed, cells, "code"),
        *readers,
    )
    for read in checks:
        try:
            read()
        except Invalid as fault:
            found.append(fault)
    return tuple(found)


def _filled(row: Row) -> dict[str, str]:
    return {name: text.strip() for name, text in row.cells.items() if text.strip()}


def parse(row: Row) -> ParsedRow:
    """Raise `Invalid` whose field is the column."""
    cells = _filled(row)
    # Any: each field's own rule says how its cell is read.
    values: dict[str, Any] = {rule.name: _value(cells, rule) for rule in RULES}
    return ParsedRow(
        group=_choice(cells, "group", Group, None),
        code=_needed(cells, "code"),
        draft=Draft(**values),
    )


def _value(cells: Mapping[str, str], rule: FieldRule) -> object:
    column, kind = rule.name, rule.kind
    if issubclass(kind, StrEnum):
        default = DEFAULTS.get(column, None if rule.needed else rule.default)
        chosen = _optional(cells, column, kind)
        return default if chosen is None else chosen
    if kind is tuple:
        return _items(cells, column)
    if kind is Decimal:
        return _decimal(cells, column)
    if kind is int:
        return _whole(cells, column)
    return _needed(cells, column) if rule.needed else cells.get(column)


def cells_of(group: Group, code: str, content: Content) -> dict[str, str]:
    """The line that `parse` reads back as exactly this."""
    cells: dict[str, str] = {"group": group.value, "code": code}
    for name in COLUMNS[2:]:
        value = getattr(content, name)
        if isinstance(value, tuple):
            cells[name] = "\n".join(value)
        else:
            cells[name] = "" if value is None else str(value)
    return cells


def _needed(cells: Mapping[str, str], column: str) -> str:
    if column not in cells:
        raise _bad(column, "must not be empty", "không được để trống")
    return cells[column]


def _optional(cells: Mapping[str, str], column: str, kind: type[E]) -> E | None:
    allowed = " | ".join(kind)
    return _read(cells, column, lambda text: _member(kind, text), allowed, allowed)


def _choice(cells: Mapping[str, str], column: str, kind: type[E], default: E | None) -> E:
    chosen = _optional(cells, column, kind) or default
    if chosen is None:
        raise _bad(column, "must not be empty", "không được để trống")
    return chosen


def _decimal(cells: Mapping[str, str], column: str) -> Decimal | None:
    # Vietnamese sheets write 2,5 for two and a half.
    return _read(
        cells, column, lambda text: decimal_in(text.replace(",", ".")), "a number, 2.5", "số, 2,5"
    )


def _whole(cells: Mapping[str, str], column: str) -> int | None:
    return _read(cells, column, _digits, "a whole number", "số nguyên")


V = TypeVar("V")


def _read(
    cells: Mapping[str, str], column: str, read: Callable[[str], V | None], en: str, vi: str
) -> V | None:
    if column not in cells:
        return None
    value = read(cells[column])
    if value is None:
        raise _bad(column, f"is not {en}", f"không hợp lệ (cần: {vi})")
    return value


def _digits(text: str) -> int | None:
    return int(text) if _WHOLE.fullmatch(text) else None


def _member(kind: type[E], text: str) -> E | None:
    return next((each for each in kind if each.value == text.upper()), None)


def _items(cells: Mapping[str, str], column: str) -> tuple[str, ...]:
    items = LIST_SEPARATORS.split(cells.get(column, ""))
    return tuple(dict.fromkeys(item.strip() for item in items if item.strip()))


def _bad(column: str, en: str, vi: str) -> Invalid:
    return Invalid(en=f"{column}: {en}", vi=f"{column}: {vi}", field=column)
