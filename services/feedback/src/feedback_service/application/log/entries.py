"""Writing to the public log, in the transaction of the change that it tells."""

from collections.abc import Sequence
from typing import Protocol

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.errors import Conflict, Transient
from feedback_service.application.collections import LOG_ENTRIES, LOG_HEAD, LOG_NODES
from feedback_service.application.log.binding import ROW, row_hash
from feedback_service.domain.log.entry import ActorClass, EntryType, LogEntry, PublicFact
from feedback_service.domain.log.head import HEAD_ID, LogHead

PUBLIC_LOG = "public-log"
"""The queue of those who write: all append to one log, and 16 at once were measured at a quarter
of the throughput of one, with refusals."""


UNWRITABLE = {
    "en": "the public log cannot be written now, so nothing is acknowledged: try again later",
    "vi": "hiện không ghi được nhật ký công khai nên chưa tiếp nhận: hãy thử lại sau",
    "rule_id": "F-I1",
}


class OfUnit(Protocol):
    """What an entry can be about."""

    @property
    def id(self) -> str: ...

    @property
    def province(self) -> str: ...

    @property
    def unit_id(self) -> str: ...


async def head_of(tx: Transaction) -> LogHead:
    """Where the log ends; an empty one when nothing was written yet."""
    return await tx.store(LOG_HEAD).find(HEAD_ID) or LogHead(id=HEAD_ID)


async def append(tx: Transaction, *facts: PublicFact) -> list[LogEntry]:
    """The new entries, numbered without a gap. Two transactions that append at once meet on the
    head: one of them is run again."""
    return await append_to(await head_of(tx), tx, facts)


async def append_to(head: LogHead, tx: Transaction, facts: Sequence[PublicFact]) -> list[LogEntry]:
    """A log that cannot be written is no fault of who writes: it is tried again, then told as
    `Unavailable`."""
    made = [head.append(fact, tx.now) for fact in facts]
    entries = [entry for entry, _ in made]
    try:
        await tx.store(LOG_ENTRIES).save_many(entries)
        await tx.store(LOG_NODES).save_many([node for _, nodes in made for node in nodes])
        await tx.store(LOG_HEAD).save(head)
        await tx.settle()
    except Conflict as exception:
        raise Transient(**UNWRITABLE) from exception
    return entries


async def next_number(tx: Transaction) -> int:
    """Of the entry that this transaction writes next: a row that names it is changed first, since
    the entry binds the row as it is then."""
    return (await head_of(tx)).size + 1


async def append_one(tx: Transaction, fact: PublicFact) -> int:
    """The number of the new entry."""
    entries = await append(tx, fact)
    return entries[0].number


async def log(
    tx: Transaction, about: OfUnit, type: EntryType, by: ActorClass, **fields: str
) -> int:
    """Tell the public of a step that `about` has taken, and bind it; return the entry's number."""
    where = {"province": about.province, "unit": about.unit_id}
    where = {name: value for name, value in where.items() if value}
    if isinstance(about, Aggregate) and (bound := row_hash(about)):
        where[ROW] = bound
    return await append_one(
        tx, PublicFact(type=type, by=by, subject=about.id, fields={**where, **fields})
    )


async def ensure_head(tx: Transaction) -> None:
    """An empty log. Done once at start, since two transactions cannot create one row at once."""
    heads = tx.store(LOG_HEAD)
    if await heads.find(HEAD_ID) is None:
        await heads.save(LogHead(id=HEAD_ID))
