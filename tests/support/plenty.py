"""A store that has everything: whatever is asked for is there, as large as it may be."""

import dataclasses
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Generic, Union, get_args, get_origin, get_type_hints

from congvu_kit.application.documents import Codec
from congvu_kit.application.ports import A, AnyOf, Collection, Condition, Eq, In, Not, Page
from congvu_kit.domain.actor import Actor, Role

PROVINCE, UNIT, OFFICER = "56", "unit-1", "officer-1"
SOMEBODY = Actor(
    subject="somebody", roles=frozenset(Role), province=PROVINCE, unit=UNIT, officer=OFFICER
)
"""Holds every role at once: sees whatever anybody may see."""

LOADS_MAX = 200_000

SIZE = 20
SELECTED = 12
"""What a look without pages finds: the periods of a year, say."""

TEXT = "Đăng ký khai sinh cho trẻ em. " * 7
PUBLIC = ("PUBLISHED", "C", "FINAL", "CLOSED", "ACTIVE", "APPROVED", "MEASURED")
OPEN = ("_to", "_until", "ends_on")
"""What is still in force has no such day."""

FIXED = {"province": PROVINCE, "unit_id": UNIT, "agency_id": UNIT, "revision": 1, "sequence": 1}


@dataclasses.dataclass
class Plenty:
    """A unit of work that only reads. `sizes` are the longest lists by the names of their fields;
    of the collections in `absent` nothing is there, since it cannot be made up."""

    sizes: Mapping[str, int]
    absent: frozenset[str] = frozenset()
    asks: int = 0
    loads: int = 0
    """Pages never end here: what reads them to the end is stopped by `LOADS_MAX`."""
    _made: dict[str, dict[str, object]] = dataclasses.field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return datetime(2026, 11, 26, tzinfo=UTC)

    def reading(self) -> "Plenty":
        return self

    def begin(self) -> AbstractAsyncContextManager[Any]:
        raise AssertionError("only reading is tried here")

    def store(self, collection: Collection[A]) -> "PlentyStore[A]":
        if collection.name not in self._made:
            made = self.value(collection.kind, collection.name)
            self._made[collection.name] = {**made, "_id": made.pop("id", None)}
        return PlentyStore(self, collection, self._made[collection.name])

    def value(self, kind: Any, name: str) -> Any:
        """Something of this type, as JSON has it."""
        origin, inner = get_origin(kind), get_args(kind)
        if isinstance(kind, type) and dataclasses.is_dataclass(kind):
            hints = _hints(kind)
            fields = [each.name for each in dataclasses.fields(kind) if each.init]
            return {field: self.value(hints[field], field) for field in fields}
        return self._plain(kind, name) if origin is None else self._made_of(origin, inner, name)

    def _made_of(self, origin: Any, inner: Sequence[Any], name: str) -> Any:
        if origin is Annotated:
            return self.value(inner[0], name)
        if origin in (Union, UnionType):
            some = next(each for each in inner if each is not NoneType)
            return None if name.endswith(OPEN) else self.value(some, name)
        if origin in (dict, Mapping):
            return {f"key{n}": self.value(inner[1], name) for n in range(SIZE)}
        if origin is tuple and inner[-1] is not Ellipsis:
            return [self.value(each, name) for each in inner]
        return [self.value(inner[0], name)] * self.sizes.get(name, SIZE)

    def _plain(self, kind: Any, name: str) -> Any:
        if name in FIXED:
            return FIXED[name]
        if isinstance(kind, type) and issubclass(kind, Enum):
            states = [each for each in kind if each.name in PUBLIC]
            return (states or list(kind))[0].value
        plain = {
            int: 1,
            bool: True,
            Decimal: "1",
            Fraction: "1/3",
            date: "2026-07-01",
            datetime: "2026-07-01T00:00:00Z",
        }
        if kind in plain:
            return plain[kind]
        return f"{name}-1" if name.endswith(("id", "ids", "path", "code")) else TEXT


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind, include_extras=True)


class PlentyStore(Generic[A]):
    def __init__(self, whole: Plenty, collection: Collection[A], row: dict[str, object]) -> None:
        self._whole = whole
        self._row = row
        self._codec = Codec(collection)
        self._collection = collection

    def _one(self, id: str, conditions: Sequence[Condition] = ()) -> A:
        self._whole.loads += 1
        assert self._whole.loads < LOADS_MAX, "reads without end"
        given = dict(self._row)
        for each in conditions:
            match each:
                case Eq(path, value) if path in given and not isinstance(given[path], list):
                    given[path] = value
                case In(path, values) if path in given and not isinstance(given[path], list):
                    given[path] = values[0]
                case AnyOf(_) | Not(_):
                    pass
        code, _, number = id.partition("@")
        if "number" in given and number.isdecimal():
            given |= {"code": code, "number": int(number)}
        return self._codec.load({**given, "_id": id})

    async def find(self, id: str) -> A | None:
        self._whole.asks += 1
        return await self._found(id)

    async def get(self, id: str) -> A:
        self._whole.asks += 1
        return self._one(id)

    async def find_many(self, ids: Sequence[str]) -> list[A | None]:
        self._whole.asks += 1
        return [await self._found(id) for id in ids]

    async def _found(self, id: str) -> A | None:
        return None if self._collection.name in self._whole.absent else self._one(id)

    async def first(self, *conditions: Condition, order: Sequence[str] = ()) -> A | None:
        self._whole.asks += 1
        return self._one("first-1", conditions)

    async def select(
        self, *conditions: Condition, order: Sequence[str] = (), limit: int = 1000
    ) -> list[A]:
        self._whole.asks += 1
        return [self._one(f"x{n}@1", conditions) for n in range(min(limit, SELECTED))]

    async def page(
        self,
        *conditions: Condition,
        order: Sequence[str] = (),
        first: int = 20,
        after: str | None = None,
    ) -> Page[A]:
        self._whole.asks += 1
        items = [self._one(f"x{n}@1", conditions) for n in range(first)]
        # There is a second page, so that whoever reads all of them comes to an end.
        return Page(items=items, has_next=after is None, cursors=[each.id for each in items])

    async def count(self, *conditions: Condition) -> int:
        self._whole.asks += 1
        return 100

    async def count_by(self, path: str, *conditions: Condition) -> Mapping[str, int]:
        self._whole.asks += 1
        return {f"{path.rpartition('.')[2]}-{n}": 100 for n in range(SELECTED)}

    async def save(self, aggregate: A) -> None:
        raise AssertionError("only reading is tried here")
