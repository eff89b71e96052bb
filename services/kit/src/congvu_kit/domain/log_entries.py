"""How an entry of the public log is hashed: what writes the log and what checks it agree here.

The canonical form (RFC 8785) holds a salted commitment for each field instead of its value: a
value can be hidden later and every hash stays as it was.
"""

import hashlib
from collections.abc import Mapping

from congvu_kit.domain.canonical import canonical_bytes

GENESIS_HASH = "0" * 64
"""What the first entry names as the one before it."""

TOMBSTONE = "REDACTED"
"""The type of an entry that says which field of which entry was hidden, and why."""

KEY_ANNOUNCED, KEY_WITHDRAWN = "LOG_KEY_ANNOUNCED", "LOG_KEY_WITHDRAWN"
"""The types of entries that say with which keys the log is signed."""

REDACTABLE = frozenset({"summary", "answer", "reason"})
"""Free text may show a person by mistake. Verdicts, counts and promises cannot be hidden."""


COUNTED = "SUBMISSION_RECEIVED"
"""The type of an entry whose `answer` is a rating, which an index counts: never hidden."""


def redactable(type: str, field: str) -> bool:
    return field in REDACTABLE and type != COUNTED


def commitment(salt: str, value: str) -> str:
    """Binds to `value` without showing it, as long as the salt is not shown either."""
    return hashlib.sha256(bytes.fromhex(salt) + value.encode()).hexdigest()


def canonical_entry(
    *,
    sequence: int,
    previous: str,
    type: str,
    at: str,
    by: str,
    subject: str,
    fields: Mapping[str, str],
) -> bytes:
    """The bytes that an entry's hash covers; `fields` maps names to commitments."""
    return canonical_bytes(
        {
            "seq": sequence,
            "previous": previous,
            "type": type,
            "at": at,
            "by": by,
            "subject": subject,
            "fields": dict(fields),
        }
    )
