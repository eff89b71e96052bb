"""Rows in their canonical form, written from the columns: each distinct value is spelt once."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import cast

from congvu_kit.domain.canonical import canonical_text
from congvu_scoring.snapshots.sections import Field, Section
from congvu_scoring.snapshots.tables import Cell, CitizenEvidence, Column, Table, spelt


def canonical_rows(section: Section, table: Table) -> str:
    """The bytes of `write_table` (RFC 8785), as text: names ascend, what is absent is left out."""
    columns = [
        column
        for item in sorted(section.fields, key=lambda field: field.name)
        for column in [_column(item, table)]
        if any(column)
    ]
    if all(map(all, columns)):
        rows: Iterable[Iterable[str]] = cast("Iterable[Sequence[str]]", zip(*columns, strict=True))
    else:
        rows = (filter(None, row) for row in zip(*columns, strict=True))
    return f"[{','.join([f'{{{each}}}' for each in map(','.join, rows)])}]"


def _column(item: Field, table: Table) -> Sequence[str | None]:
    """The member of every row; None where a row has none."""
    name = item.name
    if item.kind == "number":
        return _numbers(name, table.numbers[name])
    cells = table.cells[name]
    if item.kind == "evidence":
        return [f'"{name}":{_proofs(cell)}' if cell else None for cell in cells]
    if item.kind == "flag":
        return [None if cell is None else f'"{name}":{str(cell).lower()}' for cell in cells]
    return [f'"{name}":{canonical_text(cell)}' if isinstance(cell, str) else None for cell in cells]


def _numbers(name: str, column: Column) -> Sequence[str | None]:
    if column.present is not None:
        none = not any(column.present)
        texts = (None,) * len(column.present) if none else column.texts()
        return [text and f'"{name}":"{text}"' for text in texts]
    members = {
        numerator: f'"{name}":"{spelt(numerator, column.denominator)}"'
        for numerator in set(column.numerators)
    }
    return [members[numerator] for numerator in column.numerators]


def _proofs(cell: Cell) -> str:
    proofs = cast("tuple[CitizenEvidence, ...]", cell)
    return f"[{','.join([_proof(*each) for each in proofs])}]"


def _proof(ref: str, hash: str | None, confirmed_by: str | None) -> str:
    by = "" if confirmed_by is None else f"{_confirmed_by(confirmed_by)},"
    mark = "" if hash is None else f'"hash":{canonical_text(hash)},'
    return f'{{{by}{mark}"ref":{canonical_text(ref)}}}'


@lru_cache(maxsize=256)  # few people confirm the work of many
def _confirmed_by(name: str) -> str:
    return f'"confirmed_by":{canonical_text(name)}'
