"""Imprints (dấu): what a seal binds of a document, and which of its fields changed since."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import Any

from congvu_kit.domain.canonical import Json, canonical_bytes, fingerprint

Record = Mapping[str, Json]
"""Everything of a document that the seal binds, as JSON."""

NOT_BOUND: Mapping[str, str] = {
    "revision": "counts the saves and guards the next one",
    "sequence": "counts the events told",
    "updated_at": "is the moment of the save, which comes after the imprint",
    "snapshot": "is bound by snapshot_hash, which is recomputed from it",
    "imprint": "is made of everything else",
}
"""Fields that are left out of every record, and why. A new field is bound unless it is named."""

UNFOLDED = "sheets"
"""The one list whose elements have marks of their own; any other changes as a whole."""

MARK_CHARS = 16
"""Of a fingerprint: enough to tell which field changed, where the hash says that one did."""


@dataclass(frozen=True, kw_only=True)
class Imprint:
    """`hash` is over the record and binds it; `marks` (`path=…`) only name what differs."""

    hash: str
    marks: tuple[str, ...]

    @classmethod
    def of(cls, record: Record) -> "Imprint":
        return cls(hash=fingerprint(record), marks=tuple(_marks(record)))

    def differences(self, record: Record) -> list[str]:
        """Paths of the record that are not as they were, or not there any more."""
        known, now = set(self.marks), set(_marks(record))
        return sorted({mark.partition("=")[0] for mark in known ^ now})


def sealed_text(record: Record, imprint: Imprint | None) -> str:
    """A record as it is shown and exported, with the imprint that is stored of it."""
    marks = list(imprint.marks) if imprint else []
    hash = imprint.hash if imprint else None
    return canonical_bytes({"record": record, "hash": hash, "marks": marks}).decode()


def record_of(document: Any) -> dict[str, Json]:
    """A field at its default is left out: one that is added later changes no hash of before."""
    values = vars(document)
    return {
        name: _json(values[name])
        for name, default in _bound(type(document))
        if values[name] != default
    }


_BOUND: dict[type, Sequence[tuple[str, object]]] = {}


def _bound(kind: type[Any]) -> Sequence[tuple[str, object]]:
    """The fields that a seal binds, each with its default; found once for a class."""
    known = _BOUND.get(kind)
    if known is None:
        known = _BOUND[kind] = [
            (each.name, _default(each)) for each in fields(kind) if each.name not in NOT_BOUND
        ]
    return known


def _default(each: Field[Any]) -> object:
    return each.default_factory() if each.default_factory is not MISSING else each.default


_AS_IT_IS = frozenset({str, int, bool, type(None)})


def _json(value: Any) -> Json:  # noqa: PLR0911 - a row for each kind of value
    if type(value) in _AS_IT_IS:
        as_it_is: Json = value
        return as_it_is
    match value:
        case Enum():
            return str(value)
        case None | bool() | int() | str():
            return value
        case Fraction() | Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): _json(item) for key, item in value.items()}
        case tuple() | list():
            return [_json(item) for item in value]
        case _ if is_dataclass(value):
            return record_of(value)
    raise TypeError(f"a seal cannot bind a {type(value).__name__}")


def _marks(record: Record) -> Iterator[str]:
    for path, value in _leaves(record, ""):
        yield f"{path}={_mark(value)}"


def _mark(value: Json) -> str:
    return _mark_of_text(value) if isinstance(value, str) else fingerprint(value)[:MARK_CHARS]


@lru_cache(
    maxsize=4096
)  # the period, the unit, the policy, the bands: one in ten is a person's own
def _mark_of_text(value: str) -> str:
    return fingerprint(value)[:MARK_CHARS]


def _leaves(value: Json, path: str) -> Iterator[tuple[str, Json]]:
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from _leaves(item, f"{path}.{key}" if path else key)
    elif path == UNFOLDED and isinstance(value, list):
        for number, item in enumerate(value, start=1):
            yield from _leaves(item, f"{path}.{number}")
    else:
        yield path, value
