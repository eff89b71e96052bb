"""Units and people; people only to those who may see them."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Self

import strawberry

from congvu_kit.application.rows import Refusal
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.clock import business_date
from congvu_kit.graph import (
    Info,
    Problem,
    Shown,
    at_most,
    by_name,
    costs,
    describe,
    personal,
)
from congvu_scoring import RollUpResult, exact_text
from evaluation_service.adapters.graphql.common.types import ExternalRef, as_decimal, of_field_type
from evaluation_service.application.access import find_servants
from evaluation_service.application.collections import UNITS
from evaluation_service.application.personnel import rows
from evaluation_service.application.personnel.commands import ROWS_MAX
from evaluation_service.application.results import queries as results
from evaluation_service.domain.common.sizes import SUBPERIODS_MAX
from evaluation_service.domain.periods.states import PeriodKind
from evaluation_service.domain.personnel import servants, units
from evaluation_service.domain.personnel.servants import (
    APPOINTMENTS_MAX,
    FIELD_UNITS_MAX,
    REFS_MAX,
    AppointmentRole,
)
from evaluation_service.domain.personnel.units import LocalityType, UnitLevel
from evaluation_service.domain.results.sheets import EvaluationOutcome

RESULTS = "evaluation_service.adapters.graphql.results.types"


describe(
    UnitLevel,
    "Level of a unit (cấp).",
    CENTRAL="Central (trung ương).",
    PROVINCE="Province (cấp tỉnh).",
    COMMUNE="Commune (cấp xã).",
    DEPARTMENT="Part of an agency (phòng, bộ phận).",
)
describe(
    LocalityType,
    "Kind of place a unit works in (loại địa bàn).",
    URBAN="Urban (đô thị).",
    RURAL="Rural (nông thôn).",
    MOUNTAIN="Mountain (miền núi).",
    DISADVANTAGED="Disadvantaged (vùng khó khăn).",
    SPECIAL="Special (đặc thù).",
)
describe(
    AppointmentRole,
    "Role in an appointment; decides which policy rates the person.",
    STAFF="Without a leading position (công chức không giữ chức vụ).",
    HEAD="Head (cấp trưởng).",
    DEPUTY="Deputy (cấp phó).",
)


@strawberry.federation.type(keys=["id"], description="An agency or a part of one (đơn vị).")
class OrgUnit:
    aggregate: strawberry.Private[units.OrgUnit]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    code: str = strawberry.field(description="Agency code (mã định danh), as given.")
    name: str = strawberry.field(description="Name (tên).")
    level: UnitLevel = strawberry.field(description="Cấp.")
    province: str = strawberry.field(description="Two digits; a ministry's code, as G09.")
    locality_type: LocalityType = strawberry.field(description="Loại địa bàn.")
    valid_from: date = strawberry.field(description="Exists from this day.")
    valid_to: date | None = strawberry.field(description="Exists until before this day.")
    external_ref: ExternalRef = strawberry.field(description="Its id in the source system.")
    revision: int = strawberry.field(description="Counts the changes.")

    @classmethod
    def of(cls, unit: units.OrgUnit) -> Self:
        facts = unit.facts
        return cls(
            aggregate=unit,
            id=strawberry.ID(unit.id),
            code=facts.code,
            name=facts.name,
            level=facts.level,
            province=facts.province,
            locality_type=facts.locality_type,
            valid_from=facts.valid_from,
            valid_to=facts.valid_to,
            external_ref=ExternalRef.of(unit.external_ref),
            revision=unit.revision,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID, **_: object) -> Self | None:
        unit = await info.context.by_id(UNITS).load(id)
        return cls.of(unit) if unit else None

    @strawberry.field(description="The unit above it (đơn vị cấp trên).")
    async def parent(self, info: Info) -> "OrgUnit | None":
        above = self.aggregate.facts.parent_id
        return await unit_of(info, above) if above else None

    @strawberry.field(description="The agency it belongs to (cơ quan); the quota holds in there.")
    async def agency(self, info: Info) -> "OrgUnit | None":
        return await unit_of(info, self.aggregate.agency_id)


async def unit_of(info: Info, id: str) -> OrgUnit | None:
    unit = await info.context.by_id(UNITS).load(id)
    return OrgUnit.of(unit) if unit else None


@strawberry.type(description="A person in a position of a unit (bố trí).")
class Appointment:
    aggregate: strawberry.Private[servants.Appointment]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    position_code: str = strawberry.field(description="Job position (vị trí việc làm).")
    duty_group: str = strawberry.field(description="Nhóm nhiệm vụ tương đồng.")
    role: AppointmentRole = strawberry.field(description="Vai trò.")
    acting_for: str | None = strawberry.field(
        description="Whom or which post is stood in for (quyền, phụ trách); `role` is then the "
        "role acted in."
    )
    valid_from: date = strawberry.field(description="From this day.")
    valid_to: date | None = strawberry.field(description="Until before this day.")

    @classmethod
    def of(cls, aggregate: servants.Appointment) -> Self:
        return by_name(cls, aggregate, id=strawberry.ID(aggregate.appointment_id))

    @strawberry.field(description="The unit (đơn vị).")
    async def unit(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.aggregate.unit_id)

    @strawberry.field(
        description="Units a deputy is in charge of (lĩnh vực phụ trách).",
        directives=at_most(FIELD_UNITS_MAX),
    )
    async def field_units(self, info: Info) -> list[OrgUnit]:
        found = await info.context.by_id(UNITS).load_many(list(self.aggregate.field_unit_ids))
        return [OrgUnit.of(unit) for unit in found if unit]


@strawberry.type(description="A year made of its months or quarters (kết quả năm).")
class YearResult:
    outcome: EvaluationOutcome = strawberry.field(
        description="NOT_RATED when no period has a score."
    )
    method: str = strawberry.field(
        description="The policy's rule that was used, e.g. roll_up.AVERAGE."
    )
    periods: list[str] = strawberry.field(
        description="The periods, e.g. 2026-Q3.", directives=at_most(SUBPERIODS_MAX)
    )
    total: Decimal | None = strawberry.field(description="Total points of the year.")
    total_exact: str | None = strawberry.field(description="The same, exactly.")
    band: str | None = strawberry.field(description="Band of the year.")

    @classmethod
    def of(cls, value: RollUpResult) -> Self:
        return cls(
            outcome=EvaluationOutcome(value.state),
            method=value.method,
            periods=list(value.periods.labels),
            total=as_decimal(value.total),
            total_exact=None if value.total is None else exact_text(value.total),
            band=value.band,
        )


def another(servant: servants.CivilServant, reader: Actor) -> str | None:
    """Whom it tells of, unless they read about themself."""
    return None if servant.id == reader.officer else servant.id


@personal(of=another, public=("id", "evaluation", "revision"))
@strawberry.federation.type(
    keys=["id"],
    description="A person who is evaluated (công chức). Seen by the person, by superiors, and by "
    "the province's period-admin, review-board, auditor and personnel-sync.",
    directives=costs(5),
)
class CivilServant(Shown):
    SHOWS = servants.CivilServant

    aggregate: strawberry.Private[servants.CivilServant]
    id: strawberry.ID = strawberry.field(description="Opaque id; never the personal number.")
    full_name: str = strawberry.field(description="Họ và tên.")
    province: str = strawberry.field(description="Two digits; a ministry's code, as G09.")
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

    @strawberry.field(description="The appointment in force today.")
    async def appointment(self, info: Info) -> Appointment | None:
        current = self.aggregate.current(business_date(info.context.reading().now))
        return Appointment.of(current) if current else None

    @strawberry.field(description="The unit of the appointment in force today.")
    async def unit(self, info: Info) -> OrgUnit | None:
        current = self.aggregate.current(business_date(info.context.reading().now))
        return await unit_of(info, current.unit_id) if current else None

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


def row_problem(refusal: Refusal | None, info: Info) -> Problem | None:
    return Problem.of(refusal, info.context.language) if refusal else None


@strawberry.type(description="What happened to one row.")
class SyncRowResult:
    row: str = strawberry.field(description="Its place in the input, e.g. people[3].")
    id: strawberry.ID | None = strawberry.field(description="Our id; null when refused.")
    changed: bool = strawberry.field(description="False when it was known already.")
    problem: Problem | None = strawberry.field(description="Why it was refused.")


@strawberry.type(description="What happened to all rows.")
class SyncReport:
    changed: int = strawberry.field(description="Rows that were new or different.")
    unchanged: int = strawberry.field(description="Rows that were known already.")
    refused: int = strawberry.field(description="Rows that were refused.")
    results: list[SyncRowResult] = strawberry.field(
        description="One a row, in input order.", directives=at_most(ROWS_MAX)
    )

    @classmethod
    def of(cls, report: rows.SyncReport, info: Info) -> Self:
        return cls(
            changed=report.changed,
            unchanged=report.unchanged,
            refused=report.refused,
            results=[
                SyncRowResult(
                    row=each.row,
                    id=strawberry.ID(each.id) if each.id else None,
                    changed=each.changed,
                    problem=row_problem(each.refusal, info),
                )
                for each in report.results
            ],
        )
