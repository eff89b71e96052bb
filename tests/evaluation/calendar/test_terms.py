"""What a corrected calendar does to lead days, to what was late, and to whoever was silent."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from evaluation import scenes
from evaluation.people import CHAIR_ID, LAN_ID, MINH_ID, NATIONAL_ADMIN
from evaluation.scenes import evaluation_of
from evaluation.work_scenes import charge_silence, claim, decide_cause, transfer
from evaluation_service.application import reactions
from evaluation_service.application.collections import ASSIGNMENTS, FAULTS, PERIODS, TALLIES
from evaluation_service.domain.integrity.faults import (
    ProcessFault,
    ProcessFaultLifted,
    ProcessFaultRecorded,
)
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.work.assignment_events import AssignmentSubmitted
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.causes import CauseKind
from evaluation_service.domain.work.reports import AssignmentState
from support.clock import FixedClock

QUICK = "C.56.QUICK@1"
STORM = date(2026, 8, 14)
SATURDAY = date(2026, 8, 15)
MONDAY, TUESDAY = date(2026, 8, 17), date(2026, 8, 18)


async def opened(uow: MemoryUnitOfWork, **changes: object) -> EvaluationPeriod:
    """With a product of five days; today is Monday 10 August 2026."""
    await scenes.commune(uow)
    await scenes.calendars(uow)
    async with uow.begin() as tx:
        fact = replace(scenes.version_fact(QUICK, procedure_code=None), lead_days=5)
        await reactions.keep_version(fact, tx)
    return await scenes.open_period(uow, **changes)


async def corrected(
    uow: MemoryUnitOfWork, *off: date, worked: dict[date, date] | None = None
) -> None:
    await scenes.publish_calendar(uow, off=off, worked=worked)
    await scenes.moved_deadlines(uow)


async def now_is(uow: MemoryUnitOfWork, work: Assignment) -> Assignment:
    return await uow.reading().store(ASSIGNMENTS).get(work.id)


async def only_fault(uow: MemoryUnitOfWork) -> ProcessFault:
    [fault] = await uow.reading().store(FAULTS).select()
    return fault


async def test_work_due_by_lead_days_moves_with_a_correction_and_back(
    uow: MemoryUnitOfWork,
) -> None:
    work = await scenes.assign(uow, await opened(uow), version_id=QUICK, due_on=None)
    seen = [work.due_on]
    for off, worked in (([STORM], None), ([], {STORM: SATURDAY}), ([], None)):
        await corrected(uow, *off, worked=worked)
        seen.append((await now_is(uow, work)).due_on)

    assert seen == [MONDAY, TUESDAY, MONDAY, MONDAY]


async def test_a_day_that_somebody_named_stays(uow: MemoryUnitOfWork) -> None:
    work = await scenes.assign(uow, await opened(uow), version_id=QUICK, due_on=MONDAY)

    await corrected(uow, STORM)

    assert (await now_is(uow, work)).due_on == MONDAY


async def test_work_handed_on_keeps_its_term_unless_a_day_is_named(uow: MemoryUnitOfWork) -> None:
    period = await opened(uow)
    moved = []
    for named in (None, MONDAY):
        work = await scenes.assign(uow, period, version_id=QUICK, due_on=None)
        old = await transfer(uow, work, MINH_ID, due_on=named)
        moved.append(await uow.reading().store(ASSIGNMENTS).get(old.continued_by or ""))

    await corrected(uow, STORM)

    assert [(await now_is(uow, each)).due_on for each in moved] == [TUESDAY, MONDAY]


async def test_nothing_of_a_frozen_period_is_due_otherwise(uow: MemoryUnitOfWork) -> None:
    period = await opened(uow)
    work = await scenes.assign(uow, period, version_id=QUICK, due_on=None)
    await scenes.move(uow, period, "freeze")

    await corrected(uow, STORM)

    assert (await now_is(uow, work)).due_on == MONDAY


async def test_lead_days_into_a_year_that_is_not_announced_are_provisional(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    clock.at = datetime(2026, 12, 28, 3, tzinfo=UTC)
    year_end = {"starts_on": date(2026, 12, 1), "ends_on": date(2027, 3, 1)}
    period = await opened(uow, **year_end)
    work = await scenes.assign(uow, period, version_id=QUICK, due_on=None)
    assert (work.due_on, work.due_provisional) == (date(2027, 1, 5), True)

    await scenes.publish_calendar(
        uow, off=[date(2027, 1, 1), date(2027, 1, 4)], year=2027, actor=NATIONAL_ADMIN
    )
    await scenes.moved_deadlines(uow)

    known = await now_is(uow, work)
    assert (known.due_on, known.due_provisional) == (date(2027, 1, 6), False)


@pytest.mark.parametrize(("off", "late"), [([STORM], 0), ([], 4), ([date(2026, 8, 7)], 4)])
async def test_what_was_late_by_the_old_calendar_is_not_by_the_new_one(
    uow: MemoryUnitOfWork, clock: FixedClock, off: list[date], late: int
) -> None:
    work = await scenes.assign(uow, await opened(uow), version_id=QUICK, due_on=None, quantity="4")
    clock.pass_days(9)
    report = await scenes.report(uow, work, "4", completed_on=TUESDAY)
    accepted = await scenes.accept(uow, report)
    assert (accepted.late, accepted.due_on) == (4, MONDAY)

    await corrected(uow, *off)

    known = await now_is(uow, work)
    [tally] = await uow.reading().store(TALLIES).select()
    assert (known.late, tally.lines[work.id].late) == (late, late)
    assert known.due_on == (MONDAY if late else TUESDAY)


async def test_a_confirmed_cause_excuses_no_more_than_is_late(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    work = await scenes.assign(uow, await opened(uow), version_id=QUICK, due_on=None, quantity="4")
    clock.pass_days(9)
    report = await scenes.report(uow, work, "4", completed_on=TUESDAY)
    late = await scenes.accept(uow, report)
    claimed = await claim(uow, late, kind=CauseKind.LATE, count=3)
    excused = await decide_cause(uow, claimed)
    assert (excused.late, excused.late_exempt) == (4, 3)

    await corrected(uow, STORM)

    known = await now_is(uow, work)
    assert (known.late, known.late_exempt) == (0, 0)


async def test_what_was_in_time_by_the_old_calendar_is_not_late_by_the_new_one(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    period = await opened(uow)
    await scenes.publish_calendar(uow, off=[STORM])
    work = await scenes.assign(uow, period, version_id=QUICK, due_on=None, quantity="4")
    clock.pass_days(9)
    report = await scenes.report(uow, work, "4", completed_on=TUESDAY)
    await scenes.accept(uow, report)

    await corrected(uow)

    known = await now_is(uow, work)
    assert (known.late, known.due_on) == (0, TUESDAY)


async def silent(uow: MemoryUnitOfWork, clock: FixedClock) -> Assignment:
    """Reported on Monday 10 August, to be checked within five days, and charged on the 18th."""
    period = await opened(uow, staff_policy="ND335-2025-STAFF")
    report = await scenes.report(uow, await scenes.assign(uow, period), "4")
    clock.at = datetime(2026, 8, 18, 3, tzinfo=UTC)
    assert await charge_silence(uow, TUESDAY) == [report.id]
    return report


async def test_whoever_is_not_late_by_the_new_calendar_has_no_fault_and_the_day_left(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    report = await silent(uow, clock)

    await corrected(uow, STORM)

    work, fault = await now_is(uow, report), await only_fault(uow)
    assert (work.state, work.review_due_on) == (AssignmentState.SUBMITTED, TUESDAY)
    assert (fault.civil_servant_id, fault.lifted_on) == (CHAIR_ID, TUESDAY)
    assert await charge_silence(uow, TUESDAY) == []
    assert await charge_silence(uow, date(2026, 8, 19)) == [report.id]
    assert ((await only_fault(uow)).lifted_on, (await only_fault(uow)).due_on) == (None, TUESDAY)
    told = [
        type(each)
        for each in uow.outbox
        if isinstance(each, ProcessFaultRecorded | ProcessFaultLifted | AssignmentSubmitted)
    ]
    assert told == [
        AssignmentSubmitted,
        ProcessFaultRecorded,
        AssignmentSubmitted,
        ProcessFaultLifted,
        ProcessFaultRecorded,
    ]


@pytest.mark.parametrize(("off", "lifted"), [([STORM], True), ([], False)])
async def test_a_silence_that_ended_in_time_by_the_new_calendar_counts_nowhere(
    uow: MemoryUnitOfWork, clock: FixedClock, off: list[date], lifted: bool
) -> None:
    report = await silent(uow, clock)
    await scenes.accept(uow, await now_is(uow, report))
    clock.pass_days(5)

    await corrected(uow, *off)
    await corrected(uow)  # What was lifted stays so.

    clock.at = datetime(2026, 10, 2, 3, tzinfo=UTC)
    opened = await uow.reading().store(PERIODS).get(report.period_id)
    period = await scenes.reviewed(uow, opened)
    sheet = (await evaluation_of(uow, period, CHAIR_ID)).sheet
    assert sheet is not None
    assert ("APPROVE_WORK" not in sheet.snapshot) == lifted
    assert ((await only_fault(uow)).lifted_on is not None) == lifted
    officer = (await evaluation_of(uow, period, LAN_ID)).sheet
    assert officer is not None
    assert "APPROVE_WORK" not in officer.snapshot


async def test_a_fault_of_a_frozen_period_stays(uow: MemoryUnitOfWork, clock: FixedClock) -> None:
    report = await silent(uow, clock)
    period = await uow.reading().store(PERIODS).get(report.period_id)
    await scenes.move(uow, period, "freeze")

    await corrected(uow, STORM)

    assert (await only_fault(uow)).lifted_on is None
