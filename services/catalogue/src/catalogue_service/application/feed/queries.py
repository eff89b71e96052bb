"""The feed of changes, read from a cursor on."""

from catalogue_service.application import reactions
from catalogue_service.application.collections import FEED
from catalogue_service.domain.common.kinds import NATIONAL
from congvu_kit.application.ports import Page, Transaction
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.feeds import FeedChange

TOLD = tuple(each.TYPE for each in reactions.PUBLIC)


async def catalogue_changes(
    tx: Transaction, province: str | None, *, first: int, after: str | None
) -> Page[FeedChange]:
    """Oldest first: of everybody, or of a province and the nation."""

    def wanted(change: FeedChange) -> bool:
        return change.province in (province, NATIONAL)

    return await FEED.read(
        tx, province, wanted=wanted if province else None, first=first, after=after
    )


async def list_changes(
    reader: Actor, tx: Transaction, province: str | None, *, first: int, after: str | None
) -> Page[FeedChange]:
    """What the catalogue publishes is for everybody."""
    del reader
    return await catalogue_changes(tx, province, first=first, after=after)
