"""Bulk sync from personnel systems: each row succeeds or is refused on its own."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.application.rows import Refusal, each_row
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import Forbidden, Invalid
from evaluation_service.application.access import NATIONAL
from evaluation_service.application.collections import POSITIONS, SERVANTS, UNITS
from evaluation_service.application.personnel.rows import (
    AppointmentRow,
    PersonRow,
    PositionRow,
    RowResult,
    SyncPersonnel,
    SyncReport,
    UnitRow,
)
from evaluation_service.domain.personnel.servants import (
    Appointment,
    appointment_id,
    new_servant,
)
from evaluation_service.domain.personnel.units import (
    ExternalRef,
    JobPosition,
    OrgUnit,
    UnitFacts,
    new_unit,
    position_id,
)

ROWS_MAX = 500
"""Rows of one call: about a second of work for a small database."""

TEXT_MAX_CHARS = 300


R = TypeVar("R")
Sync = Callable[[R, Actor, Transaction], Awaitable[tuple[str, bool]]]


async def sync_personnel(command: SyncPersonnel, tx: Transaction) -> SyncReport:
    """Units first, in the order given (a parent before its children), then positions, people."""
    command.actor.require(Role.PERSONNEL_SYNC)
    rows = len(command.units) + len(command.positions) + len(command.people)
    if not 0 < rows <= ROWS_MAX:
        raise Invalid(
            en=f"1 to {ROWS_MAX} rows in one call, not {rows}",
            vi=f"mỗi lần gửi 1 đến {ROWS_MAX} dòng, không phải {rows}",
            field="input",
        )
    results = [
        *await _each("units", command.units, _sync_unit, command.actor, tx),
        *await _each("positions", command.positions, _sync_position, command.actor, tx),
        *await _each("people", command.people, _sync_person, command.actor, tx),
    ]
    return SyncReport(
        results=tuple(results),
        changed=sum(each.changed for each in results),
        unchanged=sum(each.refusal is None and not each.changed for each in results),
        refused=sum(each.refusal is not None for each in results),
    )


async def _each(
    name: str, rows: Sequence[R | Refusal], sync: Sync[R], actor: Actor, tx: Transaction
) -> list[RowResult]:
    results = await each_row(rows, lambda row: sync(row, actor, tx), now=tx.now)
    return [RowResult.of(f"{name}[{number}]", each) for number, each in enumerate(results)]


async def _sync_unit(row: UnitRow, actor: Actor, tx: Transaction) -> tuple[str, bool]:
    _require_reach(actor, row.province)
    _check_texts(code=row.code, name=row.name, province=row.province)
    _check_ref(row.external_ref)
    store = tx.store(UNITS)
    parent = await _unit(tx, row.parent_ref, "parentRef") if row.parent_ref else None
    facts = UnitFacts(
        code=row.code,
        name=row.name,
        level=row.level,
        province=row.province,
        parent_id=parent.id if parent else None,
        locality_type=row.locality_type,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        successor_ids=tuple(ref.ours("unit") for ref in row.successor_refs),
    )
    unit = await store.find(row.external_ref.ours("unit"))
    if unit is None:
        unit = new_unit(row.external_ref, facts, parent)
        await store.save(unit)
        return unit.id, True
    _require_reach(actor, unit.province)
    moved_from = unit.path
    changed = unit.sync(facts, parent)
    if changed:
        await store.save(unit)
        if unit.path != moved_from:
            await _move_below(tx, unit)
    return unit.id, changed


async def _move_below(tx: Transaction, moved: OrgUnit) -> None:
    """Units below a moved one get their new path, from the top down."""
    store = tx.store(UNITS)
    below = await store.select(Eq("path", moved.id), limit=100_000)
    known = {moved.id: moved}
    for unit in sorted(below, key=lambda each: len(each.path)):
        if unit.id != moved.id:
            unit.sync(unit.facts, known[unit.facts.parent_id or moved.id])
            await store.save(unit)
            known[unit.id] = unit


async def _sync_position(row: PositionRow, actor: Actor, tx: Transaction) -> tuple[str, bool]:
    _require_reach(actor, row.province)
    _check_texts(code=row.code, title=row.title, dutyGroup=row.duty_group)
    _check_optional(family=row.family)
    store = tx.store(POSITIONS)
    id = position_id(row.province, row.code)
    known = await store.find(id)
    said = JobPosition(
        id=id,
        revision=known.revision if known else 0,
        sequence=known.sequence if known else 0,
        province=row.province,
        code=row.code,
        title=row.title,
        family=row.family,
        duty_group=row.duty_group,
        leadership=row.leadership,
    )
    if said == known:
        return id, False
    await store.save(said)
    return id, True


async def _sync_person(row: PersonRow, actor: Actor, tx: Transaction) -> tuple[str, bool]:
    _require_reach(actor, row.province)
    _check_texts(fullName=row.full_name)
    _check_ref(row.external_ref)
    store = tx.store(SERVANTS)
    servant = await store.find(row.external_ref.ours("cs"))
    if servant is None:
        servant = new_servant(row.external_ref, row.full_name, row.province)
    _require_reach(actor, servant.province)
    for leave in row.leaves:
        _check_texts(**{"leaves.kind": leave.kind})
    appointments = [
        await _appointment(tx, actor, servant.id, row.province, each) for each in row.appointments
    ]
    changed = servant.sync(row.full_name, appointments, row.leaves)
    if changed:
        await store.save(servant)
    return servant.id, changed


async def _appointment(
    tx: Transaction, actor: Actor, civil_servant_id: str, province: str, row: AppointmentRow
) -> Appointment:
    _check_texts(positionCode=row.position_code)
    _check_optional(actingFor=row.acting_for, dutyGroup=row.duty_group)
    unit = await _unit(tx, row.unit_ref, "appointments.unitRef")
    _require_reach(actor, unit.province)
    position = await tx.store(POSITIONS).find(position_id(province, row.position_code))
    if position is None:
        raise Invalid(
            en=f"no position {row.position_code!r} in province {province}",
            vi=f"không có vị trí việc làm {row.position_code!r} ở tỉnh {province}",
            field="appointments.positionCode",
        )
    fields = [await _unit(tx, ref, "appointments.fieldUnitRefs") for ref in row.field_unit_refs]
    return Appointment(
        appointment_id=appointment_id(
            civil_servant_id, unit.id, row.position_code, row.role, row.valid_from
        ),
        unit_id=unit.id,
        position_code=row.position_code,
        duty_group=row.duty_group or position.duty_group,
        role=row.role,
        acting_for=row.acting_for,
        field_unit_ids=tuple(unit.id for unit in fields),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


async def _unit(tx: Transaction, ref: ExternalRef, field_name: str) -> OrgUnit:
    unit = await tx.store(UNITS).find(ref.ours("unit"))
    if unit is None:
        raise Invalid(
            en=f"no unit {ref.id!r} of system {ref.system!r}; send it before",
            vi=f"chưa có đơn vị {ref.id!r} của hệ thống {ref.system!r}; hãy gửi trước",
            field=field_name,
        )
    return unit


def _require_reach(actor: Actor, province: str) -> None:
    if NATIONAL not in actor.scopes and actor.province != province:
        raise Forbidden(
            en=f"province {province!r} is not yours ({actor.province!r})",
            vi=f"tỉnh {province!r} không thuộc phạm vi của bạn ({actor.province!r})",
            field="province",
        )


def _check_ref(ref: ExternalRef) -> None:
    _check_texts(**{"externalRef.system": ref.system, "externalRef.id": ref.id})


def _check_optional(**texts: str | None) -> None:
    _check_texts(**{name: text for name, text in texts.items() if text is not None})


def _check_texts(**texts: str) -> None:
    for name, text in texts.items():
        if not (text.strip() and len(text) <= TEXT_MAX_CHARS):
            raise Invalid(
                en=f"{name} must be 1 to {TEXT_MAX_CHARS} characters",
                vi=f"{name} phải có 1 đến {TEXT_MAX_CHARS} ký tự",
                field=name,
            )
