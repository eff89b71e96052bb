"""What a writer to the public log is given at once: a signed promise that it will be in it."""

import base64
import re
from datetime import datetime, timedelta

from feedback_service.domain.log.entry import instant

MERGE_DELAY = timedelta(seconds=60)
"""By when a signed root covers an entry; the log is signed every ten seconds."""


_NUMBER = re.compile(r"^entry ([1-9]\d{0,11})$", re.MULTILINE)


def number_of(receipt: str) -> int:
    """Of the entry that it is a receipt of; 0 of what is none."""
    found = _NUMBER.search(receipt)
    return int(found.group(1)) if found else 0


def receipt_text(origin: str, *, sequence: int, leaf: str, subject: str, at: str) -> str:
    """What is signed. Its first line is none that a checkpoint could have."""
    return (
        f"receipt/v1 {origin}\nentry {sequence}\nleaf {encoded(leaf)}\nsubject {subject}\n"
        f"time {at}\nmerged-by {merged_by(at)}\n"
    )


def promise_text(origin: str, *, promise: str, subject: str, at: str) -> str:
    """What is signed before the entry has a place: that one with this content will be there."""
    return (
        f"receipt/v2 {origin}\npromise {encoded(promise)}\nsubject {subject}\n"
        f"time {at}\nmerged-by {merged_by(at)}\n"
    )


def merged_by(at: str) -> str:
    return instant(datetime.fromisoformat(at) + MERGE_DELAY)


def proof_text(index: int, path: list[str], checkpoint: str, *, entry: bytes) -> str:
    """https://c2sp.org/tlog-proof: what somebody checks later, with no connection. What the entry's
    hash is made of stands beside it, for a promise that was made before the entry had a place."""
    extra = base64.b64encode(entry).decode()
    lines = ["c2sp.org/tlog-proof@v1", f"extra {extra}", f"index {index}", *map(encoded, path)]
    return "\n".join([*lines, "", checkpoint])


def encoded(hash: str) -> str:
    return base64.b64encode(bytes.fromhex(hash)).decode()
