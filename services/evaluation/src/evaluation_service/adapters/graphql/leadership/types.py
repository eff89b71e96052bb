"""Crises and ballots as the graph shows them."""

from datetime import datetime
from decimal import Decimal
from typing import Self

import strawberry

from congvu_kit.graph import Info, Shown, at_most, by_name, describe, personal
from evaluation_service.adapters.graphql.common.types import WorkEvidence, other_than_the_reader
from evaluation_service.adapters.graphql.personnel.types import CivilServant, shown_servant
from evaluation_service.application.personnel import leaders
from evaluation_service.application.personnel.leaders import find_leaders
from evaluation_service.domain.common.evidence import EVIDENCE_MAX
from evaluation_service.domain.leadership import ballots, crises
from evaluation_service.domain.leadership.crises import CrisisOutcome, CrisisState

describe(
    CrisisOutcome,
    "How a crisis ended.",
    RESOLVED="It was resolved.",
    PARTLY="In part.",
    FAILED="It was not.",
)
describe(
    CrisisState,
    "Whether it counts.",
    RECORDED="Entered, and waits to be confirmed.",
    CONFIRMED="Confirmed: it counts.",
    REFUSED="It does not.",
)


@personal(of=other_than_the_reader, public=("id", "revision", "period_id", "civil_servant"))
@strawberry.type(
    description="A crisis that a leader handled: entered by one, confirmed by the board (E-I15)."
)
class Crisis:
    aggregate: strawberry.Private[crises.Crisis]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    period_id: strawberry.ID = strawberry.field(description="The period it counts in.")
    title: str = strawberry.field(description="What happened.")
    began_at: datetime = strawberry.field(description="When it was known.")
    ended_at: datetime = strawberry.field(description="When it was over.")
    hours_allowed: Decimal = strawberry.field(description="Hours that the plan or order gave.")
    outcome: CrisisOutcome = strawberry.field(description="How it ended.")
    evidence: list[WorkEvidence] = strawberry.field(
        description="What shows it.", directives=at_most(EVIDENCE_MAX)
    )
    state: CrisisState = strawberry.field(description="Whether it counts.")
    entered_by: str = strawberry.field(description="Who entered it.")
    entered_at: datetime = strawberry.field(description="When it was entered.")
    decided_by: str | None = strawberry.field(description="Who confirmed or refused it.")
    decided_at: datetime | None = strawberry.field(description="When.")
    decision_reason: str | None = strawberry.field(description="Why it was refused.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @strawberry.field(description="Whose it is.")
    async def civil_servant(self, info: Info) -> CivilServant | None:
        return await shown_servant(info, self.aggregate.civil_servant_id)

    @classmethod
    def of(cls, aggregate: crises.Crisis) -> Self:
        by = aggregate.decided_by
        entered, decided = aggregate.entered_by.subject, by.subject if by else None
        return by_name(cls, aggregate, entered_by=entered, decided_by=decided)


@strawberry.type(
    description="Secret ballots on a leader: how many there are. What they say is told by the "
    "score alone, from five of those who are led and three of other units on."
)
class LeaderBallots:
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    period_id: strawberry.ID = strawberry.field(description="The period they count in.")
    civil_servant_id: strawberry.ID = strawberry.field(description="The head or deputy.")
    led: int = strawberry.field(description="Of those who are led.")
    agencies: int = strawberry.field(description="Of other units.")

    @classmethod
    def of(cls, aggregate: ballots.BallotBox) -> Self:
        return by_name(cls, aggregate)


@strawberry.federation.type(
    keys=["id"],
    description="Who leads a unit and promises in public: name and office, for everybody.",
)
class Leader(Shown):
    SHOWS = leaders.Leader

    id: strawberry.ID = strawberry.field(description="Opaque id: the person in the unit.")
    name: str = strawberry.field(description="Full name.")
    office: str = strawberry.field(description="The office there.")

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID, **_: object) -> Self | None:
        found = await info.context.load(find_leaders, id)
        return cls.of(found) if found is not None else None
