"""Results that come from elsewhere, as they are shown."""

from datetime import date
from typing import Self

import strawberry

from congvu_kit.graph import Info, by_name
from evaluation_service.adapters.graphql.periods.types import EvaluationPeriod, period_of
from evaluation_service.adapters.graphql.personnel.types import OrgUnit, unit_of
from evaluation_service.domain.transfers import handovers


@strawberry.type(
    description="What one agency handed over of a person whom another one rates (phần bàn giao): "
    "everything it would have scored."
)
class HandedOverPart:
    aggregate: strawberry.Private[handovers.HandedOverPart]
    id: strawberry.ID = strawberry.field(description="Opaque id; a sheet may rest on it.")
    valid_from: date = strawberry.field(description="First day of the appointment in the period.")
    valid_to: date = strawberry.field(description="The day after the last.")
    days: int = strawberry.field(description="Working days that it stands for, leave not counted.")
    snapshot: str = strawberry.field(description="The inputs, canonical JSON (RFC 8785).")
    hash: str = strawberry.field(
        description="Binds it; the sealed evaluation of the period that handed it over names it."
    )

    @classmethod
    def of(cls, aggregate: handovers.HandedOverPart) -> Self:
        return by_name(cls, aggregate, aggregate=aggregate)

    @strawberry.field(description="The period that handed it over.")
    async def period(self, info: Info) -> EvaluationPeriod | None:
        return await period_of(info, self.aggregate.period_id)

    @strawberry.field(description="The unit of the appointment.")
    async def unit(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.aggregate.unit_id)
