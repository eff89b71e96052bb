"""Stages of a file, and delegations."""

from datetime import date, datetime
from typing import Self

import strawberry

from congvu_kit.graph import Info, Shown, by_name, describe
from evaluation_service.adapters.graphql.common.types import DecisionDocument, EnteredRatings
from evaluation_service.adapters.graphql.personnel.types import CivilServant, shown_servant
from evaluation_service.application.stages import queries
from evaluation_service.application.stages.queries import StageState
from evaluation_service.domain.stages import delegations

describe(
    StageState,
    "Where a stage of a file stands.",
    WAITING="Not its turn yet.",
    OPEN="Whoever has it is to act.",
    DONE="Acted in.",
    LOCKED="Its last day passed undone: nobody acts in it any more.",
)


@strawberry.type(description="One stage of a file, with its own figures.")
class EvaluationStage:
    seen: strawberry.Private[queries.SeenStage]
    id: strawberry.ID = strawberry.field(description="Its name in the policy, e.g. REPORTING.")
    text_vi: str = strawberry.field(description="What it is, in Vietnamese.")
    text_en: str = strawberry.field(description="The same in English.")
    level: int = strawberry.field(description="0 the person, 1 the superior, 2 theirs.")
    state: StageState = strawberry.field(description="Where it stands.")
    last_day: date = strawberry.field(description="Open until 23:59 of it, Asia/Ho_Chi_Minh.")
    counts: int | None = strawberry.field(
        description="Whose figures count first, 1; null for figures that never count."
    )
    shown: bool = strawberry.field(description="Whether the figures are yours to see now.")
    ratings: EnteredRatings | None = strawberry.field(
        description="Its own figures; null while there are none, or not for you yet."
    )
    remark: str | None = strawberry.field(description="What they remarked.")
    ended_at: datetime | None = strawberry.field(description="When it was done or moved on.")

    @classmethod
    def of(cls, seen: queries.SeenStage) -> Self:
        entry = seen.entry if seen.shown else None
        figures = EnteredRatings.of(entry.ratings) if entry and entry.by else None
        return by_name(
            cls,
            seen,
            seen=seen,
            id=strawberry.ID(seen.stage.id),
            text_vi=seen.stage.text.vi,
            text_en=seen.stage.text.en,
            level=seen.stage.level,
            ratings=figures,
            remark=entry.remark if entry else None,
            ended_at=seen.entry.ended_at if seen.entry else None,
        )

    @strawberry.field(description="Whom it waits for; null when not open, or nobody has it.")
    async def waits_for(self, info: Info) -> CivilServant | None:
        return await shown_servant(info, self.seen.waits_for)

    @strawberry.field(description="Who acted in it.")
    async def acted_by(self, info: Info) -> CivilServant | None:
        entry = self.seen.entry
        return await shown_servant(info, entry.by.officer if entry and entry.by else None)

    @strawberry.field(description="In whose place, of a delegate.")
    async def in_place_of(self, info: Info) -> CivilServant | None:
        entry = self.seen.entry
        return await shown_servant(info, entry.in_place_of if entry else None)

    @strawberry.field(description="Whose process fault it is that it moved on undone.")
    async def late(self, info: Info) -> CivilServant | None:
        entry = self.seen.entry
        return await shown_servant(info, entry.charged if entry else None)


@strawberry.type(description="Who has a stage in somebody's place, by a decision.")
class StageDelegation(Shown):
    SHOWS = delegations.StageDelegation

    aggregate: strawberry.Private[delegations.StageDelegation]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    stage: str = strawberry.field(description="The stage, in every file where it is theirs.")
    valid_from: date = strawberry.field(description="The first day.")
    until: date = strawberry.field(description="The last day.")
    ended_on: date | None = strawberry.field(description="Ended before, from this day on.")
    decision: DecisionDocument = strawberry.field(description="What it rests on.")
    unit_id: strawberry.ID | None = strawberry.field(
        description="Of an acting approver: the unit in which nobody else has the stage."
    )
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @strawberry.field(description="In whose place.")
    async def delegator(self, info: Info) -> CivilServant | None:
        return await shown_servant(info, self.aggregate.from_civil_servant_id)

    @strawberry.field(description="Who acts.")
    async def delegate(self, info: Info) -> CivilServant | None:
        return await shown_servant(info, self.aggregate.to_civil_servant_id)
