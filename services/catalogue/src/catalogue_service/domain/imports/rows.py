"""One line of a spreadsheet as a product: every cell is text, and a bad one is named."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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
from congvu_kit.domain.labels import choice, codes, spelt
from congvu_kit.domain.numbers import decimal_in

E = TypeVar("E", bound=StrEnum)

_WHOLE = re.compile(r"-?[0-9]{1,9}")

COLUMNS = ("group", "code", *(rule.name for rule in RULES))
"""The columns of a sheet, in the order of the template."""

TITLES = {
    "group": "Nhóm",
    "code": "Mã",
    "name_vi": "Tên sản phẩm/công việc",
    "name_en": "Tên tiếng Anh",
    "description": "Mô tả",
    "field": "Lĩnh vực",
    "unit_of_measure": "Đơn vị tính",
    "complexity": "Độ phức tạp",
    "points": "Điểm",
    "coefficient": "Hệ số",
    "standard_hours": "Định mức (giờ)",
    "lead_days": "Thời hạn (ngày làm việc)",
    "quality_criteria": "Tiêu chí chất lượng",
    "evidence_required": "Minh chứng",
    "data_source": "Nguồn dữ liệu",
    "orientation": "Định hướng phục vụ",
    "kpi_kind": "Loại KPI",
    "job_positions": "Vị trí việc làm",
    "legal_basis": "Căn cứ",
    "procedure_code": "Mã thủ tục",
}
"""What the template calls them, and a refusal where the sheet is not known."""

DEFAULTS = {"complexity": Complexity.N1}
"""What an empty cell means where a draft itself must say something."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line as it came; `number` is the line of the sheet, which has a name where a file has
    several. `headings` are what the sheet calls its columns."""

    number: int
    cells: Mapping[str, str]
    sheet: str | None = None
    headings: Mapping[str, str] = field(default_factory=dict)

    def heading(self, column: str) -> str | None:
        """As the sheet calls it, else as the template does; none for what is no column."""
        return self.headings.get(column, TITLES.get(column))


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
        raise _empty(column)
    return cells[column]


def _optional(cells: Mapping[str, str], column: str, kind: type[E]) -> E | None:
    return _read(
        cells,
        column,
        lambda text: _member(kind, text),
        f"Must be one of {', '.join(kind)}.",
        f"Chọn một trong: {'; '.join(choice(kind.__name__, each.name, 'vi') for each in kind)}.",
    )


def _choice(cells: Mapping[str, str], column: str, kind: type[E], default: E | None) -> E:
    chosen = _optional(cells, column, kind) or default
    if chosen is None:
        raise _empty(column)
    return chosen


def _decimal(cells: Mapping[str, str], column: str) -> Decimal | None:
    # Vietnamese sheets write 2,5 for two and a half.
    return _read(
        cells,
        column,
        lambda text: decimal_in(text.replace(",", ".")),
        "Must be a number such as 2.5.",
        "Phải là số, ví dụ 2,5.",
    )


def _whole(cells: Mapping[str, str], column: str) -> int | None:
    return _read(
        cells, column, _digits, "Must be a whole number such as 5.", "Phải là số nguyên, ví dụ 5."
    )


V = TypeVar("V")


def _read(
    cells: Mapping[str, str], column: str, read: Callable[[str], V | None], en: str, vi: str
) -> V | None:
    if column not in cells:
        return None
    value = read(cells[column])
    if value is None:
        raise Invalid(en=en, vi=vi, field=column)
    return value


def _digits(text: str) -> int | None:
    return int(text) if _WHOLE.fullmatch(text) else None


def _member(kind: type[E], text: str) -> E | None:
    found = codes(kind.__name__).get(spelt(text), text.upper())
    return next((each for each in kind if each.value == found), None)


def _items(cells: Mapping[str, str], column: str) -> tuple[str, ...]:
    items = LIST_SEPARATORS.split(cells.get(column, ""))
    return tuple(dict.fromkeys(item.strip() for item in items if item.strip()))


def _empty(column: str) -> Invalid:
    return Invalid(en="Must not be empty.", vi="Không được để trống.", field=column)
