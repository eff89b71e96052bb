"""What people do with the public log itself: hide a text in it, sign it now."""

from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.application.commands import Command
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Role
from congvu_kit.domain.errors import Invalid
from feedback_service.application.collections import COMPLAINTS, LOG_ENTRIES
from feedback_service.application.log.binding import ROW, row_hash
from feedback_service.application.log.checkpoints import sign_current
from feedback_service.application.log.entries import PUBLIC_LOG, append_one, next_number
from feedback_service.application.needs import LogSigner
from feedback_service.domain.common.texts import public_text
from feedback_service.domain.log.checkpoint import Checkpoint
from feedback_service.domain.log.entry import (
    ActorClass,
    EntryType,
    LogEntry,
    PublicFact,
    RedactionReason,
    entry_id,
)


@dataclass(frozen=True, kw_only=True)
class RedactLogEntry(Command):
    operation: ClassVar[str] = "redact_log_entry"
    turn: ClassVar[str] = PUBLIC_LOG

    sequence: int
    fields: tuple[str, ...]
    reason: RedactionReason
    legal_basis: str


@dataclass(frozen=True, kw_only=True)
class PublishCheckpoint(Command):
    operation: ClassVar[str] = "publish_checkpoint"
    turn: ClassVar[str] = PUBLIC_LOG


async def redact_log_entry(command: RedactLogEntry, tx: Transaction) -> LogEntry:
    """Hides free text that shows a person; the tombstone says what, why and on what basis, and
    every hash stays valid (F-I7)."""
    command.actor.require(Role.REVIEW_BOARD)
    entry = await tx.store(LOG_ENTRIES).get(entry_id(command.sequence))
    province = entry.shown("province")
    command.actor.require_province(province or "")
    names = tuple(dict.fromkeys(command.fields))
    if not names:
        raise Invalid(en="name a field", vi="Vui lòng nêu nội dung cần che.", field="input.fields")
    entry.hide(names, await next_number(tx))
    complaint = await tx.store(COMPLAINTS).find(entry.subject)
    bound = {}
    if complaint is not None:
        complaint.hide(entry.number)
        bound[ROW] = row_hash(complaint) or ""
        await tx.store(COMPLAINTS).save(complaint)
    fact = PublicFact(
        type=EntryType.REDACTED,
        by=ActorClass.REVIEW_BOARD,
        subject=entry.subject,
        fields={
            "entry": str(entry.number),
            "hidden": ",".join(names),
            "cause": command.reason.value,
            "legal_basis": public_text(command.legal_basis, field="input.legalBasis"),
            "province": province or "",
            **bound,
        },
    )
    await append_one(tx, fact)
    await tx.store(LOG_ENTRIES).save(entry)
    return entry


async def publish_checkpoint(
    command: PublishCheckpoint, tx: Transaction, *, signer: LogSigner
) -> Checkpoint:
    """Now, instead of with the daily one."""
    command.actor.require(Role.REVIEW_BOARD, Role.PERIOD_ADMIN)
    return await sign_current(tx, signer)
