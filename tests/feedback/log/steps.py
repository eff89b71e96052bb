"""Writing to the public log in tests."""

import hashlib
from datetime import UTC, datetime

from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.log_entries import canonical_entry
from feedback import people
from feedback.scenes import (
    new_key,
)
from feedback_service.application.log.commands import (
    PublishCheckpoint,
    RedactLogEntry,
    publish_checkpoint,
    redact_log_entry,
)
from feedback_service.application.log.entries import append
from feedback_service.application.needs import Needs
from feedback_service.domain.log.checkpoint import Checkpoint
from feedback_service.domain.log.entry import (
    ActorClass,
    EntryType,
    LogEntry,
    PublicFact,
    RedactionReason,
)

AT = datetime(2026, 8, 3, 2, tzinfo=UTC)


def fact(text: str = "x") -> PublicFact:
    return PublicFact(
        type=EntryType.COMPLAINT_ANSWERED,
        by=ActorClass.UNIT_STAFF,
        subject="cpl_1",
        fields={"answer": text, "province": "56"},
    )


def defined_root(leaves: list[str]) -> str:
    """MTH of RFC 9162, 2.1.1, as it is written there, over leaf hashes."""
    if not leaves:
        return hashlib.sha256(b"").hexdigest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    left, right = (bytes.fromhex(defined_root(half)) for half in (leaves[:k], leaves[k:]))
    return hashlib.sha256(b"\x01" + left + right).hexdigest()


def body_of(entry: LogEntry) -> bytes:
    return canonical_entry(
        sequence=entry.number,
        previous=entry.previous,
        type=entry.type,
        at=entry.at,
        by=entry.by,
        subject=entry.subject,
        fields={field.name: field.commitment for field in entry.fields},
    )


async def filled(uow: UnitOfWork, entries: int) -> None:
    async with uow.begin() as tx:
        await append(tx, *(fact(str(number)) for number in range(entries)))


async def checkpoint(uow: UnitOfWork, needs: Needs, actor: Actor) -> Checkpoint:
    command = PublishCheckpoint(actor=actor, idempotency_key=new_key())
    return await perform(publish_checkpoint, command, uow, needs=needs)


def redaction(sequence: int, *fields: str, actor: Actor = people.BOARD) -> RedactLogEntry:
    return RedactLogEntry(
        actor=actor,
        idempotency_key=new_key(),
        sequence=sequence,
        fields=fields,
        reason=RedactionReason.PERSONAL_DATA,
        legal_basis="Điều 16 Nghị định 13/2023/NĐ-CP",
    )


async def redact(uow: UnitOfWork, needs: Needs, command: RedactLogEntry) -> LogEntry:
    return await perform(redact_log_entry, command, uow, needs=needs)
