"""The rows of a personnel sync, and what becomes of each."""

from dataclasses import dataclass
from typing import ClassVar, Self

from congvu_kit.application.commands import Command
from congvu_kit.application.rows import Refusal, Rows
from congvu_kit.domain.times import ValidityDate
from evaluation_service.domain.personnel.servants import AppointmentRole, Leave
from evaluation_service.domain.personnel.units import ExternalRef, LocalityType, UnitLevel


@dataclass(frozen=True, kw_only=True)
class UnitRow:
    external_ref: ExternalRef
    code: str
    name: str
    level: UnitLevel
    province: str
    parent_ref: ExternalRef | None
    locality_type: LocalityType
    valid_from: ValidityDate
    valid_to: ValidityDate | None
    successor_refs: tuple[ExternalRef, ...]


@dataclass(frozen=True, kw_only=True)
class PositionRow:
    province: str
    code: str
    title: str
    family: str | None
    duty_group: str
    leadership: bool


@dataclass(frozen=True, kw_only=True)
class AppointmentRow:
    unit_ref: ExternalRef
    position_code: str
    duty_group: str | None
    role: AppointmentRole
    acting_for: str | None
    field_unit_refs: tuple[ExternalRef, ...]
    valid_from: ValidityDate
    valid_to: ValidityDate | None


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    external_ref: ExternalRef
    full_name: str
    province: str
    appointments: tuple[AppointmentRow, ...]
    leaves: tuple[Leave, ...]


@dataclass(frozen=True, kw_only=True)
class SyncPersonnel(Command):
    operation: ClassVar[str] = "sync_personnel"

    units: Rows[UnitRow]
    positions: Rows[PositionRow]
    people: Rows[PersonRow]


@dataclass(frozen=True, kw_only=True)
class RowResult:
    """`row` is the path of the row in the input (`people[3]`); `id` is None when refused."""

    row: str
    id: str | None
    changed: bool
    refusal: Refusal | None = None

    @classmethod
    def of(cls, row: str, result: tuple[str, bool] | Refusal) -> Self:
        if isinstance(result, Refusal):
            return cls(row=row, id=None, changed=False, refusal=result)
        id, changed = result
        return cls(row=row, id=id, changed=changed)


@dataclass(frozen=True, kw_only=True)
class SyncReport:
    results: tuple[RowResult, ...]
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
