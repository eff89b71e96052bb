"""Initiatives with their checks."""

from datetime import date, datetime
from decimal import Decimal
from typing import Self

import strawberry

from congvu_kit.graph import Info, Shown, at_most, by_name, costs, describe, personal
from congvu_scoring import exact_text
from evaluation_service.adapters.graphql.common.types import WorkEvidence, other_than_the_reader
from evaluation_service.adapters.graphql.personnel.types import (
    CivilServant,
    OrgUnit,
    shown_servant,
    unit_of,
)
from evaluation_service.domain.common.evidence import EVIDENCE_MAX
from evaluation_service.domain.initiatives import initiatives
from evaluation_service.domain.initiatives.initiatives import (
    CHECKS_MAX,
    CheckVerdict,
    InitiativeKind,
    InitiativeState,
)

describe(
    InitiativeKind,
    "What an initiative improves.",
    SIMPLER_PROCEDURE="A simpler procedure.",
    INFORMATION_TECHNOLOGY="Information technology.",
    PUBLIC_SERVICE="A better public service.",
    TRANSPARENCY="More transparency.",
    SHORTER_TIME="A shorter time.",
    EXPERIENCE="A better experience of people and businesses.",
)
describe(
    InitiativeState,
    "Where an initiative stands.",
    PROPOSED="It waits for the board.",
    PROVISIONAL="It counts with provisional points.",
    FINAL="It was looked at to the end; the points are final.",
    REFUSED="The board did not take it.",
)
describe(
    CheckVerdict,
    "Whether an initiative lasted.",
    LASTED="It works as claimed; all points stay.",
    PARTLY="In part; half of the points stay.",
    FADED="No more; no points stay.",
)


@strawberry.type(description="What somebody found on looking again.")
class InitiativeFinding(Shown):
    SHOWS = initiatives.Finding

    verdict: CheckVerdict = strawberry.field(description="Whether it lasted.")
    measured: Decimal = strawberry.field(description="How much it was then.")
    reason: str = strawberry.field(description="What was looked at.")
    evidence: list[WorkEvidence] = strawberry.field(
        description="What shows it.", directives=at_most(EVIDENCE_MAX)
    )
    by: str = strawberry.field(description="The account that looked.")
    at: datetime = strawberry.field(description="When.")

    @classmethod
    def of(cls, finding: initiatives.Finding) -> Self:
        return by_name(cls, finding, by=finding.by.subject)


@strawberry.type(description="A day on which an initiative is looked at again.")
class EffectCheck(Shown):
    SHOWS = initiatives.EffectCheck

    due_on: date = strawberry.field(description="Not before this day.")
    finding: InitiativeFinding | None = strawberry.field(description="Null until then.")


@personal(of=other_than_the_reader, public=("id", "revision", "period_id", "unit", "civil_servant"))
@strawberry.type(description="An initiative.", directives=costs(10))
class Initiative:
    aggregate: strawberry.Private[initiatives.Initiative]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    period_id: strawberry.ID = strawberry.field(description="The period it counts in.")
    state: InitiativeState = strawberry.field(description="Where it stands.")
    kind: InitiativeKind = strawberry.field(description="Which kind.")
    title: str = strawberry.field(description="Title of the initiative.")
    description: str = strawberry.field(description="What is done otherwise now.")
    unit_of_measure: str = strawberry.field(description="What is measured.")
    baseline: Decimal = strawberry.field(description="How much it was before.")
    claimed: Decimal = strawberry.field(description="How much it is since, as claimed.")
    evidence: list[WorkEvidence] = strawberry.field(
        description="What shows it.", directives=at_most(EVIDENCE_MAX)
    )
    points: Decimal | None = strawberry.field(description="Provisional points.")
    final_points: str | None = strawberry.field(description="After the last check, exactly.")
    checks: list[EffectCheck] = strawberry.field(
        description="Later looks, in their order.", directives=at_most(CHECKS_MAX)
    )
    reason: str | None = strawberry.field(description="The board's reason.")
    proposed_at: datetime = strawberry.field(description="When it was proposed.")
    decided_at: datetime | None = strawberry.field(description="When it was decided on.")
    hash: str = strawberry.field(description="Binds all of it; the snapshot carries it.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @classmethod
    def of(cls, aggregate: initiatives.Initiative) -> Self:
        facts = aggregate.facts
        return by_name(
            cls,
            aggregate,
            aggregate=aggregate,
            title=facts.title,
            description=facts.description,
            unit_of_measure=facts.unit_of_measure,
            baseline=facts.baseline,
            claimed=facts.claimed,
            evidence=[WorkEvidence.of(each) for each in facts.evidence],
            final_points=None if aggregate.final is None else exact_text(aggregate.counted),
        )

    @strawberry.field(description="Where.")
    async def unit(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.aggregate.unit_id)

    @strawberry.field(description="The author.")
    async def civil_servant(self, info: Info) -> CivilServant | None:
        return await shown_servant(info, self.aggregate.civil_servant_id)
