"""Leaders' public commitments as the graph shows them."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Self

import strawberry
from strawberry.federation.schema_directives import Key
from strawberry.federation.types import FieldSet

from congvu_kit.graph import Problem
from feedback_service.adapters.graphql.context import Info
from feedback_service.adapters.graphql.index_types import OrgUnit, exact
from feedback_service.adapters.graphql.submission_types import KEY_TEXT, TOKEN_TEXT
from feedback_service.application import commitments as cases
from feedback_service.application.collections import COMMITMENTS
from feedback_service.domain import commitments
from feedback_service.domain.commitments import RATINGS_MINIMUM, CommitmentState, Outcome

REVISION_TEXT = "The `revision` last read; CONFLICT when it moved meanwhile."


@strawberry.federation.type(
    keys=[Key(fields=FieldSet("id"), resolvable=False)],
    description="The person evaluated (công chức); evaluation knows them.",
)
class CivilServant:
    id: strawberry.ID = strawberry.field(description="Opaque id.")


@strawberry.type(description="What was promised at one time (phiên bản cam kết).")
class CommitmentVersion:
    number: int = strawberry.field(description="From 1.")
    text: str = strawberry.field(description="The promise.")
    target: str = strawberry.field(description="How it is measured.")
    due: date = strawberry.field(description="By when.")
    beneficiaries: str = strawberry.field(description="For whom.")
    milestones: list[str] = strawberry.field(description="Steps on the way.")
    published_on: date = strawberry.field(description="When it became public.")
    reason: str | None = strawberry.field(description="Why it replaced the one before.")
    log_seq: int = strawberry.field(description="Its entry in the public log.")

    @classmethod
    def of(cls, version: commitments.CommitmentVersion) -> Self:
        return cls(
            number=version.number,
            text=version.text,
            target=version.target,
            due=version.due,
            beneficiaries=version.beneficiaries,
            milestones=list(version.milestones),
            published_on=version.published_on,
            reason=version.reason,
            log_seq=version.log_seq,
        )


@strawberry.type(description="A step reported on the way, with evidence (tiến độ).")
class CommitmentProgress:
    on: date = strawberry.field(description="When.")
    note: str = strawberry.field(description="What was done.")
    evidence: list[str] = strawberry.field(description="Where it can be seen.")
    log_seq: int = strawberry.field(description="Its entry in the public log.")

    @classmethod
    def of(cls, progress: commitments.Progress) -> Self:
        return cls(
            on=progress.on,
            note=progress.note,
            evidence=list(progress.evidence),
            log_seq=progress.log_seq,
        )


@strawberry.type(description="What citizens say of a commitment, one score a person.")
class CommitmentRating:
    count: int = strawberry.field(description="How many rated it.")
    minimum: int = strawberry.field(description="Ratings below which `share` is null (F-I5).")
    share: Decimal | None = strawberry.field(
        description="Mean score as a share of the best, 0 to 1, to four places."
    )
    scores: list[int] = strawberry.field(description="How many gave 1, 2, 3, 4, 5.")

    @classmethod
    def of(cls, commitment: commitments.Commitment) -> Self:
        return cls(
            count=commitment.rating_count,
            minimum=RATINGS_MINIMUM,
            share=exact(commitment.rating),
            scores=list(commitment.ratings),
        )


@strawberry.federation.type(
    keys=["id"],
    description="A leader's public promise (cam kết công khai): "
    "amended or missed, never withdrawn.",
)
class Commitment:
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")
    state: CommitmentState = strawberry.field(description="Where it stands.")
    unit: OrgUnit = strawberry.field(description="The leader's unit.")
    leader: CivilServant = strawberry.field(description="Who promised.")
    current: CommitmentVersion = strawberry.field(description="The version in force.")
    versions: list[CommitmentVersion] = strawberry.field(description="All, first to last.")
    progress: list[CommitmentProgress] = strawberry.field(description="What was reported.")
    assessment: str | None = strawberry.field(description="Why it was found met or not.")
    assessed_on: date | None = strawberry.field(description="When it was assessed.")
    rating: CommitmentRating = strawberry.field(description="What citizens say.")

    @classmethod
    def of(cls, commitment: commitments.Commitment) -> Self:
        return cls(
            id=strawberry.ID(commitment.id),
            revision=commitment.rev,
            state=commitment.state,
            unit=OrgUnit(id=strawberry.ID(commitment.unit_id)),
            leader=CivilServant(id=strawberry.ID(commitment.leader_id)),
            current=CommitmentVersion.of(commitment.current),
            versions=[CommitmentVersion.of(each) for each in commitment.versions],
            progress=[CommitmentProgress.of(each) for each in commitment.progress],
            assessment=commitment.assessment,
            assessed_on=commitment.assessed_on,
            rating=CommitmentRating.of(commitment),
        )

    @classmethod
    async def resolve_reference(
        cls, info: Info, id: strawberry.ID, **_: object
    ) -> "Commitment | None":
        return await find_commitment(info, id)


async def find_commitment(info: Info, id: str) -> Commitment | None:
    commitment = await info.context.by_id(COMMITMENTS).load(id)
    return Commitment.of(commitment) if commitment is not None else None


def _result(name: str) -> object:
    return strawberry.union(name, description="The commitment as it is now, or why not.")


PublishCommitmentResult = Annotated[Commitment | Problem, _result("PublishCommitmentResult")]
AmendCommitmentResult = Annotated[Commitment | Problem, _result("AmendCommitmentResult")]
ReportCommitmentResult = Annotated[Commitment | Problem, _result("ReportCommitmentResult")]
AssessCommitmentResult = Annotated[Commitment | Problem, _result("AssessCommitmentResult")]
RateCommitmentResult = Annotated[Commitment | Problem, _result("RateCommitmentResult")]


@strawberry.input(description="What is promised.")
class PromiseInput:
    text: str = strawberry.field(description="The promise; must name nobody.")
    target: str = strawberry.field(description="How it will be measured.")
    due: date = strawberry.field(description="By when; a future day.")
    beneficiaries: str = strawberry.field(description="For whom.")
    milestones: list[str] = strawberry.field(default_factory=list, description="At most 20.")

    def promise(self) -> cases.Promise:
        return cases.Promise(
            text=self.text,
            target=self.target,
            due=self.due,
            beneficiaries=self.beneficiaries,
            milestones=tuple(self.milestones),
        )


@strawberry.input(description="Make a promise in public, for one's own unit (công khai cam kết).")
class PublishCommitmentInput:
    idempotency_key: str = strawberry.field(description=KEY_TEXT)
    promise: PromiseInput = strawberry.field(description="What is promised.")

    def command(self, info: Info) -> cases.PublishCommitment:
        return cases.PublishCommitment(
            actor=info.context.actor,
            idempotency_key=self.idempotency_key,
            promise=self.promise.promise(),
        )


@strawberry.input(description="A new public version of a promise (điều chỉnh cam kết).")
class AmendCommitmentInput:
    idempotency_key: str = strawberry.field(description=KEY_TEXT)
    commitment_id: strawberry.ID = strawberry.field(description="The commitment.")
    expected_revision: int = strawberry.field(description=REVISION_TEXT)
    promise: PromiseInput = strawberry.field(description="What is promised from now on.")
    reason: str = strawberry.field(description="Why; public.")

    def command(self, info: Info) -> cases.AmendCommitment:
        return cases.AmendCommitment(
            actor=info.context.actor,
            idempotency_key=self.idempotency_key,
            commitment_id=self.commitment_id,
            expected_revision=self.expected_revision,
            promise=self.promise.promise(),
            reason=self.reason,
        )


@strawberry.input(description="Progress on a promise, or its end (báo cáo tiến độ).")
class ReportCommitmentInput:
    idempotency_key: str = strawberry.field(description=KEY_TEXT)
    commitment_id: strawberry.ID = strawberry.field(description="The commitment.")
    expected_revision: int = strawberry.field(description=REVISION_TEXT)
    note: str = strawberry.field(description="What was done; public.")
    evidence: list[str] = strawberry.field(
        default_factory=list, description="Where it can be seen; at most 20, public."
    )
    done: bool = strawberry.field(default=False, description="The target is reached.")

    def command(self, info: Info) -> cases.ReportCommitment:
        return cases.ReportCommitment(
            actor=info.context.actor,
            idempotency_key=self.idempotency_key,
            commitment_id=self.commitment_id,
            expected_revision=self.expected_revision,
            note=self.note,
            evidence=tuple(self.evidence),
            done=self.done,
        )


@strawberry.input(description="Whether a promise was met, by the review board (đánh giá cam kết).")
class AssessCommitmentInput:
    idempotency_key: str = strawberry.field(description=KEY_TEXT)
    commitment_id: strawberry.ID = strawberry.field(description="The commitment.")
    expected_revision: int = strawberry.field(description=REVISION_TEXT)
    outcome: Outcome = strawberry.field(description="Met, partly or missed.")
    reason: str = strawberry.field(description="Why; public.")

    def command(self, info: Info) -> cases.AssessCommitment:
        return cases.AssessCommitment(
            actor=info.context.actor,
            idempotency_key=self.idempotency_key,
            commitment_id=self.commitment_id,
            expected_revision=self.expected_revision,
            outcome=self.outcome,
            reason=self.reason,
        )


@strawberry.input(description="One person's score of a promise (đánh giá của người dân).")
class RateCommitmentInput:
    idempotency_key: str = strawberry.field(description=KEY_TEXT)
    commitment_id: strawberry.ID = strawberry.field(description="The commitment.")
    score: int = strawberry.field(description="1 (worst) to 5 (best).")
    submitter_token: str | None = strawberry.field(default=None, description=TOKEN_TEXT)

    def command(self, info: Info) -> cases.RateCommitment:
        return cases.RateCommitment(
            actor=info.context.actor,
            idempotency_key=self.idempotency_key,
            commitment_id=self.commitment_id,
            submitter_token=self.submitter_token,
            score=self.score,
        )
