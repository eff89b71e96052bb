"""Scores and ranks one agency of a frozen period, in one pass over its people."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from congvu_kit.application.ports import Eq, In, Lt, Transaction
from congvu_kit.domain.clock import business_date
from evaluation_service.application.collections import (
    CASES,
    EVALUATIONS,
    FAULTS,
    INDEXES,
    PERIODS,
    RUNS,
    SERVANTS,
    TALLIES,
    UNITS,
    VETOES,
)
from evaluation_service.application.policies.pins import compiled_pin
from evaluation_service.domain.copies.unit_indexes import UnitIndex
from evaluation_service.domain.integrity.cases import TriggerCase, case_id
from evaluation_service.domain.integrity.faults import ProcessFault
from evaluation_service.domain.integrity.vetoes import VetoEvent
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.personnel.servants import Appointment, AppointmentRole, CivilServant
from evaluation_service.domain.personnel.units import OrgUnit
from evaluation_service.domain.results.evaluations import RATED, Evaluation, evaluation_id
from evaluation_service.domain.results.rating import (
    QuotaOutcome,
    Rules,
    RulesByRole,
    apply_quota,
    order_of_rating,
    rate_agency,
)
from evaluation_service.domain.results.runs import RankingRun, RunState
from evaluation_service.domain.results.snapshots import PersonFacts, period_label
from evaluation_service.domain.work.tallies import WorkTally

PEOPLE_MAX = 20_000
"""People of one agency; the largest has a few thousand."""

HISTORY_MAX = 100_000

STEP_PEOPLE = 200
"""People written in one transaction: about 3 MB at 50 work items each, well inside what every
server of the protocol takes (the embedded one stalls at about 10 MB)."""


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


async def score_agency(run_id: str, tx: Transaction) -> None:
    """Score and rank an agency, a large one in several steps that ask for each other.

    Safe to ask twice: what is done is not done again, and a run that is ranked stays as it is.
    """
    run = await tx.store(RUNS).get(run_id)
    if run.state is RunState.RANKED:
        return
    period = await tx.store(PERIODS).get(run.period_id)
    rules = await rules_of(period, tx)
    evaluations, facts = await _frozen_inputs(run, period, tx)
    unrated = [each for each in order_of_rating(evaluations) if not each.sheets]
    staff = [each for each in unrated if each.role is AppointmentRole.STAFF]
    if len(unrated) > STEP_PEOPLE and staff:
        await asyncio.to_thread(rate_agency, staff[:STEP_PEOPLE], facts, rules, tx.now)
        await _go_on(run, staff[:STEP_PEOPLE], tx)
        return
    await asyncio.to_thread(rate_agency, evaluations, facts, rules, tx.now)
    outcome = apply_quota(evaluations, rules, run.tie_kept)
    placed = give_bands(evaluations, outcome)
    if len(placed) > STEP_PEOPLE:
        await _go_on(run, placed[:STEP_PEOPLE], tx)
        return
    await _save(placed, tx)
    await record_ranking(run, evaluations, outcome, tx)


async def _go_on(run: RankingRun, done: Sequence[Evaluation], tx: Transaction) -> None:
    await _save(done, tx)
    run.go_on()
    await tx.store(RUNS).save(run)


async def _save(evaluations: Iterable[Evaluation], tx: Transaction) -> None:
    for evaluation in evaluations:
        await tx.store(EVALUATIONS).save(evaluation)
        await _open_cases(evaluation, tx)


async def _frozen_inputs(
    run: RankingRun, period: EvaluationPeriod, tx: Transaction
) -> tuple[list[Evaluation], dict[str, PersonFacts]]:
    """The evaluations of the agency, begun or new, and the facts of each by its id."""
    present = await members(run.unit_ids, period, tx)
    known = await _material([member.servant.id for member in present], run, period, tx)
    evaluations, facts = [], {}
    for member in present:
        evaluation = _taken_over(member, period, known.started.get(member.servant.id, []))
        evaluations.append(evaluation)
        facts[evaluation.id] = _facts(member, known, run, period)
    return evaluations, facts


def give_bands(evaluations: Sequence[Evaluation], outcome: QuotaOutcome) -> list[Evaluation]:
    """Give everybody the band that the quota leaves; return those whom it moved."""
    moved = []
    for evaluation in evaluations:
        band = outcome.bands.get(evaluation.id)
        reasons = outcome.reasons.get(evaluation.id, ())
        unranked = evaluation.state not in RATED
        if unranked or (band, reasons) != (evaluation.band, evaluation.rank_reasons):
            evaluation.ranked(band, reasons)
            moved.append(evaluation)
    return moved


async def record_ranking(
    run: RankingRun, evaluations: Sequence[Evaluation], outcome: QuotaOutcome, tx: Transaction
) -> None:
    sealed = tuple(evaluation.sealed() for evaluation in evaluations)
    run.ranked(sealed, outcome.ties, outcome.quota)
    await tx.store(RUNS).save(run)


async def rank_run(
    run: RankingRun, evaluations: Sequence[Evaluation], rules: RulesByRole, tx: Transaction
) -> list[Evaluation]:
    """Rank again and record it on the run; return those whose band moved, unsaved."""
    outcome = apply_quota(evaluations, rules, run.tie_kept)
    moved = give_bands(evaluations, outcome)
    await record_ranking(run, evaluations, outcome, tx)
    return moved


async def rules_of(period: EvaluationPeriod, tx: Transaction) -> RulesByRole:
    return {
        role: Rules(
            pin=period.policies.of(role), compiled=await compiled_pin(tx, period.policies.of(role))
        )
        for role in AppointmentRole
    }


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


@dataclass(frozen=True, kw_only=True)
class _Material:
    """Everything the database holds on the people of one agency, read in one go."""

    tallies: Mapping[str, list[WorkTally]]
    started: Mapping[str, list[Evaluation]]
    faults: Mapping[str, list[ProcessFault]]
    vetoes: Mapping[str, list[VetoEvent]]
    history: Mapping[str, list[Evaluation]]
    indexes: Mapping[str, UnitIndex]


async def _material(
    civil_servant_ids: list[str], run: RankingRun, period: EvaluationPeriod, tx: Transaction
) -> _Material:
    everybody, now = In("civil_servant_id", civil_servant_ids), Eq("period_id", period.id)
    past = (
        Eq("period_kind", period.kind),
        Lt("period_starts_on", period.starts_on.isoformat()),
    )
    indexes = await tx.store(INDEXES).select(
        now, In("unit_id", list(run.unit_ids)), limit=PEOPLE_MAX
    )
    return _Material(
        tallies=_by_servant(
            await tx.store(TALLIES).select(
                now, everybody, order=["appointment_id"], limit=PEOPLE_MAX
            )
        ),
        started=_by_servant(await tx.store(EVALUATIONS).select(now, everybody, limit=PEOPLE_MAX)),
        faults=_by_servant(await tx.store(FAULTS).select(now, everybody, limit=PEOPLE_MAX)),
        vetoes=_by_servant(await tx.store(VETOES).select(everybody, limit=PEOPLE_MAX)),
        history=_by_servant(
            await tx.store(EVALUATIONS).select(
                everybody, *past, order=["period_starts_on"], limit=HISTORY_MAX
            )
        ),
        indexes={index.unit_id: index for index in indexes},
    )


def _by_servant(rows: Iterable[S]) -> Mapping[str, list[S]]:
    grouped: dict[str, list[S]] = {}
    for row in rows:
        grouped.setdefault(row.civil_servant_id, []).append(row)
    return grouped


def _facts(
    member: Member, known: _Material, run: RankingRun, period: EvaluationPeriod
) -> PersonFacts:
    servant = member.servant
    days = (period.starts_on, period.ends_on)
    vetoes = known.vetoes.get(servant.id, [])
    past = known.history.get(servant.id, [])
    return PersonFacts(
        label=period_label(period.kind, *days),
        today=business_date(run.frozen_at),
        holidays=period.holidays,
        working_days=servant.working_days(*days, period.holidays),
        tallies=known.tallies.get(servant.id, []),
        faults=known.faults.get(servant.id, []),
        vetoes=[veto for veto in vetoes if veto.in_force(*days)],
        index=known.indexes.get(member.unit.id),
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


async def _open_cases(evaluation: Evaluation, tx: Transaction) -> None:
    """One case a rule that fired, for people to decide."""
    for rule in evaluation.sheets[-1].triggers:
        case = TriggerCase(
            id=case_id(evaluation.id, rule),
            rule=rule,
            civil_servant_id=evaluation.civil_servant_id,
            province=evaluation.province,
            period_id=evaluation.period_id,
            evaluation_id=evaluation.id,
        )
        if await tx.store(CASES).find(case.id) is None:
            case.open_case()
            await tx.store(CASES).save(case)
