"""Whose an objective is, by which policy, and who may act on it."""

from dataclasses import dataclass

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import Forbidden, Invalid
from congvu_scoring import CompiledPolicy
from evaluation_service.application.access import (
    SUPERIORS,
    is_superior,
    post_of,
    require_superior,
)
from evaluation_service.application.collections import SERVANTS, UNITS
from evaluation_service.application.policies.pins import compiled_pin
from evaluation_service.application.results.commands import posts_in
from evaluation_service.domain.objectives.objectives import Objective, ObjectiveLevel
from evaluation_service.domain.objectives.scorecards import Scorecard, WeightScope, scorecard_id
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.personnel.servants import Appointment, AppointmentRole
from evaluation_service.domain.personnel.units import OrgUnit

SYSTEMS = (Role.SERVICE_PORTAL, Role.PERSONNEL_SYNC)
"""Whose tokens are of systems and name nobody."""


@dataclass(frozen=True, kw_only=True)
class Owner:
    """An organisation, a unit below one, or a person in an appointment."""

    unit: OrgUnit
    civil_servant_id: str | None = None
    appointment: Appointment | None = None

    @property
    def level(self) -> ObjectiveLevel:
        if self.appointment is not None:
            return ObjectiveLevel.PERSON
        is_agency = self.unit.agency_id == self.unit.id
        return ObjectiveLevel.ORGANISATION if is_agency else ObjectiveLevel.UNIT

    @property
    def role(self) -> AppointmentRole | None:
        return self.appointment.role if self.appointment else None

    def scorecard(self, period: EvaluationPeriod) -> Scorecard:
        appointment_id = self.appointment.appointment_id if self.appointment else None
        return Scorecard(
            id=scorecard_id(period.id, self.unit.id, appointment_id),
            period_id=period.id,
            province=self.unit.province,
            level=self.level,
            unit_id=self.unit.id,
            civil_servant_id=self.civil_servant_id,
            appointment_id=appointment_id,
            role=self.role,
        )


async def person(
    civil_servant_id: str, period: EvaluationPeriod, by: Actor, tx: Transaction
) -> Owner:
    """In the appointment in which the caller leads them."""
    servant = await tx.store(SERVANTS).get(civil_servant_id)
    posts = await posts_in(servant, period, tx)
    post = next((each for each in posts if is_superior(by, each)), posts[0])
    require_superior(by, post)
    return Owner(unit=post.unit, civil_servant_id=servant.id, appointment=post.appointment)


async def unit(unit_id: str, period: EvaluationPeriod, by: Actor, tx: Transaction) -> Owner:
    found = await tx.store(UNITS).get(unit_id)
    if found.id not in period.unit_ids:
        raise Invalid(
            en="the period does not cover this unit",
            vi="Kỳ này không gồm đơn vị đó.",
            field="input.unitId",
        )
    owner = Owner(unit=found)
    _require_leads_unit(by, owner)
    return owner


def _require_leads_unit(by: Actor, owner: Owner) -> None:
    """A unit is led from above it, an organisation also by its own head: nobody else may be."""
    by.require_officer("E-I15")
    by.require_province(owner.unit.province)
    path = owner.unit.path
    if owner.level is ObjectiveLevel.ORGANISATION:
        by.require(Role.UNIT_HEAD)
        by.require_unit(path)
    else:
        by.require_unit(path[:-1])


async def owner_of(objective: Objective, tx: Transaction) -> Owner:
    if objective.civil_servant_id is None or objective.appointment_id is None:
        return Owner(unit=await tx.store(UNITS).get(objective.unit_id))
    post = await post_of(tx, objective.civil_servant_id, objective.appointment_id)
    return Owner(
        unit=post.unit, civil_servant_id=objective.civil_servant_id, appointment=post.appointment
    )


async def require_leads(by: Actor, objective: Objective, tx: Transaction) -> None:
    """Raise `Forbidden` unless the caller may set, change and confirm what it says."""
    by.require(*SUPERIORS)
    if objective.civil_servant_id is None or objective.appointment_id is None:
        _require_leads_unit(by, await owner_of(objective, tx))
    else:
        post = await post_of(tx, objective.civil_servant_id, objective.appointment_id)
        require_superior(by, post)


def is_its_system(by: Actor, objective: Objective) -> bool:
    """Whether the caller is the system that the indicator names."""
    return (
        by.has(*SYSTEMS)
        and by.subject is not None
        and by.subject == objective.content.indicator.system
        and by.province == objective.province
    )


def require_reporter(by: Actor, objective: Objective) -> None:
    """Raise `Forbidden` unless the caller may enter a figure: the system that the indicator names,
    the person, who works in the unit, or who leads there; never who set the target (E-I15)."""
    if not is_its_system(by, objective):
        by.require(*SUPERIORS, Role.OFFICER)
        officer = by.require_officer("E-I15")
        by.require_province(objective.province)
        itself = by.has(Role.OFFICER) and officer == objective.civil_servant_id
        works = by.has(Role.OFFICER) and objective.civil_servant_id is None
        leads = by.has(*SUPERIORS) and by.unit in objective.unit_path
        if not (itself or leads or (works and by.unit == objective.unit_id)):
            raise Forbidden(
                en="figures are entered by the person, the unit, or who leads there",
                vi="Số liệu do chính người đó, đơn vị đó hoặc người phụ trách nhập.",
            )
    objective.refuse_setter(by)


async def policy_of(owner: Owner, period: EvaluationPeriod, tx: Transaction) -> CompiledPolicy:
    return await policy_for(owner.role, period, tx)


async def policy_for(
    role: AppointmentRole | None, period: EvaluationPeriod, tx: Transaction
) -> CompiledPolicy:
    """The policy that rates the person or the unit; where the period has none for units, the first
    of its own that reads indicators, one that may rate units before others."""
    if role is not None:
        return await compiled_pin(tx, period.policies.of(role))
    if period.policies.unit is not None:
        return await compiled_pin(tx, period.policies.unit)
    leaders_first = (AppointmentRole.HEAD, AppointmentRole.DEPUTY, AppointmentRole.STAFF)
    pinned = [await compiled_pin(tx, period.policies.of(each)) for each in leaders_first]
    return max(pinned, key=_suits_units)


def _suits_units(compiled: CompiledPolicy) -> tuple[bool, bool]:
    return compiled.vocabulary.indicators, "UNIT" in compiled.policy.subjects


async def require_pilot(
    owner: Owner, compiled: CompiledPolicy, field: str, tx: Transaction
) -> None:
    """Raise `Invalid` outside the units that a pilot names; those above them may set what theirs
    hang on."""
    named = await tx.store(UNITS).find_many(compiled.policy.units)
    above = {id for each in named if each for id in each.path} if owner.role is None else set()
    if compiled.policy.units and owner.unit.id not in above.union(compiled.policy.units):
        raise Invalid(
            en=f"{compiled.ref} is limited to named units, this is none of them",
            vi=f"Quy chế {compiled.ref} chỉ áp dụng cho đơn vị thí điểm; đơn vị này không "
            "thuộc danh sách.",
            field=field,
            rule_id=compiled.policy.id,
        )


def requires_parent(owner: Owner, compiled: CompiledPolicy) -> bool:
    """E-I13: what the policy's switch says; one without it asks for none."""
    return (
        owner.level is not ObjectiveLevel.ORGANISATION
        and compiled.constants.get("alignment") == "DENY"
    )


def weight_scope(compiled: CompiledPolicy) -> WeightScope:
    known = compiled.vocabulary
    if known.outputs:
        return WeightScope.OUTPUT
    return WeightScope.OWNER if known.perspectives is None else WeightScope.PERSPECTIVE
