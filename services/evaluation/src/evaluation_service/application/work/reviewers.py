"""Who had to check a report: whom a silence is charged to (E-I16)."""

from collections.abc import Collection, Sequence
from datetime import date

from congvu_kit.application.ports import Eq, Transaction
from evaluation_service.application.collections import SERVANTS, UNITS
from evaluation_service.domain.personnel.servants import AppointmentRole, CivilServant
from evaluation_service.domain.work.assignments import Assignment

LEADING = (AppointmentRole.HEAD, AppointmentRole.DEPUTY)


async def reviewer_of(assignment: Assignment, on: date, tx: Transaction) -> str | None:
    """Whoever gave the work, if still above the person on that day, else the nearest head upwards
    who was at work; None where the personnel system names nobody."""
    above = await _units_above(assignment, on, tx)
    assigner = assignment.assigned_by.officer
    if assigner is not None:
        servant = await tx.store(SERVANTS).find(assigner)
        if servant is not None and leads(servant, above, LEADING, on):
            return servant.id
    for unit_id in reversed(above):
        for servant in await tx.store(SERVANTS).select(
            Eq("appointments.unit_id", unit_id), Eq("appointments.role", AppointmentRole.HEAD)
        ):
            heads = leads(servant, (unit_id,), (AppointmentRole.HEAD,), on)
            if heads and servant.id != assignment.civil_servant_id:
                return servant.id
    return None


async def _units_above(assignment: Assignment, on: date, tx: Transaction) -> Sequence[str]:
    """The units whose superiors lead the person; a head is led from above the own unit only."""
    unit = await tx.store(UNITS).find(assignment.unit_id)
    path = unit.path if unit is not None else assignment.unit_path
    servant = await tx.store(SERVANTS).find(assignment.civil_servant_id)
    if servant is None:
        return path
    post = servant.appointment(assignment.appointment_id)
    heads = post is not None and post.role is AppointmentRole.HEAD
    return path[:-1] if heads or servant.heads(assignment.unit_id, on) else path


def leads(
    servant: CivilServant, units: Collection[str], roles: Collection[AppointmentRole], on: date
) -> bool:
    away = any(leave.valid_from <= on < leave.valid_to for leave in servant.leaves)
    return not away and any(
        each.unit_id in units and each.role in roles and each.in_force(on)
        for each in servant.appointments
    )
