"""Looking units and people up."""

from datetime import date
from typing import Annotated, TypeAlias

import strawberry

from congvu_kit.domain.clock import business_date
from congvu_kit.graph import (
    Info,
    found,
    listing,
)
from evaluation_service.adapters.graphql.common.inputs import ExternalRefInput
from evaluation_service.adapters.graphql.personnel.inputs import OrgUnitFilter
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
    civil_servant = found(
        find_servants,
        CivilServant,
        description="A person by id; null when there is none, or none that you may see.",
    )

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

    civil_servants = listing(
        queries.list_civil_servants,
        CivilServant,
        description="People of a unit, in Vietnamese order of names.",
    )

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

    org_units = listing(
        queries.list_units,
        OrgUnit,
        filter=OrgUnitFilter,
        description="All units of a province, the oldest first, ended ones too. Public.",
    )

    job_positions = listing(
        queries.list_positions,
        JobPosition,
        description="All job positions of a province, by code, ended ones too. Public.",
    )
