"""The feed of changes, read from a cursor on."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue_service.application.collections import CHANGES, FEED
from catalogue_service.domain.common.kinds import NATIONAL
from catalogue_service.domain.feed.changes import HEAD_ID, FeedChange, change_id
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.errors import Invalid

BATCH = 200

SCANNED_MAX = 2_000
"""Changes looked at for one page of one province: some 0.1 s of work."""


@dataclass(frozen=True, kw_only=True)
class Changes:
    """Some changes, and the cursor after everything that was looked at."""

    items: Sequence[FeedChange]
    has_next: bool
    cursor: str


async def catalogue_changes(
    tx: Transaction, province: str | None, *, first: int, after: str | None
) -> Changes:
    """Oldest first; a cursor stays good for ever. Positions have no gaps, so changes are read by
    their ids; with a province there may be fewer than `first` and still a next page."""
    head = await tx.store(FEED).find(HEAD_ID)
    end = head.position if head is not None else 0
    position = start = _position(after)
    found: list[FeedChange] = []
    while position < end and len(found) < first and position - start < SCANNED_MAX:
        size = first - len(found) if province is None else BATCH
        ids = [change_id(at) for at in range(position + 1, min(position + size, end) + 1)]
        for change in await tx.store(CHANGES).find_many(ids):
            if len(found) == first:
                break
            position += 1
            if change is not None and (province is None or change.province in (province, NATIONAL)):
                found.append(change)
    return Changes(items=found, has_next=position < end, cursor=change_id(position))


def _position(after: str | None) -> int:
    if after is None:
        return 0
    if not after.isascii() or not after.isdigit():
        raise Invalid(
            en="this cursor is not of this feed",
            vi="con trỏ này không thuộc luồng thay đổi này",
            field="after",
        )
    return int(after)
