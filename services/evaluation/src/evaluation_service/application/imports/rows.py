"""The rows of a personnel sync, and what becomes of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, ClassVar, Self, TypeVar

from congvu_kit.application.commands import Command
from congvu_kit.application.rows import Refusal, Rows
from congvu_kit.domain.numbers import Bounded
from congvu_kit.domain.times import PastTime, ValidityDate
from congvu_kit.domain.unset import UNSET, Sent
from evaluation_service.domain.personnel.lives import ExternalRef, Identity, Remark, SourceMark
from evaluation_service.domain.personnel.servants import AppointmentRole, Leave
from evaluation_service.domain.personnel.units import LocalityType, UnitLevel

Row = TypeVar("Row")

SHARE = Bounded(least=Decimal(0), most=Decimal(1))
REMARKS_MAX = 3
"""Remarks of one row: the first of what there is to say."""

CHANGES_MAX = 12
"""Fields of the widest row."""


class SyncMode(StrEnum):
    DELTA = "DELTA"
    SNAPSHOT = "SNAPSHOT"


class SyncForm(StrEnum):
    WHOLE = "WHOLE"
    PATCH = "PATCH"


class PersonnelKind(StrEnum):
    UNIT = "UNIT"
    POSITION = "POSITION"
    PERSON = "PERSON"


class RowOutcome(StrEnum):
    CREATED = "CREATED"
    CHANGED = "CHANGED"
    UNCHANGED = "UNCHANGED"
    STALE = "STALE"
    REFUSED = "REFUSED"


@dataclass(frozen=True, kw_only=True)
class SourcedRow:
    """`identity` says what is meant where the id was used before; the mark how new the row is."""

    identity: Identity | None = None
    source_revision: int | None = None
    source_time: PastTime | None = None

    @property
    def mark(self) -> SourceMark | None:
        if self.source_revision is None and self.source_time is None:
            return None
        return SourceMark(revision=self.source_revision, time=self.source_time)


@dataclass(frozen=True, kw_only=True)
class UnitRow(SourcedRow):
    external_ref: ExternalRef
    code: Sent[str] = UNSET
    name: Sent[str] = UNSET
    level: Sent[UnitLevel] = UNSET
    province: Sent[str] = UNSET
    parent_ref: Sent[ExternalRef] = UNSET
    locality_type: Sent[LocalityType] = UNSET
    valid_from: Sent[ValidityDate] = UNSET
    valid_to: Sent[ValidityDate] = UNSET
    successor_refs: Sent[tuple[ExternalRef, ...]] = UNSET


@dataclass(frozen=True, kw_only=True)
class PositionRow(SourcedRow):
    province: str
    code: str
    title: Sent[str] = UNSET
    family: Sent[str] = UNSET
    duty_group: Sent[str] = UNSET
    leadership: Sent[bool] = UNSET
    valid_from: Sent[ValidityDate] = UNSET
    valid_to: Sent[ValidityDate] = UNSET


@dataclass(frozen=True, kw_only=True)
class AppointmentRow:
    unit_ref: ExternalRef
    position_code: str
    role: AppointmentRole
    valid_from: ValidityDate
    valid_to: Sent[ValidityDate] = UNSET
    duty_group: Sent[str] = UNSET
    acting_for: Sent[str] = UNSET
    field_unit_refs: Sent[tuple[ExternalRef, ...]] = UNSET


@dataclass(frozen=True, kw_only=True)
class PersonRow(SourcedRow):
    external_ref: ExternalRef
    full_name: Sent[str] = UNSET
    province: Sent[str] = UNSET
    appointments: Sent[tuple[AppointmentRow, ...]] = UNSET
    leaves: Sent[tuple[Leave, ...]] = UNSET


@dataclass(frozen=True, kw_only=True)
class SnapshotScope:
    """Whose list is whole: of a province, or of one agency in it. `list_name` names what was
    listed before (`ListPersonnel`); what is missing ends `as_of`."""

    province: str
    agency_ref: ExternalRef | None = None
    list_name: str | None = None
    as_of: ValidityDate | None = None


@dataclass(frozen=True, kw_only=True)
class SyncPersonnel(Command):
    operation: ClassVar[str] = "sync_personnel"

    units: Rows[UnitRow] = ()
    positions: Rows[PositionRow] = ()
    people: Rows[PersonRow] = ()
    form: SyncForm = SyncForm.WHOLE
    mode: SyncMode = SyncMode.DELTA
    scope: SnapshotScope | None = None
    max_removed_share: Annotated[Decimal, SHARE] | None = None
    dry_run: bool = False

    @property
    def rehearsal(self) -> bool:
        return self.dry_run


@dataclass(frozen=True, kw_only=True)
class ListPersonnel(Command):
    operation: ClassVar[str] = "list_personnel"

    name: str
    province: str
    units: tuple[ExternalRef, ...] = ()
    position_codes: tuple[str, ...] = ()
    people: tuple[ExternalRef, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Synced:
    """One row that was taken. `removes`: it ended or detached what lived on."""

    id: str
    outcome: RowOutcome
    changed_fields: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    removes: bool = False


@dataclass(frozen=True, kw_only=True)
class RowResult:
    """`row` is the path of the row in the input (`people[3]`); `id` is None when refused."""

    row: str
    id: str | None
    changed: bool
    outcome: RowOutcome
    changed_fields: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    refusal: Refusal | None = None

    @classmethod
    def of(cls, row: str, result: Synced | Refusal) -> Self:
        if isinstance(result, Refusal):
            return cls(row=row, id=None, changed=False, outcome=RowOutcome.REFUSED, refusal=result)
        return cls(
            row=row,
            id=result.id,
            changed=result.outcome in (RowOutcome.CREATED, RowOutcome.CHANGED),
            outcome=result.outcome,
            changed_fields=result.changed_fields[:CHANGES_MAX],
            remarks=result.remarks[:REMARKS_MAX],
        )


@dataclass(frozen=True, kw_only=True)
class Ended:
    """In ours and not in yours: its tombstone."""

    kind: PersonnelKind
    id: str
    ref: str


@dataclass(frozen=True, kw_only=True)
class SyncReport:
    """`remaining` are those that a snapshot ends with the next call."""

    results: tuple[RowResult, ...]
    ended: tuple[Ended, ...] = ()
    remaining: int = 0
    dry_run: bool = False

    @property
    def changed(self) -> int:
        return sum(each.changed for each in self.results)

    @property
    def refused(self) -> int:
        return sum(each.refusal is not None for each in self.results)

    @property
    def unchanged(self) -> int:
        return len(self.results) - self.changed - self.refused


def fit(rows: Sequence[Row | Refusal]) -> list[Row]:
    """Those that could be read at all."""
    return [row for row in rows if not isinstance(row, Refusal)]
