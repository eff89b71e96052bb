"""Where the rows of a collection lie once the database is spread over several shards.

Each collection says it (`Collection.shard`); tests hold every query of the services against it, and
have a reason for each that is put to all shards (`tests/*/test_plans.py`).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class ByProvince:
    """In the zone of the province at `path`: a province's rows lie together, near its users. A
    query that does not name the province is put to every shard."""

    path: str = "province"

    @property
    def key(self) -> Sequence[tuple[str, int | str]]:
        return ((self.path, 1), ("_id", 1))


@dataclass(frozen=True)
class ByKey:
    """Spread evenly by what is at `path`: what belongs to no province, or is one of its kind in the
    whole country (a unique index must begin with the shard key)."""

    path: str = "_id"

    @property
    def key(self) -> Sequence[tuple[str, int | str]]:
        return ((self.path, "hashed" if self.path == "_id" else 1),)


@dataclass(frozen=True)
class Unsharded:
    """Whole on one shard, and why that is enough."""

    why: str


Shard: TypeAlias = ByProvince | ByKey | Unsharded

BY_PROVINCE = ByProvince()

_home: ContextVar[str | None] = ContextVar("home", default=None)


@contextmanager
def at_home(province: str | None) -> Iterator[None]:
    """What is looked for by id is asked of this province's shard first, and of all when it is not
    there: ids do not tell whose they are."""
    token = _home.set(province)
    try:
        yield
    finally:
        _home.reset(token)


def home() -> str | None:
    return _home.get()
