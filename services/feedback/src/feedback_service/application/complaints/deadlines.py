"""What a date that passes does to a complaint: each step one transaction, safe to repeat."""

from datetime import date

from congvu_kit.application.perform import again
from congvu_kit.application.ports import Eq, Lt, Transaction, UnitOfWork
from congvu_kit.domain.clock import business_date
from feedback_service.application.collections import COMPLAINTS
from feedback_service.application.copies.queries import heads_of, working_days
from feedback_service.application.log.entries import log
from feedback_service.domain.complaints.complaint import Complaint
from feedback_service.domain.complaints.values import OF_THE_UNIT, ComplaintState, Rung
from feedback_service.domain.log.entry import ActorClass, EntryType

BATCH = 100
"""Rows looked at in one step; the next step takes the rest."""


async def pass_complaint_dates(uow: UnitOfWork) -> int:
    """Escalate what is overdue, close what was confirmed or met with silence; how many."""
    reading = uow.reading()
    today = business_date(reading.now).isoformat()
    complaints = reading.store(COMPLAINTS)
    overdue = [
        complaint
        for passed in ("due_on", "escalate_on")
        for complaint in await complaints.select(Lt(passed, today), limit=BATCH)
    ]
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
        today = business_date(tx.now)
        responsible, ladder = await _responsible(complaint, today, tx)
        days, before = await working_days(complaint.province, tx), len(complaint.escalations)
        due = complaint.escalate(today, ladder, days, responsible)
        if due:
            told = [each.unit_id for each in complaint.escalations[before:] if each.unit_id]
            fields = {"state": complaint.state, **({"to": told[0]} if told else {})}
            by = ActorClass.PLATFORM
            await log(tx, complaint, EntryType.COMPLAINT_ESCALATED, by, **fields)
            await tx.store(COMPLAINTS).save(complaint)
    return due


async def _responsible(
    complaint: Complaint, on: date, tx: Transaction
) -> tuple[str | None, list[Rung]]:
    """Who owes the step, whoever it was assigned to or else the unit's head, and who is told that
    it is late: the heads from there upwards, never the person complained of, then the board."""
    heads = await heads_of(tx, complaint.unit_path, on)
    head = heads.get(complaint.unit_id)
    responsible = complaint.handler or head
    rungs = [
        Rung(unit_id=unit_id, civil_servant_id=heads[unit_id])
        for unit_id in complaint.unit_path
        if unit_id in heads
        and heads[unit_id] not in complaint.officers | {responsible}
        and (unit_id != complaint.unit_id or complaint.state in OF_THE_UNIT)
    ]
    return responsible, [*rungs, Rung()]


@again
async def _close(uow: UnitOfWork, complaint_id: str) -> bool:
    """On the complainant's word, or after their silence, which the basis tells."""
    async with uow.begin() as tx:
        complaint = await tx.store(COMPLAINTS).get(complaint_id)
        due = complaint.closable_on(business_date(tx.now))
        if due:
            days = await working_days(complaint.province, tx)
            complaint.close_as_resolved(business_date(tx.now), days)
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
