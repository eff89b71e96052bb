"""What the database holds on the people of an agency when it is scored, read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from congvu_kit.application.ports import Eq, In, Transaction
from congvu_kit.domain.canonical import Json
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.working_days import WorkingDays
from congvu_scoring import CompiledPolicy
from evaluation_service.application.calendar.queries import working_days
from evaluation_service.application.collections import (
    COUNTING,
    EVALUATIONS,
    FAULTS,
    HANDOVERS,
    INDEXES,
    INITIATIVES,
    PERIODS,
    SCORECARDS,
    UNITS,
    VETOES,
)
from evaluation_service.application.leadership.queries import said_of_leaders
from evaluation_service.application.policies.pins import compiled_pin
from evaluation_service.application.results.agreed import agreed_in, agreements_of
from evaluation_service.application.results.decided import decisions_on
from evaluation_service.application.results.members import (
    PEOPLE_MAX,
    Member,
    label_of,
    new_evaluation,
)
from evaluation_service.application.results.past import past_results, periods_of_year
from evaluation_service.application.results.worked import Worked, by_servant, work_of
from evaluation_service.domain.agreements.agreements import Agreement
from evaluation_service.domain.agreements.counted import SignedItems
from evaluation_service.domain.copies.unit_indexes import (
    UnitIndex,
    evidence_of,
    read_by,
    unit_index_id,
)
from evaluation_service.domain.initiatives.counted import counted
from evaluation_service.domain.initiatives.initiatives import Initiative
from evaluation_service.domain.integrity.faults import ProcessFault
from evaluation_service.domain.integrity.vetoes import VetoEvent
from evaluation_service.domain.objectives.scorecards import Scorecard
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.results.entries import untyped
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.past import PastResult, one_a_label
from evaluation_service.domain.results.rating import RulesByRole
from evaluation_service.domain.results.runs import RankingRun
from evaluation_service.domain.results.snapshots import (
    Measured,
    PersonFacts,
    parts_of_the_period,
)
from evaluation_service.domain.results.years import YearRows, year_rows
from evaluation_service.domain.transfers.handovers import (
    EarlierPart,
    HandedOverPart,
    understood,
)


@dataclass(frozen=True, kw_only=True)
class Agency:
    """One agency of a period, and what it is scored by."""

    run: RankingRun
    period: EvaluationPeriod
    rules: RulesByRole
    indexes: Mapping[str, UnitIndex]


@dataclass(frozen=True, kw_only=True)
class Begun:
    """A member with their evaluation; `earlier` were begun in other appointments of the period."""

    member: Member
    evaluation: Evaluation
    earlier: Sequence[Evaluation]


async def begun(people: Sequence[Member], period: EvaluationPeriod, tx: Transaction) -> list[Begun]:
    """The evaluation of each, begun or new."""
    ids = [member.servant.id for member in people]
    found = await tx.store(EVALUATIONS).select(
        Eq("period_id", period.id), In("civil_servant_id", ids), limit=PEOPLE_MAX
    )
    started = by_servant(found)
    return [_begun(member, period, started.get(member.servant.id, [])) for member in people]


def _begun(member: Member, period: EvaluationPeriod, started: Sequence[Evaluation]) -> Begun:
    """After a transfer self-assessments of before are kept, and whoever acted."""
    fresh = new_evaluation(member, period)
    evaluation = next((each for each in started if each.id == fresh.id), None)
    if evaluation is None:
        evaluation = fresh
    else:
        evaluation.move_to(fresh)
    held = {each.appointment_id: at for at, each in enumerate(member.servant.appointments)}
    earlier = sorted(
        (each for each in started if each.id != fresh.id),
        key=lambda each: held.get(each.appointment_id, -1),
    )
    for each in reversed(earlier):
        evaluation.self_assessed = each.self_assessed.with_(evaluation.self_assessed)
        for participant in each.involved:
            evaluation.involve(participant)
    return Begun(member=member, evaluation=evaluation, earlier=earlier)


async def indexes_of(run: RankingRun, tx: Transaction) -> Mapping[str, UnitIndex]:
    """Those of the freeze that the run is of. By their ids, which a transaction asks for once."""
    ids = [unit_index_id(run.period_id, unit_id) for unit_id in run.unit_ids]
    found = await tx.store(INDEXES).find_many(ids)
    return {index.unit_id: index for index in found if index and index.freeze == run.freeze}


async def missing_unit_ids(run: RankingRun, tx: Transaction) -> tuple[str, ...]:
    """Units of the run whose index has not come."""
    come = await indexes_of(run, tx)
    return tuple(unit_id for unit_id in run.unit_ids if unit_id not in come)


async def facts_of(
    people: Sequence[Begun], agency: Agency, tx: Transaction
) -> Mapping[str, PersonFacts]:
    """The frozen inputs of each, by civil servant."""
    if not people:
        return {}
    ids = [each.member.servant.id for each in people]
    known = await _material(ids, agency.run, agency.period, tx)
    decided = await decisions_on([each.evaluation for each in people], tx)
    return {each.member.servant.id: _facts(each, known, agency, decided) for each in people}


@dataclass(frozen=True, kw_only=True)
class _Material:
    """Everything the database holds on some people of one agency, by civil servant.

    `seals` are of the periods that handed parts over, `policies` those the parts were made under,
    `origins` their agencies and periods by name.
    """

    work: Mapping[str, list[Worked]]
    scorecards: Mapping[str, list[Scorecard]]
    agreements: Mapping[str, list[Agreement]]
    faults: Mapping[str, list[ProcessFault]]
    vetoes: Mapping[str, list[VetoEvent]]
    history: Mapping[str, Sequence[PastResult]]
    days: WorkingDays
    worked: Sequence[date]
    received: Mapping[str, list[HandedOverPart]]
    seals: Mapping[str, str]
    origins: Mapping[str, str]
    policies: Mapping[str, CompiledPolicy]
    years: Mapping[str, Sequence[PastResult]]
    initiatives: Mapping[str, list[Initiative]]
    led: Mapping[str, Mapping[str, Json]]


async def _material(
    civil_servant_ids: list[str], run: RankingRun, period: EvaluationPeriod, tx: Transaction
) -> _Material:
    everybody, now = In("civil_servant_id", civil_servant_ids), Eq("period_id", period.id)
    days = await working_days(period.province, tx, at=run.frozen_at)
    received = await tx.store(HANDOVERS).select(
        Eq("receiving_period_id", period.id), everybody, order=["valid_from"], limit=PEOPLE_MAX
    )
    sources = await tx.store(PERIODS).find_many(sorted({each.period_id for each in received}))
    return _Material(
        days=days,
        worked=list(days.days(period.starts_on, period.ends_on)),
        work=by_servant(await work_of(now, everybody, tx)),
        faults=by_servant(
            each
            for each in await tx.store(FAULTS).select(now, everybody, limit=PEOPLE_MAX)
            if each.lifted_on is None and not each.own
        ),
        scorecards=by_servant(await tx.store(SCORECARDS).select(now, everybody, limit=PEOPLE_MAX)),
        agreements=by_servant(await agreements_of(everybody, period, tx)),
        vetoes=by_servant(await tx.store(VETOES).select(everybody, limit=PEOPLE_MAX)),
        history=await past_results(civil_servant_ids, period, days, tx),
        received=by_servant(received),
        seals={each.id: each.seal.hash for each in sources if each and each.seal},
        origins=await _origins(received, [each for each in sources if each], tx),
        policies={each.id: await compiled_pin(tx, each.policy) for each in received},
        years=await periods_of_year(civil_servant_ids, period, days, tx) if period.made_of else {},
        initiatives=by_servant(
            await tx.store(INITIATIVES).select(now, everybody, *COUNTING, limit=PEOPLE_MAX)
        ),
        led=await said_of_leaders(civil_servant_ids, period.id, tx),
    )


async def _origins(
    received: Sequence[HandedOverPart], sources: Sequence[EvaluationPeriod], tx: Transaction
) -> Mapping[str, str]:
    """By handover: the agency and its period, as people call them."""
    if not received:
        return {}
    periods = {each.id: each.name for each in sources}
    agency_ids = sorted({each.agency_id for each in received})
    found = await tx.store(UNITS).find_many(agency_ids)
    agencies = {each.id: each.name for each in found if each}
    return {
        each.id: f"{agencies[each.agency_id]}, {periods[each.period_id]}"
        for each in received
        if each.agency_id in agencies and each.period_id in periods
    }


def _facts(
    person: Begun, known: _Material, agency: Agency, decided: Mapping[str, frozenset[str]]
) -> PersonFacts:
    servant, period = person.member.servant, agency.period
    rules = agency.rules[person.evaluation.role].compiled
    days = (period.starts_on, period.ends_on)
    vetoes = known.vetoes.get(servant.id, [])
    received = known.received.get(servant.id, [])
    worked = known.work.get(servant.id, [])
    held = servant.during(*days, period.unit_ids)
    scorecards = {each.appointment_id: each for each in known.scorecards.get(servant.id, [])}
    agreed = agreed_in(known.agreements.get(servant.id, []), rules, period, agency.run.frozen_at)
    here = agreed.get(person.evaluation.appointment_id)
    return PersonFacts(
        label=label_of(period),
        today=business_date(agency.run.frozen_at),
        days=known.days,
        working_days=servant.working_days(known.worked, held),
        days_here=servant.working_days(known.worked, [person.member.appointment]),
        work=[row for each in worked for row in each.rows],
        checked_by=[by for each in worked for by in each.involved],
        faults=known.faults.get(servant.id, []),
        vetoes=[veto for veto in vetoes if veto.in_force(*days)],
        citizens=_citizens(person, agency),
        history=one_a_label(known.history.get(servant.id, []), rules),
        led=read_by(rules, known.led.get(servant.id, {})),
        earlier=_earlier(person, known, agency, _measured(scorecards, agreed)),
        taken=tuple(each.taken(known.seals.get(each.period_id)) for each in received),
        acted=(*(by for each in received for by in each.involved), *(here.acted if here else ())),
        thought=tuple(each.self_assessed for each in received),
        scorecard=scorecards.get(person.evaluation.appointment_id),
        agreed=here,
        objectives=tuple(bound for each in scorecards.values() for bound in each.bound),
        decided=decided.get(person.evaluation.id, frozenset()),
        year=_year(person, known, agency),
        initiatives=counted((e.row() for e in known.initiatives.get(servant.id, [])), rules),
    )


def _citizens(person: Begun, agency: Agency) -> Mapping[str, Json]:
    member, role = person.member, person.evaluation.role
    return evidence_of(
        agency.rules[role].compiled,
        agency.indexes,
        member.unit.id,
        member.servant.id,
        head=role is AppointmentRole.HEAD,
    )


def _measured(
    scorecards: Mapping[str | None, Scorecard], agreed: Mapping[str, SignedItems]
) -> Mapping[str, Measured]:
    """By appointment."""
    held_by = (id for id in {*scorecards, *agreed} if id is not None)
    return {id: (scorecards.get(id), agreed.get(id)) for id in held_by}


def _earlier(
    person: Begun, known: _Material, agency: Agency, measured: Mapping[str, Measured]
) -> list[EarlierPart]:
    servant = person.member.servant
    ours = agency.rules[person.evaluation.role].compiled
    received = (
        (each.part(known.seals.get(each.period_id), known.origins.get(each.id)), each.id)
        for each in known.received.get(servant.id, [])
    )
    parts = (
        *parts_of_the_period(servant, person.evaluation, person.earlier, measured, known.worked),
        *(understood(part, known.policies[id], ours) for part, id in received),
    )
    return [untyped(each, ours) for each in parts]


def _year(person: Begun, known: _Material, agency: Agency) -> YearRows | None:
    period, role = agency.period, person.evaluation.role
    if period.made_of is None or role not in period.rolled_up:
        return None
    past = known.years.get(person.member.servant.id, [])
    return year_rows(past, period.made_of, agency.rules[role].compiled)
