"""Work that goes on elsewhere counts once: what was done here, what is left there."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid
from evaluation import scenes, work_scenes
from evaluation.people import LAN, LAN_ID, MINH_ID, NEIGHBOUR_ID, OFFICE_HEAD, PROVINCE_HEAD
from evaluation.scenes import evaluation_of
from evaluation_service.application import reactions
from evaluation_service.application.collections import ASSIGNMENTS, PERIODS, TALLIES
from evaluation_service.domain.work.assignment_events import (
    AssignmentCarriedOver,
    AssignmentCreated,
    AssignmentEvent,
    AssignmentTransferred,
)
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.changes import ChangeKind
from evaluation_service.domain.work.reports import AssignmentState
from evaluation_service.domain.work.tallies import tally_id


async def rest_of(uow: MemoryUnitOfWork, old: Assignment) -> Assignment:
    assert old.continued_by is not None
    return await uow.reading().store(ASSIGNMENTS).get(old.continued_by)


async def counted(uow: MemoryUnitOfWork, work: Assignment) -> tuple[str, str] | None:
    tally = await uow.reading().store(TALLIES).get(tally_id(work.period_id, work.appointment_id))
    line = tally.lines.get(work.id)
    return (line.assigned, line.completed) if line else None


async def three_of_ten(uow: MemoryUnitOfWork) -> Assignment:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    given = await scenes.assign(uow, period, quantity="10")
    return await scenes.accept(uow, await scenes.report(uow, given, "3"))


async def test_what_is_carried_over_counts_once_in_each_period(uow: MemoryUnitOfWork) -> None:
    begun = await three_of_ten(uow)
    later = await work_scenes.next_quarter(uow)

    old = await work_scenes.carry_over(uow, begun, later)

    rest = await rest_of(uow, old)
    assert (old.state, old.quantity, old.completed) == (
        AssignmentState.CARRIED_OVER,
        Decimal(3),
        Decimal(3),
    )
    assert (rest.period_id, rest.quantity, rest.due_on, rest.continues) == (
        later.id,
        Decimal(7),
        date(2026, 11, 2),
        old.id,
    )
    assert (rest.version, rest.source, rest.civil_servant_id) == (old.version, old.source, LAN_ID)
    assert (await counted(uow, old), await counted(uow, rest)) == (("3", "3"), ("7", "0"))
    assert [each.kind for each in old.changes] == [ChangeKind.CARRIED_OVER]
    created, carried = [each for each in uow.outbox if isinstance(each, AssignmentEvent)][-2:]
    assert isinstance(created, AssignmentCreated)
    assert isinstance(carried, AssignmentCarriedOver)
    assert (created.assignment_id, created.continues) == (rest.id, old.id)
    assert (carried.quantity, carried.open) == (Decimal(3), False)


async def test_what_never_began_counts_in_the_later_period_only(uow: MemoryUnitOfWork) -> None:
    desk = await work_scenes.desk(uow)

    old = await work_scenes.carry_over(uow, desk.given, desk.later)

    assert (await counted(uow, old), await counted(uow, await rest_of(uow, old))) == (
        None,
        ("4", "0"),
    )


async def test_E_I1_the_rest_keeps_the_version_whatever_the_later_period_opened_on(
    uow: MemoryUnitOfWork,
) -> None:
    begun = await three_of_ten(uow)
    async with uow.begin() as tx:
        await reactions.keep_version(
            scenes.version_fact("C.56.22363.1.001193@2", coefficient="9", release_id="rel_2"), tx
        )
        await reactions.keep_release(scenes.release_fact(1, "rel_2"), tx)
    later = await scenes.open_period(
        uow, starts_on=scenes.OCTOBER, ends_on=date(2027, 1, 1), release_ids=("rel_2",)
    )

    rest = await rest_of(uow, await work_scenes.carry_over(uow, begun, later))

    assert rest.version == begun.version


async def test_transferred_work_counts_with_each_for_what_each_did(
    uow: MemoryUnitOfWork,
) -> None:
    begun = await three_of_ten(uow)
    period = await uow.reading().store(PERIODS).get(begun.period_id)

    old = await work_scenes.transfer(uow, begun, MINH_ID)
    rest = await rest_of(uow, old)
    for servant in (LAN_ID, MINH_ID):
        await scenes.rate(uow, period, servant)
    await scenes.finish(uow, period, MINH_ID)
    await scenes.reviewed(uow, period)

    lan = await evaluation_of(uow, period, LAN_ID)
    minh = await evaluation_of(uow, period, MINH_ID)
    assert (old.state, rest.civil_servant_id, rest.quantity, rest.due_on) == (
        AssignmentState.TRANSFERRED,
        MINH_ID,
        Decimal(7),
        old.due_on,
    )
    assert lan.sheet is not None
    assert minh.sheet is not None
    assert (lan.sheet.total, minh.sheet.total) == (Fraction(100), Fraction(100))
    assert '"ref":"giảm từ 10 xuống 3, chuyển việc"' in lan.sheet.snapshot
    assert [type(each) for each in uow.outbox if isinstance(each, AssignmentTransferred)] == [
        AssignmentTransferred
    ]


async def test_work_is_handed_on_after_its_report_was_checked(uow: MemoryUnitOfWork) -> None:
    desk = await work_scenes.desk(uow)

    with pytest.raises(Conflict):
        await work_scenes.transfer(uow, desk.reported, MINH_ID)
    with pytest.raises(Conflict):
        await work_scenes.carry_over(uow, desk.reported, desk.later)

    assert await uow.reading().store(ASSIGNMENTS).get(desk.reported.id) == desk.reported


async def test_work_is_carried_into_a_later_open_period(uow: MemoryUnitOfWork) -> None:
    desk = await work_scenes.desk(uow)
    count = await uow.reading().store(ASSIGNMENTS).count()

    with pytest.raises(Invalid) as same:
        await work_scenes.carry_over(uow, desk.given, desk.period, due_on=date(2026, 9, 1))
    with pytest.raises(Invalid) as due:
        await work_scenes.carry_over(uow, desk.given, desk.later, due_on=date(2026, 9, 1))
    await scenes.move(uow, desk.later, "freeze")
    with pytest.raises(Conflict) as frozen:
        await work_scenes.carry_over(uow, desk.given, desk.later)

    assert (same.value.field, due.value.field, frozen.value.rule_id) == (
        "input.periodId",
        "input.dueOn",
        "E-I3",
    )
    assert await uow.reading().store(ASSIGNMENTS).count() == count


async def test_work_goes_to_somebody_else_whom_the_caller_leads(uow: MemoryUnitOfWork) -> None:
    desk = await work_scenes.desk(uow)

    with pytest.raises(Invalid) as same:
        await work_scenes.transfer(uow, desk.given, LAN_ID)
    with pytest.raises(Forbidden):
        await work_scenes.transfer(uow, desk.given, NEIGHBOUR_ID, actor=OFFICE_HEAD)
    with pytest.raises(Invalid) as uncovered:
        await work_scenes.transfer(uow, desk.given, NEIGHBOUR_ID, actor=PROVINCE_HEAD)

    assert (same.value.field, uncovered.value.field) == (
        "input.civilServantId",
        "input.periodId",
    )
    assert await uow.reading().store(ASSIGNMENTS).get(desk.given.id) == desk.given


async def test_what_was_handed_on_takes_no_more_reports(uow: MemoryUnitOfWork) -> None:
    desk = await work_scenes.desk(uow)
    old = await work_scenes.transfer(uow, desk.given, MINH_ID)

    with pytest.raises(Conflict):
        await scenes.report(uow, old, "1", actor=LAN)

    assert await uow.reading().store(ASSIGNMENTS).get(old.id) == old
