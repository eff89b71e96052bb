"""A quarter as the one before: people get their work, groups their shares, whoever left is told."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import Eq
from evaluation import desk_scenes as desk
from evaluation import scenes, work_scenes
from evaluation.people import CHAIR, COMMUNE, HOA_ID, LAN_ID, MINH_ID, OFFICE, OFFICE_HEAD_ID
from evaluation_service.application.collections import (
    ASSIGNMENTS,
    SERVANTS,
    TALLIES,
    UNITS,
    WORK_GROUPS,
)
from evaluation_service.application.desk.repeating import AsIn
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.work.assignment_events import AssignmentCreated
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.groups import GroupShare, WorkGroup


async def work(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> list[Assignment]:
    return await uow.reading().store(ASSIGNMENTS).select(Eq("period_id", period.id))


async def groups(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> list[WorkGroup]:
    return await uow.reading().store(WORK_GROUPS).select(Eq("period_id", period.id))


async def leaves(uow: MemoryUnitOfWork, civil_servant_id: str, on: date) -> None:
    async with uow.begin() as tx:
        servant = await tx.store(SERVANTS).get(civil_servant_id)
        servant.appointments = tuple(replace(each, valid_to=on) for each in servant.appointments)
        await tx.store(SERVANTS).save(servant)


@pytest.fixture
async def period(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    await scenes.commune(uow)
    return await scenes.open_period(uow)


async def test_as_in_the_quarter_before(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> None:
    await scenes.assign(uow, period, LAN_ID, quantity="7", due_on=date(2026, 7, 21))
    await scenes.assign(uow, period, MINH_ID, version_id=scenes.PLAN, due_on=date(2026, 9, 30))
    await work_scenes.cancel(uow, await scenes.assign(uow, period, OFFICE_HEAD_ID))
    following = await work_scenes.next_quarter(uow)

    as_in = AsIn(period_id=period.id, unit_id=COMMUNE)
    first = await desk.assign(uow, following, as_in=as_in)
    again = await desk.assign(uow, following, as_in=as_in)

    assert {
        (each.civil_servant_id, each.version.code, str(each.quantity), each.due_on)
        for each in await work(uow, following)
    } == {
        (LAN_ID, scenes.BIRTH.rpartition("@")[0], "7", date(2026, 10, 21)),
        (MINH_ID, scenes.PLAN.rpartition("@")[0], "4", date(2026, 12, 31)),
    }
    assert all(each.refusal is None for each in first.results)
    assert {each.refusal.code for each in again.results if each.refusal} == {"CONFLICT"}


async def test_several_pieces_of_one_product_come_again_as_several(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    for day in (3, 17):
        await scenes.assign(uow, period, LAN_ID, quantity="2", due_on=date(2026, 9, day))
    following = await work_scenes.next_quarter(uow)

    await desk.assign(uow, following, as_in=AsIn(period_id=period.id, unit_id=OFFICE))

    assert sorted(each.due_on.day for each in await work(uow, following)) == [4, 18]


async def test_E_I6_a_group_comes_again_in_its_shares(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    await work_scenes.form_group(
        uow, period, work_scenes.members(minh="30", lan="70"), quantity="11"
    )
    following = await work_scenes.next_quarter(uow)
    as_in, told = AsIn(period_id=period.id, unit_id=OFFICE), len(uow.outbox)

    dry = await desk.assign(uow, following, as_in=as_in, dry_run=True)
    nothing = (await groups(uow, following), await work(uow, following), uow.outbox[told:])
    report = await desk.assign(uow, following, as_in=as_in)
    again = await desk.assign(uow, following, as_in=as_in)

    (group,) = await groups(uow, following)
    shares = {each.civil_servant_id: each for each in await work(uow, following)}
    assert [each.refusal for each in (*dry.results, *report.results)] == [None] * 4
    assert nothing == ([], [], [])
    assert [each.assignment_id for each in report.results] == [
        each.assignment_id for each in group.division.members
    ]
    assert (group.division.quantity, group.lead.civil_servant_id) == (Decimal(11), MINH_ID)
    assert group.division.divided_by.officer == CHAIR.officer
    assert {id: (str(each.quantity), each.group) for id, each in shares.items()} == {
        LAN_ID: ("7.7", GroupShare(group_id=group.id, share=Decimal(70))),
        MINH_ID: ("3.3", GroupShare(group_id=group.id, share=Decimal(30))),
    }
    created = [each for each in uow.outbox[told:] if isinstance(each, AssignmentCreated)]
    assert [each.group_id for each in created] == [group.id] * 2
    assert {each.refusal.code for each in again.results if each.refusal} == {"CONFLICT"}
    assert len(await groups(uow, following)) == 1


async def test_E_I6_nothing_is_half_made_of_a_group_that_somebody_left(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    await work_scenes.form_group(uow, period, work_scenes.members(lan="50", minh="30", hoa="20"))
    await scenes.assign(uow, period, LAN_ID)
    await leaves(uow, MINH_ID, date(2026, 10, 1))
    following = await work_scenes.next_quarter(uow)
    told = len(uow.outbox)

    report = await desk.assign(uow, following, as_in=AsIn(period_id=period.id, unit_id=COMMUNE))

    alone, *shares = report.results
    refused = {each.civil_servant_id: each.refusal for each in shares}
    codes = {id: each and (each.code, each.rule_id) for id, each in refused.items()}
    assert codes == {
        LAN_ID: ("CONFLICT", "E-I6"),
        MINH_ID: ("INVALID", None),
        HOA_ID: ("CONFLICT", "E-I6"),
    }
    assert [each.id for each in await work(uow, following)] == [alone.assignment_id]
    assert await groups(uow, following) == []
    assert len([each for each in uow.outbox[told:] if isinstance(each, AssignmentCreated)]) == 1
    (tally,) = await uow.reading().store(TALLIES).select(Eq("period_id", following.id))
    assert list(tally.lines) == [alone.assignment_id]


async def test_who_is_elsewhere_in_the_agency_is_told_and_gets_nothing_of_the_old_unit(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    await scenes.assign(uow, period, LAN_ID)
    await work_scenes.form_group(uow, period, work_scenes.members(lan="50", minh="50"))
    async with uow.begin() as tx:
        servant = await tx.store(SERVANTS).get(LAN_ID)
        servant.appointments = tuple(
            replace(each, unit_id=COMMUNE) for each in servant.appointments
        )
        await tx.store(SERVANTS).save(servant)
    following = await work_scenes.next_quarter(uow)

    report = await desk.assign(uow, following, as_in=AsIn(period_id=period.id, unit_id=OFFICE))

    told = [(each.civil_servant_id, each.refusal and each.refusal.field) for each in report.results]
    assert told == [(LAN_ID, "input.asIn.unitId"), (LAN_ID, "input.asIn.unitId"), (MINH_ID, None)]
    assert await work(uow, following) == []


async def test_E_I21_the_successor_of_a_unit_goes_on_with_its_work(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    await scenes.assign(uow, period, LAN_ID)
    async with uow.begin() as tx:
        servant, unit = await tx.store(SERVANTS).get(LAN_ID), await tx.store(UNITS).get(OFFICE)
        servant.appointments = tuple(
            replace(each, unit_id=COMMUNE) for each in servant.appointments
        )
        unit.heir_ids = (COMMUNE,)
        await tx.store(SERVANTS).save(servant)
        await tx.store(UNITS).save(unit)
    following = await work_scenes.next_quarter(uow)

    await desk.assign(uow, following, as_in=AsIn(period_id=period.id, unit_id=OFFICE))

    assert [each.civil_servant_id for each in await work(uow, following)] == [LAN_ID]
