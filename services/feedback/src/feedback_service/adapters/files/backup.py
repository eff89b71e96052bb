"""What a backup of feedback proves, and what never comes back from one."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from congvu_kit.adapters.head_memory import HeadMemory
from congvu_kit.application.backups import NotWhole, Proof, ServiceBackup, Sieve
from congvu_kit.application.documents import Codec
from congvu_kit.domain.log_entries import GENESIS_HASH, canonical_entry
from congvu_kit.domain.merkle import GrowingRoot, leaf_hash
from feedback_service.adapters.files.erasures import ErasureFile
from feedback_service.application.collections import (
    CHECKPOINTS,
    INDEXES,
    LOG_ENTRIES,
    LOG_HEAD,
    PRIVATE_KEYS,
)
from feedback_service.domain.log.entry import EntryType, LogEntry

_ENTRIES, _HEAD = Codec(LOG_ENTRIES), Codec(LOG_HEAD)


@dataclass
class LogProof:
    """The log from its first entry on: its chain, and the root at every size that was signed. Of
    the indexes, that none has changed."""

    heads: HeadMemory | None
    collections: Sequence[str] = (
        CHECKPOINTS.name,
        LOG_HEAD.name,
        LOG_ENTRIES.name,
        INDEXES.name,
    )
    _signed: dict[int, str] = field(default_factory=dict)
    _head: tuple[int, str] = (0, "")
    _tree: GrowingRoot = field(default_factory=GrowingRoot)
    _last: str = GENESIS_HASH
    _indexes: int = 0
    _of_indexes: Any = field(default_factory=hashlib.sha256)

    def take(self, collection: str, document: Mapping[str, Any]) -> None:
        if collection == CHECKPOINTS.name:
            self._sign(document["size"], document["root"])
            self._remembered(document["note"].partition("\n")[0])
        elif collection == LOG_HEAD.name:
            head = _HEAD.load(document)
            self._head = head.size, head.root
        elif collection == LOG_ENTRIES.name:
            self._append(_ENTRIES.load(document))
        else:
            self._indexes += 1
            text = json.dumps(document, sort_keys=True, default=str)
            self._of_indexes.update(text.encode())

    def _remembered(self, origin: str) -> None:
        """What was signed before the backup began is in it."""
        if self.heads is not None:
            last = self.heads.last(origin)
            self._sign(last.size, last.root)

    def _sign(self, size: int, root: str) -> None:
        if size and self._signed.setdefault(size, root) != root:
            raise NotWhole(
                vi=f"nhật ký công khai: có hai gốc được ký trên cùng {size} mục của nhật ký",
                en=f"feedback: two roots were signed over {size} entries of the log",
            )

    def _append(self, entry: LogEntry) -> None:
        body = canonical_entry(
            sequence=entry.number,
            previous=entry.previous,
            type=entry.type,
            at=entry.at,
            by=entry.by,
            subject=entry.subject,
            fields={each.name: each.commitment for each in entry.fields},
        )
        follows = entry.number == self._tree.size + 1 and entry.previous == self._last
        if not follows or leaf_hash(body) != entry.hash:
            raise NotWhole(
                vi=f"nhật ký công khai: mục {entry.number} không còn như trước",
                en=f"feedback: entry {entry.number} of the log is not what it was",
            )
        self._tree.append(entry.hash)
        self._last = entry.hash
        signed = self._signed.get(entry.number)
        if signed is not None and signed != self._tree.root():
            raise NotWhole(
                vi=f"nhật ký công khai: gốc trên {entry.number} mục là gốc khác",
                en=f"feedback: the log's root over {entry.number} entries is another one",
            )

    def finish(self) -> Mapping[str, str]:
        size, root = self._tree.size, self._tree.root()
        if self._head[0] != size or (size and self._head[1] != root):
            raise NotWhole(
                vi="nhật ký công khai: không kết thúc ở chỗ mốc cuối nêu",
                en="feedback: the log does not end where its head says",
            )
        last = max(self._signed, default=0)
        if last > size:
            raise NotWhole(
                vi=f"nhật ký công khai: đã ký {last} mục, hiện có {size}",
                en=f"feedback: {last} entries of the log were signed, and {size} are there",
            )
        return {
            "log entries": str(size),
            "log root": root,
            "last signed head": f"{last} {self._signed.get(last, '')}".strip(),
            "indexes": f"{self._indexes} {self._of_indexes.hexdigest()}",
        }


@dataclass
class Erased:
    """Keys that were destroyed: by the memory beside the database, and by the log."""

    owners: set[str]
    collections: Sequence[str] = (LOG_ENTRIES.name,)

    def learn(self, document: Mapping[str, Any]) -> None:
        if document["type"] == EntryType.PRIVATE_DATA_ERASED:
            self.owners.add(document["subject"])

    def instead_of(self, collection: str, document: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Without its key. When it was erased is told by the log; feedback completes it there."""
        if collection != PRIVATE_KEYS.name or document["_id"] not in self.owners:
            return None
        if document.get("wrapped") is None:
            return None
        return {**document, "wrapped": None, "made_on": None}


class FeedbackBackup:
    service = "feedback"

    def proof(self, memory: Path | None) -> Proof:
        return LogProof(HeadMemory(memory) if memory else None)

    def sieve(self, memory: Path | None) -> Sieve:
        remembered = ErasureFile(memory).read() if memory else ()
        return Erased({each.owner_id for each in remembered})


BACKUP: ServiceBackup = FeedbackBackup()
