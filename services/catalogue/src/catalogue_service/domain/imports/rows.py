"""One line of a spreadsheet as a product: every cell is text, and a bad one is named."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from catalogue_service.domain.common.kinds import (
    Complexity,
    DataSource,
    Group,
    KpiKind,
    Orientation,
)
from catalogue_service.domain.products.checking import LIST_SEPARATORS
from catalogue_service.domain.products.content import Content, Draft
from congvu_kit.domain.errors import Invalid

E = TypeVar("E", bound=StrEnum)


COLUMNS = (
    "group",
    "code",
    "name_vi",
    "name_en",
    "description",
    "field",
    "unit_of_measure",
    "complexity",
    "points",
    "coefficient",
    "standard_hours",
    "lead_days",
    "quality_criteria",
    "evidence_required",
    "data_source",
    "orientation",
    "kpi_kind",
    "job_positions",
    "legal_basis",
    "procedure_code",
)
"""The columns of a sheet, in the order of the template."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line as it came; `number` is the line of the sheet."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class ParsedRow:
    group: Group
    code: str
    draft: Draft


def parse(row: Row) -> ParsedRow:
    """Raise `Invalid` whose field is the column."""
    cells = {name: text.strip() for name, text in row.cells.items() if text.strip()}
    return ParsedRow(
        group=_choice(cells, "group", Group, None),
        code=_needed(cells, "code"),
        draft=Draft(
            name_vi=_needed(cells, "name_vi"),
            name_en=cells.get("name_en"),
            description=cells.get("description"),
            field=cells.get("field"),
            unit_of_measure=_needed(cells, "unit_of_measure"),
            complexity=_choice(cells, "complexity", Complexity, Complexity.N1),
            points=_decimal(cells, "points"),
            coefficient=_decimal(cells, "coefficient"),
            standard_hours=_decimal(cells, "standard_hours"),
            lead_days=_whole(cells, "lead_days"),
            quality_criteria=_items(cells, "quality_criteria"),
            evidence_required=_items(cells, "evidence_required"),
            data_source=_choice(cells, "data_source", DataSource, DataSource.MANUAL),
            orientation=_optional(cells, "orientation", Orientation),
            kpi_kind=_optional(cells, "kpi_kind", KpiKind),
            job_positions=_items(cells, "job_positions"),
            legal_basis=cells.get("legal_basis"),
            procedure_code=cells.get("procedure_code"),
        ),
    )


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
    return _read(cells, column, lambda text: kind(text.upper()), " | ".join(kind))


def _choice(cells: Mapping[str, str], column: str, kind: type[E], default: E | None) -> E:
    chosen = _optional(cells, column, kind) or default
    if chosen is None:
        raise _bad(column, "must not be empty", "không được để trống")
    return chosen


def _decimal(cells: Mapping[str, str], column: str) -> Decimal | None:
    # Vietnamese sheets write 2,5 for two and a half.
    return _read(cells, column, lambda text: Decimal(text.replace(",", ".")), "a number, 2.5")


def _whole(cells: Mapping[str, str], column: str) -> int | None:
    return _read(cells, column, int, "a whole number")


V = TypeVar("V")


def _read(cells: Mapping[str, str], column: str, read: Callable[[str], V], wanted: str) -> V | None:
    if column not in cells:
        return None
    try:
        return read(cells[column])
    except (ValueError, InvalidOperation):
        text = cells[column]
        raise _bad(
            column, f"{text!r} is not {wanted}", f"{text!r} không hợp lệ (cần: {wanted})"
        ) from None


def _items(cells: Mapping[str, str], column: str) -> tuple[str, ...]:
    parts = LIST_SEPARATORS.split(cells.get(column, ""))
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _bad(column: str, en: str, vi: str) -> Invalid:
    return Invalid(en=f"{column}: {en}", vi=f"{column}: {vi}", field=column)
