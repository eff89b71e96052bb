"""Looking units and people up."""

import strawberry

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
from evaluation_service.adapters.graphql.personnel.types import CivilServant, OrgUnit, unit_of
from evaluation_service.application.access import find_servants
from evaluation_service.application.personnel import queries


@strawberry.type
class PersonnelQuery:
    @strawberry.field(
        description="A person by id; null when there is none, or none that you may see."
    )
    async def civil_servant(self, info: Info, id: strawberry.ID) -> CivilServant | None:
        servant = await info.context.load(find_servants, id)
        return CivilServant.of(servant) if servant else None

    @strawberry.field(description="A person by the id of another system; else as civilServant.")
    async def civil_servant_by_ref(self, info: Info, ref: ExternalRefInput) -> CivilServant | None:
        servant = await info.context.load(find_servants, ref.to_domain().ours("cs"))
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

    @strawberry.field(description="A unit by the id of another system. Public.")
    async def org_unit_by_ref(self, info: Info, ref: ExternalRefInput) -> OrgUnit | None:
        return await unit_of(info, ref.to_domain().ours("unit"))
