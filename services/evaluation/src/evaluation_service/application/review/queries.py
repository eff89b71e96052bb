"""Looking appeals and post-audits up."""

from congvu_kit.application.ports import Eq, Page, Transaction
from congvu_kit.domain.actor import Actor, Role
from evaluation_service.application.access import BOARD
from evaluation_service.application.collections import APPEALS, POST_AUDITS, equal
from evaluation_service.domain.review.appeals import Appeal, AppealState
from evaluation_service.domain.review.post_audits import PostAudit, PostAuditOrigin, PostAuditState


async def list_appeals(
    reader: Actor, tx: Transaction, state: AppealState | None, *, first: int, after: str | None
) -> Page[Appeal]:
    reader.require(*BOARD, Role.OFFICER)
    own = reader.has(Role.OFFICER) and not reader.has(*BOARD)
    reach = Eq("civil_servant_id", reader.officer) if own else Eq("province", reader.province)
    return await tx.store(APPEALS).page(
        reach, *equal(state=state), order=["filed_at"], first=first, after=after
    )


async def list_post_audits(
    reader: Actor, tx: Transaction, state: PostAuditState | None, *, first: int, after: str | None
) -> Page[PostAudit]:
    """A council sees what councils asked for."""
    reader.require(*BOARD, Role.COUNCIL)
    origin = None if reader.has(*BOARD) else PostAuditOrigin.COUNCIL
    return await tx.store(POST_AUDITS).page(
        Eq("province", reader.province),
        *equal(state=state, origin=origin),
        first=first,
        after=after,
    )
