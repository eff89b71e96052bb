"""A ministry is a place of its own, and everybody may work by the country's lists."""

from dataclasses import replace
from datetime import date

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import Forbidden, Invalid
from evaluation import scenes
from evaluation.people import ADMIN, CHAIR, LAN, NATIONAL_HRM, person, ref
from evaluation_service.application import reactions
from evaluation_service.application.collections import UNITS
from evaluation_service.application.results import indexes
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.personnel.units import UnitLevel
from support.clock import FixedClock

NATIONAL, MINISTRY_LIST, PROVINCE_LIST = "rel_00", "rel_G09", "rel_01"
PAYROLL = "B.00.BC-1@1"
OFFICE = ref("G09.02").ours("unit")
HEAD_ID, MAI_ID = ref("g09-1").ours("cs"), ref("g09-2").ours("cs")
HEAD = person("vu-truong", Role.UNIT_HEAD, province="G09", unit=OFFICE, officer=HEAD_ID)
MAI = person("mai", Role.OFFICER, province="G09", unit=OFFICE, officer=MAI_ID)


def admin(place: str) -> Actor:
    return replace(ADMIN, province=place)


async def released(uow: MemoryUnitOfWork, release: str, place: str) -> None:
    """One product of the place's group B, as the catalogue tells it."""
    version = replace(
        scenes.version_fact(f"B.{place}.BC-1@1", procedure_code=None),
        province=place,
        unit_id=None,
        release_id=release,
    )
    async with uow.begin() as tx:
        await reactions.keep_version(version, tx)
        fact = replace(scenes.release_fact(1, release), province=place, unit_id=None)
        await reactions.keep_release(fact, tx)


async def ministry(uow: MemoryUnitOfWork) -> None:
    """The Ministry of Home Affairs with one of its departments, from the national system."""
    row = scenes.unit_row("G09", None, UnitLevel.CENTRAL, province="G09")
    office = scenes.unit_row("G09.02", "G09", UnitLevel.DEPARTMENT, province="G09")
    head = scenes.appointment_row("G09.02", "TRUONG", AppointmentRole.HEAD)
    people = [
        scenes.person_row("g09-1", "Hồ Thị Vụ", head, province="G09"),
        scenes.person_row(
            "g09-2", "Vũ Thị Mai", scenes.appointment_row("G09.02", "CV"), province="G09"
        ),
    ]
    positions = [
        scenes.position_row("TRUONG", "lanh-dao", province="G09"),
        scenes.position_row("CV", "tong-hop", province="G09"),
    ]
    report = await scenes.sync(
        uow, units=[row, office], positions=positions, people=people, actor=NATIONAL_HRM
    )
    assert report.refused == 0, report


async def everybody(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    await ministry(uow)
    await released(uow, NATIONAL, "00")
    await released(uow, MINISTRY_LIST, "G09")
    await released(uow, PROVINCE_LIST, "01")


async def test_a_province_pins_the_countrys_release_beside_its_own(uow: MemoryUnitOfWork) -> None:
    await everybody(uow)

    period = await scenes.open_period(uow, release_ids=(scenes.RELEASE, NATIONAL))
    work = await scenes.assign(uow, period, version_id=PAYROLL)

    assert period.release_ids == (scenes.RELEASE, NATIONAL)
    assert (work.version.code, work.province) == ("B.00.BC-1", "56")


@pytest.mark.parametrize(
    ("place", "release"), [("56", MINISTRY_LIST), ("56", PROVINCE_LIST), ("G09", scenes.RELEASE)]
)
async def test_no_place_pins_another_places_release(
    uow: MemoryUnitOfWork, place: str, release: str
) -> None:
    await everybody(uow)
    scope = scenes.unit_id("G09" if place == "G09" else "H32.31.07")

    with pytest.raises(Invalid) as refused:
        await scenes.open_period(
            uow, actor=admin(place), scope_unit_id=scope, release_ids=(release,)
        )

    assert (refused.value.field, refused.value.rule_id) == ("input.releaseIds.0", "C-I6")


@pytest.mark.parametrize("place", ["56", "G14", "00"])
async def test_nobody_of_another_place_opens_a_ministrys_period(
    uow: MemoryUnitOfWork, place: str
) -> None:
    await everybody(uow)

    with pytest.raises(Forbidden):
        await scenes.open_period(
            uow,
            actor=admin(place),
            scope_unit_id=scenes.unit_id("G09"),
            release_ids=(NATIONAL,),
        )


async def test_an_officer_of_a_ministry_is_rated_by_the_countrys_list_and_its_own(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    await everybody(uow)
    period = await scenes.open_period(
        uow,
        actor=admin("G09"),
        scope_unit_id=scenes.unit_id("G09"),
        release_ids=(NATIONAL, MINISTRY_LIST),
    )
    for version in (PAYROLL, "B.G09.BC-1@1"):
        given = await scenes.assign(uow, period, MAI_ID, version_id=version, actor=HEAD)
        done = await scenes.report(uow, given, "4", actor=MAI, completed_on=date(2026, 8, 10))
        await scenes.accept(uow, done, actor=HEAD)

    clock.pass_days(60)
    frozen = await scenes.move(uow, period, "freeze", actor=admin("G09"))
    for unit_id in frozen.unit_ids:
        async with uow.begin() as tx:
            index = replace(scenes.index_fact(frozen, unit_id), province="G09")
            await indexes.keep_index(index, tx)
    await scenes.Pump(uow).run()
    rated = await scenes.evaluation_of(uow, frozen, MAI_ID)

    assert rated.sheet is not None
    assert (rated.province, rated.agency_id) == ("G09", scenes.unit_id("G09"))
    assert '"item":"B.00.BC-1@1"' in rated.sheet.snapshot
    assert '"item":"B.G09.BC-1@1"' in rated.sheet.snapshot


async def test_a_ministrys_people_are_none_of_a_provinces_business(uow: MemoryUnitOfWork) -> None:
    await everybody(uow)
    period = await scenes.open_period(
        uow, actor=admin("G09"), scope_unit_id=scenes.unit_id("G09"), release_ids=(NATIONAL,)
    )

    for stranger in (CHAIR, LAN, replace(HEAD, province="56"), replace(HEAD, province="00")):
        with pytest.raises(Forbidden):
            await scenes.assign(uow, period, MAI_ID, version_id=PAYROLL, actor=stranger)

    assert (await uow.reading().store(UNITS).get(OFFICE)).province == "G09"
