"""What a transaction writes to a collection: kept until the collection is asked a question or the
transaction ends, and sent in as few commands as its order allows, a row that was saved several
times as it was last. Each command costs more than the writing of a row."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, TypeAlias

from congvu_kit.adapters.driver import (
    BulkWriteError,
    InsertOne,
    ReplaceOne,
    Row,
    Rows,
    Session,
)
from congvu_kit.adapters.mongo_failures import WRITE_CONFLICT, as_transient, translated
from congvu_kit.adapters.mongo_routes import Route
from congvu_kit.application.ports import Collection
from congvu_kit.application.refusals import moved, taken

_DUPLICATE_KEY = 11000

Operation: TypeAlias = InsertOne[Row] | ReplaceOne[Row]


class Writes:
    def __init__(
        self, rows: Rows, collection: Collection[Any], session: Session | None, route: Route
    ) -> None:
        self._rows = rows
        self._name = collection.name
        self._session = session
        self._route = route
        # One row takes what another has left: only where two may not have something alike.
        self._in_order = bool(collection.unique)
        self._waiting: list[tuple[bool, Operation]] = []
        self._last: dict[str, tuple[int, bool]] = {}

    def add(self, document: Row) -> None:
        """One of revision 1 is new, another replaces what is stored, or what waits to be."""
        id, new = document["_id"], document["revision"] == 1
        moves = not new and self._route.moves(document)
        at, new = self._last.get(id, (len(self._waiting), new))
        operation = InsertOne(document) if new else ReplaceOne(self._route.stored(id), document)
        self._waiting[at : at + 1] = [(moves, operation)]
        if not self._in_order and not moves:
            self._last[id] = at, new
        else:
            self._last.pop(id, None)
        self._route.lies(document)

    async def send(self) -> None:
        """Raise `Conflict` for what another has taken, `Transient` for who was in the way."""
        waiting, self._waiting, self._last = self._waiting, [], {}
        if not self._in_order:
            waiting.sort(key=_replaces)
        for batch in _batches(waiting):
            with translated():
                try:
                    await self._rows.bulk_write(batch, session=self._session)
                except BulkWriteError as exception:
                    raise self._refused(exception) from exception

    def _refused(self, exception: BulkWriteError) -> Exception:
        error = (exception.details or {}).get("writeErrors", [{}])[0]
        if error.get("code") == WRITE_CONFLICT:
            return as_transient(exception)
        if error.get("code") != _DUPLICATE_KEY:
            return exception
        pattern = error.get("keyPattern") or {}
        if not pattern or "_id" in pattern:
            return moved(self._name)
        return taken(self._name, list(pattern))


def _replaces(each: tuple[bool, Operation]) -> bool:
    """What is new goes first, its own replacements with all others."""
    return isinstance(each[1], ReplaceOne)


def _batches(waiting: Sequence[tuple[bool, Operation]]) -> Iterator[Sequence[Operation]]:
    """What takes a row to another shard is a batch of its own."""
    for alone, group in groupby(waiting, key=lambda each: each[0]):
        operations = [operation for _, operation in group]
        yield from ([each] for each in operations) if alone else [operations]
