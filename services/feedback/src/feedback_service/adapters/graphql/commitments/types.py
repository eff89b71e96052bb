"""Leaders' public commitments as the graph shows them."""

from datetime import date
from decimal import Decimal
from typing import Self

import strawberry

from congvu_kit.graph import Shown, at_most, by_name, costs, describe
from feedback_service.adapters.graphql.common.types import CivilServant, Leader, Ratio, exact
from feedback_service.adapters.graphql.context import Info
from feedback_service.adapters.graphql.indexes.types import OrgUnit
from feedback_service.application.commitments.pledges import LIST_MAX
from feedback_service.application.commitments.queries import LeaderOverview, find_commitments
from feedback_service.domain.commitments import commitment, draft, values
from feedback_service.domain.commitments.values import (
    PROGRESS_MAX,
    RATINGS_MINIMUM,
    SCORE_MAX,
    VERSIONS_MAX,
    CommitmentKind,
    CommitmentOutcome,
    CommitmentState,
)

describe(
    CommitmentKind,
    "What a leader gave a public word on.",
    PROMISE="A promise.",
    KEY_TASK="A key task of the unit with its date.",
)

describe(
    CommitmentState,
    "Where a commitment stands.",
    PUBLISHED="Published.",
    IN_PROGRESS="Progress was reported.",
    CLAIMED_DONE="The leader says it is done.",
    VERIFIED_MET="Found met, outside the unit.",
    PARTLY="Found partly met.",
    MISSED="Not met, or its date passed.",
)
describe(
    CommitmentOutcome,
    "What an assessment found.",
    VERIFIED_MET="Found met.",
    PARTLY="Found met in part.",
    MISSED="Found missed.",
)


@strawberry.type(description="What was promised at one time.")
class CommitmentVersion(Shown):
    SHOWS = values.CommitmentVersion

    number: int = strawberry.field(description="From 1.")
    text: str = strawberry.field(description="The promise.")
    target: str = strawberry.field(description="How it is measured.")
    due: date = strawberry.field(description="By when.")
    beneficiaries: str = strawberry.field(description="For whom.")
    milestones: list[str] = strawberry.field(
        description="Steps on the way.", directives=at_most(LIST_MAX)
    )
    milestone_dates: list[date] = strawberry.field(
        description="By when each; none where no dates were given.", directives=at_most(LIST_MAX)
    )
    published_on: date = strawberry.field(description="When it became public.")
    reason: str | None = strawberry.field(description="Why it replaced the one before.")
    log_sequence: int = strawberry.field(description="Its entry in the public log.")


@strawberry.type(description="What is to be promised.")
class Pledge(Shown):
    SHOWS = draft.Pledge

    text: str = strawberry.field(description="The promise.")
    target: str = strawberry.field(description="How it is measured.")
    due: date = strawberry.field(description="By when.")
    beneficiaries: str = strawberry.field(description="For whom.")
    milestones: list[str] = strawberry.field(
        description="Steps on the way.", directives=at_most(LIST_MAX)
    )
    kind: CommitmentKind | None = strawberry.field(description="PROMISE unless said.")
    milestone_dates: list[date] = strawberry.field(
        description="By when each.", directives=at_most(LIST_MAX)
    )


@strawberry.type(description="A step reported on the way, with evidence.")
class CommitmentProgress(Shown):
    SHOWS = values.Progress

    on: date = strawberry.field(description="When.")
    note: str = strawberry.field(description="What was done.")
    evidence: list[str] = strawberry.field(
        description="Where it can be seen.", directives=at_most(LIST_MAX)
    )
    percent: int | None = strawberry.field(description="How much is done, as the leader sees it.")
    milestone: str | None = strawberry.field(description="The milestone reached by it.")
    log_sequence: int = strawberry.field(description="Its entry in the public log.")


@strawberry.type(description="A step of the version in force.")
class CommitmentMilestone(Shown):
    SHOWS = values.Milestone

    number: int = strawberry.field(description="From 1.")
    text: str = strawberry.field(description="What is to be reached.")
    due: date | None = strawberry.field(description="By when.")
    reached: CommitmentProgress | None = strawberry.field(
        description="The report with its evidence; null while it is not reached."
    )


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
    contented: Ratio = strawberry.field(description="Who gave 4 or 5, of all who rated.")
    interval_low: Decimal | None = strawberry.field(
        description="Lower end of the 95 % Wilson interval of `contented`; null below the minimum."
    )
    interval_high: Decimal | None = strawberry.field(description="Its upper end.")
    verdict: CommitmentOutcome | None = strawberry.field(
        description="Met where 80 % are contented, partly from 50 %; null below the minimum."
    )

    @classmethod
    def of(cls, aggregate: commitment.Commitment) -> Self:
        share, verdict = aggregate.contented, aggregate.citizens
        low, high = (share.wilson or (None, None)) if verdict else (None, None)
        return cls(
            contented=Ratio.of(share.part, share.whole),
            interval_low=exact(low),
            interval_high=exact(high),
            verdict=verdict,
            count=aggregate.rating_count,
            minimum=RATINGS_MINIMUM,
            share=exact(aggregate.rating),
            scores=list(aggregate.ratings),
        )


@strawberry.federation.type(
    keys=["id"],
    description="A leader's public promise: amended or missed, never withdrawn.",
    directives=costs(10),
)
class Commitment:
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")
    state: CommitmentState = strawberry.field(description="Where it stands.")
    unit: OrgUnit = strawberry.field(description="The leader's unit.")
    kind: CommitmentKind = strawberry.field(description="A promise, or a key task.")
    promised_by: Leader = strawberry.field(
        description="Who promised, with name and office, for everybody."
    )
    leader: CivilServant | None = strawberry.field(
        description="The person, for those who may see them; null for everybody else."
    )
    current: CommitmentVersion = strawberry.field(description="The version in force.")
    versions: list[CommitmentVersion] = strawberry.field(
        description="All, first to last.", directives=at_most(VERSIONS_MAX)
    )
    progress: list[CommitmentProgress] = strawberry.field(
        description="What was reported.", directives=at_most(PROGRESS_MAX)
    )
    milestones: list[CommitmentMilestone] = strawberry.field(
        description="Of the version in force, with what was reached.", directives=at_most(LIST_MAX)
    )
    found: CommitmentOutcome | None = strawberry.field(
        description="What the level above found; `state` is the lower of it and the citizens'."
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
            promised_by=Leader.of(aggregate.leader_id, aggregate.unit_id),
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


@strawberry.type(description="What a leader means to promise; nobody else reads it.")
class CommitmentDraft:
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")
    unit: OrgUnit = strawberry.field(description="The leader's unit.")
    pledge: Pledge = strawberry.field(description="What is to be promised.")

    @classmethod
    def of(cls, aggregate: draft.CommitmentDraft) -> Self:
        return by_name(cls, aggregate, unit=OrgUnit(id=strawberry.ID(aggregate.unit_id)))


@strawberry.type(description="What a leader promised in a unit, and where it stands.")
class CommitmentOverview:
    promised_by: Leader = strawberry.field(description="Who promised.")
    unit: OrgUnit = strawberry.field(description="In which unit.")
    promises: int = strawberry.field(description="How many promises.")
    key_tasks: int = strawberry.field(description="How many key tasks.")
    running: int = strawberry.field(description="How many are neither claimed done nor assessed.")
    claimed: int = strawberry.field(description="How many are claimed done and not assessed.")
    met: int = strawberry.field(description="How many were met.")
    partly: int = strawberry.field(description="How many were met in part.")
    missed: int = strawberry.field(description="How many were missed.")
    kept: Ratio = strawberry.field(description="Those met, of all assessed.")
    milestones: Ratio = strawberry.field(description="Milestones reached, of all.")

    @classmethod
    def of(cls, found: LeaderOverview) -> Self:
        s, states = CommitmentState, found.states
        return by_name(
            cls,
            found,
            promised_by=Leader.of(found.leader_id, found.unit_id),
            unit=OrgUnit(id=strawberry.ID(found.unit_id)),
            running=states[s.PUBLISHED] + states[s.IN_PROGRESS],
            claimed=states[s.CLAIMED_DONE],
            met=states[s.VERIFIED_MET],
            partly=states[s.PARTLY],
            missed=states[s.MISSED],
            kept=Ratio.of(found.kept.part, found.kept.whole),
            milestones=Ratio.of(found.milestones.part, found.milestones.whole),
        )
