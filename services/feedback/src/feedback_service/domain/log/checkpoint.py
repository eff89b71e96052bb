"""Signed roots of the public log, in the C2SP checkpoint format that log witnesses read."""

import base64
from dataclasses import dataclass
from datetime import datetime

from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.heads import TreeHead
from feedback_service.domain.log.entry import instant


@dataclass(frozen=True, kw_only=True)
class LogCheckpointed(Event):
    """A signed root of the public log was published."""

    TYPE = "congvu.feedback.log.checkpointed.v1"

    checkpoint_id: str
    size: int
    root: str
    at: str
    note: str


@dataclass(kw_only=True)
class Checkpoint(Aggregate):
    """`note` is the signed text: origin, size, root, time; then the signatures, the log's own first
    and those of witnesses after it. Of those that are not `kept`, the newest and the last one that
    each witness cosigned, every one is replaced by its next."""

    size: int
    root: str
    at: datetime
    note: str
    kept: bool = True

    @property
    def origin(self) -> str:
        return self.note.partition("\n")[0]

    def announce(self) -> None:
        self.record(
            LogCheckpointed(
                checkpoint_id=self.id,
                size=self.size,
                root=self.root,
                at=instant(self.at),
                note=self.note,
            )
        )

    def cosign(self, line: str) -> None:
        """Add a witness's signature line, once."""
        if line not in self.note:
            self.note += line


def checkpoint_text(head: TreeHead, at: str) -> str:
    """What is signed: https://c2sp.org/tlog-checkpoint, with the time as extension line."""
    root = base64.b64encode(bytes.fromhex(head.root)).decode()
    return f"{head.origin}\n{head.size}\n{root}\ntime {at}\n"
