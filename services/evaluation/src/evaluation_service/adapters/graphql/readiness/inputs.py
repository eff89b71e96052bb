"""Which gaps are wanted."""

import strawberry

from congvu_kit.graph import ValueInput
from evaluation_service.application.readiness import queries
from evaluation_service.domain.readiness.gaps import GapKind


@strawberry.input(description="Which gaps of a period; every condition must hold.")
class PeriodGapFilter(ValueInput):
    VALUE = queries.GapFilter

    kind: GapKind | None = strawberry.field(default=None, description="Gaps of one kind.")
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="Gaps of the unit and those below it."
    )
