"""What happens when a date passes: escalation, closing in silence, a missed commitment, and the
daily checkpoint. Each step is one transaction and safe to repeat."""

from dataclasses import dataclass
from datetime import timedelta

from congvu_kit.application.perform import again
from congvu_kit.application.ports import Eq, Lt, Transaction, UnitOfWork
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.ids import new_id
from feedback_service.application.appending import append_one, head_of
from feedback_service.application.collections import (
    CHECKPOINTS,
    COMMITMENTS,
    COMPLAINTS,
)
from feedback_service.application.commitments import public_fact
from feedback_service.application.complaints import log
from feedback_service.application.ports import NoteSigner
from feedback_service.domain.checkpoints import Checkpoint, LogCheckpointed, checkpoint_text
from feedback_service.domain.commitments import OPEN, Outcome
from feedback_service.domain.complaint_parts import ComplaintState
from feedback_service.domain.public_log import ActorClass, EntryType, instant

BATCH = 100
"""Rows looked at in one step; the next step takes the rest."""


async def sweep(uow: UnitOfWork) -> int:
    """Everything whose date has passed; the number of changes."""
    reading = uow.reading()
    today = business_date(reading.now).isoformat()
    complaints, commitments = reading.store(COMPLAINTS), reading.store(COMMITMENTS)
    overdue = await complaints.select(Lt("due_on", today), limit=BATCH)
    silent = await complaints.select(
        Eq("state", ComplaintState.ANSWERED), Lt("dispute_until", today), limit=BATCH
    )
    confirmed = await complaints.select(Eq("state", ComplaintState.CONFIRMED_RESOLVED), limit=BATCH)
    missed = [
        commitment
        for state in OPEN
        for commitment in await commitments.select(
            Eq("state", state), Lt("due", today), limit=BATCH
        )
    ]
    changed = [await _escalate(uow, complaint.id) for complaint in overdue]
    changed += [await _close(uow, complaint.id) for complaint in [*silent, *confirmed]]
    changed += [await _miss(uow, commitment.id) for commitment in missed]
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


@again
async def _miss(uow: UnitOfWork, commitment_id: str) -> bool:
    async with uow.begin() as tx:
        commitment = await tx.store(COMMITMENTS).get(commitment_id)
        today = business_date(tx.now)
        due = commitment.overdue(today)
        if due:
            why = f"quá hạn {commitment.due.isoformat()}"
            commitment.assess(Outcome.MISSED, why, today)
            fact = public_fact(
                commitment,
                EntryType.COMMITMENT_ASSESSED,
                ActorClass.PLATFORM,
                outcome=Outcome.MISSED,
                why=why,
            )
            await append_one(tx, fact)
            await tx.store(COMMITMENTS).save(commitment)
    return due


@dataclass(frozen=True)
class Checkpointing:
    signer: NoteSigner
    every: timedelta

    async def sign_current(self, tx: Transaction) -> Checkpoint:
        """A signed root over everything in the log now."""
        head = await head_of(tx)
        at = instant(tx.now)
        note = self.signer.sign(checkpoint_text(self.signer.origin, head.size, head.root, at))
        checkpoint = Checkpoint(
            id=new_id("chk"), size=head.size, root=head.root, at=tx.now, note=note
        )
        checkpoint.record(
            LogCheckpointed(
                checkpoint_id=checkpoint.id,
                size=checkpoint.size,
                root=checkpoint.root,
                at=at,
                note=note,
            )
        )
        await tx.store(CHECKPOINTS).save(checkpoint)
        return checkpoint

    async def sign_when_due(self, uow: UnitOfWork) -> bool:
        """One a day, whether or not anything happened: silence can be checked too. And one as soon
        as a new log holds something."""
        reading = uow.reading()
        newest = await reading.store(CHECKPOINTS).first(order=["-size", "-at"])
        if newest is not None and reading.now - newest.at < self.every:
            begun = newest.size == 0 and (await head_of(reading)).size > 0
            if not begun:
                return False
        await self._sign(uow)
        return True

    @again
    async def _sign(self, uow: UnitOfWork) -> None:
        async with uow.begin() as tx:
            await self.sign_current(tx)
