"""syncPersonnel: units, positions and people in bulk, one result a row."""

from datetime import date
from typing import Annotated, Self, TypeAlias

import strawberry

from congvu_kit.domain.actor import Actor
from congvu_kit.graph import Info, Problem
from evaluation_service.adapters.graphql.asking import KEY, ExternalRefInput
from evaluation_service.application.personnel import rows as personnel_rows
from evaluation_service.application.personnel.commands import sync_personnel
from evaluation_service.domain.personnel.servants import AppointmentRole, Leave
from evaluation_service.domain.personnel.units import LocalityType, UnitLevel


@strawberry.input(description="A unit (đơn vị). Send a parent before its children.")
class UnitRowInput:
    external_ref: ExternalRefInput = strawberry.field(description="Its id in your system.")
    code: str = strawberry.field(description="Agency code (mã định danh), kept as given.")
    name: str = strawberry.field(description="Name, up to 300 characters.")
    level: UnitLevel = strawberry.field(description="Cấp.")
    province: str = strawberry.field(description="Province code, two digits.")
    parent_ref: ExternalRefInput | None = strawberry.field(
        default=None, description="The unit above it."
    )
    locality_type: LocalityType = strawberry.field(
        default=LocalityType.RURAL, description="Loại địa bàn."
    )
    valid_from: date = strawberry.field(description="Exists from this day.")
    valid_to: date | None = strawberry.field(
        default=None, description="Exists until before this day."
    )
    successor_refs: list[ExternalRefInput] = strawberry.field(
        default_factory=list, description="Units it was merged or split into."
    )

    def to_row(self) -> personnel_rows.UnitRow:
        return personnel_rows.UnitRow(
            external_ref=self.external_ref.to_domain(),
            code=self.code,
            name=self.name,
            level=self.level,
            province=self.province,
            parent_ref=self.parent_ref.to_domain() if self.parent_ref else None,
            locality_type=self.locality_type,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            successor_refs=tuple(ref.to_domain() for ref in self.successor_refs),
        )


@strawberry.input(description="A job position (vị trí việc làm).")
class PositionRowInput:
    province: str = strawberry.field(description="Province code, two digits.")
    code: str = strawberry.field(description="Code, unique in the province.")
    title: str = strawberry.field(description="Title.")
    duty_group: str = strawberry.field(
        description="Nhóm nhiệm vụ tương đồng: whom its holders are compared with."
    )
    family: str | None = strawberry.field(default=None, description="Family of positions.")
    leadership: bool = strawberry.field(default=False, description="A leading position.")

    def to_row(self) -> personnel_rows.PositionRow:
        return personnel_rows.PositionRow(
            province=self.province,
            code=self.code,
            title=self.title,
            family=self.family,
            duty_group=self.duty_group,
            leadership=self.leadership,
        )


@strawberry.input(description="A person in a position of a unit (bố trí).")
class AppointmentRowInput:
    unit_ref: ExternalRefInput = strawberry.field(description="The unit, sent before or here.")
    position_code: str = strawberry.field(description="The position, sent before or here.")
    role: AppointmentRole = strawberry.field(description="Vai trò.")
    valid_from: date = strawberry.field(description="From this day.")
    valid_to: date | None = strawberry.field(default=None, description="Until before this day.")
    duty_group: str | None = strawberry.field(default=None, description="Default: the position's.")
    acting_for: str | None = strawberry.field(
        default=None, description="What the person stands in for (phụ trách, quyền)."
    )
    field_unit_refs: list[ExternalRefInput] = strawberry.field(
        default_factory=list, description="Units a deputy is in charge of."
    )

    def to_row(self) -> personnel_rows.AppointmentRow:
        return personnel_rows.AppointmentRow(
            unit_ref=self.unit_ref.to_domain(),
            position_code=self.position_code,
            duty_group=self.duty_group,
            role=self.role,
            acting_for=self.acting_for,
            field_unit_refs=tuple(ref.to_domain() for ref in self.field_unit_refs),
            valid_from=self.valid_from,
            valid_to=self.valid_to,
        )


@strawberry.input(description="Time not worked, [validFrom, validTo).")
class LeaveInput:
    kind: str = strawberry.field(description="Why, e.g. thai sản.")
    valid_from: date = strawberry.field(description="First day.")
    valid_to: date = strawberry.field(description="The day after the last.")


@strawberry.input(description="A civil servant with all appointments. No 12-digit personal number.")
class PersonRowInput:
    external_ref: ExternalRefInput = strawberry.field(description="Id in your system.")
    full_name: str = strawberry.field(description="Họ và tên.")
    province: str = strawberry.field(description="Province code, two digits.")
    appointments: list[AppointmentRowInput] = strawberry.field(
        description="All of them; one left out is taken away."
    )
    leaves: list[LeaveInput] = strawberry.field(
        default_factory=list, description="Leaves that reduce the working time."
    )

    def to_row(self) -> personnel_rows.PersonRow:
        return personnel_rows.PersonRow(
            external_ref=self.external_ref.to_domain(),
            full_name=self.full_name,
            province=self.province,
            appointments=tuple(each.to_row() for each in self.appointments),
            leaves=tuple(
                Leave(kind=each.kind, valid_from=each.valid_from, valid_to=each.valid_to)
                for each in self.leaves
            ),
        )


@strawberry.input(description="Up to 500 rows: units, then positions, then people.")
class SyncPersonnelInput:
    idempotency_key: str = strawberry.field(description=KEY)
    units: list[UnitRowInput] = strawberry.field(default_factory=list, description="Đơn vị.")
    positions: list[PositionRowInput] = strawberry.field(
        default_factory=list, description="Vị trí việc làm."
    )
    people: list[PersonRowInput] = strawberry.field(default_factory=list, description="Công chức.")

    def to_command(self, actor: Actor) -> personnel_rows.SyncPersonnel:
        return personnel_rows.SyncPersonnel(
            actor=actor,
            idempotency_key=self.idempotency_key,
            units=tuple(row.to_row() for row in self.units),
            positions=tuple(row.to_row() for row in self.positions),
            people=tuple(row.to_row() for row in self.people),
        )


def row_problem(refusal: personnel_rows.Refusal | None, info: Info) -> Problem | None:
    """The refusal of one row, in the caller's language."""
    if refusal is None:
        return None
    return Problem(
        code=refusal.code,
        message=refusal.vi if info.context.language == "vi" else refusal.en,
        field=refusal.field,
        rule_id=refusal.rule_id,
    )


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
    results: list[SyncRowResult] = strawberry.field(description="One a row, in input order.")

    @classmethod
    def of(cls, report: personnel_rows.SyncReport, info: Info) -> Self:
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


SyncPersonnelResult: TypeAlias = Annotated[
    SyncReport | Problem, strawberry.union("SyncPersonnelResult")
]


@strawberry.type
class PersonnelMutation:
    @strawberry.mutation(
        description="Bulk sync of units, positions and people; each row on its own. "
        "Role personnel-sync of the province, or with scope personnel:national."
    )
    async def sync_personnel(self, info: Info, input: SyncPersonnelInput) -> SyncPersonnelResult:
        report = await info.context.perform(
            sync_personnel,
            input.to_command(info.context.actor),
            personnel_rows.SyncReport,
        )
        return SyncReport.of(report, info)
