"""Looking units and people up."""

from datetime import date
from typing import Annotated, TypeAlias

import strawberry

from congvu_kit.domain.clock import business_date
from congvu_kit.graph import (
    PAGED,
    After,
    Connection,
    First,
    Info,
    connection,
    page_size,
)
from evaluation_service.adapters.graphql.common.inputs import ExternalRefInput
from evaluation_service.adapters.graphql.personnel.types import (
    CivilServant,
    OrgUnit,
    unit_of,
)
from evaluation_service.adapters.graphql.personnel.values import JobPosition
from evaluation_service.application.access import find_servants
from evaluation_service.application.personnel import queries

AsOf: TypeAlias = Annotated[date | None, strawberry.argument(description="Default: today.")]


@strawberry.type
class PersonnelQuery:
    @strawberry.field(
        description="A person by id; null when there is none, or none that you may see."
    )
    async def civil_servant(self, info: Info, id: strawberry.ID) -> CivilServant | None:
        servant = await info.context.load(find_servants, id)
        return CivilServant.of(servant) if servant else None

    @strawberry.field(
        description="The person who has a number of another system on that day, or had it last; "
        "else as civilServant."
    )
    async def civil_servant_by_ref(
        self, info: Info, ref: ExternalRefInput, as_of: AsOf = None
    ) -> CivilServant | None:
        tx = info.context.reading()
        on = as_of or business_date(tx.now)
        servant = await queries.servant_by_ref(info.context.actor, tx, ref.to_domain(), on)
        return CivilServant.of(servant) if servant else None

    @strawberry.field(
        description="People of a unit, in Vietnamese order of names.", directives=PAGED
    )
    async def civil_servants(
        self, info: Info, unit_id: strawberry.ID, first: First = 20, after: After = None
    ) -> Connection[CivilServant]:
        page = await queries.list_civil_servants(
            info.context.actor,
            info.context.reading(),
            unit_id,
            first=page_size(first),
            after=after,
        )
        return await connection(page, CivilServant.of)

    @strawberry.field(description="A unit by id; null when there is none. Public.")
    async def org_unit(self, info: Info, id: strawberry.ID) -> OrgUnit | None:
        return await unit_of(info, id)

    @strawberry.field(
        description="The unit that bears an id of another system on that day, or did last. Public."
    )
    async def org_unit_by_ref(
        self, info: Info, ref: ExternalRefInput, as_of: AsOf = None
    ) -> OrgUnit | None:
        tx = info.context.reading()
        unit = await queries.unit_by_ref(tx, ref.to_domain(), as_of or business_date(tx.now))
        return OrgUnit.of(unit) if unit else None

    @strawberry.field(
        description="All units of a province, the oldest first, ended ones too. Public.",
        directives=PAGED,
    )
    async def org_units(
        self, info: Info, province: str, first: First = 20, after: After = None
    ) -> Connection[OrgUnit]:
        tx = info.context.reading()
        page = await queries.list_units(tx, province, first=page_size(first), after=after)
        return await connection(page, OrgUnit.of)

    @strawberry.field(
        description="All job positions of a province, by code, ended ones too. Public.",
        directives=PAGED,
    )
    async def job_positions(
        self, info: Info, province: str, first: First = 20, after: After = None
    ) -> Connection[JobPosition]:
        tx = info.context.reading()
        page = await queries.list_positions(tx, province, first=page_size(first), after=after)
        return await connection(page, JobPosition.of)
