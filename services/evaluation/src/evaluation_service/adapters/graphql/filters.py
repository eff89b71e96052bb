"""Which rows a listing shows."""

import strawberry

from evaluation_service.application import queries
from evaluation_service.domain.periods.periods import PeriodKind, PeriodState
from evaluation_service.domain.results.evaluations import EvaluationState
from evaluation_service.domain.work.reports import AssignmentState


@strawberry.input(description="Which evaluations; every condition must hold.")
class EvaluationFilter:
    period_id: strawberry.ID | None = strawberry.field(default=None, description="One period.")
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="A unit and all below it."
    )
    civil_servant_id: strawberry.ID | None = strawberry.field(
        default=None, description="One person."
    )
    band: str | None = strawberry.field(default=None, description="Final band, e.g. HTXS.")
    state: EvaluationState | None = strawberry.field(default=None, description="Stored state.")

    def to_domain(self) -> queries.EvaluationFilter:
        return queries.EvaluationFilter(
            period_id=self.period_id,
            unit_id=self.unit_id,
            servant_id=self.civil_servant_id,
            band=self.band,
            state=self.state,
        )


@strawberry.input(description="Which periods; every condition must hold.")
class EvaluationPeriodFilter:
    province: str | None = strawberry.field(default=None, description="Province code.")
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="Periods that cover the unit."
    )
    kind: PeriodKind | None = strawberry.field(default=None, description="Its length.")
    state: PeriodState | None = strawberry.field(default=None, description="Its state.")

    def to_domain(self) -> queries.PeriodFilter:
        return queries.PeriodFilter(
            province=self.province, unit_id=self.unit_id, kind=self.kind, state=self.state
        )


@strawberry.input(description="Which assignments; every condition must hold.")
class AssignmentFilter:
    period_id: strawberry.ID | None = strawberry.field(default=None, description="One period.")
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="A unit and all below it."
    )
    civil_servant_id: strawberry.ID | None = strawberry.field(
        default=None, description="One person."
    )
    state: AssignmentState | None = strawberry.field(default=None, description="Its state.")

    def to_domain(self) -> queries.AssignmentFilter:
        return queries.AssignmentFilter(
            period_id=self.period_id,
            unit_id=self.unit_id,
            servant_id=self.civil_servant_id,
            state=self.state,
        )
