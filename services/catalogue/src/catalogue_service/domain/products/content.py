"""What a standard work product says (nội dung sản phẩm/công việc chuẩn)."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import Enum

from catalogue_service.domain.common.kinds import Complexity, DataSource, KpiKind, Orientation


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a proposer says. Points or coefficient may be left out: one follows from the other."""

    name_vi: str
    unit_of_measure: str
    complexity: Complexity
    points: Decimal | None = None
    coefficient: Decimal | None = None
    name_en: str | None = None
    description: str | None = None
    field: str | None = None
    standard_hours: Decimal | None = None
    lead_days: int | None = None
    quality_criteria: tuple[str, ...] = ()
    evidence_required: tuple[str, ...] = ()
    data_source: DataSource = DataSource.MANUAL
    orientation: Orientation | None = None
    kpi_kind: KpiKind | None = None
    job_positions: tuple[str, ...] = ()
    legal_basis: str | None = None
    procedure_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class Content(Draft):
    """A draft that was checked: `coefficient` is `points / reference_points`, exactly."""

    points: Decimal
    coefficient: Decimal
    reference_points: Decimal

    @property
    def hash(self) -> str:
        """SHA-256 over the canonical JSON (RFC 8785: ASCII keys, no floating point)."""
        body = {each.name: _plain(getattr(self, each.name)) for each in fields(self)}
        canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def as_draft(self) -> Draft:
        return Draft(**{each.name: getattr(self, each.name) for each in fields(Draft)})


def _plain(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case Decimal():
            return str(value)
        case tuple():
            return [_plain(each) for each in value]
        case _:
            return value


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """One field that two versions say differently, as text."""

    field: str
    before: str | None
    after: str | None


def differences(before: Content, after: Content) -> tuple[FieldChange, ...]:
    """What changed from `before` to `after`, in the order of the fields."""
    return tuple(
        FieldChange(field=name, before=_text(old), after=_text(new))
        for name, old, new in _pairs(before, after)
        if old != new
    )


def _pairs(before: Content, after: Content) -> Iterator[tuple[str, object, object]]:
    for each in fields(Content):
        yield each.name, getattr(before, each.name), getattr(after, each.name)


def _text(value: object) -> str | None:
    plain = _plain(value)
    if isinstance(plain, list):
        return "\n".join(str(each) for each in plain)
    return None if plain is None else str(plain)


def camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
