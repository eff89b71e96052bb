"""Whether what is stored beside the public log is what the log says (F-I12)."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from congvu_kit.application.ports import A, Collection, Condition, Eq, UnitOfWork
from feedback_service.application.collections import COMMITMENT_RATINGS, LOG_ENTRIES, SUBMISSIONS
from feedback_service.application.log.binding import BOUND, RATING_ROW, ROW, row_hash
from feedback_service.domain.log.entry import EntryType, LogEntry, instant
from feedback_service.domain.log.receipt import MERGE_DELAY

PAGE = 500

Questioned = tuple[str | None, int | None]
"""The review of an answer, and the entry that put it there."""


@dataclass
class Told:
    """What the log says of rows: the newest hash of each with the entry that holds it, by the row's
    id, or by the entry's number for a commitment's ratings."""

    first: dict[str, int] = field(default_factory=dict)
    newest: dict[str | int, tuple[int, str]] = field(default_factory=dict)
    questioned: dict[int, Questioned] = field(default_factory=dict)

    def take(self, entry: LogEntry) -> None:
        number = entry.number
        if row := entry.shown(ROW):
            # Told anew at each freeze of its period, or once a dossier came.
            if entry.type in (EntryType.INDEX_COMPUTED, EntryType.SUBMISSION_RECEIVED):
                self.first[entry.subject] = number
            self.first.setdefault(entry.subject, number)
            self.newest[entry.subject] = number, row
        if rating := entry.shown(RATING_ROW):
            self.newest[number] = number, rating
        if review := entry.shown("review"):
            self.questioned[number] = review, number
        if entry.type is EntryType.RATINGS_QUESTIONED:
            for each in (entry.shown("entries") or "").split(","):
                self.questioned[int(each or 0)] = entry.subject, number


async def differing_rows(uow: UnitOfWork) -> list[str]:
    """What differs, by collection and id, empty when all is as the log says. Rows change while they
    are read, so only what differs twice in the same way is told."""
    found = await _differing(uow)
    return [each for each in found if each in set(await _differing(uow))] if found else []


async def _differing(uow: UnitOfWork) -> list[str]:
    overdue = instant(uow.reading().now - MERGE_DELAY)
    told = Told()  # in the order of ids, which is that of their numbers
    async for entry in _all(uow, LOG_ENTRIES):
        told.take(entry)
    found: list[str] = []
    for collection in BOUND:
        ids: set[str] = set()
        async for row in _all(uow, collection):
            ids.add(row.id)
            key = row.log_sequence if collection is COMMITMENT_RATINGS else row.id
            number, bound = told.newest.pop(key, (0, None))
            if collection is SUBMISSIONS and row.log_sequence is None:
                if row.received_at < overdue:
                    found.append(f"{collection.name} {row.id} was promised and is in no entry")
            elif bound is None:
                found.append(f"{collection.name} {row.id} stands in no entry of the log")
            elif bound != row_hash(row) or not _placed(collection, row, told):
                found.append(f"{collection.name} {row.id} is not what entry {number} says")
        found += await _derived(uow, collection, ids)
    found += [f"what entry {number} tells of is gone" for number, _ in told.newest.values()]
    return found


def _placed(collection: Collection[Any], row: Any, told: Told) -> bool:
    """Whether the row names the entries of the log that tell of it."""
    if collection is SUBMISSIONS:
        wanted = told.questioned.get(row.log_sequence, (None, None))
        if (row.review_id, row.questioned_sequence) != wanted:
            return False
    numbered = collection is not COMMITMENT_RATINGS and hasattr(row, "log_sequence")
    return not numbered or told.first[row.id] == row.log_sequence


async def _derived(uow: UnitOfWork, collection: Collection[A], ids: set[str]) -> list[str]:
    """What is stored for queries to count by must be what the rows say."""
    if collection.extra is None:
        return []
    right: dict[str, set[str]] = {}
    names = {name async for row in _all(uow, collection) for name in collection.extra(row)}
    for name in names:
        for value in (True, False):
            async for row in _all(uow, collection, Eq(f"extra.{name}", value)):
                if collection.extra(row)[name] is value:
                    right.setdefault(name, set()).add(row.id)
    return [
        f"{collection.name} {id} is counted by another {name} than its own"
        for name in sorted(names)
        for id in sorted(ids - right.get(name, set()))
    ]


async def _all(
    uow: UnitOfWork, collection: Collection[A], *conditions: Condition
) -> AsyncIterator[A]:
    store, after = uow.reading().store(collection), None
    while True:
        page = await store.page(*conditions, first=PAGE, after=after)
        for row in page.items:
            yield row
        if not page.has_next:
            return
        after = page.cursors[-1]
