"""Who is rated in an agency, and who is rated elsewhere: a person once a period (E-I10)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from congvu_kit.application.ports import Condition, Eq, Gte, In, Lt, Transaction
from evaluation_service.application.collections import EVALUATIONS, PERIODS, SERVANTS, UNITS
from evaluation_service.domain.periods.bounds import period_label
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.personnel.servants import Appointment, CivilServant
from evaluation_service.domain.personnel.units import OrgUnit
from evaluation_service.domain.results.evaluations import Evaluation, evaluation_id

PEOPLE_MAX = 20_000
"""People of one agency; the largest has a few thousand."""


@dataclass(frozen=True, kw_only=True)
class Member:
    """A person of this agency, in the appointment that counts in the period."""

    servant: CivilServant
    appointment: Appointment
    unit: OrgUnit


@dataclass(frozen=True, kw_only=True)
class Leaver:
    """A person whom `receiving`, a period of another agency for the same time, rates."""

    member: Member
    receiving: EvaluationPeriod


@dataclass(frozen=True, kw_only=True)
class Presence:
    members: Sequence[Member]
    leavers: Sequence[Leaver]


async def presence(
    unit_ids: Iterable[str], period: EvaluationPeriod, tx: Transaction, *of: Condition
) -> Presence:
    """Everybody whose appointment that counts in the period lies in these units; of those alone
    whom the conditions name, if any.

    Who left for an agency with a period of its own is rated there; while there is none that can
    take the work of here, the person is rated here for it.
    """
    units = {unit.id: unit for unit in await tx.store(UNITS).find_many(list(unit_ids)) if unit}
    days, covered = (period.starts_on, period.ends_on), frozenset(period.unit_ids)
    members, left = [], {}
    for servant in await tx.store(SERVANTS).select(
        In("appointments.unit_id", list(units)), *of, limit=PEOPLE_MAX
    ):
        here = servant.main_in(*days, covered | units.keys())
        if here is None or here.unit_id not in units:
            continue
        member = Member(servant=servant, appointment=here, unit=units[here.unit_id])
        if servant.main_in(*days) == here:
            members.append(member)
        else:
            left[servant.id] = member
    receiving = await _receiving(left.values(), period, tx) if left else {}
    members += [member for id, member in left.items() if id not in receiving]
    leavers = [Leaver(member=left[id], receiving=other) for id, other in receiving.items()]
    return Presence(members=members, leavers=leavers)


async def _receiving(
    left: Collection[Member], period: EvaluationPeriod, tx: Transaction
) -> dict[str, EvaluationPeriod]:
    """The period that rates each, by person. What was decided at the first scoring stays."""
    ids = sorted(member.servant.id for member in left)
    begun = await tx.store(EVALUATIONS).select(
        Eq("period_id", period.id), In("civil_servant_id", ids), limit=PEOPLE_MAX
    )
    settled = {
        each.civil_servant_id: each.handed_over.period_id
        for each in begun
        if each.handed_over is not None and each.handed_over.handover_id is not None
    }
    rated_here = {each.civil_servant_id for each in begun if each.sheets} - settled.keys()
    known = await tx.store(PERIODS).find_many(sorted(set(settled.values())))
    by_id = {each.id: each for each in known if each}
    others = await _same_time(left, period, tx)
    found = {}
    for member in left:
        id = member.servant.id
        if id in settled:
            found[id] = by_id[settled[id]]
        elif id not in rated_here:
            able = next((each for each in others if _rates(each, member.servant)), None)
            found |= {id: able} if able else {}
    return found


async def _same_time(
    left: Collection[Member], period: EvaluationPeriod, tx: Transaction
) -> list[EvaluationPeriod]:
    """Periods of the same kind and name of time (2026-Q4), which end less than one apart."""
    mains = [member.servant.main_in(period.starts_on, period.ends_on) for member in left]
    overlapping = await tx.store(PERIODS).select(
        Eq("kind", period.kind),
        In("unit_ids", sorted({main.unit_id for main in mains if main})),
        Lt("starts_on", period.ends_on.isoformat()),
        Gte("ends_on", period.starts_on.isoformat()),
        order=["starts_on"],
    )
    return [
        each
        for each in overlapping
        if each.id != period.id
        and label_of(each) == label_of(period)
        and each.state is not PeriodState.CLOSED
    ]


def _rates(period: EvaluationPeriod, servant: CivilServant) -> bool:
    main = servant.main_in(period.starts_on, period.ends_on)
    return main is not None and main.unit_id in period.unit_ids


def label_of(period: EvaluationPeriod) -> str:
    return period_label(period.kind, period.starts_on, period.ends_on)


def new_evaluation(member: Member, period: EvaluationPeriod) -> Evaluation:
    appointment = member.appointment
    return Evaluation(
        id=evaluation_id(period.id, member.servant.id, appointment.appointment_id),
        period_id=period.id,
        period_label=label_of(period),
        period_kind=period.kind,
        period_starts_on=period.starts_on,
        civil_servant_id=member.servant.id,
        appointment_id=appointment.appointment_id,
        unit_id=member.unit.id,
        agency_id=member.unit.agency_id,
        province=member.unit.province,
        role=appointment.role,
        duty_group=appointment.duty_group,
        position_code=appointment.position_code,
        unit_path=member.unit.path,
        field_unit_ids=appointment.field_unit_ids,
    )
