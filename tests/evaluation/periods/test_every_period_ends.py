"""E-I14: whoever is rated by whatever policy, a frozen period comes to review."""

import asyncio
import copy
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_scoring.documents.policy_files import shipped_policies
from evaluation import scenes, specimens
from evaluation.people import COMMUNE, PROVINCE_UNIT
from evaluation_service.application.collections import (
    EVALUATIONS,
    RUNS,
    SCORECARDS,
    SERVANTS,
    TALLIES,
)
from evaluation_service.application.imports.rows import PersonRow
from evaluation_service.application.policies.commands import keep_shipped
from evaluation_service.application.results.members import new_evaluation, presence
from evaluation_service.domain.objectives.scorecards import ScorecardLine
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.results.inputs import (
    ConductEntry,
    GivenInputs,
    Indicator,
    Organising,
    Rating,
    Unity,
)
from evaluation_service.domain.results.runs import RunState
from evaluation_service.domain.work.tallies import TallyLine, WorkTally, tally_id
from support.clock import FixedClock

POLICIES = shipped_policies()
KINDS = {
    AppointmentRole.STAFF: "STAFF",
    AppointmentRole.DEPUTY: "DEPUTY",
    AppointmentRole.HEAD: "LEADER",
}
FOR = {
    role: sorted(id for id, policy in POLICIES.items() if kind in policy.subjects)
    for role, kind in KINDS.items()
}
UNITS = ("H32.31.07", "H32.31.07.1", "H32.31.08")
KEYS = ("I.1", "II.3", "III.4", "results", "a", "UNKNOWN")
LINE = TallyLine(
    item=scenes.BIRTH,
    group="C",
    orientation="PUBLIC_SERVICE",
    kind="HARD",
    coefficient="5/2",
    assigned="4",
    completed="4",
    quality_failures=0,
    quality_exempt=0,
    late=0,
    late_exempt=0,
    evidence=(),
    confirmed_by=None,
)


@dataclass(frozen=True)
class Person:
    unit: str
    role: AppointmentRole
    given: GivenInputs
    lines: tuple[TallyLine, ...]
    duty_group: str
    promoted: bool
    objectives: bool


def numbers(*wanted: str) -> st.SearchStrategy[Decimal]:
    return st.sampled_from([Decimal(each) for each in wanted])


def some(of: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(of, max_size=3).map(tuple)


RATINGS = some(
    st.builds(Rating, key=st.sampled_from(KEYS), points=numbers("0", "1", "2.5", "5", "99", "-1"))
)
INDICATORS = some(
    st.builds(
        Indicator,
        code=st.sampled_from(["T1", "T2"]),
        perspective=st.sampled_from([None, "OPERATIONS", "SOCIAL", "NOWHERE"]),
        weight=numbers("0", "1", "50", "100"),
        baseline=numbers("0", "10"),
        target=numbers("0", "10", "100"),
        actual=st.none() | numbers("0", "97"),
        direction=st.sampled_from(["UP", "DOWN", "SIDEWAYS"]),
        shared=st.booleans(),
        parent=st.sampled_from([None, "M1"]),
    )
)
GIVEN = st.builds(
    GivenInputs,
    general=RATINGS,
    elements=RATINGS,
    conduct=some(st.builds(ConductEntry, rule=st.sampled_from(["ABSENCE", "x"]), count=st.just(3))),
    indicators=INDICATORS,
    organising=st.none() | st.sampled_from(Organising),
    unity=st.none() | st.sampled_from(Unity),
)
LINES = some(
    st.builds(
        replace,
        st.just(LINE),
        coefficient=st.sampled_from(["0", "5/2", "1"]),
        assigned=st.sampled_from(["0", "4", "100"]),
        completed=st.sampled_from(["0", "4"]),
        quality_failures=st.sampled_from([0, 9]),
        kind=st.sampled_from(["HARD", None, "NEW-KIND"]),
        item=st.sampled_from([scenes.BIRTH, ""]),
    )
)
PEOPLE = st.lists(
    st.builds(
        Person,
        unit=st.sampled_from(UNITS),
        role=st.sampled_from(AppointmentRole),
        given=GIVEN,
        lines=LINES,
        duty_group=st.sampled_from(["ho-tich", "lanh-dao", ""]),
        promoted=st.booleans(),
        objectives=st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


@cache
def province() -> MemoryUnitOfWork:
    async def made() -> MemoryUnitOfWork:
        uow = MemoryUnitOfWork(FixedClock(scenes.NOW))
        await scenes.commune(uow)
        for policy in POLICIES.values():
            async with uow.begin() as tx:
                await keep_shipped(policy, tx)
        return uow

    return asyncio.run(made())


async def plant(uow: MemoryUnitOfWork, period: EvaluationPeriod, people: list[Person]) -> None:
    """As the database holds it, whatever the doors would have let in."""
    async with uow.begin() as tx:
        for member in (await presence(period.unit_ids, period, tx)).members:
            ref = member.servant.external_refs[0].id
            if not ref.startswith("p-"):
                continue
            person = people[int(ref[2:])]
            evaluation = new_evaluation(member, period)
            evaluation.given = person.given
            await tx.store(EVALUATIONS).save(evaluation)
            if person.objectives:
                card = specimens.scorecard(period.id, member)
                card.lines = tuple(line(card.lines[0], each) for each in person.given.indicators)
                await tx.store(SCORECARDS).save(card)
            appointment = member.appointment.appointment_id
            tally = WorkTally(
                id=tally_id(period.id, appointment),
                period_id=period.id,
                civil_servant_id=member.servant.id,
                appointment_id=appointment,
                lines={f"asg_{n}": line for n, line in enumerate(person.lines)},
            )
            await tx.store(TALLIES).save(tally)
            changed = replace(member.appointment, duty_group=person.duty_group)
            servant = await tx.store(SERVANTS).get(member.servant.id)
            servant.appointments = tuple(
                changed if each.appointment_id == appointment else each
                for each in servant.appointments
            )
            await tx.store(SERVANTS).save(servant)


def line(known: ScorecardLine, row: Indicator) -> ScorecardLine:
    reading = known.reading
    assert reading is not None
    return replace(
        known,
        code=row.code,
        perspective=row.perspective,
        weight=row.weight,
        baseline=row.baseline,
        target=row.target,
        parent_id=row.parent,
        reading=None if row.actual is None else replace(reading, value=row.actual),
    )


def row(n: int, person: Person, *, now: bool = False) -> PersonRow:
    """`now` a head, who was something else until August."""
    first = scenes.appointment_row(person.unit, "HO-TICH", person.role)
    if not now:
        return scenes.person_row(f"p-{n}", f"Người {n}", first)
    august = date(2026, 8, 1)
    head = scenes.appointment_row(
        person.unit, "TRUONG-PHONG", AppointmentRole.HEAD, valid_from=august
    )
    return scenes.person_row(f"p-{n}", f"Người {n}", replace(first, valid_to=august), head)


async def reach(
    uow: MemoryUnitOfWork,
    people: list[Person],
    policies: dict[AppointmentRole, str],
    wide: bool,
) -> tuple[PeriodState, bool]:
    await scenes.sync(uow, people=[row(n, each) for n, each in enumerate(people)])
    period = await scenes.open_period(
        uow,
        scope_unit_id=PROVINCE_UNIT if wide else COMMUNE,
        staff_policy=policies[AppointmentRole.STAFF],
        deputy_policy=policies[AppointmentRole.DEPUTY],
        leader_policy=policies[AppointmentRole.HEAD],
    )
    await plant(uow, period, people)
    promoted = [row(n, each, now=True) for n, each in enumerate(people) if each.promoted]
    if promoted:
        await scenes.sync(uow, people=promoted)
    reviewed = await scenes.reviewed(uow, period)
    runs = await uow.reading().store(RUNS).select()
    done = {each.evaluation_id for run in runs for each in run.results}
    there = await uow.reading().store(EVALUATIONS).select()
    ranked = all(run.state is RunState.RANKED and run.trouble is None for run in runs)
    return reviewed.state, ranked and done == {each.id for each in there if each.sheets}


@settings(max_examples=60)
@given(
    people=PEOPLE,
    policies=st.fixed_dictionaries({role: st.sampled_from(ids) for role, ids in FOR.items()}),
    wide=st.booleans(),
)
def test_E_I14_every_frozen_period_comes_to_review(
    people: list[Person], policies: dict[AppointmentRole, str], wide: bool
) -> None:
    uow = MemoryUnitOfWork(FixedClock(scenes.NOW))
    uow._state = copy.deepcopy(province()._state)

    assert asyncio.run(reach(uow, people, policies, wide)) == (PeriodState.REVIEW, True)
