"""What the database holds on the people of an agency when it is scored, read once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from congvu_kit.application.ports import Eq, In, Lt, Transaction
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.working_days import WorkingDays
from evaluation_service.application.calendar.queries import working_days
from evaluation_service.application.collections import (
    EVALUATIONS,
    FAULTS,
    INDEXES,
    SERVANTS,
    TALLIES,
    UNITS,
    VETOES,
)
from evaluation_service.domain.copies.unit_indexes import UnitIndex
from evaluation_service.domain.integrity.faults import ProcessFault
from evaluation_service.domain.integrity.vetoes import VetoEvent
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.personnel.servants import Appointment, CivilServant
from evaluation_service.domain.personnel.units import OrgUnit
from evaluation_service.domain.results.evaluations import Evaluation, evaluation_id
from evaluation_service.domain.results.runs import RankingRun
from evaluation_service.domain.results.snapshots import PersonFacts, period_label
from evaluation_service.domain.work.tallies import WorkTally

PEOPLE_MAX = 20_000
"""People of one agency; the largest has a few thousand."""

HISTORY_MAX = 100_000


class _OfServant(Protocol):
    @property
    def civil_servant_id(self) -> str: ...


S = TypeVar("S", bound=_OfServant)


@dataclass(frozen=True, kw_only=True)
class Member:
    """A person to be rated in this agency, in the appointment that counts (E-I10)."""

    servant: CivilServant
    appointment: Appointment
    unit: OrgUnit


async def members(
    unit_ids: Iterable[str], period: EvaluationPeriod, tx: Transaction
) -> list[Member]:
    """Everybody whose appointment that counts in the period lies in these units."""
    ids = list(unit_ids)
    units = {unit.id: unit for unit in await tx.store(UNITS).find_many(ids) if unit}
    servants = await tx.store(SERVANTS).select(In("appointments.unit_id", ids), limit=PEOPLE_MAX)
    found = []
    for servant in servants:
        main = servant.main_in(period.starts_on, period.ends_on)
        if main is not None and main.unit_id in units:
            found.append(Member(servant=servant, appointment=main, unit=units[main.unit_id]))
    return found


def new_evaluation(member: Member, period: EvaluationPeriod) -> Evaluation:
    appointment = member.appointment
    return Evaluation(
        id=evaluation_id(period.id, member.servant.id, appointment.appointment_id),
        period_id=period.id,
        period_label=period_label(period.kind, period.starts_on, period.ends_on),
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


async def begun(
    people: Sequence[Member], period: EvaluationPeriod, tx: Transaction
) -> list[Evaluation]:
    """The evaluation of each, begun or new."""
    ids = [member.servant.id for member in people]
    found = await tx.store(EVALUATIONS).select(
        Eq("period_id", period.id), In("civil_servant_id", ids), limit=PEOPLE_MAX
    )
    started = _by_servant(found)
    return [_taken_over(member, period, started.get(member.servant.id, [])) for member in people]


async def indexes_of(run: RankingRun, tx: Transaction) -> Mapping[str, UnitIndex]:
    found = await tx.store(INDEXES).select(
        Eq("period_id", run.period_id), In("unit_id", list(run.unit_ids)), limit=PEOPLE_MAX
    )
    return {index.unit_id: index for index in found}


async def facts_of(
    people: Sequence[Member],
    run: RankingRun,
    period: EvaluationPeriod,
    indexes: Mapping[str, UnitIndex],
    tx: Transaction,
) -> dict[str, PersonFacts]:
    """The frozen inputs of each, by civil servant."""
    known = await _material([member.servant.id for member in people], run, period, tx)
    return {
        member.servant.id: _facts(member, known, run, period, indexes.get(member.unit.id))
        for member in people
    }


@dataclass(frozen=True, kw_only=True)
class _Material:
    """Everything the database holds on some people of one agency, by civil servant."""

    tallies: Mapping[str, list[WorkTally]]
    faults: Mapping[str, list[ProcessFault]]
    vetoes: Mapping[str, list[VetoEvent]]
    history: Mapping[str, list[Evaluation]]
    days: WorkingDays
    worked: Sequence[date]


async def _material(
    civil_servant_ids: list[str], run: RankingRun, period: EvaluationPeriod, tx: Transaction
) -> _Material:
    everybody, now = In("civil_servant_id", civil_servant_ids), Eq("period_id", period.id)
    past = (
        Eq("period_kind", period.kind),
        Lt("period_starts_on", period.starts_on.isoformat()),
    )
    days = await working_days(period.province, tx, at=run.frozen_at)
    return _Material(
        days=days,
        worked=list(days.days(period.starts_on, period.ends_on)),
        tallies=_by_servant(
            await tx.store(TALLIES).select(
                now, everybody, order=["appointment_id"], limit=PEOPLE_MAX
            )
        ),
        faults=_by_servant(await tx.store(FAULTS).select(now, everybody, limit=PEOPLE_MAX)),
        vetoes=_by_servant(await tx.store(VETOES).select(everybody, limit=PEOPLE_MAX)),
        history=_by_servant(
            await tx.store(EVALUATIONS).select(
                everybody, *past, order=["period_starts_on"], limit=HISTORY_MAX
            )
        ),
    )


def _by_servant(rows: Iterable[S]) -> Mapping[str, list[S]]:
    grouped: dict[str, list[S]] = {}
    for row in rows:
        grouped.setdefault(row.civil_servant_id, []).append(row)
    return grouped


def _facts(
    member: Member,
    known: _Material,
    run: RankingRun,
    period: EvaluationPeriod,
    index: UnitIndex | None,
) -> PersonFacts:
    servant = member.servant
    days = (period.starts_on, period.ends_on)
    vetoes = known.vetoes.get(servant.id, [])
    past = known.history.get(servant.id, [])
    return PersonFacts(
        label=period_label(period.kind, *days),
        today=business_date(run.frozen_at),
        days=known.days,
        working_days=servant.working_days(known.worked),
        tallies=known.tallies.get(servant.id, []),
        faults=known.faults.get(servant.id, []),
        vetoes=[veto for veto in vetoes if veto.in_force(*days)],
        index=index,
        history=[evaluation for evaluation in past if evaluation.sheets],
    )


def _taken_over(member: Member, period: EvaluationPeriod, started: list[Evaluation]) -> Evaluation:
    """The evaluation already begun; after a transfer, a new one with what was entered before."""
    fresh = new_evaluation(member, period)
    for evaluation in started:
        if evaluation.id == fresh.id:
            evaluation.move_to(fresh)
            return evaluation
    for evaluation in started:
        fresh.given = fresh.given.with_(evaluation.given)
        fresh.self_assessed = fresh.self_assessed.with_(evaluation.self_assessed)
        fresh.involved = [*fresh.involved, *evaluation.involved]
    return fresh
