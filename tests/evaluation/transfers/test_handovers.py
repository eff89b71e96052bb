"""Who moves between agencies with periods of their own is rated once, on all the work (E-I10)."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import Eq, Gte
from congvu_scoring import Snapshot, score
from evaluation import scenes
from evaluation.people import (
    CHAIR,
    COMMUNE,
    LAN,
    LAN_ID,
    NEIGHBOUR_HEAD,
    OTHER_COMMUNE,
)
from evaluation.scenes import Pump, evaluation_of, now_is
from evaluation_service.adapters.pages.form import printed
from evaluation_service.application.collections import (
    EVALUATIONS,
    HANDOVERS,
    SERVANTS,
    UNITS,
)
from evaluation_service.application.policies.pins import compiled_pin
from evaluation_service.application.results.queries import year_result
from evaluation_service.application.transfers.queries import awaited
from evaluation_service.domain.periods.imprints import Imprint
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodKind, PeriodState
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.inputs import ConductEntry, GivenInputs, Rating
from evaluation_service.domain.results.states import EvaluationState
from support.clock import FixedClock

MOVED = date(2026, 8, 15)
BEFORE, AFTER = 33, 32
"""Working days of 1 July to 1 October; 2 September is a holiday."""

STEPS = ("freeze and score", "publish", "close")


async def two_periods(uow: MemoryUnitOfWork) -> tuple[EvaluationPeriod, EvaluationPeriod]:
    await scenes.commune(uow)
    old = await scenes.open_period(uow, name="Quý III, xã cũ", scope_unit_id=COMMUNE)
    new = await scenes.open_period(uow, name="Quý III, xã mới", scope_unit_id=OTHER_COMMUNE)
    return old, new


async def lan_moves(uow: MemoryUnitOfWork, clock: FixedClock) -> None:
    moved = scenes.person_row(
        "cb-011",
        "Nguyễn Thị Lan",
        scenes.appointment_row("H32.31.07.1", "HO-TICH", valid_to=MOVED),
        scenes.appointment_row("H32.31.08", "HO-TICH", valid_from=MOVED),
    )
    assert (await scenes.sync(uow, people=[moved])).refused == 0
    clock.at += timedelta(days=30)


async def works(
    uow: MemoryUnitOfWork, clock: FixedClock, *, there: str = "1", of: str = "4"
) -> tuple[EvaluationPeriod, EvaluationPeriod]:
    """Ten of ten in the old commune, then one of four in the new one."""
    old, new = await two_periods(uow)
    await scenes.do_all(uow, old, LAN, done="10", assigned="10")
    await lan_moves(uow, clock)
    await scenes.do_all(uow, new, LAN, done=there, assigned=of, manager=NEIGHBOUR_HEAD)
    return old, new


async def runs_to(uow: MemoryUnitOfWork, period: EvaluationPeriod, step: str) -> None:
    if step == STEPS[0]:
        await scenes.reviewed(uow, period)
    else:
        await scenes.move(uow, period, step)
        await Pump(uow).run()


def decree_total(lines: list[tuple[int, int]], general: Fraction) -> Fraction:
    """By hand: completed over assigned, nothing late and nothing failed, so a, b and c are one."""
    done, given = (sum(column) for column in zip(*lines, strict=True))
    return general + 70 * Fraction(done, given)


@pytest.mark.parametrize("old_first", [True, False], ids=["handed over before", "and after"])
async def test_E_I10_the_old_agencys_work_counts_in_the_new_one_and_once(
    uow: MemoryUnitOfWork, clock: FixedClock, old_first: bool
) -> None:
    old, new = await works(uow, clock)
    for period in (old, new) if old_first else (new, old):
        await scenes.reviewed(uow, period)
    await Pump(uow).run()

    left, rated = await evaluation_of(uow, old, LAN_ID), await evaluation_of(uow, new, LAN_ID)

    assert rated.sheet is not None
    assert rated.sheet.total == decree_total([(10, 10), (1, 4)], Fraction(20)) == 75
    assert (rated.band, rated.state) == ("HTT", EvaluationState.RANKED)
    [part] = await uow.reading().store(HANDOVERS).select()
    assert [(t.handover_id, t.period_id, t.part_hash) for t in rated.taken] == [
        (part.id, old.id, part.hash)
    ]
    assert (left.state, left.sheets, left.band) == (EvaluationState.HANDED_OVER, [], None)
    assert left.handed_over == part.sent
    assert part.sent.period_id == new.id
    rows = json.loads(rated.sheet.snapshot)["work"]
    assert sorted((row["assigned"], row.get("origin")) for row in rows) == [
        ("10", old.id),
        ("4", None),
    ]
    assert rated.sheet.basis == (None if old_first else part.id)


async def test_E_I10_a_part_is_bound_by_the_seal_of_who_hands_it_over(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    old, new = await works(uow, clock)
    for step in STEPS:
        await runs_to(uow, old, step)
    await scenes.reviewed(uow, new)

    closed = await now_is(uow, old)
    left, rated = await evaluation_of(uow, old, LAN_ID), await evaluation_of(uow, new, LAN_ID)

    assert closed.state is PeriodState.CLOSED
    assert closed.seal is not None
    [part] = await uow.reading().store(HANDOVERS).select()
    assert {each.evaluation_id: each.hash for each in closed.seal.unrated}[left.id] == (
        Imprint.of(left.sealed_record).hash
    )
    assert json.dumps(left.sealed_record).count(part.hash) == 1
    assert rated.sheet is not None
    assert rated.taken[0].seal_hash == closed.seal.hash
    [theirs] = [row for row in json.loads(rated.sheet.snapshot)["work"] if row.get("origin")]
    assert theirs["origin_hash"] == closed.seal.hash
    agency = await uow.reading().store(UNITS).get(part.agency_id)
    assert theirs["origin_name"] == f"{agency.name}, {old.name}"
    policy = await compiled_pin(uow.reading(), part.policy)
    result = score(policy, Snapshot.from_document(json.loads(rated.sheet.snapshot)))
    form = await printed(uow.reading(), rated, result)
    assert f"bàn giao từ {agency.name}, {old.name}" in form
    assert {"ref": part.id, "hash": closed.seal.hash} in theirs["evidence"]


async def hangs(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> list[Evaluation]:
    """Evaluations that wait for something that will not come."""
    done = (EvaluationState.HANDED_OVER, EvaluationState.PUBLISHED, EvaluationState.CORRECTED)
    found = await uow.reading().store(EVALUATIONS).select(Eq("period_id", period.id))
    return [each for each in found if each.state not in done]


@pytest.mark.parametrize("rated_before", [True, False])
async def test_E_I10_nothing_hangs_in_a_closed_period(
    uow: MemoryUnitOfWork, clock: FixedClock, rated_before: bool
) -> None:
    old, new = await two_periods(uow)
    if rated_before:
        await scenes.rate(uow, old, LAN_ID)
    await lan_moves(uow, clock)
    for step in STEPS:
        for period in (new, old):
            await runs_to(uow, period, step)

    assert [await hangs(uow, period) for period in (old, new)] == [[], []]
    assert (await evaluation_of(uow, old, LAN_ID)).handed_over is not None


def marks(points: str) -> GivenInputs:
    return GivenInputs(general=(Rating(key="I.1", points=Decimal(points)),))


async def test_E_I10_criteria_of_both_agencies_count_by_their_working_days(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    """Also when the old superior rates after the move."""
    old, new = await works(uow, clock)
    await scenes.rate(uow, old, LAN_ID, actor=CHAIR, inputs=marks("2"))
    await scenes.rate(uow, new, LAN_ID, actor=NEIGHBOUR_HEAD, inputs=marks("5"))
    for period in (old, new):
        await scenes.reviewed(uow, period)

    rated = await evaluation_of(uow, new, LAN_ID)

    criterion = Fraction(BEFORE * 2 + AFTER * 5, BEFORE + AFTER)
    assert rated.sheet is not None
    assert rated.sheet.total == decree_total([(10, 10), (1, 4)], 15 + criterion)
    assert json.loads(rated.sheet.snapshot)["working_days"] == str(BEFORE + AFTER)


async def test_E_I10_what_only_the_old_superior_rated_counts_whole(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    old, new = await works(uow, clock)
    await scenes.rate(uow, old, LAN_ID, actor=CHAIR)
    for period in (old, new):
        await scenes.reviewed(uow, period)

    rated = await evaluation_of(uow, new, LAN_ID)

    assert rated.sheet is not None
    assert rated.sheet.total == decree_total([(10, 10), (1, 4)], Fraction(30))


async def test_E_I10_in_one_period_over_both_agencies_criteria_count_by_days_too(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow, scope_unit_id=scenes.unit_id("H32"))
    await scenes.do_all(uow, period, LAN, done="10", assigned="10")
    await scenes.rate(uow, period, LAN_ID, actor=CHAIR, inputs=marks("2"))
    await lan_moves(uow, clock)
    await scenes.do_all(uow, period, LAN, done="1", assigned="4", manager=NEIGHBOUR_HEAD)
    await scenes.rate(uow, period, LAN_ID, actor=NEIGHBOUR_HEAD, inputs=marks("5"))
    for step in STEPS:
        await runs_to(uow, period, step)

    rated = await evaluation_of(uow, period, LAN_ID)

    assert rated.sheet is not None
    assert rated.sheet.total == decree_total(
        [(10, 10), (1, 4)], 15 + Fraction(BEFORE * 2 + AFTER * 5, BEFORE + AFTER)
    )
    assert await hangs(uow, period) == []
    assert await uow.reading().store(HANDOVERS).select() == []


UEB = {
    "staff_policy": "UEB-VNU",
    "deputy_policy": "UEB-VNU",
    "leader_policy": "UEB-VNU",
}


@pytest.mark.parametrize(
    ("policies", "counted"), [(UEB, ["TRAINING_ABSENCE", "TRAINING_ABSENCE"]), ({}, [])]
)
async def test_E_I10_conduct_adds_up_where_both_agencies_know_the_rule(
    uow: MemoryUnitOfWork, clock: FixedClock, policies: Mapping[str, str], counted: list[str]
) -> None:
    """Elsewhere the receiving policy has no such rule, and the row moves nothing."""
    await scenes.commune(uow)
    old = await scenes.open_period(uow, scope_unit_id=COMMUNE, **UEB)
    new = await scenes.open_period(uow, scope_unit_id=OTHER_COMMUNE, **policies)
    absence = GivenInputs(conduct=(ConductEntry(rule="TRAINING_ABSENCE", count=1),))
    await scenes.rate(uow, old, LAN_ID, inputs=absence)
    await lan_moves(uow, clock)
    if policies:
        await scenes.rate(uow, new, LAN_ID, actor=NEIGHBOUR_HEAD, inputs=absence)
    for period in (old, new):
        await scenes.reviewed(uow, period)

    sheet = (await evaluation_of(uow, new, LAN_ID)).sheet

    assert sheet is not None
    assert [row["rule"] for row in json.loads(sheet.snapshot).get("conduct", [])] == counted


async def test_E_I10_without_a_period_that_can_take_it_the_work_is_rated_where_it_was_done(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    """The new commune has no period yet; one that opens later rates what is done there."""
    await scenes.commune(uow)
    old = await scenes.open_period(uow, scope_unit_id=COMMUNE)
    await scenes.do_all(uow, old, LAN, done="10", assigned="10")
    await lan_moves(uow, clock)
    await scenes.reviewed(uow, old)
    new = await scenes.open_period(uow, scope_unit_id=OTHER_COMMUNE)
    await scenes.do_all(uow, new, LAN, done="1", assigned="4", manager=NEIGHBOUR_HEAD)
    await scenes.reviewed(uow, new)

    totals = [
        evaluation.sheet.total
        for evaluation in [await evaluation_of(uow, each, LAN_ID) for each in (old, new)]
        if evaluation.sheet
    ]
    assert totals == [90, Fraction(75, 2)]
    assert await uow.reading().store(HANDOVERS).select() == []


async def test_E_I3_after_the_new_agencys_closing_the_old_one_rates_its_part_itself(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    old, new = await works(uow, clock)
    for step in STEPS:
        await runs_to(uow, new, step)
    sealed = await now_is(uow, new)
    await scenes.reviewed(uow, old)

    assert await now_is(uow, new) == sealed
    left = await evaluation_of(uow, old, LAN_ID)
    assert left.sheet is not None
    assert left.sheet.total == 90


async def test_a_part_that_is_still_owed_is_told(uow: MemoryUnitOfWork, clock: FixedClock) -> None:
    old, new = await works(uow, clock)

    owed = [await awaited(each, uow.reading()) for each in (new, old)]
    await scenes.reviewed(uow, old)

    assert [[(e.civil_servant_id, e.period_id) for e in each] for each in owed] == [
        [(LAN_ID, old.id)],
        [],
    ]
    assert await awaited(new, uow.reading()) == []


async def test_E_I4_who_acted_in_the_old_agency_decides_no_appeal_in_the_new_one(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    old, new = await works(uow, clock)
    for period in (old, new):
        await scenes.reviewed(uow, period)

    rated = await evaluation_of(uow, new, LAN_ID)

    assert {each.subject for each in rated.involved} >= {CHAIR.subject}


async def test_E_I10_the_year_takes_the_quarter_once(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    old, new = await works(uow, clock)
    for step in STEPS[:2]:
        for period in (old, new):
            await runs_to(uow, period, step)

    year = await year_result(LAN_ID, 2026, PeriodKind.QUARTER, uow.reading())
    assert year is not None
    assert year.total == 75


async def test_parts_are_sought_among_who_had_posts_in_two_units_of_late(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    """Nobody else of the agency is read for it."""
    await works(uow, clock)
    since = scenes.JULY.isoformat()

    found = await uow.reading().store(SERVANTS).select(Gte("extra.two_posts_until", since))
    later = Gte("extra.two_posts_until", (MOVED + timedelta(days=1)).isoformat())

    assert [(each.id, each.two_posts_until) for each in found] == [(LAN_ID, MOVED)]
    assert await uow.reading().store(SERVANTS).select(later) == []
