"""Builds the feed from the catalogue's own topic, so that it is the same stream as the events."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from catalogue_service.application.collections import CHANGES, FEED
from catalogue_service.domain.events import (
    AdjustmentApproved,
    AdjustmentExpired,
    ProductRetired,
    ReleasePublished,
    VersionPublished,
    VersionSuperseded,
)
from catalogue_service.domain.feed import HEAD_ID, Change, FeedHead, change_id
from catalogue_service.domain.kinds import NATIONAL
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.errors import Invalid

PUBLIC = (
    VersionPublished,
    VersionSuperseded,
    ProductRetired,
    ReleasePublished,
    AdjustmentApproved,
    AdjustmentExpired,
)
"""What partners hear of: everything in force and its end, and nothing of the drafts."""

BATCH = 200
SCANNED_MAX = 2_000
"""Changes looked at for one page of one province: some 0.1 s of work."""

Payload: TypeAlias = dict[str, object]


def appending(event_type: str) -> Callable[[Payload, Transaction], Awaitable[None]]:
    """The reaction that puts an event of this type at the end of the feed."""

    async def append_change(payload: Payload, tx: Transaction) -> None:
        head = await tx.store(FEED).get(HEAD_ID)
        head.position += 1
        await tx.store(FEED).save(head)
        await tx.store(CHANGES).save(
            Change(
                id=change_id(head.position),
                event_type=event_type,
                province=_province(payload),
                at=tx.now,
                payload=payload,
            )
        )

    return append_change


def _province(payload: Mapping[str, object]) -> str:
    return str(payload["province"])


async def open_feed(tx: Transaction) -> None:
    """Before the first change, so that two replicas never both begin at 1."""
    if await tx.store(FEED).find(HEAD_ID) is None:
        await tx.store(FEED).save(FeedHead(id=HEAD_ID))


@dataclass(frozen=True, kw_only=True)
class Changes:
    """Some changes, and the cursor after everything that was looked at."""

    items: Sequence[Change]
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
    found: list[Change] = []
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
            en=f"cursor {after!r} is not of this feed",
            vi=f"con trỏ {after!r} không thuộc luồng thay đổi này",
            field="after",
        )
    return int(after)
