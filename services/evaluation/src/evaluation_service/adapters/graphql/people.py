"""Units and people as the graph shows them; people only to those who may see them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Self

import strawberry
from strawberry.dataloader import DataLoader

from congvu_kit.application.ports import In
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Forbidden
from congvu_kit.graph import Info
from congvu_scoring import RollUpResult, exact_text
from evaluation_service.adapters.graphql import enums  # noqa: F401 - describes them first
from evaluation_service.adapters.graphql.numbers import as_decimal
from evaluation_service.application.access import may_see
from evaluation_service.application.collections import EVALUATIONS, SERVANTS, UNITS
from evaluation_service.application.results.commands import chosen
from evaluation_service.application.results.years import year_result
from evaluation_service.domain.periods.periods import PeriodKind
from evaluation_service.domain.personnel import servants, units
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.personnel.units import LocalityType, UnitLevel
from evaluation_service.domain.results.evaluations import Evaluation as KeptEvaluation
from evaluation_service.domain.results.evaluations import Outcome

if TYPE_CHECKING:
    from evaluation_service.adapters.graphql.evaluations import Evaluation


@strawberry.type(description="How another system calls the same thing.")
class ExternalRef:
    system: str = strawberry.field(description="The system, e.g. hrm.khanhhoa.")
    id: str = strawberry.field(description="Its id there.")

    @classmethod
    def of(cls, ref: units.ExternalRef) -> Self:
        return cls(system=ref.system, id=ref.id)


@strawberry.federation.type(keys=["id"], description="An agency or a part of one (đơn vị).")
class OrgUnit:
    it: strawberry.Private[units.OrgUnit]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    code: str = strawberry.field(description="Agency code (mã định danh), as given.")
    name: str = strawberry.field(description="Name (tên).")
    level: UnitLevel = strawberry.field(description="Cấp.")
    province: str = strawberry.field(description="Province code, two digits.")
    locality_type: LocalityType = strawberry.field(description="Loại địa bàn.")
    valid_from: date = strawberry.field(description="Exists from this day.")
    valid_to: date | None = strawberry.field(description="Exists until before this day.")
    external_ref: ExternalRef = strawberry.field(description="Its id in the source system.")
    revision: int = strawberry.field(description="Counts the changes.")

    @classmethod
    def of(cls, unit: units.OrgUnit) -> Self:
        facts = unit.facts
        return cls(
            it=unit,
            id=strawberry.ID(unit.id),
            code=facts.code,
            name=facts.name,
            level=facts.level,
            province=facts.province,
            locality_type=facts.locality_type,
            valid_from=facts.valid_from,
            valid_to=facts.valid_to,
            external_ref=ExternalRef.of(unit.external_ref),
            revision=unit.rev,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID, **_: object) -> Self | None:
        unit = await info.context.by_id(UNITS).load(id)
        return cls.of(unit) if unit else None

    @strawberry.field(description="The unit above it (đơn vị cấp trên).")
    async def parent(self, info: Info) -> "OrgUnit | None":
        above = self.it.facts.parent_id
        return await unit_of(info, above) if above else None

    @strawberry.field(description="The agency it belongs to (cơ quan); the quota holds in there.")
    async def agency(self, info: Info) -> "OrgUnit | None":
        return await unit_of(info, self.it.agency_id)


async def unit_of(info: Info, id: str) -> OrgUnit | None:
    unit = await info.context.by_id(UNITS).load(id)
    return OrgUnit.of(unit) if unit else None


@strawberry.type(description="A person in a position of a unit (bố trí).")
class Appointment:
    it: strawberry.Private[servants.Appointment]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    position_code: str = strawberry.field(description="Job position (vị trí việc làm).")
    duty_group: str = strawberry.field(description="Nhóm nhiệm vụ tương đồng.")
    role: AppointmentRole = strawberry.field(description="Vai trò.")
    valid_from: date = strawberry.field(description="From this day.")
    valid_to: date | None = strawberry.field(description="Until before this day.")

    @classmethod
    def of(cls, it: servants.Appointment) -> Self:
        return cls(
            it=it,
            id=strawberry.ID(it.appointment_id),
            position_code=it.position_code,
            duty_group=it.duty_group,
            role=it.role,
            valid_from=it.valid_from,
            valid_to=it.valid_to,
        )

    @strawberry.field(description="The unit (đơn vị).")
    async def unit(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.it.unit_id)

    @strawberry.field(description="Units a deputy is in charge of (lĩnh vực phụ trách).")
    async def field_units(self, info: Info) -> list[OrgUnit]:
        found = await info.context.by_id(UNITS).load_many(list(self.it.field_unit_ids))
        return [OrgUnit.of(unit) for unit in found if unit]


@strawberry.type(description="A year made of its months or quarters (kết quả năm).")
class YearResult:
    outcome: Outcome = strawberry.field(description="NOT_RATED when no period has a score.")
    method: str = strawberry.field(
        description="The policy's rule that was used, e.g. roll_up.AVERAGE."
    )
    periods: list[str] = strawberry.field(description="The periods, e.g. 2026-Q3.")
    total: Decimal | None = strawberry.field(description="Total points of the year.")
    total_exact: str | None = strawberry.field(description="The same, exactly.")
    band: str | None = strawberry.field(description="Band of the year.")

    @classmethod
    def of(cls, it: RollUpResult) -> Self:
        return cls(
            outcome=Outcome(it.state),
            method=it.method,
            periods=list(it.periods.labels),
            total=as_decimal(it.total),
            total_exact=None if it.total is None else exact_text(it.total),
            band=it.band,
        )


@strawberry.federation.type(
    keys=["id"],
    description="A person who is evaluated (công chức). Seen by the person, by superiors, and by "
    "the province's period-admin, review-board, auditor and personnel-sync.",
)
class CivilServant:
    it: strawberry.Private[servants.CivilServant]
    id: strawberry.ID = strawberry.field(description="Opaque id; never the personal number.")
    full_name: str = strawberry.field(description="Họ và tên.")
    province: str = strawberry.field(description="Province code, two digits.")
    external_refs: list[ExternalRef] = strawberry.field(description="Ids in source systems.")
    appointments: list[Appointment] = strawberry.field(description="All, oldest first.")
    revision: int = strawberry.field(description="Counts the changes.")

    @classmethod
    def of(cls, it: servants.CivilServant) -> Self:
        return cls(
            it=it,
            id=strawberry.ID(it.id),
            full_name=it.full_name,
            province=it.province,
            external_refs=[ExternalRef.of(ref) for ref in it.external_refs],
            appointments=[Appointment.of(each) for each in it.appointments],
            revision=it.rev,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID, **_: object) -> Self | None:
        """Null for whom the caller may not see."""
        servant = await visible_servant(info, id)
        return cls.of(servant) if servant else None

    @strawberry.field(description="The appointment in force today.")
    async def appointment(self, info: Info) -> Appointment | None:
        current = self.it.current(business_date(info.context.reading().now))
        return Appointment.of(current) if current else None

    @strawberry.field(description="The unit of the appointment in force today.")
    async def unit(self, info: Info) -> OrgUnit | None:
        current = self.it.current(business_date(info.context.reading().now))
        return await unit_of(info, current.unit_id) if current else None

    @strawberry.field(description="The evaluation in a period; null when nothing was entered.")
    async def evaluation(
        self, info: Info, period: strawberry.ID
    ) -> (
        Annotated["Evaluation", strawberry.lazy("evaluation_service.adapters.graphql.evaluations")]
        | None
    ):
        from evaluation_service.adapters.graphql.evaluations import Evaluation

        loader: DataLoader[tuple[str, str], KeptEvaluation | None] = info.context.loader(
            "evaluations by (period, servant)", lambda keys: _evaluations(info, keys)
        )
        kept = await loader.load((str(period), self.it.id))
        return await Evaluation.of(info, kept) if kept else None

    @strawberry.field(
        description="The year from its published months or quarters, as the policy rolls them up; "
        "null when none is published."
    )
    async def year_result(
        self, info: Info, year: int, kind: PeriodKind = PeriodKind.QUARTER
    ) -> YearResult | None:
        result = await year_result(self.it.id, year, kind, info.context.reading())
        return YearResult.of(result) if result else None


async def _evaluations(info: Info, keys: list[tuple[str, str]]) -> Sequence[KeptEvaluation | None]:
    """One read for all (period, servant) pairs of a request."""
    found = (
        await info.context.reading()
        .store(EVALUATIONS)
        .select(
            In("period_id", sorted({period for period, _ in keys})),
            In("servant_id", sorted({servant for _, servant in keys})),
            limit=10_000,
        )
    )
    return [
        chosen([each for each in found if (each.period_id, each.servant_id) == key]) for key in keys
    ]


async def visible_servant(info: Info, id: str) -> servants.CivilServant | None:
    """None when there is no such person or the caller may not see them."""
    servant = await info.context.by_id(SERVANTS).load(id)
    if servant is None:
        return None
    wanted = sorted({each.unit_id for each in servant.appointments})
    found = await info.context.by_id(UNITS).load_many(wanted)
    seen = may_see(info.context.actor, servant, [unit for unit in found if unit])
    return servant if seen else None


async def require_visible(info: Info, id: str) -> servants.CivilServant | None:
    """None when there is no such person; raise `Forbidden` when the caller may not see them."""
    if await info.context.by_id(SERVANTS).load(id) is None:
        return None
    servant = await visible_servant(info, id)
    if servant is None:
        raise Forbidden(
            en="you may not see this person", vi="bạn không được xem thông tin người này"
        )
    return servant
