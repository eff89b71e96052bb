"""Bulk sync: each row on its own."""

from collections.abc import Awaitable
from dataclasses import replace

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor
from congvu_kit.domain.errors import Code, Forbidden, Invalid, Unauthenticated
from evaluation import scenes
from evaluation.people import (
    CHAIR,
    COMMUNE,
    HRM,
    LAN_ID,
    NATIONAL_HRM,
    OFFICE,
    OTHER_HRM,
    PROVINCE_UNIT,
    ref,
)
from evaluation_service.application.collections import SERVANTS, UNITS
from evaluation_service.application.imports.rows import SyncReport
from evaluation_service.domain.personnel.servants import CivilServantSynced
from evaluation_service.domain.personnel.units import OrgUnitSynced, UnitLevel

PERSONAL_NUMBER = "056089001234"


async def test_sync_stores_units_positions_and_people(any_uow: UnitOfWork) -> None:
    report = await scenes.sync(
        any_uow, units=scenes.UNITS, positions=scenes.POSITIONS, people=scenes.PEOPLE
    )

    office = await any_uow.reading().store(UNITS).get(OFFICE)
    lan = await any_uow.reading().store(SERVANTS).get(LAN_ID)
    assert (report.changed, report.unchanged, report.refused) == (14, 0, 0)
    assert office.path == (PROVINCE_UNIT, COMMUNE, OFFICE)
    assert office.agency_id == COMMUNE
    assert (lan.full_name, [a.unit_id for a in lan.appointments]) == ("Nguyễn Thị Lan", [OFFICE])


async def test_the_same_sync_again_changes_nothing(uow: MemoryUnitOfWork) -> None:
    def everything() -> Awaitable[SyncReport]:
        return scenes.sync(
            uow, units=scenes.UNITS, positions=scenes.POSITIONS, people=scenes.PEOPLE
        )

    await everything()
    told = len(uow.outbox)

    report = await everything()

    assert (report.changed, report.unchanged, report.refused) == (0, 14, 0)
    assert len(uow.outbox) == told


async def test_events_of_people_carry_no_name(uow: MemoryUnitOfWork) -> None:
    await scenes.sync(uow, units=scenes.UNITS, positions=scenes.POSITIONS, people=scenes.PEOPLE)

    people = [event for event in uow.outbox if isinstance(event, CivilServantSynced)]
    assert len(people) == 7
    assert "Nguyễn" not in str(people)


@pytest.mark.parametrize("number", [PERSONAL_NUMBER, "056 089 001 234", "CCCD 056089001234"])
async def test_a_row_with_a_personal_number_is_refused_and_the_others_are_kept(
    uow: MemoryUnitOfWork, number: str
) -> None:
    await scenes.sync(uow, units=scenes.UNITS, positions=scenes.POSITIONS)
    bad = scenes.person_row(number, "Nguyễn Văn A", scenes.appointment_row("H32.31.07", "HO-TICH"))

    report = await scenes.sync(uow, people=[bad, scenes.PEOPLE[3]])

    refused, kept = report.results
    assert refused.refusal is not None
    assert (refused.row, refused.id, refused.refusal.rule_id) == ("people[0]", None, "PERSONAL-ID")
    assert PERSONAL_NUMBER not in refused.refusal.en + refused.refusal.vi
    assert (kept.row, kept.id, kept.refusal) == ("people[1]", LAN_ID, None)
    assert await uow.reading().store(SERVANTS).count() == 1


async def test_a_personal_number_hides_in_no_other_field(uow: MemoryUnitOfWork) -> None:
    await scenes.sync(uow, units=scenes.UNITS, positions=scenes.POSITIONS)
    acting = replace(
        scenes.appointment_row("H32.31.07", "HO-TICH"), acting_for=f"thay {PERSONAL_NUMBER}"
    )

    report = await scenes.sync(uow, people=[scenes.person_row("cb-9", "Người Thay", acting)])

    assert [each.refusal and each.refusal.rule_id for each in report.results] == ["PERSONAL-ID"]
    assert await uow.reading().store(SERVANTS).count() == 0


async def test_rows_of_another_province_are_refused(uow: MemoryUnitOfWork) -> None:
    report = await scenes.sync(uow, units=scenes.UNITS, actor=OTHER_HRM)

    codes = [each.refusal.code for each in report.results if each.refusal]
    assert codes == [Code.FORBIDDEN] * 4
    assert (await uow.reading().store(UNITS).count(), uow.outbox) == (0, [])


@pytest.mark.parametrize("place", ["5", "560", "G9", "g09", "VN", "٥٦"])
async def test_what_is_no_place_is_refused_before_its_reach(
    uow: MemoryUnitOfWork, place: str
) -> None:
    rows = [replace(scenes.UNITS[0], province=place)]
    positions = [replace(scenes.POSITIONS[0], province=place)]
    people = [replace(scenes.PEOPLE[0], province=place, appointments=())]

    for actor in (HRM, NATIONAL_HRM):
        report = await scenes.sync(uow, units=rows, positions=positions, people=people, actor=actor)

        told = [(each.refusal.code, each.refusal.field) for each in report.results if each.refusal]
        assert told == [(Code.INVALID, "province")] * 3
    assert (await uow.reading().store(UNITS).count(), uow.outbox) == (0, [])


async def test_the_national_system_reaches_every_province(uow: MemoryUnitOfWork) -> None:
    report = await scenes.sync(uow, units=scenes.UNITS, actor=NATIONAL_HRM)

    assert report.refused == 0


async def test_a_unit_cannot_be_above_itself(uow: MemoryUnitOfWork) -> None:
    await scenes.sync(uow, units=scenes.UNITS)
    loop = scenes.unit_row("H32", "H32.31.07.1", UnitLevel.PROVINCE)

    report = await scenes.sync(uow, units=[loop])

    assert [each.refusal and each.refusal.rule_id for each in report.results] == ["UNIT-TREE"]
    assert (await uow.reading().store(UNITS).get(PROVINCE_UNIT)).path == (PROVINCE_UNIT,)


async def test_units_below_move_with_a_moved_one(uow: MemoryUnitOfWork) -> None:
    await scenes.sync(uow, units=scenes.UNITS)
    moved = scenes.unit_row("H32.31.07", "H32.31.08", UnitLevel.DEPARTMENT)

    await scenes.sync(uow, units=[moved])

    office = await uow.reading().store(UNITS).get(OFFICE)
    other = ref("H32.31.08").ours("unit")
    assert office.path == (PROVINCE_UNIT, other, COMMUNE, OFFICE)
    assert office.agency_id == other
    told = [event.unit_id for event in uow.outbox if isinstance(event, OrgUnitSynced)]
    assert told[-2:] == [COMMUNE, OFFICE]


async def test_an_appointment_to_a_unit_that_was_not_sent_is_refused(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.sync(uow, units=scenes.UNITS, positions=scenes.POSITIONS)
    lost = scenes.person_row("cb-9", "Người Lạc", scenes.appointment_row("H32.99", "HO-TICH"))

    report = await scenes.sync(uow, people=[lost])

    assert report.results[0].refusal is not None
    assert report.results[0].refusal.field == "appointments.unitRef"


@pytest.mark.parametrize(("actor", "error"), [(ANONYMOUS, Unauthenticated), (CHAIR, Forbidden)])
async def test_only_personnel_systems_sync(
    uow: MemoryUnitOfWork, actor: Actor, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await scenes.sync(uow, units=scenes.UNITS, actor=actor)

    assert (await uow.reading().store(UNITS).count(), uow.outbox) == (0, [])


async def test_an_empty_sync_is_refused(uow: MemoryUnitOfWork) -> None:
    with pytest.raises(Invalid, match="1 to 500 rows"):
        await scenes.sync(uow, actor=HRM)
