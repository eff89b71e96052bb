"""Which shard is asked: what lies with a province is asked of its shard.

On a database of one piece nothing of this happens: its planner wants the id alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from congvu_kit.adapters.driver import Database, Row
from congvu_kit.application.documents import value_at
from congvu_kit.application.shards import ByKey, ByProvince, Shard

Lying: TypeAlias = dict[str, object]
"""By id: what the shard key's field was when the row was read or written."""

Filter: TypeAlias = Mapping[str, object]


async def is_router(database: Database) -> bool:
    """Whether a mongos answers, which has shards behind it."""
    told = await database.client.admin.command("hello")
    return bool(told.get("msg") == "isdbgrid")


@dataclass
class Seen:
    """What a transaction has read or written of a collection, by id: revisions, where it lies, the
    rows (None where there is none), and what this version does not know of a document and leaves
    in it."""

    revisions: dict[str, int] = field(default_factory=dict)
    lying: Lying = field(default_factory=dict)
    unknown: dict[str, Row] = field(default_factory=dict)
    rows: dict[str, Row | None] = field(default_factory=dict)


class Route:
    """Of one collection in one transaction; `shard` is None where there are none."""

    def __init__(self, shard: Shard | None, home: str | None, lying: Lying) -> None:
        self._path = shard.path if isinstance(shard, ByProvince | ByKey) else "_id"
        self._home = home if isinstance(shard, ByProvince) else None
        self._lying = lying

    @property
    def fields(self) -> Sequence[str]:
        """What a row must have for `lies`, beside its id."""
        return () if self._path == "_id" else (self._path,)

    def lies(self, row: Mapping[str, object]) -> None:
        if self._path != "_id":
            self._lying[str(row["_id"])] = value_at(row, self._path)

    def by_id(self, id: str) -> Sequence[Filter]:
        """To be asked one after the other, until there is an answer."""
        if id in self._lying:
            return ({self._path: self._lying[id], "_id": id},)
        everywhere: Filter = {"_id": id}
        if self._home is None:
            return (everywhere,)
        return ({self._path: self._home, "_id": id}, everywhere)

    def by_ids(self, ids: Sequence[str]) -> Sequence[Filter]:
        """The first is for all of them, the next for those that it did not find."""
        anywhere: Filter = {"_id": {"$in": list(ids)}}
        return (
            (anywhere,) if self._home is None else ({self._path: self._home, **anywhere}, anywhere)
        )

    def stored(self, id: str) -> Filter:
        """Where the row is that a write replaces."""
        return {self._path: self._lying[id], "_id": id} if id in self._lying else {"_id": id}

    def moves(self, row: Mapping[str, object]) -> bool:
        """Whether writing it takes it to another shard: the server wants such a write alone."""
        before = self._lying.get(str(row["_id"]))
        return str(row["_id"]) in self._lying and before != value_at(row, self._path)
