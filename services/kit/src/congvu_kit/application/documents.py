"""Aggregates as documents, and page cursors: what both stores share."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, Generic, TypeAlias, TypeVar

from pydantic import TypeAdapter

from congvu_kit.application.ports import A, Collection, Condition, Stored
from congvu_kit.domain.errors import Invalid

T = TypeVar("T")

Position: TypeAlias = Sequence[str | int | None]
"""The order keys of a row, the id last."""

Document = dict[str, object]

_SURROGATE = re.compile("[\ud800-\udfff]")
_TOO_LARGE = 2**63


_ADAPTERS: dict[object, Any] = {}


def adapter(kind: type[T]) -> TypeAdapter[T]:
    """Building one costs about a millisecond; every use of the same type shares it."""
    made: TypeAdapter[T] | None = _ADAPTERS.get(kind)
    if made is None:
        made = _ADAPTERS[kind] = TypeAdapter(kind)
    return made


SHAPE = "shape"
"""How many of its collection's migrations a document has behind it; none when it does not say."""

BESIDE = frozenset({"_id", "extra", "traceparent", SHAPE})
"""What a stored row has that its aggregate has not."""


class Codec(Generic[A]):
    """Writes an aggregate as JSON-like values (decimals, fractions and dates as strings, so
    nothing is rounded), with `_id` for its id, and reads it back, whichever shape it was written
    in."""

    def __init__(self, collection: Collection[A], now: datetime | None = None) -> None:
        self._kind: TypeAdapter[A] = adapter(collection.kind)
        self._known = BESIDE | {each.name for each in fields(collection.kind)}
        self._extra = collection.extra
        self._migrations = collection.migrations
        self._dated, self._now = collection.dated, now

    def dump(self, aggregate: A) -> Document:
        document: Document = self._kind.dump_python(aggregate, mode="json")
        document["_id"] = document.pop("id")
        if self._extra is not None:
            document["extra"] = dict(self._extra(aggregate))
        if self._migrations:
            document[SHAPE] = len(self._migrations)
        return document

    def next(self, aggregate: A) -> Document:
        """As it is saved in the transaction of that moment."""
        if self._dated:
            vars(aggregate)["updated_at"] = self._now
        return self.dump(aggregate)

    def converted(self, document: Stored) -> Document:
        """As this version would store it, `revision` and all. What is dated and was saved before
        dates were kept changed at some time before now, and is dated now: whoever asks for changes
        finds it once more, and never misses it."""
        aggregate = self.load(document)
        undated = self._dated and vars(aggregate)["updated_at"] is None
        return self.next(aggregate) if undated else self.dump(aggregate)

    def load(self, document: Stored) -> A:
        """A field that this version does not know is passed over: a later one wrote it."""
        values = {k: v for k, v in self.current(document).items() if k not in BESIDE}
        return self._kind.validate_python({**values, "id": document["_id"]})

    def current(self, document: Stored) -> Stored:
        """In the shape of this version; one of a later version stays as it is."""
        for each in self._migrations[shape_of(document) :]:
            document = each.change(document)
        return document

    def unknown(self, document: Stored) -> Document:
        """What a later version has added: it is not for this one to take away."""
        if document.keys() <= self._known:
            return {}
        return {k: v for k, v in self.current(document).items() if k not in self._known}


def shape_of(document: Stored) -> int:
    told = document.get(SHAPE, 0)
    if not isinstance(told, int):
        raise TypeError("a stored shape is a number")
    return told


def order_keys(order: Sequence[str]) -> list[tuple[str, bool]]:
    """(path, ascending) for each key, the id last: every listing has one total order."""
    keys = [(key.removeprefix("-"), not key.startswith("-")) for key in order]
    return [*keys, ("_id", True)]


def value_at(document: Mapping[str, object], path: str) -> object:
    """The value at a dotted path; through a list it is the list of the elements' values."""
    here: object = document
    for step in path.split("."):
        if isinstance(here, Mapping):
            here = here.get(step)
        elif isinstance(here, list):
            here = [each.get(step) for each in here if isinstance(each, Mapping)]
        else:
            return None
    return here


def _listing(conditions: Sequence[Condition], order: Sequence[str]) -> str:
    return hashlib.sha256(repr((tuple(conditions), tuple(order))).encode()).hexdigest()[:12]


def encode_cursor(
    document: Mapping[str, object], conditions: Sequence[Condition], order: Sequence[str]
) -> str:
    """The position after `document` in this listing, opaque to clients."""
    keys = [value_at(document, path) for path, _ in order_keys(order)]
    text = json.dumps([_listing(conditions, order), *keys], ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_cursor(cursor: str, conditions: Sequence[Condition], order: Sequence[str]) -> Position:
    """The order keys a cursor stands for; raise `Invalid` when it is not of this listing."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        listing, *keys = json.loads(base64.urlsafe_b64decode(padded))
    except (ValueError, TypeError, RecursionError):
        listing, keys = None, []
    position = [key for key in keys if _is_storable(key)]
    whole = len(position) == len(keys) == len(order_keys(order))
    if listing != _listing(conditions, order) or not whole:
        raise Invalid(
            en="this cursor is not of this listing",
            vi="Vị trí trang không thuộc danh sách này. Vui lòng đọc lại từ trang đầu.",
            field="after",
        )
    return position


def _is_storable(key: object) -> bool:
    """Nothing, text that is Unicode, or a number of 64 bits: no other would a database take."""
    if key is None:
        return True
    if isinstance(key, str):
        return key.isascii() or not _SURROGATE.search(key)
    return isinstance(key, int) and abs(key) < _TOO_LARGE
