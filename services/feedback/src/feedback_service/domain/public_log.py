"""The public log (nhật ký công khai): gap-free, hash-chained, and a Merkle tree (RFC 9162).

An entry's hash is the RFC 9162 leaf hash of its canonical JSON (RFC 8785), which names the entry
before it; so one hash serves the chain and the tree. The canonical form holds a salted commitment
for each field instead of its value: a value can be hidden later and every hash stays as it was.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

import rfc8785

from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.errors import Conflict, Invalid
from feedback_service.domain.merkle import EMPTY_ROOT, leaf_hash, node_hash

HEAD_ID = "head"
GENESIS_HASH = "0" * 64
"""What the first entry names as the one before it."""

SALT_BYTES = 16


class EntryType(StrEnum):
    SUBMISSION_RECEIVED = "SUBMISSION_RECEIVED"
    COMPLAINT_FILED = "COMPLAINT_FILED"
    COMPLAINT_CLASSIFIED = "COMPLAINT_CLASSIFIED"
    COMPLAINT_ASSIGNED = "COMPLAINT_ASSIGNED"
    COMPLAINT_TAKEN_UP = "COMPLAINT_TAKEN_UP"
    COMPLAINT_ANSWERED = "COMPLAINT_ANSWERED"
    COMPLAINT_CONFIRMED = "COMPLAINT_CONFIRMED"
    COMPLAINT_DISPUTED = "COMPLAINT_DISPUTED"
    COMPLAINT_REOPENED = "COMPLAINT_REOPENED"
    COMPLAINT_ESCALATED = "COMPLAINT_ESCALATED"
    COMPLAINT_DECIDED = "COMPLAINT_DECIDED"
    COMPLAINT_CLOSED = "COMPLAINT_CLOSED"
    SUBMITTER_DISCLOSED = "SUBMITTER_DISCLOSED"
    PRIVATE_DATA_ERASED = "PRIVATE_DATA_ERASED"
    COMMITMENT_PUBLISHED = "COMMITMENT_PUBLISHED"
    COMMITMENT_AMENDED = "COMMITMENT_AMENDED"
    COMMITMENT_PROGRESSED = "COMMITMENT_PROGRESSED"
    COMMITMENT_CLAIMED_DONE = "COMMITMENT_CLAIMED_DONE"
    COMMITMENT_ASSESSED = "COMMITMENT_ASSESSED"
    COMMITMENT_RATED = "COMMITMENT_RATED"
    INDEX_COMPUTED = "INDEX_COMPUTED"
    EVALUATION_CORRECTED = "EVALUATION_CORRECTED"
    REDACTED = "REDACTED"


class ActorClass(StrEnum):
    """In what capacity somebody acted; never who."""

    SUBMITTER = "SUBMITTER"
    UNIT_STAFF = "UNIT_STAFF"
    UNIT_HEAD = "UNIT_HEAD"
    SUPERIOR = "SUPERIOR"
    REVIEW_BOARD = "REVIEW_BOARD"
    PLATFORM = "PLATFORM"


class RedactionReason(StrEnum):
    PERSONAL_DATA = "PERSONAL_DATA"
    THIRD_PARTY = "THIRD_PARTY"
    COURT_ORDER = "COURT_ORDER"


REDACTABLE = frozenset({"summary", "answer", "reason"})
"""Free text may show a person by mistake. Verdicts, counts and promises cannot be hidden."""


def commitment(salt: str, value: str) -> str:
    """Binds to `value` without showing it, as long as the salt is not shown either."""
    return hashlib.sha256(bytes.fromhex(salt) + value.encode()).hexdigest()


def instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True, kw_only=True)
class LogField:
    """`value` and `salt` are None once hidden; `hidden_by` is then the tombstone's number."""

    name: str
    commitment: str
    value: str | None
    salt: str | None
    hidden_by: int | None = None

    @classmethod
    def of(cls, name: str, value: str) -> "LogField":
        salt = secrets.token_hex(SALT_BYTES)
        return cls(name=name, commitment=commitment(salt, value), value=value, salt=salt)


@dataclass(frozen=True, kw_only=True)
class PublicFact:
    """Something the public may know. `subject` is the id of the submission, complaint, … ."""

    type: EntryType
    by: ActorClass
    subject: str
    fields: Mapping[str, str]


def canonical_entry(
    *, seq: int, previous: str, type: str, at: str, by: str, subject: str, fields: Mapping[str, str]
) -> bytes:
    """The bytes that an entry's hash covers; `fields` maps names to commitments."""
    return rfc8785.dumps(
        {
            "seq": seq,
            "previous": previous,
            "type": type,
            "at": at,
            "by": by,
            "subject": subject,
            "fields": dict(fields),
        }
    )


def entry_id(seq: int) -> str:
    return f"entry_{seq:012d}"


@dataclass(kw_only=True)
class LogEntry(Aggregate):
    """Never changes, except that fields can be hidden behind a tombstone."""

    number: int
    previous: str
    hash: str
    type: EntryType
    by: ActorClass
    subject: str
    at: str
    fields: tuple[LogField, ...]

    def hide(self, names: Sequence[str], tombstone: int) -> None:
        """Raise `Invalid` for a field that must stay public, `Conflict` for a hidden one."""
        present = {field.name: field for field in self.fields}
        for name in names:
            if name not in REDACTABLE or name not in present:
                raise Invalid(
                    en=f"field {name!r} of entry {self.number} cannot be hidden",
                    vi=f"trường {name!r} của mục {self.number} không được che",
                    field="input.fields",
                    rule_id="F-I7",
                )
            if present[name].hidden_by is not None:
                raise Conflict(
                    en=f"field {name!r} of entry {self.number} is hidden already",
                    vi=f"trường {name!r} của mục {self.number} đã được che",
                    field="input.fields",
                    rule_id="F-I7",
                )
        self.fields = tuple(
            replace(field, value=None, salt=None, hidden_by=tombstone)
            if field.name in names
            else field
            for field in self.fields
        )


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
    """Where the log ends. Whoever appends saves it, so two cannot append at once (F-I1)."""

    size: int = 0
    last_hash: str = GENESIS_HASH
    last_at: str = ""
    peaks: tuple[Peak, ...] = ()

    def append(self, fact: PublicFact, at: datetime) -> tuple[LogEntry, list[LogNode]]:
        """The new entry and the subtrees that it completes. Time never runs backwards in the log,
        whatever the clocks of two servers say."""
        fields = tuple(LogField.of(name, value) for name, value in sorted(fact.fields.items()))
        self.last_at = max(self.last_at, instant(at))
        body = canonical_entry(
            seq=self.size + 1,
            previous=self.last_hash,
            type=fact.type,
            at=self.last_at,
            by=fact.by,
            subject=fact.subject,
            fields={field.name: field.commitment for field in fields},
        )
        entry = LogEntry(
            id=entry_id(self.size + 1),
            number=self.size + 1,
            previous=self.last_hash,
            hash=leaf_hash(body),
            type=fact.type,
            by=fact.by,
            subject=fact.subject,
            at=self.last_at,
            fields=fields,
        )
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
