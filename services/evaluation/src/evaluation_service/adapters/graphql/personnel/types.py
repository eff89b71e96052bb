"""Units and people; people only to those who may see them."""

from datetime import date
from typing import Annotated, Self

import strawberry

from congvu_kit.domain.actor import Actor
from congvu_kit.domain.clock import business_date
from congvu_kit.graph import (
    PAGED,
    After,
    Connection,
    First,
    Info,
    Shown,
    at_most,
    by_name,
    connection,
    costs,
    page_of_ids,
    page_size,
    personal,
)
from evaluation_service.adapters.graphql.common.types import ExternalRef, of_field_type
from evaluation_service.adapters.graphql.personnel.values import Leave, ResourceContext, YearResult
from evaluation_service.application.access import find_servants
from evaluation_service.application.collections import UNITS
from evaluation_service.application.fairness.means import means_of
from evaluation_service.application.organisations import queries as organisations
from evaluation_service.application.personnel import queries
from evaluation_service.application.results import queries as results
from evaluation_service.domain.periods.states import PeriodKind
from evaluation_service.domain.personnel import servants, units
from evaluation_service.domain.personnel.servants import (
    APPOINTMENTS_MAX,
    FIELD_UNITS_MAX,
    LEAVES_MAX,
    REFS_MAX,
    AppointmentRole,
)
from evaluation_service.domain.personnel.units import SUCCESSORS_MAX, LocalityType, UnitLevel

UNIT_RESULTS = "evaluation_service.adapters.graphql.organisations.types"
RESULTS = "evaluation_service.adapters.graphql.results.types"


@strawberry.federation.type(keys=["id"], description="An agency or a part of one.")
class OrgUnit:
    aggregate: strawberry.Private[units.OrgUnit]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    code: str = strawberry.field(description="Agency code, as given.")
    name: str = strawberry.field(description="Name of the unit.")
    level: UnitLevel = strawberry.field(description="Level of the unit.")
    province: str = strawberry.field(description="Two digits; a ministry's code, as G09.")
    locality_type: LocalityType = strawberry.field(description="Kind of locality.")
    valid_from: date = strawberry.field(description="Exists from this day.")
    valid_to: date | None = strawberry.field(description="Exists until before this day.")
    external_ref: ExternalRef = strawberry.field(description="Its id in the source system.")
    revision: int = strawberry.field(description="Counts the changes.")

    @classmethod
    def of(cls, unit: units.OrgUnit) -> Self:
        return by_name(
            cls,
            unit.facts,
            aggregate=unit,
            id=strawberry.ID(unit.id),
            external_ref=ExternalRef.of(unit.external_ref),
            revision=unit.revision,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID, **_: object) -> Self | None:
        unit = await info.context.by_id(UNITS).load(id)
        return cls.of(unit) if unit else None

    @strawberry.field(description="The unit above it.")
    async def parent(self, info: Info) -> "OrgUnit | None":
        above = self.aggregate.facts.parent_id
        return await unit_of(info, above) if above else None

    @strawberry.field(
        description="The units directly below it, the oldest first, ended ones too.",
        directives=PAGED,
    )
    async def children(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection["OrgUnit"]:
        tx, unit = info.context.reading(), self.aggregate
        page = await queries.list_children(tx, unit, first=page_size(first), after=after)
        return await connection(page, OrgUnit.of)

    @strawberry.field(
        description="Its people, in Vietnamese order of names; null for who may not list them.",
        directives=PAGED,
    )
    async def people(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection["CivilServant"] | None:
        return await self._listed(queries.list_people, info, first, after)

    @strawberry.field(
        description="Its successors as they were named, those that have not come too.",
        directives=at_most(SUCCESSORS_MAX),
    )
    async def successor_refs(self, info: Info) -> list[ExternalRef]:
        named = self.aggregate.successor_refs
        if not named:
            ids = list(self.aggregate.facts.successor_ids)
            found = await info.context.by_id(UNITS).load_many(ids)
            named = tuple(unit.external_ref for unit in found if unit)
        return [ExternalRef.of(each) for each in named]

    @strawberry.field(description="What it was merged or split into.", directives=PAGED)
    async def successors(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection["OrgUnit"]:
        ids = self.aggregate.facts.successor_ids
        load = info.context.by_id(UNITS).load
        return await connection(await page_of_ids(ids, load, first, after), OrgUnit.of)

    @strawberry.field(
        description="What was merged into it, or split to make it; results stay there, and who "
        "leads this unit sees them (E-I21).",
        directives=PAGED,
    )
    async def predecessors(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection["OrgUnit"]:
        tx, id = info.context.reading(), self.aggregate.id
        page = await queries.list_predecessors(tx, id, first=page_size(first), after=after)
        return await connection(page, OrgUnit.of)

    @strawberry.field(
        description="People in appointments here that run past its end; null for who may not list "
        "the people of this unit.",
        directives=PAGED,
    )
    async def people_past_end(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection["CivilServant"] | None:
        return await self._listed(queries.list_people_past_end, info, first, after)

    async def _listed(
        self, read: queries.PeopleOf, info: Info, first: int, after: str | None
    ) -> Connection["CivilServant"] | None:
        actor, tx = info.context.actor, info.context.reading()
        page = await read(actor, tx, self.aggregate, first=page_size(first), after=after)
        return await connection(page, CivilServant.of) if page else None

    @strawberry.field(
        description="What it has for its work in a period: to be read beside every comparison. "
        "Roles council, period-admin, review-board, auditor, manager, unit-head of the province; "
        "null for others.",
        directives=costs(10),
    )
    async def resource_context(
        self, info: Info, period_id: strawberry.ID
    ) -> ResourceContext | None:
        found = await info.context.load(means_of, (self.aggregate.id, str(period_id)))
        return ResourceContext.of(found) if found else None

    @strawberry.field(
        description="Its own result in a period; null when there is none, or not for the caller "
        "yet."
    )
    async def evaluation(
        self, info: Info, period_id: strawberry.ID
    ) -> Annotated["OrgEvaluation", strawberry.lazy(UNIT_RESULTS)] | None:  # type: ignore[name-defined] # noqa: F821
        key = (self.aggregate.id, str(period_id))
        found = await info.context.load(organisations.org_evaluations_of, key)
        return await of_field_type(info, found) if found else None

    @strawberry.field(description="The agency it belongs to; the quota holds in there.")
    async def agency(self, info: Info) -> "OrgUnit | None":
        return await unit_of(info, self.aggregate.agency_id)


async def unit_of(info: Info, id: str) -> OrgUnit | None:
    unit = await info.context.by_id(UNITS).load(id)
    return OrgUnit.of(unit) if unit else None


@strawberry.type(description="A person in a position of a unit.")
class Appointment:
    aggregate: strawberry.Private[servants.Appointment]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    position_code: str = strawberry.field(description="Job position.")
    duty_group: str = strawberry.field(description="Duty group (people compared with each other).")
    role: AppointmentRole = strawberry.field(description="Role.")
    acting_for: str | None = strawberry.field(
        description="Whom or which post is stood in for; `role` is then the role acted in."
    )
    valid_from: date = strawberry.field(description="From this day.")
    valid_to: date | None = strawberry.field(description="Until before this day.")

    @classmethod
    def of(cls, aggregate: servants.Appointment) -> Self:
        return by_name(cls, aggregate, id=strawberry.ID(aggregate.appointment_id))

    @strawberry.field(description="The unit.")
    async def unit(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.aggregate.unit_id)

    @strawberry.field(
        description="Units a deputy is in charge of.",
        directives=at_most(FIELD_UNITS_MAX),
    )
    async def field_units(self, info: Info) -> list[OrgUnit]:
        found = await info.context.by_id(UNITS).load_many(list(self.aggregate.field_unit_ids))
        return [OrgUnit.of(unit) for unit in found if unit]


def another(servant: servants.CivilServant, reader: Actor) -> str | None:
    """Whom it tells of, unless they read about themself."""
    return None if servant.id == reader.officer else servant.id


@personal(of=another, public=("id", "revision"))
@strawberry.federation.type(
    keys=["id"],
    description="A person who is evaluated. Seen by the person, by superiors, and by period-"
    "admin, review-board, auditor and personnel-sync of every province they serve or "
    "served in.",
    directives=costs(5),
)
class CivilServant(Shown):
    SHOWS = servants.CivilServant

    aggregate: strawberry.Private[servants.CivilServant]
    id: strawberry.ID = strawberry.field(description="Opaque id; never the personal number.")
    full_name: str = strawberry.field(description="Full name.")
    external_refs: list[ExternalRef] = strawberry.field(
        description="Ids in source systems.", directives=at_most(REFS_MAX)
    )
    appointments: list[Appointment] = strawberry.field(
        description="All, oldest first.", directives=at_most(APPOINTMENTS_MAX)
    )
    revision: int = strawberry.field(description="Counts the changes.")

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID, **_: object) -> Self | None:
        """Null for whom the caller may not see."""
        servant = await info.context.load(find_servants, id)
        return cls.of(servant) if servant else None

    @strawberry.field(
        description="Of the appointment in force today: two digits; a ministry's code, as G09."
    )
    def province(self, info: Info) -> str:
        return self.aggregate.province_on(business_date(info.context.reading().now))

    @strawberry.field(description="The appointment in force today.")
    async def appointment(self, info: Info) -> Appointment | None:
        current = self.aggregate.current(business_date(info.context.reading().now))
        return Appointment.of(current) if current else None

    @strawberry.field(description="The unit of the appointment in force today.")
    async def unit(self, info: Info) -> OrgUnit | None:
        current = self.aggregate.current(business_date(info.context.reading().now))
        return await unit_of(info, current.unit_id) if current else None

    @strawberry.field(
        description="Leaves that reduce the working time; only for the person and personnel-sync.",
        directives=at_most(LEAVES_MAX),
    )
    def leaves(self, info: Info) -> list[Leave] | None:
        if not queries.may_see_leaves(info.context.actor, self.aggregate):
            return None
        return [Leave.of(each) for each in self.aggregate.leaves]

    @strawberry.field(description="The evaluation in a period; null when nothing was entered.")
    async def evaluation(
        self, info: Info, period_id: strawberry.ID
    ) -> Annotated["Evaluation", strawberry.lazy(RESULTS)] | None:  # type: ignore[name-defined] # noqa: F821
        key = (self.aggregate.id, str(period_id))
        found = await info.context.load(results.evaluations_of, key)
        return await of_field_type(info, found) if found else None

    @strawberry.field(
        description="The year from its published months or quarters, as the policy rolls them up; "
        "null when none is published.",
        directives=costs(120),
    )
    async def year_result(
        self, info: Info, year: int, kind: PeriodKind = PeriodKind.QUARTER
    ) -> YearResult | None:
        result = await results.year_result(self.aggregate.id, year, kind, info.context.reading())
        return YearResult.of(result) if result else None


async def shown_servant(info: Info, id: str | None) -> CivilServant | None:
    """None also for whom the caller may not see."""
    servant = await info.context.load(find_servants, id) if id else None
    return CivilServant.of(servant) if servant else None
