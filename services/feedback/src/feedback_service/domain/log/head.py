"""Where the public log ends: the right edge of its tree, and the next entry to come."""

from dataclasses import dataclass
from datetime import datetime

from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.errors import Transient
from congvu_kit.domain.log_entries import GENESIS_HASH
from congvu_kit.domain.merkle import EMPTY_ROOT, leaf_hash, node_hash
from feedback_service.domain.log.entry import (
    LogEntry,
    PublicFact,
    entry_id,
    instant,
)

HEAD_ID = "head"


@dataclass(kw_only=True)
class LogNode(Aggregate):
    """The root of a complete subtree of 2^level entries; level 0 are the entries themselves."""

    hash: str


def node_id(level: int, index: int) -> str:
    return f"node_{level}_{index}"


@dataclass(frozen=True)
class Peak:
    """A complete subtree on the right edge of the tree."""

    level: int
    hash: str


@dataclass(kw_only=True)
class LogHead(Aggregate):
    """Where the log ends. Whoever appends saves it, so two cannot append at once (F-I1). `fence` is
    the number of the last sequencer's lease: one that lost it is refused."""

    size: int = 0
    last_hash: str = GENESIS_HASH
    last_at: str = ""
    peaks: tuple[Peak, ...] = ()
    fence: int = 0

    def pass_fence(self, number: int) -> None:
        """Raise `Transient` when a later sequencer has begun."""
        if number < self.fence:
            raise Transient(
                en="another process sequences the log now",
                vi="Nhật ký công khai đang được ghi. Vui lòng thử lại.",
            )
        self.fence = number

    def append(self, fact: PublicFact, at: datetime) -> tuple[LogEntry, list[LogNode]]:
        """The new entry and the subtrees that it completes. Time never runs backwards in the log,
        whatever the clocks of two servers say."""
        fields = fact.committed()
        self.last_at = max(self.last_at, fact.at or instant(at))
        entry = LogEntry(
            id=entry_id(self.size + 1),
            number=self.size + 1,
            previous=self.last_hash,
            hash="",
            type=fact.type,
            by=fact.by,
            subject=fact.subject,
            at=self.last_at,
            fields=fields,
        )
        entry.hash = leaf_hash(entry.body)
        self.size += 1
        self.last_hash = entry.hash
        return entry, self._grow(entry.hash)

    def _grow(self, leaf: str) -> list[LogNode]:
        peaks, made = [*self.peaks, Peak(0, leaf)], []
        while len(peaks) > 1 and peaks[-1].level == peaks[-2].level:
            right, left = peaks.pop(), peaks.pop()
            level = left.level + 1
            peaks.append(Peak(level, node_hash(left.hash, right.hash)))
            id = node_id(level, (self.size >> level) - 1)
            made.append(LogNode(id=id, hash=peaks[-1].hash))
        self.peaks = tuple(peaks)
        return made

    @property
    def root(self) -> str:
        """The Merkle tree hash over all entries."""
        if not self.peaks:
            return EMPTY_ROOT
        root = self.peaks[-1].hash
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak.hash, root)
        return root
