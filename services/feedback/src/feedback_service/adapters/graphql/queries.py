"""What can be read of feedback."""

import strawberry

from congvu_kit.application.ports import Condition, Eq
from congvu_kit.graph import Connection, connection, page_size
from feedback_service.adapters.graphql.commitment_types import Commitment, find_commitment
from feedback_service.adapters.graphql.complaint_types import Complaint, find_complaint
from feedback_service.adapters.graphql.context import Info
from feedback_service.adapters.graphql.index_types import SatisfactionIndex, satisfaction_of
from feedback_service.adapters.graphql.log_types import (
    LogCheckpoint,
    LogProof,
    PublicLogEntry,
    PublicLogHead,
)
from feedback_service.adapters.graphql.submission_types import Submission
from feedback_service.application.appending import head_of
from feedback_service.application.collections import (
    CHECKPOINTS,
    COMMITMENTS,
    COMPLAINTS,
    LOG_ENTRIES,
    SUBMISSIONS,
)
from feedback_service.application.public_log import prove
from feedback_service.application.visibility import listing_scope, may_read_submission
from feedback_service.domain.commitments import CommitmentState
from feedback_service.domain.complaint_parts import ComplaintState

FIRST_TEXT = "Items on the page, 1 to 100."
AFTER_TEXT = "`endCursor` of the page before."


@strawberry.input(description="Which complaints.")
class ComplaintFilter:
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="Of this unit and the units below it."
    )
    state: ComplaintState | None = strawberry.field(default=None, description="In this state.")


@strawberry.input(description="Which commitments.")
class CommitmentFilter:
    unit_id: strawberry.ID | None = strawberry.field(default=None, description="Of this unit.")
    province: str | None = strawberry.field(default=None, description="Of this province's units.")
    leader_id: strawberry.ID | None = strawberry.field(default=None, description="Of this leader.")
    state: CommitmentState | None = strawberry.field(default=None, description="In this state.")

    def conditions(self) -> list[Condition]:
        given = {
            "unit_id": self.unit_id,
            "province": self.province,
            "leader_id": self.leader_id,
            "state": self.state,
        }
        return [Eq(path, value) for path, value in given.items() if value is not None]


@strawberry.type(description="Reads of the feedback service.")
class Query:
    @strawberry.field(description="Satisfaction with a unit in a period; null when not known here.")
    async def satisfaction(
        self, info: Info, unit: strawberry.ID, period: strawberry.ID
    ) -> SatisfactionIndex | None:
        return await satisfaction_of(info, unit, period)

    @strawberry.field(
        description="What was said of a unit and those below it, newest first. For its management, "
        "the review board and the auditor; nothing in it tells who spoke."
    )
    async def submissions(
        self,
        info: Info,
        unit_id: strawberry.ID | None = None,
        first: int = 20,
        after: str | None = None,
    ) -> Connection[Submission]:
        conditions = listing_scope(info.context.actor, unit_id)
        page = (
            await info.context.reading()
            .store(SUBMISSIONS)
            .page(*conditions, order=["-received_on"], first=page_size(first), after=after)
        )
        return await connection(page, Submission.of)

    @strawberry.field(
        description="One rating, suggestion or praise, by the id its sender got: for the sender, "
        "and for those who may list it; null for everybody else."
    )
    async def submission(self, info: Info, id: strawberry.ID) -> Submission | None:
        found = await info.context.by_id(SUBMISSIONS).load(id)
        vault = info.context.office.private.vault
        if found is None or not may_read_submission(vault, info.context.actor, found):
            return None
        return Submission.of(found)

    @strawberry.field(description="One complaint; null when not there or not for this caller.")
    async def complaint(self, info: Info, id: strawberry.ID) -> Complaint | None:
        return await find_complaint(info, id)

    @strawberry.field(
        description="Complaints about a unit and those below it, newest first. For its management, "
        "the review board and the auditor."
    )
    async def complaints(
        self,
        info: Info,
        filter: ComplaintFilter | None = None,
        first: int = 20,
        after: str | None = None,
    ) -> Connection[Complaint]:
        conditions = listing_scope(info.context.actor, filter.unit_id if filter else None)
        if filter is not None and filter.state is not None:
            conditions.append(Eq("state", filter.state))
        page = (
            await info.context.reading()
            .store(COMPLAINTS)
            .page(*conditions, order=["-filed_on"], first=page_size(first), after=after)
        )
        return await connection(page, Complaint.of)

    @strawberry.field(description="One public commitment.")
    async def commitment(self, info: Info, id: strawberry.ID) -> Commitment | None:
        return await find_commitment(info, id)

    @strawberry.field(description="Public commitments, by their date.")
    async def commitments(
        self,
        info: Info,
        filter: CommitmentFilter | None = None,
        first: int = 20,
        after: str | None = None,
    ) -> Connection[Commitment]:
        conditions = filter.conditions() if filter is not None else []
        page = (
            await info.context.reading()
            .store(COMMITMENTS)
            .page(*conditions, order=["due"], first=page_size(first), after=after)
        )
        return await connection(page, Commitment.of)

    @strawberry.field(description="The public log, in order, from the beginning.")
    async def public_log(
        self, info: Info, first: int = 20, after: str | None = None
    ) -> Connection[PublicLogEntry]:
        page = (
            await info.context.reading()
            .store(LOG_ENTRIES)
            .page(order=["number"], first=page_size(first), after=after)
        )
        return await connection(page, PublicLogEntry.of)

    @strawberry.field(description="Where the public log stands, and whose signature to expect.")
    async def public_log_head(self, info: Info) -> PublicLogHead:
        head = await head_of(info.context.reading())
        signer = info.context.office.checkpointing.signer
        return PublicLogHead(
            origin=signer.origin, verifier_key=signer.verifier_key, size=head.size, root=head.root
        )

    @strawberry.field(
        description="Proof that entry `seq` is in the log (of `size` entries, default all), and "
        "that the log still begins with its first `oldSize` entries."
    )
    async def log_proof(
        self,
        info: Info,
        seq: int | None = None,
        size: int | None = None,
        old_size: int | None = None,
    ) -> LogProof:
        proof = await prove(info.context.reading(), seq=seq, size=size, old_size=old_size)
        return LogProof.of(proof)

    @strawberry.field(description="Signed roots of the log, newest first.")
    async def log_checkpoints(
        self, info: Info, first: int = 20, after: str | None = None
    ) -> Connection[LogCheckpoint]:
        page = (
            await info.context.reading()
            .store(CHECKPOINTS)
            .page(order=["-size", "-at"], first=page_size(first), after=after)
        )
        return await connection(page, LogCheckpoint.of)
