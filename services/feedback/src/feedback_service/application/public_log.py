"""Use cases and reads of the public log."""

from dataclasses import dataclass

from congvu_kit.application.perform import Command
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Role
from congvu_kit.domain.errors import Invalid, NotFound
from feedback_service.application.appending import append_one, head_of
from feedback_service.application.collections import (
    COMPLAINTS,
    LOG_ENTRIES,
    LOG_NODES,
)
from feedback_service.application.deadlines import Checkpointing
from feedback_service.domain.checkpoints import Checkpoint
from feedback_service.domain.merkle import (
    consistency_path,
    inclusion_path,
    root_of,
    subtrees,
)
from feedback_service.domain.public_log import (
    ActorClass,
    EntryType,
    LogEntry,
    PublicFact,
    RedactionReason,
    entry_id,
    node_id,
)
from feedback_service.domain.words import public_text


@dataclass(frozen=True, kw_only=True)
class RedactLogEntry(Command):
    seq: int
    fields: tuple[str, ...]
    reason: RedactionReason
    legal_basis: str


@dataclass(frozen=True, kw_only=True)
class PublishCheckpoint(Command):
    pass


@dataclass(frozen=True)
class PublicLog:
    checkpointing: Checkpointing

    async def redact_log_entry(self, command: RedactLogEntry, tx: Transaction) -> LogEntry:
        """Hides free text that shows a person; the tombstone says what, why and on what basis,
        and every hash stays valid (F-I7)."""
        command.actor.require(Role.REVIEW_BOARD)
        entry = await tx.store(LOG_ENTRIES).get(entry_id(command.seq))
        province = next((each.value for each in entry.fields if each.name == "province"), None)
        command.actor.require_province(province or "")
        names = tuple(dict.fromkeys(command.fields))
        if not names:
            raise Invalid(en="name a field", vi="nêu trường cần che", field="input.fields")
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
            },
        )
        entry.hide(names, await append_one(tx, fact))
        await tx.store(LOG_ENTRIES).save(entry)
        complaint = await tx.store(COMPLAINTS).find(entry.subject)
        if complaint is not None:
            complaint.hide(entry.number)
            await tx.store(COMPLAINTS).save(complaint)
        return entry

    async def publish_checkpoint(self, command: PublishCheckpoint, tx: Transaction) -> Checkpoint:
        """Now, instead of with the daily one."""
        command.actor.require(Role.REVIEW_BOARD, Role.PERIOD_ADMIN)
        return await self.checkpointing.sign_current(tx)


async def subtree_hashes(
    tx: Transaction, wanted: list[tuple[int, int]]
) -> dict[tuple[int, int], str]:
    """Roots of complete subtrees, by (level, index): two reads, however long the log is."""
    leaves = [index for level, index in wanted if level == 0]
    nodes = [key for key in wanted if key[0] > 0]
    entries = await tx.store(LOG_ENTRIES).find_many([entry_id(index + 1) for index in leaves])
    found = await tx.store(LOG_NODES).find_many([node_id(*key) for key in nodes])
    hashes: dict[tuple[int, int], str] = {}
    for key, row in zip(
        [*((0, index) for index in leaves), *nodes], [*entries, *found], strict=True
    ):
        if row is None:
            raise NotFound(en=f"no subtree {key!r}", vi=f"không có cây con {key!r}")
        hashes[key] = row.hash
    return hashes


@dataclass(frozen=True, kw_only=True)
class LogProof:
    """Paths as RFC 9162 lists them. `entry` is in the tree of `size`, which begins with the tree
    of `old_size`."""

    size: int
    root: str
    entry: LogEntry | None
    inclusion: tuple[str, ...]
    old_size: int | None
    old_root: str | None
    consistency: tuple[str, ...]


async def prove(
    tx: Transaction, *, seq: int | None, size: int | None, old_size: int | None
) -> LogProof:
    """About the whole log, or its first `size` entries."""
    head = await head_of(tx)
    size = head.size if size is None else size
    _require_within(size, head.size, "size")
    if seq is not None:
        _require_within(seq, size, "seq")
    if old_size is not None:
        _require_within(old_size, size, "oldSize")
    inclusion = inclusion_path(seq - 1, size) if seq is not None else []
    consistency = consistency_path(old_size, size) if old_size is not None else []
    old = [(0, old_size)] if old_size is not None else []
    ranges = [(0, size), *old, *inclusion, *consistency]
    hashes = await subtree_hashes(tx, [each for leaves in ranges for each in subtrees(leaves)])
    hash_of = hashes.__getitem__
    return LogProof(
        size=size,
        root=root_of((0, size), hash_of),
        entry=await tx.store(LOG_ENTRIES).get(entry_id(seq)) if seq is not None else None,
        inclusion=tuple(root_of(leaves, hash_of) for leaves in inclusion),
        old_size=old_size,
        old_root=root_of(old[0], hash_of) if old else None,
        consistency=tuple(root_of(leaves, hash_of) for leaves in consistency),
    )


def _require_within(value: int, most: int, field: str) -> None:
    if not 1 <= value <= most:
        raise Invalid(
            en=f"must be 1 to {most}, not {value}",
            vi=f"phải từ 1 đến {most}, không phải {value}",
            field=field,
            rule_id="F-I1",
        )
