"""Which units are asked for."""

import strawberry

from congvu_kit.graph import ValueInput
from evaluation_service.application.personnel import queries
from evaluation_service.domain.personnel.units import UnitLevel


@strawberry.input(description="Which units; every condition must hold.")
class OrgUnitFilter(ValueInput):
    VALUE = queries.OrgUnitFilter

    level: UnitLevel | None = strawberry.field(default=None, description="Of this level.")
    parent_id: strawberry.ID | None = strawberry.field(
        default=None, description="Directly below this unit."
    )
    code: str | None = strawberry.field(
        default=None, description="With this agency code, spelled the same."
    )
