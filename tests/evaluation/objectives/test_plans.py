"""When objectives may be set, what hangs on no parent, and what a leader shares with the unit."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.errors import Conflict, DomainError, Invalid
from congvu_scoring.documents.policy_files import shipped_policy
from evaluation import objective_scenes as o
from evaluation import scenes
from evaluation.people import (
    CHAIR,
    LAN,
    OFFICE,
)
from evaluation_service.application.collections import OBJECTIVES, PERIODS
from evaluation_service.application.policies.commands import keep_shipped
from evaluation_service.domain.objectives.objectives import ObjectiveState
from evaluation_service.domain.periods.bounds import last_day_for_objectives
from evaluation_service.domain.periods.periods import EvaluationPeriod
from support.clock import FixedClock
from support.graph import Graph

UNTIL = date(2026, 8, 31)
WARNED = """query($id: ID!) { objective(id: $id) { warnings { ruleId field message } } }"""


async def after_the_last_day(uow: MemoryUnitOfWork, clock: FixedClock) -> EvaluationPeriod:
    period = await o.scorecards(uow, switches=(o.WARN,), objectives_until=UNTIL)
    clock.at = datetime(2026, 9, 1, 3, tzinfo=UTC)
    return period


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "soonest", "until"),
    [
        (date(2026, 7, 1), date(2026, 10, 1), date(2026, 6, 20), date(2026, 7, 30)),
        (date(2026, 7, 1), date(2026, 10, 1), date(2026, 8, 21), date(2026, 8, 21)),
        (date(2026, 7, 1), date(2026, 10, 1), date(2026, 10, 9), date(2026, 9, 30)),
    ],
)
def test_a_third_of_the_period_and_ten_days_from_its_opening(
    starts_on: date, ends_on: date, soonest: date, until: date
) -> None:
    assert last_day_for_objectives(None, starts_on, ends_on, soonest) == until


@pytest.mark.parametrize("given", [date(2026, 6, 30), date(2026, 10, 1)])
async def test_the_last_day_lies_in_the_period(uow: MemoryUnitOfWork, given: date) -> None:
    with pytest.raises(Invalid) as refusal:
        await o.scorecards(uow, objectives_until=given)

    assert refusal.value.field == "input.objectivesUntil"
    assert await uow.reading().store(PERIODS).select() == []


async def test_E_I15_after_the_last_day_nothing_that_counts_is_set_without_a_decision(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    period = await o.scorecards(uow, switches=(o.WARN,), objectives_until=UNTIL)
    known = await o.define(uow, period)
    clock.at = datetime(2026, 9, 1, 3, tzinfo=UTC)

    for late in (
        o.define(uow, period, code="MT-02"),
        o.revise(uow, known, o.eased(known.content, "80")),
        o.withdraw(uow, known),
    ):
        with pytest.raises(Conflict) as refusal:
            await late
        assert (refusal.value.rule_id, refusal.value.field) == ("E-I15", "input.decision")

    assert await uow.reading().store(OBJECTIVES).select() == [known]


async def test_E_I15_a_numbered_decision_sets_it_late_and_stays_on_record(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    period = await after_the_last_day(uow, clock)

    late = await o.define(uow, period, decision=o.DECISION)
    revised = await o.revise(uow, late, o.eased(late.content, "80"), decision=o.DECISION)
    renamed = await o.revise(uow, revised, replace(revised.content, title="Đúng hạn"))
    withdrawn = await o.withdraw(uow, renamed, actor=CHAIR, decision=o.DECISION)

    decisions = [version.decision for version in withdrawn.versions]
    assert decisions == [o.DECISION, o.DECISION, None]
    assert (withdrawn.state, withdrawn.withdrawn_decision) == (ObjectiveState.WITHDRAWN, o.DECISION)


async def test_a_decision_has_a_number(uow: MemoryUnitOfWork, clock: FixedClock) -> None:
    period = await after_the_last_day(uow, clock)

    with pytest.raises(Invalid) as refusal:
        await o.define(uow, period, decision=replace(o.DECISION, number=" "))

    assert refusal.value.field == "input.decision.number"


async def test_E_I13_what_hangs_on_nothing_is_warned_of_where_the_switch_warns(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    period = await o.scorecards(uow, switches=(o.WARN,))
    office = await o.cascade(uow, period, "CUSTOMER")
    hung = await o.define(uow, period, o.content(parent_id=office.id))
    loose = await o.define(uow, period, o.content(perspective="FINANCE"), code="MT-02")

    async def warned(id: str | None) -> list[tuple[str, str]]:
        found = (await graph.ask(WARNED, LAN, id=id))["objective"]["warnings"]
        return [(each["ruleId"], each["field"]) for each in found]

    assert await warned(loose.id) == [("E-I13", "content.parentId")]
    assert [await warned(id) for id in (hung.id, office.id, office.parent_id)] == [[], [], []]


async def test_units_are_set_objectives_by_the_policy_for_units(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    async with uow.begin() as tx:
        for reference in ("BSC-CASCADE@2", "KHANHHOA-UNIT-2025@3"):
            await keep_shipped(shipped_policy(reference), tx)
    period = await scenes.open_period(
        uow, staff_policy="BSC-CASCADE", unit_policy="KHANHHOA-UNIT-2025"
    )

    with pytest.raises(DomainError) as refusal:
        await o.define(uow, period, unit_id=OFFICE)
    office = await o.define(uow, period, o.content(perspective="ADMIN_REFORM"), unit_id=OFFICE)

    assert refusal.value.field == "input.content.perspective"
    assert office.content.perspective == "ADMIN_REFORM"
    assert period.policies.unit is not None
    assert period.policies.references[-1] == "KHANHHOA-UNIT-2025@3"


async def test_a_policy_for_units_rates_units(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)

    with pytest.raises(Invalid) as refusal:
        await scenes.open_period(uow, unit_policy="ND335-2025-STAFF")

    assert refusal.value.field == "input.unitPolicy"
