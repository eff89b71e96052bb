"""The satisfaction index, and where it hangs on evaluation's units."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Self

import strawberry

from congvu_kit.application.ports import Page
from congvu_kit.graph import (
    After,
    Connection,
    First,
    at_most,
    connection,
    costs,
    describe,
    page_size,
    paged,
)
from feedback_service.adapters.graphql.common.types import Ratio, exact
from feedback_service.adapters.graphql.context import Info
from feedback_service.adapters.graphql.indexes.values import (
    IndexPart,
    SatisfactionPoint,
    ServiceIndex,
)
from feedback_service.application.indexes.queries import (
    TREND,
    find_detailed,
    find_indexes,
    find_trends,
)
from feedback_service.domain.indexes import satisfaction_index
from feedback_service.domain.indexes.details import IndexDimension
from feedback_service.domain.indexes.satisfaction_index import IndexAnomaly, IndexState

describe(
    IndexState,
    "What a satisfaction index is worth.",
    PENDING="The period runs: a live figure, still moving.",
    MEASURED="Frozen, with enough answers.",
    INSUFFICIENT="Frozen, with too few answers: it moves no score (F-I5).",
)
describe(
    IndexAnomaly,
    "What whoever reads an index should know.",
    MORE_ANSWERS_THAN_DOSSIERS="More answers came than dossiers were completed in the period.",
    ANSWERS_UNDER_REVIEW="Answers look odd and wait for a decision; they do not count.",
    ANSWERS_SET_ASIDE="Answers were set aside, with a reason in the public log.",
)

DETAILED = 60
"""Looks into the store for what a running figure is made of."""


@strawberry.type(
    description="Satisfaction with a unit (and the units below it) in a period.",
    directives=costs(11),
)
class SatisfactionIndex:
    unit_id: strawberry.Private[str]
    period_id: strawberry.ID = strawberry.field(description="The period.")
    index: Decimal | None = strawberry.field(
        description="Share of the first two answers, to four places; null below the minimum."
    )
    satisfied: int = strawberry.field(description="Answers of the first two steps.")
    answers: int = strawberry.field(description="Answers of the period that count: the n.")
    under_review: int = strawberry.field(
        description="Answers that wait for a decision and are not among `answers`."
    )
    set_aside: int = strawberry.field(description="Answers that were decided not to count.")
    index_with_review: Decimal | None = strawberry.field(
        description="The index as if all that is under review counted; null below the minimum."
    )
    anomalies: list[IndexAnomaly] = strawberry.field(
        description="What whoever reads the figure should know; at most one of each.",
        directives=at_most(len(IndexAnomaly)),
    )
    minimum: int = strawberry.field(
        description="Answers below which the index is INSUFFICIENT, pinned when the period opened."
    )
    state: IndexState = strawberry.field(description="Live, measured or insufficient.")
    interval_low: Decimal | None = strawberry.field(
        description="Lower end of the 95 % Wilson interval."
    )
    interval_high: Decimal | None = strawberry.field(
        description="Upper end of the 95 % Wilson interval."
    )
    coverage: Ratio = strawberry.field(
        description="All answers that came, of the dossiers completed in the period. Above 1 it "
        "is shown as it is, with an anomaly."
    )
    answered_in_time: Ratio = strawberry.field(
        description="Complaints answered by their date, of those due."
    )
    confirmed: Ratio = strawberry.field(
        description="Complaints whose sender confirmed the answer, of those settled."
    )
    policies: list[str] = strawberry.field(
        description="Scoring policies pinned when the period opened; they hold the weight (F-I9).",
        directives=at_most(3),
    )
    computed_at: datetime = strawberry.field(description="When it was counted, UTC.")
    log_sequence: int | None = strawberry.field(
        description="Its entry in the public log, once frozen."
    )

    @strawberry.field(description="The unit; units below it are counted with it.")
    def unit(self) -> "OrgUnit":
        return OrgUnit(id=strawberry.ID(self.unit_id))

    @strawberry.field(
        description="By procedure, channel or driver, in the order of their names.",
        directives=paged(DETAILED),
    )
    async def parts(
        self,
        info: Info,
        by: Annotated[IndexDimension, strawberry.argument(description="Told apart by this.")],
        first: First = 20,
        after: After = None,
    ) -> Connection[IndexPart]:
        whole = await self._detailed(info)
        made = whole.parts(by) if whole is not None else []
        page = Page.cut(made, lambda part: part.value, first=page_size(first), after=after)
        return await connection(page, IndexPart.of)

    @strawberry.field(
        description="Dossiers completed whose owner could rate: the portal told who handed them "
        "in. The population are all completed ones, `coverage.whole`; null of a "
        "figure that is older than this.",
        directives=costs(DETAILED),
    )
    async def offered(self, info: Info) -> int | None:
        whole = await self._detailed(info)
        return whole.details.offered if whole and whole.details else None

    @strawberry.field(
        description="The index for serving citizens and businesses, of the parts there is data "
        "for; null of a figure that is older than this.",
        directives=costs(DETAILED),
    )
    async def service_index(self, info: Info) -> ServiceIndex | None:
        whole = await self._detailed(info)
        index = whole.service_index if whole else None
        return ServiceIndex.of(index) if index is not None else None

    @strawberry.field(
        description="Frozen figures of the unit in periods as long as this one, up to this one, "
        "oldest first.",
        directives=[*at_most(TREND), *costs(TREND)],
    )
    async def trend(self, info: Info) -> list[SatisfactionPoint]:
        points = await info.context.load(find_trends, (self.unit_id, self.period_id))
        return [SatisfactionPoint.of(each) for each in points]

    async def _detailed(self, info: Info) -> satisfaction_index.SatisfactionIndex | None:
        return await info.context.load(find_detailed, (self.unit_id, self.period_id))

    @classmethod
    def of(cls, aggregate: satisfaction_index.SatisfactionIndex) -> Self:
        low, high = aggregate.interval or (None, None)
        evidence = aggregate.evidence
        return cls(
            unit_id=aggregate.unit_id,
            period_id=strawberry.ID(aggregate.period_id),
            index=exact(aggregate.index),
            satisfied=evidence.satisfied,
            answers=evidence.answers,
            under_review=evidence.under_review,
            set_aside=evidence.set_aside,
            index_with_review=exact(aggregate.index_with_review),
            anomalies=list(evidence.anomalies),
            minimum=aggregate.minimum_answers,
            state=aggregate.state,
            interval_low=exact(low),
            interval_high=exact(high),
            coverage=Ratio.of(evidence.received, evidence.completed),
            answered_in_time=Ratio.of(evidence.answered_in_time, evidence.complaints_due),
            confirmed=Ratio.of(evidence.confirmed, evidence.complaints_settled),
            policies=list(aggregate.policies),
            computed_at=aggregate.computed_at,
            log_sequence=aggregate.log_sequence,
        )

    @classmethod
    async def find(cls, info: Info, unit_id: str, period_id: str) -> Self | None:
        found = await info.context.load(find_indexes, (unit_id, period_id))
        return cls.of(found) if found is not None else None


@strawberry.federation.type(
    keys=["id"], description="An agency or department, with what citizens say of it."
)
class OrgUnit:
    id: strawberry.ID = strawberry.field(description="Opaque id, given by evaluation.")

    @strawberry.field(
        description="Satisfaction in a period; null for a unit or period that is not known here."
    )
    async def satisfaction(self, info: Info, period_id: strawberry.ID) -> SatisfactionIndex | None:
        return await SatisfactionIndex.find(info, self.id, period_id)

    @classmethod
    def resolve_reference(cls, id: strawberry.ID, **_: object) -> Self:
        return cls(id=id)
