"""What a writer to the public log is given at once: a signed promise that it will be in it."""

import base64
from datetime import datetime, timedelta

from feedback_service.domain.log.entry import instant

MERGE_DELAY = timedelta(seconds=60)
"""By when a signed root covers an entry; the log is signed every ten seconds."""


def receipt_text(origin: str, *, sequence: int, leaf: str, subject: str, at: str) -> str:
    """What is signed. Its first line is none that a checkpoint could have."""
    due = instant(datetime.fromisoformat(at) + MERGE_DELAY)
    return (
        f"receipt/v1 {origin}\nentry {sequence}\nleaf {encoded(leaf)}\nsubject {subject}\n"
        f"time {at}\nmerged-by {due}\n"
    )


def proof_text(index: int, path: list[str], checkpoint: str) -> str:
    """https://c2sp.org/tlog-proof: what somebody checks later, with no connection."""
    lines = ["c2sp.org/tlog-proof@v1", f"index {index}", *map(encoded, path)]
    return "\n".join([*lines, "", checkpoint])


def encoded(hash: str) -> str:
    return base64.b64encode(bytes.fromhex(hash)).decode()
