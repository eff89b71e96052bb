"""Signed roots: one a day, and whenever somebody asks for one."""

from datetime import timedelta

from congvu_kit.application.perform import again
from congvu_kit.application.ports import Transaction, UnitOfWork
from congvu_kit.domain.ids import new_id
from feedback_service.application.collections import CHECKPOINTS
from feedback_service.application.log.entries import head_of
from feedback_service.application.needs import NoteSigner
from feedback_service.domain.log.checkpoint import Checkpoint, LogCheckpointed, checkpoint_text
from feedback_service.domain.log.entry import instant


async def sign_current(tx: Transaction, signer: NoteSigner) -> Checkpoint:
    """A signed root over everything in the log now."""
    head = await head_of(tx)
    at = instant(tx.now)
    note = signer.sign(checkpoint_text(signer.origin, head.size, head.root, at))
    checkpoint = Checkpoint(id=new_id("chk"), size=head.size, root=head.root, at=tx.now, note=note)
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


async def sign_when_due(uow: UnitOfWork, signer: NoteSigner, every: timedelta) -> bool:
    """One a day, whether or not anything happened: silence can be checked too. And one as soon
    as a new log holds something."""
    reading = uow.reading()
    newest = await reading.store(CHECKPOINTS).first(order=["-size", "-at"])
    if newest is not None and reading.now - newest.at < every:
        begun = newest.size == 0 and (await head_of(reading)).size > 0
        if not begun:
            return False
    await _sign(uow, signer)
    return True


@again
async def _sign(uow: UnitOfWork, signer: NoteSigner) -> None:
    async with uow.begin() as tx:
        await sign_current(tx, signer)
