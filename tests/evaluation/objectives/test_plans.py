"""When objectives may be set, what hangs on no parent, and what a leader shares with the unit."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.errors import Conflict, DomainError, Invalid
from congvu_scoring.documents.policy_files import shipped_policy
from evaluation import objective_scenes as o
from evaluation import scenes
from evaluation.people import (
    CHAIR,
    CHAIR_ID,
    COMMUNE,
    DEPUTY,
    LAN,
    LAN_ID,
    OFFICE,
    OFFICE_HEAD_ID,
    PROVINCE_HEAD,
)
from evaluation_service.application.collections import OBJECTIVES, PERIODS, SCORECARDS
from evaluation_service.application.policies.commands import keep_shipped
from evaluation_service.domain.objectives.content import ObjectiveContent
from evaluation_service.domain.objectives.objectives import ObjectiveState
from evaluation_service.domain.objectives.scorecards import Scorecard, scorecard_id
from evaluation_service.domain.periods.bounds import last_day_for_objectives
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.readiness.gaps import GapKind
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
        for reference in ("BSC-CASCADE@1", "KHANHHOA-UNIT-2025@2"):
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
    assert period.policies.references[-1] == "KHANHHOA-UNIT-2025@2"


async def test_a_policy_for_units_rates_units(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)

    with pytest.raises(Invalid) as refusal:
        await scenes.open_period(uow, unit_policy="ND335-2025-STAFF")

    assert refusal.value.field == "input.unitPolicy"


async def contracts(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    await scenes.commune(uow)
    async with uow.begin() as tx:
        for reference in ("LEADER-CONTRACT-BSC", "KHANHHOA-UNIT-2025@2"):
            await keep_shipped(shipped_policy(reference), tx)
    return await scenes.open_period(
        uow,
        leader_policy="LEADER-CONTRACT-BSC",
        deputy_policy="LEADER-CONTRACT-BSC",
        unit_policy="KHANHHOA-UNIT-2025",
    )


def shared(weight: str = "100") -> ObjectiveContent:
    said = o.content(perspective="SOCIAL", weight=weight)
    return replace(said, shared=True, unit_perspective="SOCIO_ECONOMIC")


async def card(
    uow: MemoryUnitOfWork, period: EvaluationPeriod, unit_id: str, appointment_id: str | None = None
) -> Scorecard:
    id = scorecard_id(period.id, unit_id, appointment_id)
    return await uow.reading().store(SCORECARDS).get(id)


async def test_a_shared_target_counts_in_the_units_scorecard_alone(uow: MemoryUnitOfWork) -> None:
    period = await contracts(uow)
    own = o.content(perspective="SOCIAL")
    await o.define(uow, period, own, of=CHAIR_ID, code="C-1", actor=PROVINCE_HEAD)
    joint = await o.define(uow, period, shared(), of=CHAIR_ID, code="C-2", actor=PROVINCE_HEAD)
    await o.decide(uow, await o.record(uow, joint, "50", actor=DEPUTY), actor=PROVINCE_HEAD)

    units = await card(uow, period, COMMUNE)
    chairs = await card(uow, period, COMMUNE, joint.appointment_id)

    (row,) = units.rows()
    assert (row["code"], row["perspective"], row["actual"]) == ("C-2", "SOCIO_ECONOMIC", "50")
    assert row["shared"] is False
    assert [(each["code"], each["shared"]) for each in chairs.rows()] == [
        ("C-1", False),
        ("C-2", True),
    ]
    assert GapKind.UNBALANCED_WEIGHTS not in (*chairs.lacking, *units.lacking)


async def test_a_target_that_is_not_shared_any_more_leaves_the_units(
    uow: MemoryUnitOfWork,
) -> None:
    period = await contracts(uow)
    joint = await o.define(uow, period, shared(), of=OFFICE_HEAD_ID, code="C-2")
    assert len((await card(uow, period, OFFICE)).lines) == 1

    own = replace(joint.content, shared=False, unit_perspective=None)
    await o.revise(uow, joint, own)

    assert (await card(uow, period, OFFICE)).lines == ()


@pytest.mark.parametrize(
    ("of", "said", "field"),
    [
        (LAN_ID, shared(), "input.content.perspective"),
        (OFFICE_HEAD_ID, replace(shared(), unit_perspective=None), "input.content.unitPerspective"),
    ],
)
async def test_shared_is_refused_where_no_rule_reads_it(
    uow: MemoryUnitOfWork, of: str, said: ObjectiveContent, field: str
) -> None:
    period = await contracts(uow)

    with pytest.raises(Invalid) as refusal:
        await o.define(uow, period, said, of=of)

    assert refusal.value.field == field
    assert await uow.reading().store(OBJECTIVES).select() == []


async def test_shared_is_refused_under_a_policy_that_does_not_tell_them_apart(
    uow: MemoryUnitOfWork,
) -> None:
    period = await o.scorecards(uow, switches=(o.WARN,))

    with pytest.raises(Invalid) as refusal:
        await o.define(uow, period, replace(o.content(), shared=True))

    assert (refusal.value.field, refusal.value.rule_id) == ("input.content.shared", "BSC-CASCADE")


async def test_weights_of_the_unit_count_what_its_leaders_share(uow: MemoryUnitOfWork) -> None:
    period = await contracts(uow)
    said = o.content(perspective="SOCIO_ECONOMIC", weight="50")
    await o.define(uow, period, said, unit_id=OFFICE, code="U-1")

    with pytest.raises(Invalid) as refusal:
        await o.define(uow, period, shared("60"), of=OFFICE_HEAD_ID)

    assert refusal.value.rule_id == "E-I6"
    assert [each.weight for each in (await card(uow, period, OFFICE)).lines] == [Decimal(50)]
