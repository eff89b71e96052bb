"""The rows of a sync."""

from datetime import date

import strawberry

from congvu_kit.graph import (
    ROW,
    CommandInput,
    ValueInput,
)
from evaluation_service.adapters.graphql.common.inputs import ExternalRefInput
from evaluation_service.application.personnel import rows
from evaluation_service.domain.personnel.servants import AppointmentRole, Leave
from evaluation_service.domain.personnel.units import LocalityType, UnitLevel


@strawberry.input(description="A unit (đơn vị). Send a parent before its children.", directives=ROW)
class UnitRowInput(ValueInput):
    VALUE = rows.UnitRow

    external_ref: ExternalRefInput = strawberry.field(description="Its id in your system.")
    code: str = strawberry.field(description="Agency code (mã định danh), kept as given.")
    name: str = strawberry.field(description="Name, up to 300 characters.")
    level: UnitLevel = strawberry.field(description="Cấp.")
    province: str = strawberry.field(description="Two digits; a ministry's code, as G09.")
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


@strawberry.input(description="A job position (vị trí việc làm).", directives=ROW)
class PositionRowInput(ValueInput):
    VALUE = rows.PositionRow

    province: str = strawberry.field(description="Two digits; a ministry's code, as G09.")
    code: str = strawberry.field(description="Code, unique in the province.")
    title: str = strawberry.field(description="Title.")
    duty_group: str = strawberry.field(
        description="Nhóm nhiệm vụ tương đồng: whom its holders are compared with."
    )
    family: str | None = strawberry.field(default=None, description="Family of positions.")
    leadership: bool = strawberry.field(default=False, description="A leading position.")


@strawberry.input(description="A person in a position of a unit (bố trí).")
class AppointmentRowInput(ValueInput):
    VALUE = rows.AppointmentRow

    unit_ref: ExternalRefInput = strawberry.field(description="The unit, sent before or here.")
    position_code: str = strawberry.field(description="The position, sent before or here.")
    role: AppointmentRole = strawberry.field(description="Vai trò.")
    valid_from: date = strawberry.field(description="From this day.")
    valid_to: date | None = strawberry.field(default=None, description="Until before this day.")
    duty_group: str | None = strawberry.field(default=None, description="Default: the position's.")
    acting_for: str | None = strawberry.field(
        default=None,
        description="Whom or which post the person stands in for (quyền, phụ trách); "
        "`role` is then the role acted in.",
    )
    field_unit_refs: list[ExternalRefInput] = strawberry.field(
        default_factory=list, description="Units a deputy is in charge of."
    )


@strawberry.input(description="Time not worked, [validFrom, validTo).")
class LeaveInput(ValueInput):
    VALUE = Leave

    kind: str = strawberry.field(description="Why, e.g. thai sản.")
    valid_from: date = strawberry.field(description="First day.")
    valid_to: date = strawberry.field(description="The day after the last.")


@strawberry.input(
    description="A civil servant with all appointments. No 12-digit personal number.",
    directives=ROW,
)
class PersonRowInput(ValueInput):
    VALUE = rows.PersonRow

    external_ref: ExternalRefInput = strawberry.field(description="Id in your system.")
    full_name: str = strawberry.field(description="Họ và tên.")
    province: str = strawberry.field(description="Two digits; a ministry's code, as G09.")
    appointments: list[AppointmentRowInput] = strawberry.field(
        description="All of them; one left out is taken away."
    )
    leaves: list[LeaveInput] = strawberry.field(
        default_factory=list, description="Leaves that reduce the working time."
    )


@strawberry.input(description="Up to 500 rows: units, then positions, then people.")
class SyncPersonnelInput(CommandInput):
    COMMAND = rows.SyncPersonnel

    units: list[UnitRowInput] = strawberry.field(default_factory=list, description="Đơn vị.")
    positions: list[PositionRowInput] = strawberry.field(
        default_factory=list, description="Vị trí việc làm."
    )
    people: list[PersonRowInput] = strawberry.field(default_factory=list, description="Công chức.")
