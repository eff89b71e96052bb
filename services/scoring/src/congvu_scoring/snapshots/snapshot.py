"""The frozen inputs of one evaluation: a score is a pure function of this and a policy (E-I2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Self

from congvu_kit.domain.canonical import Json, canonical_bytes, hash_of
from congvu_scoring.common.exact import exact, exact_text, is_exact
from congvu_scoring.snapshots.canonical import canonical_rows
from congvu_scoring.snapshots.rows import (
    known_keys,
    mapping,
    one_of,
    out_of_range,
    read_table,
    sequence,
    text,
    write_table,
)
from congvu_scoring.snapshots.sections import (
    ELEMENTS,
    EVENTS,
    GENERAL,
    MADE_OF,
    NUMBER_INPUTS,
    PARTS_OF_A_YEAR,
    REFUSED,
    SIGNED,
    SNAPSHOT_LISTS,
    TEXT_INPUTS,
)
from congvu_scoring.snapshots.tables import Column, Table

_NESTED = ("subject", "unit", "satisfaction", "citizens", "colleagues", "refused", "agreement")
_KEYS = (
    "period",
    MADE_OF,
    "general",
    "general_total",
    "working_days",
    "elements",
    *_NESTED,
    *SNAPSHOT_LISTS,
)


@dataclass(frozen=True)
class Snapshot:
    """Inputs by path (`unit.subordinates`, `elements.results`) and rows by list (`work`)."""

    numbers: Mapping[str, Fraction] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    element_weights: Mapping[str, Fraction] = field(default_factory=dict)

    @classmethod
    def from_document(cls, document: object) -> Self:
        """Read the `snapshot` of the conformance format; `Invalid` names the key that is wrong."""
        given = mapping(document, "snapshot")
        known_keys(given, _KEYS, "")
        numbers: dict[str, Fraction] = {}
        texts: dict[str, str] = {}
        for key in ("general_total", "working_days"):
            if given.get(key) is not None:
                numbers[key] = _quantity(given[key], key)
        if given.get("period") is not None:
            texts["period"] = text(given["period"], "period")
        if given.get(MADE_OF) is not None:
            texts[MADE_OF] = one_of(given[MADE_OF], MADE_OF, PARTS_OF_A_YEAR)
        for key in _NESTED:
            _read_nested(key, given.get(key) or {}, numbers, texts)
        for criterion, points in mapping(given.get("general") or {}, "general").items():
            numbers[f"general.{criterion}"] = exact(points, f"general.{criterion}")
        weights = _read_elements(given.get("elements") or {}, numbers, texts)
        tables = {
            name: read_table(section, _rows(name, given[name]), name)
            for name, section in SNAPSHOT_LISTS.items()
            if given.get(name)
        }
        return cls(numbers, texts, tables, weights)

    def to_document(self) -> dict[str, Json]:
        """The same facts in the conformance format, every default written out."""
        document = self._without_rows()
        for name, section in SNAPSHOT_LISTS.items():
            if name in self.tables:
                document[name] = write_table(section, self.tables[name])
        return document

    def _without_rows(self) -> dict[str, Json]:
        document: dict[str, Json] = {}
        for key in ("period", MADE_OF, "general_total", "working_days"):
            if key in self.texts or key in self.numbers:
                document[key] = self._written(key)
        for key in (*_NESTED, "general"):
            inner = {path[len(key) + 1 :]: self._written(path) for path in self._under(key)}
            if inner:
                document[key] = inner
        elements: dict[str, Json] = {}
        for path in self._under("elements"):
            name = path[len("elements.") :]
            elements[name] = self._written(path)
            if name in self.element_weights:
                weight = exact_text(self.element_weights[name])
                elements[name] = {"value": self._written(path), "weight": weight}
        if elements:
            document["elements"] = elements
        return document

    @cached_property
    def canonical(self) -> bytes:
        """What is kept, and hashed: the canonical bytes of `to_document`."""
        members = {
            name: canonical_bytes(each).decode() for name, each in self._without_rows().items()
        }
        for name, section in SNAPSHOT_LISTS.items():
            if name in self.tables:
                members[name] = canonical_rows(section, self.tables[name])
        text = ",".join([f'"{name}":{members[name]}' for name in sorted(members)])
        return f"{{{text}}}".encode()

    @cached_property
    def hash(self) -> str:
        return hash_of(self.canonical)

    @cached_property
    def events(self) -> frozenset[str]:
        table = self.tables.get(EVENTS.name)
        return frozenset(str(cell) for cell in table.cells["event"]) if table else frozenset()

    def table(self, name: str) -> Table:
        """The rows of a list; an absent list is empty."""
        found = self.tables.get(name)
        if found is not None:
            return found
        if name == GENERAL.name:
            return self._as_rows(name, "criterion", "points")
        if name == ELEMENTS.name:
            return self._as_rows(name, "key", "value")
        return _NO_ROWS[name]

    def _as_rows(self, name: str, key: str, value: str) -> Table:
        paths = [path for path in self._under(name) if path in self.numbers]
        keys = tuple(path[len(name) + 1 :] for path in paths)
        columns = {value: Column.of([self.numbers[path] for path in paths])}
        if name == ELEMENTS.name:
            columns["weight"] = Column.of([self.element_weights.get(key) for key in keys])
        return Table(len(keys), columns, {key: keys}, (), keys)

    def _under(self, key: str) -> list[str]:
        prefix = f"{key}."
        return sorted(path for path in (*self.numbers, *self.texts) if path.startswith(prefix))

    def _written(self, path: str) -> str:
        return self.texts[path] if path in self.texts else exact_text(self.numbers[path])


_NO_ROWS = {name: read_table(section, [], name) for name, section in SNAPSHOT_LISTS.items()}


def _quantity(value: object, path: str) -> Fraction:
    number = exact(value, path)
    if number < 0:
        raise out_of_range(path, "must be 0 or more", "phải từ 0 trở lên")
    return number


def _read_nested(
    key: str, value: object, numbers: dict[str, Fraction], texts: dict[str, str]
) -> None:
    given = mapping(value, key)
    known = [
        path[len(key) + 1 :]
        for path in (*TEXT_INPUTS, *REFUSED, *SIGNED, *sorted(NUMBER_INPUTS))
        if path.startswith(f"{key}.")
    ]
    known_keys(given, known, key)
    for name, item in given.items():
        path = f"{key}.{name}"
        if path in NUMBER_INPUTS:
            numbers[path] = _quantity(item, path)
            continue
        choices = TEXT_INPUTS.get(path, ())
        texts[path] = one_of(item, path, choices) if choices else text(item, path)


def _read_elements(
    value: object, numbers: dict[str, Fraction], texts: dict[str, str]
) -> dict[str, Fraction]:
    weights: dict[str, Fraction] = {}
    for name, item in mapping(value, "elements").items():
        path, rated = f"elements.{name}", item
        if isinstance(item, Mapping):
            given = mapping(item, path)
            known_keys(given, ("value", "weight"), path)
            rated = given.get("value")
            if given.get("weight") is not None:
                weights[name] = _quantity(given["weight"], f"{path}.weight")
        if is_exact(rated):
            numbers[path] = exact(rated, path)
        elif isinstance(rated, bool):
            numbers[path] = Fraction(rated)
        else:
            texts[path] = text(rated, path)
    return weights


def _rows(name: str, value: object) -> object:
    """An event may be written as its bare name."""
    if name != EVENTS.name:
        return value
    return [{"event": row} if isinstance(row, str) else row for row in sequence(value, name)]
