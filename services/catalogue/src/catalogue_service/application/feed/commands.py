"""Opens the feed of changes."""

from catalogue_service.application.collections import FEED
from catalogue_service.domain.feed.changes import HEAD_ID, FeedHead
from congvu_kit.application.ports import Transaction


async def open_feed(tx: Transaction) -> None:
    """Before the first change, so that two replicas never both begin at 1."""
    if await tx.store(FEED).find(HEAD_ID) is None:
        await tx.store(FEED).save(FeedHead(id=HEAD_ID))
