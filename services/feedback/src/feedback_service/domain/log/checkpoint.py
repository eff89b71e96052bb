"""Signed roots of the public log, in the C2SP checkpoint format that log witnesses read."""

import base64
from dataclasses import dataclass
from datetime import datetime

from congvu_kit.domain.aggregate import Aggregate, Event


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
    """`note` is the signed text: origin, size, root, time; then the signature."""

    size: int
    root: str
    at: datetime
    note: str


def checkpoint_text(origin: str, size: int, root: str, at: str) -> str:
    """What is signed: https://c2sp.org/tlog-checkpoint, with the time as extension line."""
    return f"{origin}\n{size}\n{base64.b64encode(bytes.fromhex(root)).decode()}\ntime {at}\n"
