"""Who may act on a person's work and who may see it; nobody stands above these rules."""

from dataclasses import dataclass

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import Forbidden, Invalid
from evaluation_service.application.collections import SERVANTS, UNITS
from evaluation_service.domain.common.hands import refuse_own_case
from evaluation_service.domain.personnel.servants import Appointment, AppointmentRole, CivilServant
from evaluation_service.domain.personnel.units import OrgUnit

NATIONAL = "personnel:national"
"""Token scope of a personnel system that serves every province."""

WHOLE_PROVINCE = (Role.PERIOD_ADMIN, Role.REVIEW_BOARD, Role.AUDITOR, Role.PERSONNEL_SYNC)
SUPERIORS = (Role.MANAGER, Role.UNIT_HEAD)
EARLY = (*SUPERIORS, Role.PERIOD_ADMIN, Role.REVIEW_BOARD, Role.AUDITOR)
"""Who sees results before their publication, never their own."""


@dataclass(frozen=True, kw_only=True)
class Post:
    """A person in one appointment, with the unit it is in."""

    servant: CivilServant
    appointment: Appointment
    unit: OrgUnit


async def post_of(
    tx: Transaction, servant_id: str, appointment_id: str, field: str = "input.appointmentId"
) -> Post:
    servant = await tx.store(SERVANTS).get(servant_id)
    appointment = servant.appointment(appointment_id)
    if appointment is None:
        raise Invalid(
            en=f"{appointment_id!r} is no appointment of this person",
            vi=f"{appointment_id!r} không phải bố trí của người này",
            field=field,
        )
    unit = await tx.store(UNITS).get(appointment.unit_id)
    return Post(servant=servant, appointment=appointment, unit=unit)


def require_superior(actor: Actor, post: Post) -> None:
    """The caller, whose role was asked for, leads the person: in the person's unit or above it.

    A head of a unit is led from above it only, else deputies would rate their own head.
    """
    actor.require_province(post.unit.province)
    if actor.officer is None:
        raise Forbidden(
            en="the token must name the officer behind it (claim officer)",
            vi="token phải nêu rõ công chức thực hiện (claim officer)",
            rule_id="E-I4",
        )
    refuse_own_case(actor, post.servant.id)
    path = post.unit.path
    if post.appointment.role is AppointmentRole.HEAD:
        path = path[:-1]
    actor.require_unit(path)


def may_see(actor: Actor, servant: CivilServant, units: list[OrgUnit]) -> bool:
    """Whether the caller may read about this person. `units` are those of the appointments."""
    if actor.subject is None:
        return False
    if actor.officer == servant.id:
        return True
    if actor.has(Role.PERSONNEL_SYNC) and NATIONAL in actor.scopes:
        return True
    if actor.province != servant.province:
        return False
    if actor.has(*WHOLE_PROVINCE):
        return True
    leads = {id for unit in units for id in unit.path}
    return actor.has(*SUPERIORS) and actor.unit in leads


def sees_before_publication(actor: Actor, servant_id: str) -> bool:
    """Results are the rated person's and the HRM's only once they are published."""
    if actor.officer == servant_id:
        return False
    return actor.has(*EARLY)
