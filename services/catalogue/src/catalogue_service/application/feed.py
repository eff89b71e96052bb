"""Builds the feed from the catalogue's own topic, so that it is the same stream as the events."""

from collections.abc import Awaitable, Callable, Mapping
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
from catalogue_service.domain.feed import HEAD_ID, Change, FeedHead
from catalogue_service.domain.kinds import NATIONAL
from congvu_kit.ports import Condition, Eq, In, Page, Transaction

PUBLIC = (
    VersionPublished,
    VersionSuperseded,
    ProductRetired,
    ReleasePublished,
    AdjustmentApproved,
    AdjustmentExpired,
)
"""What partners hear of: everything in force and its end, and nothing of the drafts."""

Payload: TypeAlias = dict[str, object]


def appending(event_type: str) -> Callable[[Payload, Transaction], Awaitable[None]]:
    """The reaction that puts an event of this type at the end of the feed."""

    async def append_change(payload: Payload, tx: Transaction) -> None:
        head = await tx.store(FEED).get(HEAD_ID)
        head.position += 1
        await tx.store(FEED).save(head)
        await tx.store(CHANGES).save(
            Change(
                id=f"{head.position:016d}",
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


async def catalogue_changes(
    tx: Transaction, province: str | None, *, first: int, after: str | None
) -> Page[Change]:
    """Oldest first; a cursor stays good for ever, since positions are never used again."""
    conditions: list[Condition] = []
    if province == NATIONAL:
        conditions.append(Eq("province", NATIONAL))
    elif province is not None:
        conditions.append(In("province", [NATIONAL, province]))
    return await tx.store(CHANGES).page(*conditions, first=first, after=after)
