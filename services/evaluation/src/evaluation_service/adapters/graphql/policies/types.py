"""Scoring policies, and what others would have given."""

from datetime import date, datetime
from decimal import Decimal
from typing import Self

import strawberry

from congvu_kit.graph import (
    Info,
    Shown,
    at_most,
    describe,
    personal,
)
from evaluation_service.adapters.graphql.common.types import (
    DecisionDocument,
    as_decimal,
    other_than_the_reader,
)
from evaluation_service.adapters.graphql.periods.types import BandCount
from evaluation_service.adapters.graphql.personnel.types import CivilServant, shown_servant
from evaluation_service.application.policies import queries
from evaluation_service.domain.common.sizes import BANDS_MAX, REASONS_MAX
from evaluation_service.domain.policies import policies
from evaluation_service.domain.policies.policies import PolicyState
from evaluation_service.domain.results import simulation as rated
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.sheets import EvaluationOutcome

MOVED_MAX = 500
"""People listed in one answer; `moved` counts all of them."""


describe(
    PolicyState,
    "Where a policy version stands.",
    name="ScoringPolicyState",
    DRAFT="May still change.",
    APPROVED="Approved by another person.",
    PUBLISHED="In force and immutable.",
)


@strawberry.type(description="One version of a scoring policy; immutable once published.")
class ScoringPolicy(Shown):
    SHOWS = policies.StoredPolicy

    aggregate: strawberry.Private[policies.StoredPolicy]
    id: strawberry.ID = strawberry.field(description="policy@version.")
    policy_id: str = strawberry.field(description="The policy.")
    version: int = strawberry.field(description="1, 2, 3 …")
    state: PolicyState = strawberry.field(description="Where it stands.")
    province: str | None = strawberry.field(description="Whose; null for shipped ones.")
    document: str = strawberry.field(description="JSON in the policy language.")
    hash: str = strawberry.field(description="SHA-256 of the canonical document.")
    derived_from: str | None = strawberry.field(description="The version whose bounds it keeps.")
    decision: DecisionDocument | None = strawberry.field(description="What it was published by.")
    effective_from: date | None = strawberry.field(description="In force from.")
    published_at: datetime | None = strawberry.field(description="When it was issued.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @strawberry.field(description="Title in Vietnamese.")
    def title_vi(self) -> str:
        return queries.title_of(self.aggregate).vi

    @strawberry.field(description="Title in English.")
    def title_en(self) -> str:
        return queries.title_of(self.aggregate).en


@strawberry.type(description="A result as it is, or as it would be.")
class SimulatedResult:
    outcome: EvaluationOutcome = strawberry.field(description="Whether there is a score.")
    total: Decimal | None = strawberry.field(description="Total points.")
    band: str | None = strawberry.field(description="Final band, quota included.")
    reasons: list[str] = strawberry.field(
        description="Rules that changed the band.", directives=at_most(REASONS_MAX)
    )

    @classmethod
    def of(cls, value: Evaluation) -> Self:
        sheet = value.sheets[-1]
        return cls(
            outcome=sheet.outcome,
            total=as_decimal(sheet.total),
            band=value.band,
            reasons=[*sheet.reasons, *value.rank_reasons],
        )


@personal(of=other_than_the_reader, public=("civil_servant",))
@strawberry.type(description="One person before and after.")
class SimulatedChange(Shown):
    SHOWS = rated.SimulatedResult

    aggregate: strawberry.Private[rated.SimulatedResult]
    before: SimulatedResult = strawberry.field(description="As it is.")
    after: SimulatedResult = strawberry.field(description="As it would be.")

    @strawberry.field(description="Who.")
    async def civil_servant(self, info: Info) -> CivilServant | None:
        return await shown_servant(info, self.aggregate.civil_servant_id)


@strawberry.type(description="Who changes band, and the distribution before and after.")
class SimulationReport:
    people: int = strawberry.field(description="People rated again.")
    moved: int = strawberry.field(description="Of these, whose band changes.")
    before: list[BandCount] = strawberry.field(
        description="By band, as it is.", directives=at_most(BANDS_MAX)
    )
    after: list[BandCount] = strawberry.field(
        description="By band, as it would be.", directives=at_most(BANDS_MAX)
    )
    changes: list[SimulatedChange] = strawberry.field(
        description="Up to 500 people whose band changes; a single person asked for in any case.",
        directives=at_most(MOVED_MAX),
    )

    @classmethod
    def of(cls, value: queries.Simulated, *, single: bool) -> Self:
        moved = [change for change in value.changes if change.band_moved]
        shown = value.changes if single else moved
        return cls(
            people=len(value.changes),
            moved=len(moved),
            before=[BandCount(band=b, count=n) for b, n in sorted(value.before.items())],
            after=[BandCount(band=b, count=n) for b, n in sorted(value.after.items())],
            changes=[SimulatedChange.of(change) for change in shown[:MOVED_MAX]],
        )
