"""What happens to a commitment when its date passes; safe to repeat."""

from congvu_kit.application.perform import again
from congvu_kit.application.ports import Eq, Lt, UnitOfWork
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.vietnamese import vi_text
from feedback_service.application.collections import COMMITMENTS
from feedback_service.application.log.entries import log, next_number
from feedback_service.domain.commitments.values import OPEN, CommitmentOutcome
from feedback_service.domain.log.entry import ActorClass, EntryType

BATCH = 100
"""Rows looked at in one step; the next step takes the rest."""


async def pass_commitment_dates(uow: UnitOfWork) -> int:
    """Mark what nobody claimed done in time as missed; how many."""
    reading = uow.reading()
    today = business_date(reading.now).isoformat()
    missed = [
        commitment
        for state in OPEN
        for commitment in await reading.store(COMMITMENTS).select(
            Eq("state", state), Lt("due", today), limit=BATCH
        )
    ]
    return sum([await _miss(uow, commitment.id) for commitment in missed])


@again
async def _miss(uow: UnitOfWork, commitment_id: str) -> bool:
    async with uow.begin() as tx:
        commitment = await tx.store(COMMITMENTS).get(commitment_id)
        today = business_date(tx.now)
        due = commitment.overdue(today)
        if due:
            why = f"Quá thời hạn cam kết (ngày {vi_text(commitment.due)})."
            commitment.assess(CommitmentOutcome.MISSED, why, today, await next_number(tx))
            await log(
                tx,
                commitment,
                EntryType.COMMITMENT_ASSESSED,
                ActorClass.PLATFORM,
                outcome=CommitmentOutcome.MISSED,
                why=why,
            )
            await tx.store(COMMITMENTS).save(commitment)
    return due
