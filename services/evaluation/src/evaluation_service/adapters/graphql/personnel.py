"""syncPersonnel and recordDossierEvents: bulk calls of other systems, one result a row."""

from datetime import date, datetime
from typing import Annotated, Self, TypeAlias

import strawberry

from congvu_kit.actor import Actor
from congvu_kit.graphql import Info, Problem
from evaluation_service.adapters.graphql.asking import KEY, ExternalRefInput, id_or_ref
from evaluation_service.application import dossiers, personnel_rows
from evaluation_service.application.personnel import sync_personnel
from evaluation_service.domain.servants import AppointmentRole, Leave
from evaluation_service.domain.units import LocalityType, UnitLevel


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


def _problem(refusal: personnel_rows.Refusal | None, info: Info) -> Problem | None:
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
                    problem=_problem(each.refusal, info),
                )
                for each in report.results
            ],
        )


@strawberry.input(description="What the one-stop portal says of a dossier.")
class DossierEventInput:
    dossier_code: str = strawberry.field(description="E.g. H56.10.05-261122-0001.")
    procedure_code: str = strawberry.field(description="Mã thủ tục, e.g. 1.001193.")
    received_at: datetime = strawberry.field(description="Tiếp nhận.")
    due_at: datetime = strawberry.field(description="Hạn trả.")
    completed_at: datetime | None = strawberry.field(
        default=None, description="Trả kết quả; null while open."
    )
    unit_id: strawberry.ID | None = strawberry.field(default=None, description="Our id, or:")
    unit_ref: ExternalRefInput | None = strawberry.field(
        default=None, description="the unit by the personnel system's id."
    )
    officer_id: strawberry.ID | None = strawberry.field(default=None, description="Our id, or:")
    officer_ref: ExternalRefInput | None = strawberry.field(
        default=None, description="the officer by the personnel system's id."
    )

    def to_row(self) -> dossiers.DossierRow:
        return dossiers.DossierRow(
            dossier_code=self.dossier_code,
            procedure_code=self.procedure_code,
            unit_id=id_or_ref(self.unit_id, self.unit_ref, "unit", "unit"),
            servant_id=id_or_ref(self.officer_id, self.officer_ref, "cs", "officer"),
            received_at=self.received_at,
            due_at=self.due_at,
            completed_at=self.completed_at,
        )


@strawberry.input(description="Up to 200 dossier events.")
class RecordDossierEventsInput:
    idempotency_key: str = strawberry.field(description=KEY)
    events: list[DossierEventInput] = strawberry.field(description="In any order.")

    def to_command(self, actor: Actor) -> dossiers.RecordDossierEvents:
        return dossiers.RecordDossierEvents(
            actor=actor,
            idempotency_key=self.idempotency_key,
            events=tuple(event.to_row() for event in self.events),
        )


@strawberry.type(description="What happened to one dossier event.")
class DossierRowResult:
    row: str = strawberry.field(description="Its place in the input, e.g. events[3].")
    dossier_id: strawberry.ID | None = strawberry.field(description="Null when refused.")
    changed: bool = strawberry.field(description="False when it was known already.")
    assignment_id: strawberry.ID | None = strawberry.field(
        description="The assignment that the completed dossier was counted for."
    )
    problem: Problem | None = strawberry.field(description="Why it was refused.")


@strawberry.type(description="What happened to all dossier events.")
class DossierReport:
    results: list[DossierRowResult] = strawberry.field(description="One a row, in input order.")

    @classmethod
    def of(cls, report: dossiers.DossierReport, info: Info) -> Self:
        return cls(
            results=[
                DossierRowResult(
                    row=each.row,
                    dossier_id=strawberry.ID(each.dossier_id) if each.dossier_id else None,
                    changed=each.changed,
                    assignment_id=strawberry.ID(each.counted_for) if each.counted_for else None,
                    problem=_problem(each.refusal, info),
                )
                for each in report.results
            ]
        )


SyncPersonnelResult: TypeAlias = Annotated[
    SyncReport | Problem, strawberry.union("SyncPersonnelResult")
]
RecordDossierEventsResult: TypeAlias = Annotated[
    DossierReport | Problem, strawberry.union("RecordDossierEventsResult")
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

    @strawberry.mutation(
        description="Dossier events of the one-stop portal; a completed dossier adds one to the "
        "officer's open work of that procedure, and one delay when it is late. "
        "Role service-portal."
    )
    async def record_dossier_events(
        self, info: Info, input: RecordDossierEventsInput
    ) -> RecordDossierEventsResult:
        report = await info.context.perform(
            dossiers.record_dossier_events,
            input.to_command(info.context.actor),
            dossiers.DossierReport,
        )
        return DossierReport.of(report, info)
