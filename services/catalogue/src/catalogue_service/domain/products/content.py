"""What a standard work product says (nội dung sản phẩm/công việc chuẩn)."""

import re
from collections.abc import Iterator
from dataclasses import MISSING, Field, dataclass, fields, replace
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Self, TypeAlias, Union, get_args, get_origin, get_type_hints

from catalogue_service.domain.common.kinds import Complexity, DataSource, KpiKind, Orientation
from congvu_kit.domain.canonical import Json, fingerprint
from congvu_kit.domain.numbers import Bounded
from congvu_kit.domain.procedures import PROCEDURE_MAX_CHARS, canonical_code
from congvu_kit.domain.text import canonical_lines

NAME_MAX_CHARS = 300
OFFICIAL_NAME_MAX_CHARS = 2_000
"""Names of administrative procedures quote the laws that they rest on."""
TEXT_MAX_CHARS = 4_000
UNIT_MAX_CHARS = 60
LEAD_DAYS_MAX = 366

POINTS = Bounded(least=Decimal(0), most=Decimal(1_000), strictly=True, rule_id="C-I7")
"""No group of complexity allows more than 500."""
COEFFICIENT = Bounded(least=Decimal(0), most=Decimal(10_000), strictly=True, rule_id="C-I7")
HOURS = Bounded(least=Decimal(0), most=Decimal(2_000), strictly=True, rule_id="C-I7")
"""Standard hours of one unit of a product: no product takes more than a working year."""


CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def clean(text: str) -> str:
    """One form for one text; what holds a control character is kept, and refused for it."""
    return text if CONTROL.search(text) else canonical_lines(text)


@dataclass(frozen=True)
class Text:
    """Plain text of at most so many characters."""

    most_chars: int


@dataclass(frozen=True)
class Code(Text):
    """Of an administrative procedure: kept in its one form."""


@dataclass(frozen=True)
class Whole:
    """1 to `most`."""

    most: int


@dataclass(frozen=True)
class Items:
    """Different short texts."""


Limit: TypeAlias = Text | Bounded | Whole | Items

Name: TypeAlias = Annotated[str, Text(NAME_MAX_CHARS)]
OfficialName: TypeAlias = Annotated[str, Text(OFFICIAL_NAME_MAX_CHARS)]
LongText: TypeAlias = Annotated[str, Text(TEXT_MAX_CHARS)]
ShortText: TypeAlias = Annotated[str, Text(UNIT_MAX_CHARS)]
ProcedureCode: TypeAlias = Annotated[str, Code(PROCEDURE_MAX_CHARS)]
Points: TypeAlias = Annotated[Decimal, POINTS]
Coefficient: TypeAlias = Annotated[Decimal, COEFFICIENT]
Hours: TypeAlias = Annotated[Decimal, HOURS]
Days: TypeAlias = Annotated[int, Whole(LEAD_DAYS_MAX)]
Texts: TypeAlias = Annotated[tuple[str, ...], Items()]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a proposer says, in the order of a sheet's columns. Points or coefficient may be left
    out: one follows from the other."""

    name_vi: OfficialName
    name_en: OfficialName | None = None
    description: LongText | None = None
    field: Name | None = None
    unit_of_measure: ShortText
    complexity: Complexity
    points: Points | None = None
    coefficient: Coefficient | None = None
    standard_hours: Hours | None = None
    lead_days: Days | None = None
    quality_criteria: Texts = ()
    evidence_required: Texts = ()
    data_source: DataSource = DataSource.MANUAL
    orientation: Orientation | None = None
    kpi_kind: KpiKind | None = None
    job_positions: Texts = ()
    legal_basis: LongText | None = None
    procedure_code: ProcedureCode | None = None


@dataclass(frozen=True)
class FieldRule:
    """What a field of a draft may hold: its bare type, its limit, and whether it may be empty."""

    name: str
    kind: type[Any]
    limit: Limit | None
    default: object

    @property
    def needed(self) -> bool:
        return self.default is MISSING


def _rule(each: Field[Any], hint: Any) -> FieldRule:
    kinds = [one for one in get_args(hint) if one is not NoneType] if _is_union(hint) else [hint]
    [kind] = kinds
    limit = None
    if get_origin(kind) is Annotated:
        kind, limit = get_args(kind)
    return FieldRule(each.name, get_origin(kind) or kind, limit, each.default)


def _is_union(hint: Any) -> bool:
    return get_origin(hint) in (Union, UnionType)


_HINTS = get_type_hints(Draft, include_extras=True)
RULES = tuple(_rule(each, _HINTS[each.name]) for each in fields(Draft))
"""Of every field of a draft: checking, sheets and policies follow it."""

UNIT_FIELDS = tuple(
    rule.name
    for rule in RULES
    if rule.default in (None, ()) and rule.name not in ("points", "coefficient")
)
"""Optional fields that a policy may close to units (group C)."""


_NAMES = [rule.name for rule in RULES]
HASHED_ALWAYS = frozenset(_NAMES[: _NAMES.index("procedure_code") + 1]) | {"reference_points"}
"""A field that came later is hashed when it says something, so that what was published before
keeps a hash that anybody can compute again."""


@dataclass(frozen=True, kw_only=True)
class Content(Draft):
    """A draft that was checked: `coefficient` is `points / reference_points`, exactly."""

    points: Decimal
    coefficient: Decimal
    reference_points: Decimal

    @property
    def canonical(self) -> Self:
        """With texts and the procedure's code in their one form. What was published before there
        was one keeps the form, and the hash, that it was published with."""
        texts = {
            each.name: clean(value)
            for each in fields(self)
            if isinstance(value := getattr(self, each.name), str) and not isinstance(value, Enum)
        }
        lists = {
            each.name: tuple(map(clean, value))
            for each in fields(self)
            if isinstance(value := getattr(self, each.name), tuple)
        }
        changes: dict[str, Any] = {**texts, **lists}
        return replace(self, **{**changes, "procedure_code": canonical_code(self.procedure_code)})

    @property
    def hash(self) -> str:
        """SHA-256 over the canonical JSON (RFC 8785)."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return fingerprint(
            {
                name: _plain(value)
                for name, value in values.items()
                if name in HASHED_ALWAYS or value not in (None, ())
            }
        )


def _plain(value: object) -> Json:
    match value:
        case Enum():
            return str(value.value)
        case Decimal():
            return str(value)
        case tuple():
            return [_plain(each) for each in value]
        case str() | int():
            return value
        case _:
            return None


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


def snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
