"""Leaders' public commitments as the graph shows them."""

from datetime import date
from decimal import Decimal
from typing import Self

import strawberry

from congvu_kit.graph import Shown, at_most, by_name, costs, describe
from feedback_service.adapters.graphql.common.types import CivilServant, exact
from feedback_service.adapters.graphql.context import Info
from feedback_service.adapters.graphql.indexes.types import OrgUnit
from feedback_service.application.commitments.commands import LIST_MAX
from feedback_service.application.commitments.queries import find_commitments
from feedback_service.domain.commitments import commitment
from feedback_service.domain.commitments.commitment import (
    PROGRESS_MAX,
    RATINGS_MINIMUM,
    SCORE_MAX,
    VERSIONS_MAX,
    CommitmentOutcome,
    CommitmentState,
)

describe(
    CommitmentState,
    "Where a commitment stands (trạng thái cam kết).",
    PUBLISHED="Công khai.",
    IN_PROGRESS="Progress was reported (đang thực hiện).",
    CLAIMED_DONE="The leader says it is done (báo cáo hoàn thành).",
    VERIFIED_MET="Found met, outside the unit (đạt).",
    PARTLY="Found partly met (đạt một phần).",
    MISSED="Not met, or its date passed (không đạt).",
)
describe(
    CommitmentOutcome,
    "What an assessment found (kết quả đánh giá cam kết).",
    VERIFIED_MET="Đạt.",
    PARTLY="Đạt một phần.",
    MISSED="Không đạt.",
)


@strawberry.type(description="What was promised at one time (phiên bản cam kết).")
class CommitmentVersion(Shown):
    SHOWS = commitment.CommitmentVersion

    number: int = strawberry.field(description="From 1.")
    text: str = strawberry.field(description="The promise.")
    target: str = strawberry.field(description="How it is measured.")
    due: date = strawberry.field(description="By when.")
    beneficiaries: str = strawberry.field(description="For whom.")
    milestones: list[str] = strawberry.field(
        description="Steps on the way.", directives=at_most(LIST_MAX)
    )
    published_on: date = strawberry.field(description="When it became public.")
    reason: str | None = strawberry.field(description="Why it replaced the one before.")
    log_sequence: int = strawberry.field(description="Its entry in the public log.")


@strawberry.type(description="A step reported on the way, with evidence (tiến độ).")
class CommitmentProgress(Shown):
    SHOWS = commitment.Progress

    on: date = strawberry.field(description="When.")
    note: str = strawberry.field(description="What was done.")
    evidence: list[str] = strawberry.field(
        description="Where it can be seen.", directives=at_most(LIST_MAX)
    )
    log_sequence: int = strawberry.field(description="Its entry in the public log.")


@strawberry.type(description="What citizens say of a commitment, one score a person.")
class CommitmentRating:
    count: int = strawberry.field(description="How many rated it.")
    minimum: int = strawberry.field(description="Ratings below which `share` is null (F-I5).")
    share: Decimal | None = strawberry.field(
        description="Mean score as a share of the best, 0 to 1, to four places."
    )
    scores: list[int] = strawberry.field(
        description="How many gave 1, 2, 3, 4, 5.", directives=at_most(SCORE_MAX)
    )

    @classmethod
    def of(cls, aggregate: commitment.Commitment) -> Self:
        return cls(
            count=aggregate.rating_count,
            minimum=RATINGS_MINIMUM,
            share=exact(aggregate.rating),
            scores=list(aggregate.ratings),
        )


@strawberry.federation.type(
    keys=["id"],
    description="A leader's public promise (cam kết công khai): "
    "amended or missed, never withdrawn.",
    directives=costs(10),
)
class Commitment:
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")
    state: CommitmentState = strawberry.field(description="Where it stands.")
    unit: OrgUnit = strawberry.field(description="The leader's unit.")
    leader: CivilServant = strawberry.field(description="Who promised.")
    current: CommitmentVersion = strawberry.field(description="The version in force.")
    versions: list[CommitmentVersion] = strawberry.field(
        description="All, first to last.", directives=at_most(VERSIONS_MAX)
    )
    progress: list[CommitmentProgress] = strawberry.field(
        description="What was reported.", directives=at_most(PROGRESS_MAX)
    )
    assessment: str | None = strawberry.field(description="Why it was found met or not.")
    assessed_on: date | None = strawberry.field(description="When it was assessed.")
    rating: CommitmentRating = strawberry.field(description="What citizens say.")

    @classmethod
    def of(cls, aggregate: commitment.Commitment) -> Self:
        return by_name(
            cls,
            aggregate,
            unit=OrgUnit(id=strawberry.ID(aggregate.unit_id)),
            leader=CivilServant(id=strawberry.ID(aggregate.leader_id)),
            rating=CommitmentRating.of(aggregate),
        )

    @classmethod
    async def find(cls, info: Info, id: str) -> Self | None:
        found = await info.context.load(find_commitments, id)
        return cls.of(found) if found is not None else None

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID, **_: object) -> Self | None:
        return await cls.find(info, id)
