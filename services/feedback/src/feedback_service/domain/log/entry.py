"""The public log (nhật ký công khai): gap-free, hash-chained, and a Merkle tree (RFC 9162).

An entry's hash is the RFC 9162 leaf hash of its canonical form, which names the entry before it; so
one hash serves the chain and the tree.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.canonical import Json, fingerprint
from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.labels import label
from congvu_kit.domain.log_entries import (
    COUNTED,
    KEY_ANNOUNCED,
    KEY_WITHDRAWN,
    TOMBSTONE,
    canonical_entry,
    commitment,
    redactable,
)
from congvu_kit.domain.vietnamese import vi_text

SALT_BYTES = 16

FIELDS_MAX = 30
"""Fields of one entry: whoever reads the log is promised no more."""


class EntryType(StrEnum):
    SUBMISSION_RECEIVED = COUNTED
    RATING_AWAITED = "RATING_AWAITED"
    RATING_LAPSED = "RATING_LAPSED"
    SURVEY_OPENED = "SURVEY_OPENED"
    SURVEY_CLOSED = "SURVEY_CLOSED"
    COMPLAINT_FILED = "COMPLAINT_FILED"
    COMPLAINT_CLASSIFIED = "COMPLAINT_CLASSIFIED"
    COMPLAINT_FORWARDED = "COMPLAINT_FORWARDED"
    COMPLAINT_ASSIGNED = "COMPLAINT_ASSIGNED"
    COMPLAINT_TAKEN_UP = "COMPLAINT_TAKEN_UP"
    COMPLAINT_ANSWERED = "COMPLAINT_ANSWERED"
    COMPLAINT_CONFIRMED = "COMPLAINT_CONFIRMED"
    COMPLAINT_DISPUTED = "COMPLAINT_DISPUTED"
    COMPLAINT_REOPENED = "COMPLAINT_REOPENED"
    COMPLAINT_ESCALATED = "COMPLAINT_ESCALATED"
    DEADLINE_MOVED = "DEADLINE_MOVED"
    COMPLAINT_DECIDED = "COMPLAINT_DECIDED"
    COMPLAINT_CLOSED = "COMPLAINT_CLOSED"
    SUBMITTER_DISCLOSED = "SUBMITTER_DISCLOSED"
    PRIVATE_DATA_ERASED = "PRIVATE_DATA_ERASED"
    DATA_REQUEST_FILED = "DATA_REQUEST_FILED"
    DATA_REQUEST_ANSWERED = "DATA_REQUEST_ANSWERED"
    DATA_REQUEST_WITHDRAWN = "DATA_REQUEST_WITHDRAWN"
    COMMITMENT_PUBLISHED = "COMMITMENT_PUBLISHED"
    COMMITMENT_AMENDED = "COMMITMENT_AMENDED"
    COMMITMENT_PROGRESSED = "COMMITMENT_PROGRESSED"
    COMMITMENT_CLAIMED_DONE = "COMMITMENT_CLAIMED_DONE"
    COMMITMENT_ASSESSED = "COMMITMENT_ASSESSED"
    COMMITMENT_RATED = "COMMITMENT_RATED"
    RATINGS_QUESTIONED = "RATINGS_QUESTIONED"
    RATINGS_DECIDED = "RATINGS_DECIDED"
    INDEX_COMPUTED = "INDEX_COMPUTED"
    PERIOD_SEALED = "PERIOD_SEALED"
    EVALUATION_CORRECTED = "EVALUATION_CORRECTED"
    POST_AUDIT_REQUESTED = "POST_AUDIT_REQUESTED"
    POST_AUDIT_DECIDED = "POST_AUDIT_DECIDED"
    LOG_KEY_ANNOUNCED = KEY_ANNOUNCED
    LOG_KEY_WITHDRAWN = KEY_WITHDRAWN
    REDACTED = TOMBSTONE


class ActorClass(StrEnum):
    """In what capacity somebody acted; never who."""

    SUBMITTER = "SUBMITTER"
    UNIT_STAFF = "UNIT_STAFF"
    UNIT_HEAD = "UNIT_HEAD"
    SUPERIOR = "SUPERIOR"
    REVIEW_BOARD = "REVIEW_BOARD"
    COUNCIL = "COUNCIL"
    PERIOD_ADMIN = "PERIOD_ADMIN"
    PLATFORM = "PLATFORM"


class RedactionReason(StrEnum):
    PERSONAL_DATA = "PERSONAL_DATA"
    THIRD_PARTY = "THIRD_PARTY"
    COURT_ORDER = "COURT_ORDER"


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
    def of(cls, name: str, value: str, salt: str | None = None) -> "LogField":
        salt = salt or secrets.token_hex(SALT_BYTES)
        return cls(name=name, commitment=commitment(salt, value), value=value, salt=salt)


@dataclass(frozen=True, kw_only=True)
class PublicFact:
    """Something the public may know. `subject` is the id of the submission, complaint, … . One that
    is promised before it is in the log says when it came, `at`, and has a secret `seed` from which
    its salts are made: so what is promised is what will stand there."""

    type: EntryType
    by: ActorClass
    subject: str
    fields: Mapping[str, str]
    at: str = ""
    seed: str | None = None

    def committed(self) -> tuple[LogField, ...]:
        return tuple(
            LogField.of(name, value, self._salt(name))
            for name, value in sorted(self.fields.items())
        )

    def _salt(self, name: str) -> str | None:
        if self.seed is None:
            return None
        said = "\n".join(("congvu-salt-v1", self.seed, self.subject, name))
        return hashlib.sha256(said.encode()).hexdigest()[: 2 * SALT_BYTES]

    @property
    def promise(self) -> str:
        """What its entry will say, as one hash: all of it but its place, its time and the entry
        before it, which nobody knows yet."""
        fields = {each.name: each.commitment for each in self.committed()}
        said: Json = {"type": self.type, "by": self.by, "subject": self.subject, "fields": fields}
        return fingerprint(said)

    def __post_init__(self) -> None:
        if len(self.fields) > FIELDS_MAX:
            raise ValueError(f"an entry of {len(self.fields)} fields could not be read")


def entry_id(sequence: int) -> str:
    return f"entry_{sequence:012d}"


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

    @property
    def body(self) -> bytes:
        """What its hash is made of: commitments, no value."""
        return canonical_entry(
            sequence=self.number,
            previous=self.previous,
            type=self.type,
            at=self.at,
            by=self.by,
            subject=self.subject,
            fields={field.name: field.commitment for field in self.fields},
        )

    def shown(self, name: str) -> str | None:
        """The value of a field; None when it is hidden or not there."""
        return next((each.value for each in self.fields if each.name == name), None)

    def hide(self, names: Sequence[str], tombstone: int) -> None:
        """Raise `Invalid` for a field that must stay public, `Conflict` for a hidden one."""
        present = {field.name: field for field in self.fields}
        for name in names:
            if not redactable(self.type, name) or name not in present:
                raise Invalid(
                    en=f"field {name!r} of entry {self.number} cannot be hidden",
                    vi=f"Nội dung «{label('field', name, 'vi')}» của mục "
                    f"{vi_text(self.number)} không được che.",
                    field="input.fields",
                    rule_id="F-I7",
                )
            if present[name].hidden_by is not None:
                raise Conflict(
                    en=f"field {name!r} of entry {self.number} is hidden already",
                    vi=f"Nội dung «{label('field', name, 'vi')}» của mục "
                    f"{vi_text(self.number)} đã được che.",
                    field="input.fields",
                    rule_id="F-I7",
                )
        self.fields = tuple(
            replace(field, value=None, salt=None, hidden_by=tombstone)
            if field.name in names
            else field
            for field in self.fields
        )
