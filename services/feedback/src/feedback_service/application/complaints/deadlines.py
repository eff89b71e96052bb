"""What a date that passes does to a complaint: each step one transaction, safe to repeat."""

from congvu_kit.application.perform import again
from congvu_kit.application.ports import Eq, Lt, UnitOfWork
from congvu_kit.domain.clock import business_date
from feedback_service.application.collections import COMPLAINTS
from feedback_service.application.log.entries import log
from feedback_service.domain.complaints.values import ComplaintState
from feedback_service.domain.log.entry import ActorClass, EntryType

BATCH = 100
"""Rows looked at in one step; the next step takes the rest."""


async def pass_complaint_dates(uow: UnitOfWork) -> int:
    """Escalate what is overdue, close what was confirmed or met with silence; how many."""
    reading = uow.reading()
    today = business_date(reading.now).isoformat()
    complaints = reading.store(COMPLAINTS)
    overdue = await complaints.select(Lt("due_on", today), limit=BATCH)
    silent = await complaints.select(
        Eq("state", ComplaintState.ANSWERED), Lt("dispute_until", today), limit=BATCH
    )
    confirmed = await complaints.select(Eq("state", ComplaintState.CONFIRMED_RESOLVED), limit=BATCH)
    changed = [await _escalate(uow, complaint.id) for complaint in overdue]
    changed += [await _close(uow, complaint.id) for complaint in [*silent, *confirmed]]
    return sum(changed)


@again
async def _escalate(uow: UnitOfWork, complaint_id: str) -> bool:
    async with uow.begin() as tx:
        complaint = await tx.store(COMPLAINTS).get(complaint_id)
        overdue = complaint.state
        due = complaint.escalate(business_date(tx.now))
        if due:
            by = ActorClass.PLATFORM
            await log(tx, complaint, EntryType.COMPLAINT_ESCALATED, by, state=overdue)
            await tx.store(COMPLAINTS).save(complaint)
    return due


@again
async def _close(uow: UnitOfWork, complaint_id: str) -> bool:
    """On the complainant's word, or after their silence, which the basis tells."""
    async with uow.begin() as tx:
        complaint = await tx.store(COMPLAINTS).get(complaint_id)
        due = complaint.closable_on(business_date(tx.now))
        if due:
            complaint.close_as_resolved(business_date(tx.now))
            await log(
                tx,
                complaint,
                EntryType.COMPLAINT_CLOSED,
                ActorClass.PLATFORM,
                state=complaint.state,
                basis=complaint.basis or "",
            )
            await tx.store(COMPLAINTS).save(complaint)
    return due
