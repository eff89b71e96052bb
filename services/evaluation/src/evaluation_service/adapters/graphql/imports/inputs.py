"""The rows of a sync. What is left out stays as it is; null makes it what it is by default."""

from datetime import date, datetime
from decimal import Decimal

import strawberry
from strawberry import UNSET

from congvu_kit.graph import (
    ROW,
    CommandInput,
    ValueInput,
)
from evaluation_service.adapters.graphql.common.inputs import ExternalRefInput
from evaluation_service.application.imports import rows
from evaluation_service.application.imports.rows import SyncForm, SyncMode
from evaluation_service.domain.personnel.lives import Identity
from evaluation_service.domain.personnel.servants import AppointmentRole, Leave
from evaluation_service.domain.personnel.units import LocalityType, UnitLevel

IDENTITY = "Where the id was used before and times do not tell: who is meant (E-I21)."
REVISION = "Your revision of this row: one older than the last is told as STALE and not taken."
TIME = "Your time of this row, used where there is no revision."


@strawberry.input(description="A unit. Send a parent before its children.", directives=ROW)
class UnitRowInput(ValueInput):
    VALUE = rows.UnitRow

    external_ref: ExternalRefInput = strawberry.field(
        description="Its id in your system. One that comes back after its unit ended is a new unit."
    )
    code: str | None = strawberry.field(
        default=UNSET, description="Agency code. Required in the form WHOLE."
    )
    name: str | None = strawberry.field(
        default=UNSET, description="Name, up to 300 characters. Required in the form WHOLE."
    )
    level: UnitLevel | None = strawberry.field(
        default=UNSET, description="Level. Required in the form WHOLE."
    )
    province: str | None = strawberry.field(
        default=UNSET,
        description="Two digits; a ministry's code, as G09. Required in the form WHOLE.",
    )
    parent_ref: ExternalRefInput | None = strawberry.field(
        default=UNSET,
        description="The unit above it. Left out: the one it has; null: none, it stands alone.",
    )
    locality_type: LocalityType | None = strawberry.field(
        default=UNSET, description="Kind of locality. Null: RURAL."
    )
    valid_from: date | None = strawberry.field(
        default=UNSET, description="Exists from this day. Required in the form WHOLE."
    )
    valid_to: date | None = strawberry.field(
        default=UNSET, description="Exists until before this day. Null: it has no end."
    )
    successor_refs: list[ExternalRefInput] | None = strawberry.field(
        default=UNSET,
        description="Units it was merged or split into, up to 50; linked when they come. Its own "
        "id names the unit that bears it next.",
    )
    identity: Identity | None = strawberry.field(default=None, description=IDENTITY)
    source_revision: int | None = strawberry.field(default=None, description=REVISION)
    source_time: datetime | None = strawberry.field(default=None, description=TIME)


@strawberry.input(description="A job position.", directives=ROW)
class PositionRowInput(ValueInput):
    VALUE = rows.PositionRow

    province: str = strawberry.field(description="Two digits; a ministry's code, as G09.")
    code: str = strawberry.field(description="Code, unique in the province at one time.")
    title: str | None = strawberry.field(
        default=UNSET, description="Title. Required in the form WHOLE."
    )
    duty_group: str | None = strawberry.field(
        default=UNSET,
        description="Duty group: whom its holders are compared with, in words, as the form prints "
        "it. Required in the form WHOLE.",
    )
    family: str | None = strawberry.field(default=UNSET, description="Family of positions.")
    leadership: bool | None = strawberry.field(
        default=UNSET, description="A leading position. Null: no."
    )
    valid_from: date | None = strawberry.field(
        default=UNSET, description="Exists from this day. Null: since ever."
    )
    valid_to: date | None = strawberry.field(
        default=UNSET, description="Exists until before this day. Null: it has no end."
    )
    identity: Identity | None = strawberry.field(default=None, description=IDENTITY)
    source_revision: int | None = strawberry.field(default=None, description=REVISION)
    source_time: datetime | None = strawberry.field(default=None, description=TIME)


@strawberry.input(description="A person in a position of a unit.")
class AppointmentRowInput(ValueInput):
    VALUE = rows.AppointmentRow

    unit_ref: ExternalRefInput = strawberry.field(
        description="The unit that bears this id on the first day; sent before or here."
    )
    position_code: str = strawberry.field(
        description="The position in the unit's province, sent before or here."
    )
    role: AppointmentRole = strawberry.field(description="Role.")
    valid_from: date = strawberry.field(description="From this day.")
    valid_to: date | None = strawberry.field(
        default=UNSET, description="Until before this day. Null: it has no end."
    )
    duty_group: str | None = strawberry.field(
        default=UNSET, description="Null, and for a new one: the position's."
    )
    acting_for: str | None = strawberry.field(
        default=UNSET,
        description="Whom or which post the person stands in for; `role` is then the role acted "
        "in.",
    )
    field_unit_refs: list[ExternalRefInput] | None = strawberry.field(
        default=UNSET, description="Units a deputy is in charge of, up to 20."
    )


@strawberry.input(description="Time not worked, [validFrom, validTo).")
class LeaveInput(ValueInput):
    VALUE = Leave

    kind: str = strawberry.field(description="Reason, e.g. maternity.")
    valid_from: date = strawberry.field(description="First day.")
    valid_to: date = strawberry.field(description="The day after the last.")


@strawberry.input(
    description="A civil servant with all appointments. No 12-digit personal number.",
    directives=ROW,
)
class PersonRowInput(ValueInput):
    VALUE = rows.PersonRow

    external_ref: ExternalRefInput = strawberry.field(description="Id in your system.")
    full_name: str | None = strawberry.field(
        default=UNSET, description="Full name. Required in the form WHOLE."
    )
    province: str | None = strawberry.field(
        default=UNSET,
        description="Two digits; a ministry's code, as G09. Required in the form WHOLE.",
    )
    appointments: list[AppointmentRowInput] | None = strawberry.field(
        default=UNSET,
        description="All of them, up to 50; one that is not among them is taken away. Required in "
        "the form WHOLE; left out in a PATCH: as they are.",
    )
    leaves: list[LeaveInput] | None = strawberry.field(
        default=UNSET, description="All leaves that reduce the working time, up to 200. Null: none."
    )
    identity: Identity | None = strawberry.field(default=None, description=IDENTITY)
    source_revision: int | None = strawberry.field(default=None, description=REVISION)
    source_time: datetime | None = strawberry.field(default=None, description=TIME)


@strawberry.input(description="What a snapshot is whole of: a province, or one agency in it.")
class SnapshotScopeInput(ValueInput):
    VALUE = rows.SnapshotScope

    province: str = strawberry.field(description="Two digits; a ministry's code, as G09.")
    agency_ref: ExternalRefInput | None = strawberry.field(
        default=None, description="Only this unit and all below it."
    )
    list_name: str | None = strawberry.field(
        default=None, description="What listPersonnel was told under this name is in it too."
    )
    as_of: date | None = strawberry.field(
        default=None, description="The day on which what is missing ends. Default: today."
    )


@strawberry.input(description="Up to 500 rows: units, then positions, then people.")
class SyncPersonnelInput(CommandInput):
    COMMAND = rows.SyncPersonnel

    units: list[UnitRowInput] = strawberry.field(default_factory=list, description="Unit.")
    positions: list[PositionRowInput] = strawberry.field(
        default_factory=list, description="Job positions."
    )
    people: list[PersonRowInput] = strawberry.field(
        default_factory=list, description="Civil servants."
    )
    form: SyncForm = strawberry.field(
        default=SyncForm.WHOLE, description="Whether rows are whole or hold what changed."
    )
    mode: SyncMode = strawberry.field(
        default=SyncMode.DELTA, description="Whether what is not sent stays or ends."
    )
    scope: SnapshotScopeInput | None = strawberry.field(
        default=None, description="Of a snapshot: what it is whole of."
    )
    max_removed_share: Decimal | None = strawberry.field(
        default=None,
        description="0 to 1: the whole call is refused when a larger share of the units, positions "
        "or people would be ended or detached. Default: 0.05 for a snapshot, else no limit.",
    )
    dry_run: bool = strawberry.field(
        default=False, description="True answers what would happen, and nothing does."
    )


@strawberry.input(
    description="What your whole list holds, up to 5,000 entries a call, for a snapshot of more "
    "than 500 rows."
)
class ListPersonnelInput(CommandInput):
    COMMAND = rows.ListPersonnel

    name: str = strawberry.field(
        description="Any name of yours; the parts of one list have the same, another list another."
    )
    province: str = strawberry.field(description="Two digits; a ministry's code, as G09.")
    units: list[ExternalRefInput] = strawberry.field(
        default_factory=list, description="Units that are in it."
    )
    position_codes: list[str] = strawberry.field(
        default_factory=list, description="Positions that are in it."
    )
    people: list[ExternalRefInput] = strawberry.field(
        default_factory=list, description="People who are in it."
    )
