"""Who may act on a person's work and who may see it; nobody stands above these rules."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from congvu_kit.application.ports import Condition, Eq, In, Transaction
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Forbidden, Invalid
from evaluation_service.application.collections import SERVANTS, UNITS
from evaluation_service.domain.common.separation import refuse_own_case
from evaluation_service.domain.personnel.servants import Appointment, AppointmentRole, CivilServant
from evaluation_service.domain.personnel.units import OrgUnit

NATIONAL = "personnel:national"
"""Token scope of a personnel system that serves every province."""

WHOLE_PROVINCE = (Role.PERIOD_ADMIN, Role.REVIEW_BOARD, Role.AUDITOR, Role.PERSONNEL_SYNC)
SUPERIORS = (Role.MANAGER, Role.UNIT_HEAD)
BOARD = (Role.REVIEW_BOARD, Role.AUDITOR)
INHERITED_MAX = 1_000
"""Ended units that one unit succeeds, its predecessors' predecessors included."""

EARLY = (*SUPERIORS, Role.PERIOD_ADMIN, *BOARD)
"""Who sees results before their publication, never their own."""


@dataclass(frozen=True, kw_only=True)
class Post:
    """A person in one appointment, with the unit it is in; `heads` when they head that unit, in
    this appointment or, today, in another, for good or acting."""

    servant: CivilServant
    appointment: Appointment
    unit: OrgUnit
    heads: bool


async def post_of(
    tx: Transaction, civil_servant_id: str, appointment_id: str, field: str = "input.appointmentId"
) -> Post:
    servant = await tx.store(SERVANTS).get(civil_servant_id)
    appointment = servant.appointment(appointment_id)
    if appointment is None:
        raise Invalid(
            en="this person has no such appointment",
            vi="Công chức này không có việc bố trí công tác đã nêu.",
            field=field,
        )
    return await post_with(tx, servant, appointment)


async def post_with(tx: Transaction, servant: CivilServant, appointment: Appointment) -> Post:
    unit = await tx.store(UNITS).get(appointment.unit_id)
    return post_at(servant, appointment, unit, business_date(tx.now))


def post_at(servant: CivilServant, appointment: Appointment, unit: OrgUnit, today: date) -> Post:
    heads = appointment.role is AppointmentRole.HEAD or servant.heads(unit.id, today)
    return Post(servant=servant, appointment=appointment, unit=unit, heads=heads)


def require_superior(actor: Actor, post: Post) -> None:
    """The caller, whose role was asked for, leads the person: in the person's unit or above it."""
    actor.require_province(post.unit.province)
    refuse_own_case(actor, post.servant.id)
    actor.require_unit(_led_from(post))


def is_superior(actor: Actor, post: Post) -> bool:
    """Whether the caller's province and unit are those of a superior."""
    return actor.province == post.unit.province and actor.unit in _led_from(post)


def _led_from(post: Post) -> tuple[str, ...]:
    """A head of a unit is led from above it only, else deputies would rate their own head."""
    path = post.unit.path
    return path[:-1] if post.heads else path


async def overseers(tx: Transaction, units: Sequence[OrgUnit]) -> dict[str, frozenset[str]]:
    """Per unit: those whose superiors see what is in it. The units above it, and the heirs of
    those that ended, with the units above them (E-I21)."""
    above = {id for unit in units for id in unit.path} - {unit.id for unit in units}
    found = [unit for unit in await tx.store(UNITS).find_many(sorted(above)) if unit]
    heirs = {unit.id: unit.heir_ids for unit in (*units, *found)}
    return {
        unit.id: frozenset(unit.path).union(*(heirs.get(id, ()) for id in unit.path))
        for unit in units
    }


async def inherited(actor: Actor, tx: Transaction) -> list[str]:
    """Ended units that the caller's unit, or one below it, succeeds."""
    if not (actor.has(*SUPERIORS) and actor.unit):
        return []
    found = await tx.store(UNITS).select(Eq("heir_ids", actor.unit), limit=INHERITED_MAX)
    return [unit.id for unit in found]


def may_see(actor: Actor, servant: CivilServant, led_by: Collection[str]) -> bool:
    """Whether the caller may read about this person, whose appointments `led_by` oversee."""
    if actor.subject is None:
        return False
    if actor.officer == servant.id:
        return True
    if actor.has(Role.PERSONNEL_SYNC) and NATIONAL in actor.scopes:
        return True
    if actor.province not in servant.provinces:
        return False
    if actor.has(*WHOLE_PROVINCE):
        return True
    return actor.has(*SUPERIORS) and actor.unit in led_by


def sees_sealed(actor: Actor, province: str) -> bool:
    """Who may verify a seal is shown all that it binds, who acted included."""
    return actor.has(Role.PERIOD_ADMIN, *BOARD) and actor.province == province


def sees_before_publication(actor: Actor, civil_servant_id: str) -> bool:
    """Results are the rated person's and the HRM's only once they are published."""
    if actor.officer == civil_servant_id:
        return False
    return actor.has(*EARLY)


async def find_servants(
    ids: Sequence[str], reader: Actor, tx: Transaction
) -> list[CivilServant | None]:
    """One per id: None when there is no such person, or not for this reader."""
    found = await tx.store(SERVANTS).find_many(ids)
    wanted = {each.unit_id for servant in found if servant for each in servant.appointments}
    led_by: dict[str, frozenset[str]] = {}
    if reader.has(*SUPERIORS):
        units = await tx.store(UNITS).find_many(sorted(wanted))
        led_by = await overseers(tx, [unit for unit in units if unit])

    def seen(servant: CivilServant) -> bool:
        ids = (each.unit_id for each in servant.appointments)
        return may_see(reader, servant, frozenset().union(*(led_by.get(id, ()) for id in ids)))

    return [servant if servant and seen(servant) else None for servant in found]


def of_province(reader: Actor, civil_servant_id: str, province: str) -> bool:
    """Whether what was made of a person in a province is for this reader, who may see the person:
    after a move each province keeps its own (E-I10)."""
    if reader.officer == civil_servant_id or reader.province == province:
        return True
    return reader.has(Role.PERSONNEL_SYNC) and NATIONAL in reader.scopes


async def require_own_province(id: str, reader: Actor, tx: Transaction) -> None:
    """Raise the same `Forbidden` for a person of another province and for nobody at all."""
    servant = await tx.store(SERVANTS).find(id)
    if servant is None or reader.province not in servant.provinces:
        raise Forbidden(
            en="nobody of your province has this id",
            vi="Không có công chức này trong tỉnh được phân quyền.",
        )


async def reach(actor: Actor, path_field: str, tx: Transaction) -> list[Condition]:
    """The widest part of the records that one of the caller's roles opens."""
    actor.require_login()
    if actor.has(Role.PERSONNEL_SYNC) and NATIONAL in actor.scopes:
        return []
    if actor.has(*WHOLE_PROVINCE) and actor.province:
        return [Eq("province", actor.province)]
    if actor.has(*SUPERIORS) and actor.unit and actor.province:
        led = In(path_field, [actor.unit, *await inherited(actor, tx)])
        return [Eq("province", actor.province), led]
    if actor.has(Role.OFFICER) and actor.officer:
        return [Eq("civil_servant_id", actor.officer)]
    raise Forbidden(
        en="none of your roles may list these",
        vi="Tài khoản không được phân quyền xem danh sách này.",
    )


class OfSomebody(Protocol):
    """Something that is of a person, in a province."""

    civil_servant_id: str
    province: str


S = TypeVar("S", bound=OfSomebody)


async def only_seen(found: Sequence[S | None], reader: Actor, tx: Transaction) -> list[S | None]:
    """None in the place of what is of somebody this reader may not see."""
    about = sorted({each.civil_servant_id for each in found if each})
    seen = {each.id for each in await find_servants(about, reader, tx) if each}
    return [
        each
        if each
        and each.civil_servant_id in seen
        and of_province(reader, each.civil_servant_id, each.province)
        else None
        for each in found
    ]
