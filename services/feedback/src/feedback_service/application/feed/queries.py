"""The feed of changes: complaints, indexes and commitments, from a cursor on."""

from congvu_kit.application.ports import Page, Transaction
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.feeds import FeedChange
from feedback_service.application.collections import FEED
from feedback_service.domain.commitments.events import CommitmentEvent
from feedback_service.domain.complaints.events import ComplaintEvent
from feedback_service.domain.indexes.satisfaction_index import IndexComputed

OF_COMPLAINTS = tuple(each.TYPE for each in ComplaintEvent.__subclasses__())
"""For who may follow any complaint of the province."""

TOLD = (
    *OF_COMPLAINTS,
    *(each.TYPE for each in CommitmentEvent.__subclasses__()),
    IndexComputed.TYPE,
)

FOLLOWERS = (Role.SERVICE_PORTAL, Role.REVIEW_BOARD, Role.AUDITOR)


async def list_changes(
    reader: Actor, tx: Transaction, province: str | None = None, *, first: int, after: str | None
) -> Page[FeedChange]:
    """Of one province, oldest first; raise `Forbidden` for who is no system or office of it."""
    reader.require(*FOLLOWERS, Role.PERSONNEL_SYNC, Role.PERIOD_ADMIN)
    wanted = province or reader.province
    if wanted is None:
        raise Invalid(en="name the province", vi="Cần nêu tỉnh.", field="province")
    if not (reader.has(Role.SERVICE_PORTAL) and reader.province is None):
        reader.require_province(wanted)
    follows = reader.has(*FOLLOWERS)

    def shown(change: FeedChange) -> bool:
        return follows or change.event_type not in OF_COMPLAINTS

    return await FEED.read(tx, wanted, wanted=None if follows else shown, first=first, after=after)
