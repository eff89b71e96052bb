"""Figures of a published period, by unit."""

from typing import Self

import strawberry

from congvu_kit.graph import (
    PAGED,
    After,
    Connection,
    First,
    Info,
    at_most,
    by_name,
    connection,
    page_size,
)
from evaluation_service.adapters.graphql.periods.types import BandCount
from evaluation_service.adapters.graphql.personnel.types import OrgUnit, unit_of
from evaluation_service.application.oversight import queries
from evaluation_service.domain.common.sizes import BANDS_MAX
from evaluation_service.domain.review.appeals import AppealState


@strawberry.type(description="How many appeals of a period stand where.")
class AppealFigure:
    state: AppealState = strawberry.field(description="Where they stand.")
    count: int = strawberry.field(description="Appeals.")


@strawberry.type(
    description="A unit with all below it, in numbers. They are withheld where they would tell of "
    "fewer than 5 people, alone or as what the other parts leave of the whole."
)
class UnitFigures:
    aggregate: strawberry.Private[queries.UnitFigures]
    withheld: bool = strawberry.field(description="Whether the numbers are not told.")
    people: int | None = strawberry.field(description="People who were rated.")
    not_evaluable: int | None = strawberry.field(description="People rated without a band.")
    bands: list[BandCount] = strawberry.field(
        description="By band, without those that nobody has.", directives=at_most(BANDS_MAX)
    )

    @classmethod
    def of(cls, aggregate: queries.UnitFigures) -> Self:
        told = aggregate.figures
        return cls(
            aggregate=aggregate,
            withheld=told is None,
            people=told.people if told else None,
            not_evaluable=told.not_evaluable if told else None,
            bands=[BandCount(band=band, count=count) for band, count in told.bands.items()]
            if told
            else [],
        )

    @strawberry.field(description="The unit.")
    async def unit(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.aggregate.unit_id)


@strawberry.type(description="A published period in numbers, for those who supervise.")
class PeriodFigures:
    aggregate: strawberry.Private[queries.PeriodFigures]
    whole: UnitFigures = strawberry.field(description="The unit asked about, with all below it.")
    appeals: list[AppealFigure] = strawberry.field(
        description="Appeals of the whole period, by state.", directives=at_most(len(AppealState))
    )
    corrected: int = strawberry.field(
        description="Results of the whole period corrected after the publication."
    )

    @classmethod
    def of(cls, aggregate: queries.PeriodFigures) -> Self:
        appeals = [AppealFigure(state=at, count=n) for at, n in aggregate.appeals.items()]
        return by_name(cls, aggregate, appeals=appeals)

    @strawberry.field(
        description="The units directly below, each with all below it, and under the unit's own "
        "name those who are in it itself.",
        directives=PAGED,
    )
    async def parts(self, first: First = 20, after: After = None) -> Connection[UnitFigures]:
        page = self.aggregate.page(first=page_size(first), after=after)
        return await connection(page, UnitFigures.of)
