"""The private part is kept no longer than the retention says."""

from datetime import timedelta

from congvu_kit.application.perform import again
from congvu_kit.application.ports import Lt, Prefix, UnitOfWork
from congvu_kit.domain.clock import business_date
from feedback_service.application.collections import COMPLAINTS, PRIVATE_KEYS, SUBMISSIONS
from feedback_service.application.needs import Erasures
from feedback_service.application.submissions.erasures import erase
from feedback_service.domain.common.private_data import RememberedErasure, Retention
from feedback_service.domain.log.entry import ActorClass

BATCH = 100
"""Rows looked at in one step; the next step takes the rest."""

SUBMISSION_IDS, COMPLAINT_IDS = "sub_", "cpl_"
"""How the ids of what is kept begin."""

EXPIRED = "hết thời hạn lưu giữ"


async def pass_retention(uow: UnitOfWork, retention: Retention, erasures: Erasures) -> int:
    """Erase what was kept long enough; how much."""
    reading = uow.reading()
    today = business_date(reading.now)
    expired: list[str] = []
    for prefix, days in (
        (SUBMISSION_IDS, retention.submission_days),
        (COMPLAINT_IDS, retention.complaint_days),
    ):
        keys = await reading.store(PRIVATE_KEYS).select(
            Lt("made_on", (today - timedelta(days=days)).isoformat()),
            Prefix("_id", prefix),
            limit=BATCH,
        )
        expired += [key.id for key in keys]
    return sum([await _erase(uow, owner_id, erasures) for owner_id in expired])


@again
async def _erase(uow: UnitOfWork, owner_id: str, erasures: Erasures) -> bool:
    async with uow.begin() as tx:
        submission = await tx.store(SUBMISSIONS).find(owner_id)
        owner = submission or await tx.store(COMPLAINTS).get(owner_id)
        erasure = RememberedErasure(
            owner_id=owner_id,
            province=owner.province,
            by=ActorClass.PLATFORM,
            legal_basis=EXPIRED,
        )
        return await erase(tx, erasure, erasures)
