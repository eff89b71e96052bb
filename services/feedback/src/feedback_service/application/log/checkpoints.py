"""Signed roots: one soon after anything happened, one a day that is kept, one on demand.

The signer remembers apart from the database what it signed and refuses to contradict it, so a log
that was cut or rewritten is found here (F-I11).
"""

from datetime import timedelta

from congvu_kit.application.perform import again
from congvu_kit.application.ports import Eq, Transaction, UnitOfWork
from congvu_kit.domain.heads import TreeHead, require_continued
from congvu_kit.domain.ids import new_id
from feedback_service.application.collections import CHECKPOINTS
from feedback_service.application.log.entries import head_of
from feedback_service.application.log.queries import consistency
from feedback_service.application.needs import LogSigner
from feedback_service.domain.log.checkpoint import Checkpoint
from feedback_service.domain.log.entry import instant

CURRENT = "chk_current"
"""The one that is replaced by the next: a signed root is never much older than the last entry, and
the list of those that are kept stays short."""


async def sign_current(tx: Transaction, signer: LogSigner, *, kept: bool = True) -> Checkpoint:
    """A signed root over everything in the log now; raise `Contradiction` if it was cut."""
    head = await tree_head(tx, signer.origin)
    since = await signer.last()
    proof = await consistency(tx, since.size, head.size)
    note = await signer.sign_checkpoint(head, instant(tx.now), since=since, proof=proof)
    checkpoint = None if kept else await tx.store(CHECKPOINTS).find(CURRENT)
    if checkpoint is None:
        id = new_id("chk") if kept else CURRENT
        checkpoint = Checkpoint(
            id=id, size=head.size, root=head.root, at=tx.now, note=note, kept=kept
        )
    checkpoint.size, checkpoint.root = head.size, head.root
    checkpoint.at, checkpoint.note = tx.now, note
    if kept:
        checkpoint.announce()
    await tx.store(CHECKPOINTS).save(checkpoint)
    return checkpoint


async def tree_head(tx: Transaction, origin: str) -> TreeHead:
    head = await head_of(tx)
    return TreeHead(origin=origin, size=head.size, root=head.root)


async def require_whole(tx: Transaction, signer: LogSigner) -> None:
    """Raise `Contradiction` unless the log continues what was signed: what the signer remembers,
    and what lies signed in the database itself."""
    head = await tree_head(tx, signer.origin)
    last = await signer.last()
    require_continued(last, head, await consistency(tx, last.size, head.size))
    newest = await newest_checkpoint(tx)
    if newest is not None and newest.origin == signer.origin:
        signed = TreeHead(origin=signer.origin, size=newest.size, root=newest.root)
        require_continued(signed, head, await consistency(tx, signed.size, head.size))


async def newest_checkpoint(tx: Transaction) -> Checkpoint | None:
    return await tx.store(CHECKPOINTS).first(order=["-size", "-at"])


async def sign_when_due(uow: UnitOfWork, signer: LogSigner, every: timedelta) -> bool:
    """As soon as there is something new; and one a day that is kept, whether or not anything
    happened: silence can be checked too."""
    reading = uow.reading()
    kept = await reading.store(CHECKPOINTS).first(Eq("kept", True), order=["-at"])
    due = kept is None or reading.now - kept.at >= every
    newest, head = await newest_checkpoint(reading), await head_of(reading)
    if not due and newest is not None and newest.size >= head.size:
        return False
    await _sign(uow, signer, kept=due)
    return True


@again
async def _sign(uow: UnitOfWork, signer: LogSigner, *, kept: bool) -> None:
    async with uow.begin() as tx:
        await sign_current(tx, signer, kept=kept)
