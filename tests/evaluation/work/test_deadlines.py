"""A superior's silence costs the superior, never the officer who waits."""

from datetime import date, timedelta

from congvu_kit.adapters.memory import MemoryUnitOfWork
from evaluation import scenes
from evaluation.people import CHAIR_ID, LAN, LAN_ID
from evaluation.scenes import evaluation_of
from evaluation.work_scenes import charge_silence
from evaluation_service.application.collections import ASSIGNMENTS, FAULTS
from evaluation_service.domain.integrity.faults import ProcessFaultRecorded
from evaluation_service.domain.work.assignment_events import AssignmentOverdue
from evaluation_service.domain.work.reports import AssignmentState
from support.clock import FixedClock


async def test_a_report_unchecked_too_long_is_the_managers_fault(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    reported = await scenes.report(uow, await scenes.assign(uow, period), "4")

    in_time = await charge_silence(uow, date(2026, 8, 17))
    late = await charge_silence(uow, date(2026, 8, 18))
    again = await charge_silence(uow, date(2026, 8, 19))

    work = await uow.reading().store(ASSIGNMENTS).get(reported.id)
    faults = await uow.reading().store(FAULTS).select()
    assert reported.review_due_on == date(2026, 8, 17)
    assert (in_time, late, again) == ([], [reported.id], [])
    assert work.state is AssignmentState.OVERDUE_REVIEW
    assert [(fault.civil_servant_id, fault.assignment_id) for fault in faults] == [
        (CHAIR_ID, reported.id)
    ]
    told = [type(e) for e in uow.outbox if isinstance(e, AssignmentOverdue | ProcessFaultRecorded)]
    assert told == [AssignmentOverdue, ProcessFaultRecorded]


async def test_the_check_ends_the_fault_and_the_days_are_counted(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow, staff_policy="ND335-2025-STAFF")
    reported = await scenes.report(uow, await scenes.assign(uow, period), "4")
    clock.at += timedelta(days=15)
    await charge_silence(uow, date(2026, 8, 25))

    accepted = await scenes.accept(uow, await uow.reading().store(ASSIGNMENTS).get(reported.id))
    clock.at += timedelta(days=20)
    await scenes.reviewed(uow, period)

    fault = (await uow.reading().store(FAULTS).select())[0]
    chair = await evaluation_of(uow, period, CHAIR_ID)
    lan = await evaluation_of(uow, period, LAN_ID)
    assert accepted.state is AssignmentState.ACCEPTED_AS_DONE
    assert fault.ended_on == date(2026, 8, 25)
    assert chair.sheet is not None
    assert lan.sheet is not None
    assert '"step":"APPROVE_WORK","working_days_late":"11"' in chair.sheet.snapshot
    assert "APPROVE_WORK" not in lan.sheet.snapshot


async def test_a_frozen_period_charges_no_more(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.report(uow, await scenes.assign(uow, period), "4", actor=LAN)
    await scenes.move(uow, period, "freeze")

    await charge_silence(uow, date(2026, 9, 18))

    assert await uow.reading().store(FAULTS).count() == 0
