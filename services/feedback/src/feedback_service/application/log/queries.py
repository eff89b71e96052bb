"""The public log as everybody reads it: entries, proofs, signed roots."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from congvu_kit.application.ports import Eq, Page, Transaction
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Invalid, NotFound
from congvu_kit.domain.merkle import (
    EMPTY_ROOT,
    Subtree,
    consistency_path,
    inclusion_path,
    root_of,
    subtrees,
)
from congvu_kit.domain.vietnamese import vi_text
from feedback_service.application.collections import (
    CHECKPOINTS,
    LOG_ENTRIES,
    LOG_NODES,
    SUBMISSIONS,
)
from feedback_service.application.log.entries import head_of
from feedback_service.domain.log.checkpoint import Checkpoint
from feedback_service.domain.log.entry import LogEntry, entry_id
from feedback_service.domain.log.head import LogHead, node_id
from feedback_service.domain.log.receipt import merged_by, proof_text


async def find_head(tx: Transaction) -> LogHead:
    """Where the log ends now."""
    return await head_of(tx)


async def list_entries(
    tx: Transaction, subject: str | None = None, *, first: int, after: str | None
) -> Page[LogEntry]:
    """In order, from the beginning: all, or those about one complaint, promise or unit."""
    conditions = [Eq("subject", subject)] if subject is not None else []
    # Ids are in that order.
    return await tx.store(LOG_ENTRIES).page(*conditions, first=first, after=after)


async def list_checkpoints(tx: Transaction, *, first: int, after: str | None) -> Page[Checkpoint]:
    """Newest first."""
    return await tx.store(CHECKPOINTS).page(order=["-size", "-at"], first=first, after=after)


async def subtree_hashes(tx: Transaction, wanted: list[Subtree]) -> dict[Subtree, str]:
    """Roots of complete subtrees, by (level, index): two reads, however long the log is."""
    leaves = [index for level, index in wanted if level == 0]
    nodes = [key for key in wanted if key[0] > 0]
    entries = await tx.store(LOG_ENTRIES).find_many([entry_id(index + 1) for index in leaves])
    found = await tx.store(LOG_NODES).find_many([node_id(*key) for key in nodes])
    hashes: dict[Subtree, str] = {}
    for key, row in zip(
        [*((0, index) for index in leaves), *nodes], [*entries, *found], strict=True
    ):
        if row is None:
            raise NotFound(
                en=f"no subtree {key!r}",
                vi="Chưa lập được bằng chứng cho mục nhật ký này. Vui lòng kiểm tra số thứ tự "
                "mục rồi thử lại.",
            )
        hashes[key] = row.hash
    return hashes


async def find_entries(
    numbers: Sequence[int], reader: Actor, tx: Transaction
) -> list[LogEntry | None]:
    """For everybody."""
    del reader
    return await tx.store(LOG_ENTRIES).find_many([entry_id(number) for number in numbers])


async def inclusion_proof(tx: Transaction, sequence: int) -> str | None:
    """That the entry is in the log, as the newest signed root has it (c2sp.org/tlog-proof); None
    while no root covers it."""
    newest = await tx.store(CHECKPOINTS).first(order=["-size", "-at"])
    if newest is None or not 1 <= sequence <= newest.size:
        return None
    path = inclusion_path(sequence - 1, newest.size)
    hashes = await subtree_hashes(tx, [each for leaves in path for each in subtrees(leaves)])
    siblings = [root_of(leaves, hashes.__getitem__) for leaves in path]
    entry = await tx.store(LOG_ENTRIES).get(entry_id(sequence))
    return proof_text(sequence - 1, siblings, newest.note, entry=entry.body)


async def consistency(tx: Transaction, old: int, size: int) -> Sequence[str]:
    """That the log's first `size` entries begin with its first `old`: nothing to prove of none, and
    no proof for more."""
    if not 0 < old < size:
        return ()
    path = consistency_path(old, size)
    hashes = await subtree_hashes(tx, [each for leaves in path for each in subtrees(leaves)])
    return [root_of(leaves, hashes.__getitem__) for leaves in path]


@dataclass(frozen=True, kw_only=True)
class LogProof:
    """Paths as RFC 9162 lists them. `entry` is in the tree of `size`, which begins with the tree
    of `old_size`. `merged_by` is of what was acknowledged and is in no entry yet."""

    size: int
    root: str
    entry: LogEntry | None
    inclusion: tuple[str, ...]
    old_size: int | None
    old_root: str | None
    consistency: tuple[str, ...]
    merged_by: str | None = None


async def prove_of(
    tx: Transaction, subject: str, *, size: int | None, old_size: int | None
) -> LogProof:
    """About the entry that a receipt promised; when it is awaited, until when."""
    first = await first_of(tx, subject)
    if first is not None:
        return await prove(tx, sequence=first.number, size=size, old_size=old_size)
    waiting = await tx.store(SUBMISSIONS).find(subject)
    if waiting is None or waiting.log_sequence is not None:
        raise NotFound(
            en="neither the log nor what it waits for has this subject",
            vi="Nhật ký và hàng chờ đều không có đối tượng này.",
            field="subject",
        )
    size = size or (await head_of(tx)).size
    known = await prove(tx, sequence=None, size=size, old_size=old_size) if size else NOTHING
    return replace(known, merged_by=merged_by(waiting.received_at))


async def first_of(tx: Transaction, subject: str) -> LogEntry | None:
    """The entry with which the log began to tell of it."""
    return await tx.store(LOG_ENTRIES).first(Eq("subject", subject))


async def prove(
    tx: Transaction, *, sequence: int | None, size: int | None, old_size: int | None
) -> LogProof:
    """About the whole log, or its first `size` entries."""
    head = await head_of(tx)
    size = head.size if size is None else size
    _require_within(size, head.size, "size")
    if sequence is not None:
        _require_within(sequence, size, "sequence")
    if old_size is not None:
        _require_within(old_size, size, "oldSize")
    inclusion = inclusion_path(sequence - 1, size) if sequence is not None else []
    consistency = consistency_path(old_size, size) if old_size is not None else []
    old = [(0, old_size)] if old_size is not None else []
    ranges = [(0, size), *old, *inclusion, *consistency]
    hashes = await subtree_hashes(tx, [each for leaves in ranges for each in subtrees(leaves)])
    hash_of = hashes.__getitem__
    return LogProof(
        size=size,
        root=root_of((0, size), hash_of),
        entry=await tx.store(LOG_ENTRIES).get(entry_id(sequence)) if sequence is not None else None,
        inclusion=tuple(root_of(leaves, hash_of) for leaves in inclusion),
        old_size=old_size,
        old_root=root_of(old[0], hash_of) if old else None,
        consistency=tuple(root_of(leaves, hash_of) for leaves in consistency),
    )


NOTHING = LogProof(
    size=0,
    root=EMPTY_ROOT,
    entry=None,
    inclusion=(),
    old_size=None,
    old_root=None,
    consistency=(),
)


def _require_within(value: int, most: int, field: str) -> None:
    if not 1 <= value <= most:
        raise Invalid(
            en=f"must be 1 to {most}, not {value}",
            vi=f"Phải từ 1 đến {vi_text(most)}.",
            field=field,
            rule_id="F-I1",
        )
