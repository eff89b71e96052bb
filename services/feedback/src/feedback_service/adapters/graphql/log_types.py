"""The public log as the graph shows it."""

from datetime import datetime
from typing import Annotated, Self

import strawberry

from congvu_kit.graph import Problem
from feedback_service.adapters.graphql.context import Info
from feedback_service.adapters.graphql.submission_types import KEY_TEXT
from feedback_service.application import public_log as cases
from feedback_service.domain import checkpoints, public_log
from feedback_service.domain.public_log import ActorClass, EntryType, RedactionReason


@strawberry.type(description="One field of an entry, bound by a salted commitment.")
class LogField:
    name: str = strawberry.field(description="What it is.")
    commitment: str = strawberry.field(
        description="SHA-256 of the salt's bytes followed by the value in UTF-8."
    )
    value: str | None = strawberry.field(description="Null once hidden.")
    salt: str | None = strawberry.field(description="Hexadecimal; null once hidden.")
    hidden_by: int | None = strawberry.field(
        description="The entry (tombstone, thẻ che) that says why it is hidden."
    )

    @classmethod
    def of(cls, field: public_log.LogField) -> Self:
        return cls(
            name=field.name,
            commitment=field.commitment,
            value=field.value,
            salt=field.salt,
            hidden_by=field.hidden_by,
        )


@strawberry.type(description="One entry of the append-only public log (mục nhật ký công khai).")
class PublicLogEntry:
    seq: int = strawberry.field(description="Its number, from 1, without gaps.")
    previous: str = strawberry.field(description="The hash of the entry before; zeros at first.")
    hash: str = strawberry.field(
        description="RFC 9162 leaf hash of its canonical JSON (RFC 8785): "
        "{at, by, fields: {name: commitment}, previous, seq, subject, type}."
    )
    type: EntryType = strawberry.field(description="What it tells.")
    by: ActorClass = strawberry.field(description="In what capacity somebody acted.")
    subject: strawberry.ID = strawberry.field(description="What it is about.")
    at: str = strawberry.field(description="UTC, milliseconds; as text, since the hash covers it.")
    fields: list[LogField] = strawberry.field(description="What it says.")

    @classmethod
    def of(cls, entry: public_log.LogEntry) -> Self:
        return cls(
            seq=entry.number,
            previous=entry.previous,
            hash=entry.hash,
            type=entry.type,
            by=entry.by,
            subject=strawberry.ID(entry.subject),
            at=entry.at,
            fields=[LogField.of(field) for field in entry.fields],
        )


@strawberry.type(description="A signed root of the log, published daily (điểm kiểm tra).")
class LogCheckpoint:
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    size: int = strawberry.field(description="How many entries it covers.")
    root: str = strawberry.field(description="Merkle tree hash over them, hexadecimal.")
    at: datetime = strawberry.field(description="When it was signed, UTC.")
    note: str = strawberry.field(
        description="The signed note (c2sp.org/tlog-checkpoint): origin, size, root, time."
    )

    @classmethod
    def of(cls, checkpoint: checkpoints.Checkpoint) -> Self:
        return cls(
            id=strawberry.ID(checkpoint.id),
            size=checkpoint.size,
            root=checkpoint.root,
            at=checkpoint.at,
            note=checkpoint.note,
        )


@strawberry.type(description="Proofs as RFC 9162 lists them: hashes from the leaf upwards.")
class LogProof:
    size: int = strawberry.field(description="The tree the proofs are about.")
    root: str = strawberry.field(description="Its root.")
    entry: PublicLogEntry | None = strawberry.field(description="The entry asked for.")
    leaf_index: int | None = strawberry.field(description="Its position from 0: seq - 1.")
    inclusion: list[str] = strawberry.field(description="That the entry is in the tree.")
    old_size: int | None = strawberry.field(description="The earlier tree.")
    old_root: str | None = strawberry.field(description="Its root.")
    consistency: list[str] = strawberry.field(
        description="That the tree begins with the earlier one, unchanged."
    )

    @classmethod
    def of(cls, proof: cases.LogProof) -> Self:
        entry = proof.entry
        return cls(
            size=proof.size,
            root=proof.root,
            entry=PublicLogEntry.of(entry) if entry else None,
            leaf_index=entry.number - 1 if entry else None,
            inclusion=list(proof.inclusion),
            old_size=proof.old_size,
            old_root=proof.old_root,
            consistency=list(proof.consistency),
        )


@strawberry.type(description="Where the log stands, and whose signature to expect.")
class PublicLogHead:
    origin: str = strawberry.field(description="The log's name, first line of its checkpoints.")
    verifier_key: str = strawberry.field(
        description="Name, key hash and Ed25519 key (c2sp.org/signed-note). Compare it with the "
        "one published elsewhere."
    )
    size: int = strawberry.field(description="Entries so far.")
    root: str = strawberry.field(description="Merkle tree hash over all of them.")


RedactLogEntryResult = Annotated[
    PublicLogEntry | Problem,
    strawberry.union("RedactLogEntryResult", description="The entry, its fields hidden."),
]
PublishCheckpointResult = Annotated[
    LogCheckpoint | Problem,
    strawberry.union("PublishCheckpointResult", description="The checkpoint, or why not."),
]


@strawberry.input(description="Hide free text that shows a person (che thông tin).")
class RedactLogEntryInput:
    idempotency_key: str = strawberry.field(description=KEY_TEXT)
    seq: int = strawberry.field(description="The entry's number.")
    fields: list[str] = strawberry.field(description="summary, answer or reason.")
    reason: RedactionReason = strawberry.field(description="Why; public.")
    legal_basis: str = strawberry.field(description="The clause (căn cứ); public.")

    def command(self, info: Info) -> cases.RedactLogEntry:
        return cases.RedactLogEntry(
            actor=info.context.actor,
            idempotency_key=self.idempotency_key,
            seq=self.seq,
            fields=tuple(self.fields),
            reason=self.reason,
            legal_basis=self.legal_basis,
        )


@strawberry.input(description="Sign the log as it is now.")
class PublishCheckpointInput:
    idempotency_key: str = strawberry.field(description=KEY_TEXT)

    def command(self, info: Info) -> cases.PublishCheckpoint:
        return cases.PublishCheckpoint(
            actor=info.context.actor, idempotency_key=self.idempotency_key
        )
