"""A day's reports accepted in one call, but for those that somebody must look at."""

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.errors import DomainError
from evaluation import desk_scenes as desk
from evaluation import scenes, work_scenes
from evaluation.people import (
    COMMUNE,
    LAN,
    LAN_ID,
    MINH,
    MINH_ID,
    OFFICE,
    OFFICE_HEAD,
    OFFICE_HEAD_ID,
    OTHER_COMMUNE,
)
from evaluation_service.application.collections import ASSIGNMENTS, RUNS
from evaluation_service.application.desk.checking import Checked, LeftOut
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.events import EvaluationCorrected
from evaluation_service.domain.results.runs import RunState, run_id
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.reports import AssignmentState, check_id
from support.clock import FixedClock


@pytest.fixture
async def period(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    await scenes.commune(uow)
    return await scenes.open_period(uow)


async def reported(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> list[Assignment]:
    """Lan reported two, Minh one."""
    lan = [await scenes.assign(uow, period, LAN_ID) for _ in range(2)]
    minh = await scenes.assign(uow, period, MINH_ID)
    return [
        *[await scenes.report(uow, each, "4") for each in lan],
        await scenes.report(uow, minh, "4", actor=MINH),
    ]


async def state_of(uow: MemoryUnitOfWork, assignment: Assignment) -> AssignmentState:
    return (await uow.reading().store(ASSIGNMENTS).get(assignment.id)).state


async def test_all_but_those_named(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> None:
    one, other, minhs = await reported(uow, period)

    report = await desk.check(
        uow,
        period,
        LeftOut(assignment_id=other.id, return_reason="Thiếu chữ ký"),
        LeftOut(assignment_id=minhs.id, return_reason=None),
    )

    assert {each.assignment_id: each.outcome for each in report.results} == {
        one.id: Checked.ACCEPTED,
        other.id: Checked.RETURNED,
        minhs.id: Checked.LEFT,
    }
    states = [await state_of(uow, each) for each in (one, other, minhs)]
    assert states == [
        AssignmentState.ACCEPTED_AS_DONE,
        AssignmentState.RETURNED,
        AssignmentState.SUBMITTED,
    ]
    accepted = await uow.reading().store(ASSIGNMENTS).get(one.id)
    assert (accepted.completed, accepted.quality_failures) == (Decimal(4), 0)


async def test_what_came_after_the_look_waits(
    uow: MemoryUnitOfWork, period: EvaluationPeriod, clock: FixedClock
) -> None:
    looked = clock.at
    work = [await scenes.assign(uow, period, LAN_ID) for _ in range(2)]
    before = await scenes.report(uow, work[0], "4")
    clock.pass_seconds(1)
    later = await scenes.report(uow, work[1], "4")

    report = await desk.check(uow, period, reported_until=looked)

    assert {each.assignment_id: each.outcome for each in report.results} == {
        before.id: Checked.ACCEPTED,
        later.id: Checked.CAME_LATER,
    }
    assert await state_of(uow, later) is AssignmentState.SUBMITTED


async def test_what_may_count_twice_waits_for_eyes(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    hers = await scenes.assign(uow, period, LAN_ID)
    his = await scenes.assign(uow, period, MINH_ID)
    await desk.report_with(uow, hers, "a" * 64)
    his = await desk.report_with(uow, his, "a" * 64, actor=MINH)

    report = await desk.check(uow, period)

    outcomes = {each.assignment_id: each.outcome for each in report.results}
    assert outcomes == {hers.id: Checked.DOUBTFUL, his.id: Checked.DOUBTFUL}
    assert await state_of(uow, his) is AssignmentState.SUBMITTED


async def test_what_was_looked_at_before_does_not_wait_again(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    hers = await scenes.assign(uow, period, LAN_ID)
    his = await scenes.assign(uow, period, MINH_ID)
    await desk.report_with(uow, hers, "a" * 64)
    await desk.report_with(uow, his, "a" * 64, actor=MINH)
    hers = await work_scenes.send_back(uow, await uow.reading().store(ASSIGNMENTS).get(hers.id))
    await scenes.report(uow, hers, "4")

    report = await desk.check(uow, period)

    outcomes = {each.assignment_id: each.outcome for each in report.results}
    assert outcomes == {hers.id: Checked.ACCEPTED, his.id: Checked.DOUBTFUL}


async def test_nobody_accepts_own_work_or_that_of_the_own_head(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    heads = await scenes.assign(uow, period, OFFICE_HEAD_ID)
    await scenes.report(uow, heads, "4", actor=replace(LAN, officer=OFFICE_HEAD_ID))
    lans = await scenes.report(uow, await scenes.assign(uow, period, LAN_ID), "4")

    report = await desk.check(uow, period, unit_id=OFFICE, actor=OFFICE_HEAD)

    codes = {each.assignment_id: each.refusal and each.refusal.code for each in report.results}
    assert codes == {heads.id: "FORBIDDEN", lans.id: None}
    assert await state_of(uow, heads) is AssignmentState.SUBMITTED


async def test_between_freeze_and_publication_it_makes_one_further_sheet_a_person(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    one, other, minhs = await reported(uow, period)
    await scenes.rate(uow, period, LAN_ID)
    await scenes.reviewed(uow, period)

    report = await desk.check(uow, period)

    assert {each.outcome for each in report.results} == {Checked.ACCEPTED}
    lan = await scenes.evaluation_of(uow, period, LAN_ID)
    minh = await scenes.evaluation_of(uow, period, MINH_ID)
    last = [each for each in report.results if each.assignment_id in (one.id, other.id)][-1]
    assert [sheet.basis for sheet in lan.sheets] == [None, check_id(last.assignment_id, 1)]
    assert [sheet.basis for sheet in minh.sheets] == [None, check_id(minhs.id, 1)]
    assert lan.sheet is not None
    rows = json.loads(lan.sheet.snapshot)["work"]
    assert [(row["completed"], row.get("unreviewed")) for row in rows] == [("4", None)] * 2
    told = [each for each in uow.outbox if isinstance(each, EvaluationCorrected)]
    assert sorted(each.civil_servant_id for each in told) == sorted([LAN_ID, MINH_ID])


async def test_a_report_whose_result_cannot_move_now_waits(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    """The row is refused, and nothing of it is kept."""
    works = await reported(uow, period)
    await scenes.rate(uow, period, LAN_ID)
    await scenes.reviewed(uow, period)
    async with uow.begin() as tx:
        run = await tx.store(RUNS).get(run_id(period.id, COMMUNE))
        run.state = RunState.REQUESTED
        await tx.store(RUNS).save(run)
    before = [await uow.reading().store(ASSIGNMENTS).get(each.id) for each in works]

    report = await desk.check(
        uow, period, LeftOut(assignment_id=works[0].id, return_reason="Thiếu chữ ký")
    )

    assert {each.refusal and each.refusal.rule_id for each in report.results} == {"E-I3"}
    assert [await uow.reading().store(ASSIGNMENTS).get(each.id) for each in works] == before


async def test_those_left_out_wait_here_or_the_call_is_refused(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    one, *_ = await reported(uow, period)

    with pytest.raises(DomainError) as refused:
        await desk.check(uow, period, LeftOut(assignment_id="asg_x", return_reason=None))

    assert (refused.value.code, refused.value.field) == ("INVALID", "input.leftOut")
    assert await state_of(uow, one) is AssignmentState.SUBMITTED


@pytest.mark.parametrize("unit_id", [OTHER_COMMUNE, "unit_x"])
async def test_nothing_waits_in_a_unit_of_others(
    uow: MemoryUnitOfWork, period: EvaluationPeriod, unit_id: str
) -> None:
    await reported(uow, period)

    report = await desk.check(uow, period, unit_id=unit_id)

    assert (report.results, report.more) == ((), False)


async def test_a_published_period_is_checked_no_more(
    uow: MemoryUnitOfWork, period: EvaluationPeriod, clock: FixedClock
) -> None:
    await reported(uow, period)
    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")

    with pytest.raises(DomainError) as refused:
        await desk.check(uow, period, unit_id=COMMUNE, reported_until=clock.at - timedelta(days=1))

    assert refused.value.rule_id == "E-I3"
