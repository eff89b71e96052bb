"""Erasing for good: the key is destroyed, the public log tells it, and no backup undoes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.application.commands import Command
from congvu_kit.application.perform import again
from congvu_kit.application.personal_numbers import SealedText
from congvu_kit.application.ports import Eq, Transaction, UnitOfWork
from congvu_kit.domain.actor import Role
from feedback_service.application.access import SUBMITTERS, require_submitter
from feedback_service.application.collections import (
    COMPLAINTS,
    LOG_ENTRIES,
    PRIVATE_KEYS,
    SUBMISSIONS,
)
from feedback_service.application.log.entries import PUBLIC_LOG, append_one
from feedback_service.application.log.sequencing import settle
from feedback_service.application.needs import Erasures, Vault
from feedback_service.domain.common.private_data import PrivateKey, RememberedErasure
from feedback_service.domain.common.texts import public_text
from feedback_service.domain.log.entry import ActorClass, EntryType, LogEntry, PublicFact
from feedback_service.domain.submissions.rating_limits import RatingLimits

BATCH = 500


@dataclass(frozen=True, kw_only=True)
class ErasePrivateData(Command):
    operation: ClassVar[str] = "erase_private_data"
    turn: ClassVar[str] = PUBLIC_LOG

    owner_id: str
    submitter_token: SealedText | None
    legal_basis: str


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """What was erased; `erased` is False when there was nothing left to erase."""

    owner_id: str
    erased: bool


async def erase_private_data(
    command: ErasePrivateData,
    tx: Transaction,
    *,
    vault: Vault,
    erasures: Erasures,
    limits: RatingLimits,
) -> Erasure:
    """Destroys the key, on the wish of who sent it or by decision of the review board. The public
    log stays valid, and tells that and why something was erased."""
    actor = command.actor
    actor.require(*SUBMITTERS, Role.REVIEW_BOARD)
    basis = public_text(command.legal_basis, field="input.legalBasis")
    submission = await tx.store(SUBMISSIONS).find(command.owner_id)
    owner = submission or await tx.store(COMPLAINTS).get(command.owner_id)
    if actor.has(Role.REVIEW_BOARD):
        actor.require_province(owner.province)
        by = ActorClass.REVIEW_BOARD
    else:
        require_submitter(actor, command.submitter_token, owner, vault)
        by = ActorClass.SUBMITTER
    if submission is not None:
        await settle(tx, submission, limits)
    erasure = RememberedErasure(
        owner_id=owner.id, province=owner.province, by=by, legal_basis=basis
    )
    return Erasure(owner_id=owner.id, erased=await erase(tx, erasure, erasures))


async def erase(tx: Transaction, erasure: RememberedErasure, erasures: Erasures) -> bool:
    """False when it was erased before, or nothing was sealed. Remembered first: what fails after
    that is done at the next start."""
    key = await tx.store(PRIVATE_KEYS).find(erasure.owner_id)
    if key is None or key.wrapped is None:
        return False
    await erasures.remember(erasure)
    await _destroy(tx, key)
    await _tell(tx, erasure)
    return True


async def replay_erasures(uow: UnitOfWork, erasures: Erasures) -> int:
    """Destroy again every key that a restored backup brought back, by what the public log and the
    memory beside it say, and tell the log what it forgot; return how many."""
    remembered = {each.owner_id: each for each in await erasures.all()}
    told = {entry.subject for entry in await _entries(uow)}
    owners, destroyed = sorted(remembered.keys() | told), 0
    for start in range(0, len(owners), BATCH):
        batch = owners[start : start + BATCH]
        destroyed += await _destroy_again(uow, batch, remembered, told)
    return destroyed


@again
async def _destroy_again(
    uow: UnitOfWork, owners: Sequence[str], remembered: dict[str, RememberedErasure], told: set[str]
) -> int:
    destroyed = 0
    async with uow.begin() as tx:
        for key in await tx.store(PRIVATE_KEYS).find_many(owners):
            if key is None:
                continue
            if key.id not in told:
                await _tell(tx, remembered[key.id])
            if key.wrapped is not None:
                await _destroy(tx, key)
                destroyed += 1
    return destroyed


async def _entries(uow: UnitOfWork) -> Sequence[LogEntry]:
    store, after = uow.reading().store(LOG_ENTRIES), None
    entries: list[LogEntry] = []
    while True:
        page = await store.page(
            Eq("type", EntryType.PRIVATE_DATA_ERASED), order=("number",), first=BATCH, after=after
        )
        entries += page.items
        if not page.has_next:
            return entries
        after = page.cursors[-1]


async def _destroy(tx: Transaction, key: PrivateKey) -> None:
    key.erase(tx.now)
    await tx.store(PRIVATE_KEYS).save(key)


async def _tell(tx: Transaction, erasure: RememberedErasure) -> None:
    fact = PublicFact(
        type=EntryType.PRIVATE_DATA_ERASED,
        by=erasure.by,
        subject=erasure.owner_id,
        fields={"legal_basis": erasure.legal_basis, "province": erasure.province},
    )
    await append_one(tx, fact)
