"""The public log as the graph shows it."""

from datetime import datetime
from typing import Self

import strawberry

from congvu_kit.graph import Shown, at_most, by_name, describe
from feedback_service.adapters.graphql.context import Info
from feedback_service.application.log import queries
from feedback_service.domain.log import checkpoint, entry
from feedback_service.domain.log.entry import (
    FIELDS_MAX,
    ActorClass,
    EntryType,
    RedactionReason,
)
from feedback_service.domain.log.receipt import promise_text, receipt_text

describe(
    ActorClass,
    "In what capacity somebody acted; never who.",
    SUBMITTER="A citizen or business.",
    UNIT_STAFF="Staff of the unit.",
    UNIT_HEAD="The head of the unit.",
    SUPERIOR="The head of a unit above.",
    REVIEW_BOARD="The review board.",
    COUNCIL="A people's council or the Fatherland Front.",
    PERIOD_ADMIN="An administrator of periods.",
    PLATFORM="The platform itself, because a date passed or a period froze.",
)
describe(
    RedactionReason,
    "Why a field was hidden.",
    PERSONAL_DATA="It showed personal data.",
    THIRD_PARTY="It showed somebody not concerned.",
    COURT_ORDER="A court decided so.",
)
describe(
    EntryType,
    "What an entry of the public log tells.",
    SUBMISSION_RECEIVED="A rating, suggestion or praise came in.",
    RATING_AWAITED="A rating came before its dossier was told; it is kept.",
    RATING_LAPSED="Such a rating was never joined to a dossier, and why.",
    SURVEY_OPENED="A survey round began.",
    SURVEY_CLOSED="A survey round ended, with what came of it.",
    COMPLAINT_FILED="A complaint came in.",
    COMPLAINT_CLASSIFIED="The unit said what it is about.",
    COMPLAINT_FORWARDED="The unit passed it on to the one whose business it is, and why.",
    COMPLAINT_ASSIGNED="Somebody of the unit was made responsible.",
    COMPLAINT_TAKEN_UP="Work on it began.",
    COMPLAINT_ANSWERED="The unit answered.",
    COMPLAINT_CONFIRMED="The complainant confirmed the answer.",
    COMPLAINT_DISPUTED="The complainant does not accept the answer.",
    COMPLAINT_REOPENED="It went back to the unit.",
    COMPLAINT_ESCALATED="A date passed without the step that was due.",
    DEADLINE_MOVED="A working calendar was published or corrected, and dates moved with it.",
    COMPLAINT_DECIDED="A verdict from outside the unit.",
    COMPLAINT_CLOSED="It ended.",
    SUBMITTER_DISCLOSED="The review board looked up who complained, with its reason.",
    PRIVATE_DATA_ERASED="The private part of a submission was destroyed.",
    DATA_REQUEST_FILED="Somebody asks about their own data.",
    DATA_REQUEST_ANSWERED="It was granted or refused, and why.",
    DATA_REQUEST_WITHDRAWN="Who asked took it back, or let a restriction end.",
    COMMITMENT_PUBLISHED="A leader promised something.",
    COMMITMENT_AMENDED="A new version of a promise, with its reason.",
    COMMITMENT_PROGRESSED="Progress on a promise.",
    COMMITMENT_CLAIMED_DONE="The leader says it is done.",
    COMMITMENT_ASSESSED="Met, partly or missed.",
    COMMITMENT_RATED="A citizen rated a promise.",
    RATINGS_QUESTIONED="Answers look odd: they wait for a decision and do not count until then.",
    RATINGS_DECIDED="Whether such answers count, with the reason.",
    INDEX_COMPUTED="The satisfaction index of a unit and period.",
    PERIOD_SEALED="A period was closed: the seal over all of its results.",
    EVALUATION_CORRECTED="A result was revised after an upheld complaint.",
    POST_AUDIT_REQUESTED="A council asks for the results of a unit to be looked at again, and why.",
    POST_AUDIT_DECIDED="What the review board decided about such a request.",
    LOG_KEY_ANNOUNCED="Another key will sign the log beside the one before it.",
    LOG_KEY_WITHDRAWN="A key signs the log no more.",
    REDACTED="The tombstone of fields that were hidden, with reason and legal basis.",
)


PROOF_MAX = 128
"""Hashes of one proof: two for each level of a tree of 2**64 leaves."""


RECEIPT = (
    "A promise signed with the log's key (signed note) that this entry will be under a signed root "
    "within a minute. Keep it: with it anybody shows that the log left something out."
)
PROMISE = f"{RECEIPT} Given at once, before the entry has a place (receipt/v2); with it later."


def promised(info: Info, fact: entry.PublicFact) -> str:
    """For what was acknowledged and is not in the log yet."""
    signer = info.context.needs.signer
    return signer.sign_receipt(
        promise_text(signer.origin, promise=fact.promise, subject=fact.subject, at=fact.at)
    )


async def receipt_of(info: Info, sequence: int) -> str | None:
    """For what somebody wrote, as its entry stands in the log."""
    entry = await info.context.load(queries.find_entries, sequence)
    if entry is None:
        return None
    return _receipt(
        info, sequence=entry.number, leaf=entry.hash, subject=entry.subject, at=entry.at
    )


def _receipt(info: Info, *, sequence: int, leaf: str, subject: str, at: str) -> str:
    signer = info.context.needs.signer
    return signer.sign_receipt(
        receipt_text(signer.origin, sequence=sequence, leaf=leaf, subject=subject, at=at)
    )


@strawberry.type(description="One field of an entry, bound by a salted commitment.")
class LogField(Shown):
    SHOWS = entry.LogField

    name: str = strawberry.field(description="What it is.")
    commitment: str = strawberry.field(
        description="SHA-256 of the salt's bytes followed by the value in UTF-8."
    )
    value: str | None = strawberry.field(description="Null once hidden.")
    salt: str | None = strawberry.field(description="Hexadecimal; null once hidden.")
    hidden_by: int | None = strawberry.field(description="The entry that says why it is hidden.")


@strawberry.type(description="One entry of the append-only public log.")
class PublicLogEntry:
    sequence: int = strawberry.field(description="Its number, from 1, without gaps.")
    previous: str = strawberry.field(description="The hash of the entry before; zeros at first.")
    hash: str = strawberry.field(
        description="RFC 9162 leaf hash of its canonical JSON (RFC 8785): "
        "{at, by, fields: {name: commitment}, previous, seq (its `sequence`), subject, type}."
    )
    type: EntryType = strawberry.field(description="What it tells.")
    by: ActorClass = strawberry.field(description="In what capacity somebody acted.")
    subject: strawberry.ID = strawberry.field(description="What it is about.")
    at: str = strawberry.field(description="UTC, milliseconds; as text, since the hash covers it.")
    fields: list[LogField] = strawberry.field(
        description="What it says.", directives=at_most(FIELDS_MAX)
    )

    @strawberry.field(description=RECEIPT)
    async def receipt(self, info: Info) -> str:
        return _receipt(
            info,
            sequence=self.sequence,
            leaf=self.hash,
            subject=self.subject,
            at=self.at,
        )

    @classmethod
    def of(cls, aggregate: entry.LogEntry) -> Self:
        return by_name(cls, aggregate, sequence=aggregate.number)


@strawberry.type(description="A signed root of the log, published daily.")
class LogCheckpoint(Shown):
    SHOWS = checkpoint.Checkpoint

    id: strawberry.ID = strawberry.field(description="Opaque id.")
    size: int = strawberry.field(description="How many entries it covers.")
    root: str = strawberry.field(description="Merkle tree hash over them, hexadecimal.")
    at: datetime = strawberry.field(description="When it was signed, UTC.")
    note: str = strawberry.field(
        description="The signed note (c2sp.org/tlog-checkpoint): origin, size, root, time."
    )


@strawberry.type(description="Proofs as RFC 9162 lists them: hashes from the leaf upwards.")
class LogProof:
    size: int = strawberry.field(description="The tree the proofs are about.")
    root: str = strawberry.field(description="Its root.")
    entry: PublicLogEntry | None = strawberry.field(description="The entry asked for.")
    leaf_index: int | None = strawberry.field(description="Its position from 0: sequence - 1.")
    inclusion: list[str] = strawberry.field(
        description="That the entry is in the tree.", directives=at_most(PROOF_MAX)
    )
    old_size: int | None = strawberry.field(description="The earlier tree.")
    old_root: str | None = strawberry.field(description="Its root.")
    consistency: list[str] = strawberry.field(
        description="That the tree begins with the earlier one, unchanged.",
        directives=at_most(PROOF_MAX),
    )
    merged_by: str | None = strawberry.field(
        description="Of a subject that was acknowledged and is in no entry yet: by when it will be."
    )

    @classmethod
    def of(cls, proof: queries.LogProof) -> Self:
        proved = proof.entry
        return cls(
            size=proof.size,
            root=proof.root,
            entry=PublicLogEntry.of(proved) if proved else None,
            leaf_index=proved.number - 1 if proved else None,
            inclusion=list(proof.inclusion),
            old_size=proof.old_size,
            old_root=proof.old_root,
            consistency=list(proof.consistency),
            merged_by=proof.merged_by,
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
