"""The public log, its proofs and checkpoints, asked for by anybody."""

import strawberry

from congvu_kit.graph import costs, listing
from feedback_service.adapters.graphql.context import Info
from feedback_service.adapters.graphql.log.types import (
    LogCheckpoint,
    LogProof,
    PublicLogEntry,
    PublicLogHead,
)
from feedback_service.application.log import queries


@strawberry.type
class LogQuery:
    public_log = listing(
        queries.list_entries,
        PublicLogEntry,
        description="The public log, in order, from the beginning; with a subject, all that it "
        "says of one complaint, promise or unit.",
    )

    @strawberry.field(description="Where the public log stands, and whose signature to expect.")
    async def public_log_head(self, info: Info) -> PublicLogHead:
        signer = info.context.needs.signer
        head = await queries.find_head(info.context.reading())
        return PublicLogHead(
            origin=signer.origin, verifier_key=signer.verifier_key, size=head.size, root=head.root
        )

    @strawberry.field(
        description="Proof that entry `sequence` is in the log (of `size` entries, default all), "
        "and that the log still begins with its first `oldSize` entries. With `subject` instead: "
        "of the entry that a receipt promised; while it waits, `mergedBy` says until when."
    )
    async def log_proof(
        self,
        info: Info,
        sequence: int | None = None,
        size: int | None = None,
        old_size: int | None = None,
        subject: strawberry.ID | None = None,
    ) -> LogProof:
        tx = info.context.reading()
        if subject is not None and sequence is None:
            proof = await queries.prove_of(tx, subject, size=size, old_size=old_size)
        else:
            proof = await queries.prove(tx, sequence=sequence, size=size, old_size=old_size)
        return LogProof.of(proof)

    @strawberry.field(
        description="Proof that entry `sequence`, or the one promised of `subject`, is in the log "
        "under its newest signed root "
        "(c2sp.org/tlog-proof), to be checked offline beside the receipt; null while no root "
        "covers it, which is a minute at most.",
        directives=costs(3),
    )
    async def inclusion_proof(
        self, info: Info, sequence: int | None = None, subject: strawberry.ID | None = None
    ) -> str | None:
        tx = info.context.reading()
        if sequence is None:
            entry = await queries.first_of(tx, subject or "")
            sequence = entry.number if entry else 0
        return await queries.inclusion_proof(tx, sequence)

    log_checkpoints = listing(
        queries.list_checkpoints,
        LogCheckpoint,
        description="Signed roots of the log, newest first.",
    )
