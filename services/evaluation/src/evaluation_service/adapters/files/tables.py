"""The columns of personnel as those of exports: the import's own, with types."""

from collections.abc import Mapping
from typing import Any

from congvu_kit.tools.exports.columns import Column, Row, Type, value_at
from evaluation_service.adapters.files import columns as sheets

_TYPES = {sheets.DAY: Type.DAY, sheets.REVISION: Type.WHOLE, sheets.FLAG: Type.FLAG}


def _column(each: sheets.Column) -> Column:
    return Column(
        each.name,
        each.field,
        _TYPES.get(each.cell, Type.TEXT),
        each.cell.vocabulary,
        title=each.heading,
        iso=each.cell is sheets.DAY,
    )


TABLES: Mapping[str, tuple[Column, ...]] = {
    kind: tuple(map(_column, columns)) for kind, columns in sheets.COLUMNS.items()
}
"""By kind of line, in an order that rests on nothing later."""


def row_of(kind: str, line: Mapping[str, Any]) -> Row:
    """Of one line as the graph has it. Any: JSON."""
    system = str((line.get("externalRef") or {}).get("system", ""))
    return tuple(_value(each, line, system) for each in sheets.COLUMNS[kind])


def _value(column: sheets.Column, line: Mapping[str, Any], system: str) -> object:
    outer, dot, inner = column.field.partition(".")
    value = line.get(outer)
    if dot:
        value = value_at(value, inner)
    if value is None or value == []:
        return None
    is_plain = column.cell in _TYPES or column.cell.vocabulary is not None
    return value if is_plain else column.cell.write(value, system)
