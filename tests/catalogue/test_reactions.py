"""What evaluation tells is kept, whatever the order and however often it comes."""

from dataclasses import replace

from catalogue.facts import QUARTER, UNIT, WORK, YEAR, tell_calendars
from catalogue.people import COMMUNE
from catalogue_service.application import reactions
from catalogue_service.application.collections import ASSIGNMENTS, CALENDARS, PERIODS, UNITS
from catalogue_service.domain.common.kinds import LocalityType
from congvu_kit.adapters.memory import MemoryUnitOfWork


async def test_an_older_revision_of_a_unit_is_ignored(uow: MemoryUnitOfWork) -> None:
    for fact in (UNIT, replace(UNIT, name="Tên cũ", revision=1), UNIT):
        async with uow.begin() as tx:
            await reactions.keep_unit(fact, tx)

    unit = await uow.reading().store(UNITS).get(COMMUNE)
    assert (unit.name, unit.told_revision, unit.revision, unit.locality_type) == (
        "Xã Vĩnh Hải",
        2,
        1,
        LocalityType.MOUNTAIN,
    )


async def test_a_closed_period_stays_closed_when_its_opening_comes_late(
    uow: MemoryUnitOfWork,
) -> None:
    async with uow.begin() as tx:
        await reactions.close_period(QUARTER, tx)
        await reactions.keep_period(QUARTER, tx)

    assert (await uow.reading().store(PERIODS).get(QUARTER.period_id)).closed


async def test_work_that_is_done_stays_done_when_its_start_comes_late(
    uow: MemoryUnitOfWork,
) -> None:
    async with uow.begin() as tx:
        await reactions.end_assignment(WORK, tx)
        await reactions.keep_assignment(WORK, tx)

    work = await uow.reading().store(ASSIGNMENTS).get("asg_1")
    assert (work.open, work.code) == (False, "C.56.22363.1")


async def test_an_opened_period_is_kept_as_it_was_first_told(uow: MemoryUnitOfWork) -> None:
    for fact in (QUARTER, replace(QUARTER, name="Quý khác")):
        async with uow.begin() as tx:
            await reactions.keep_period(fact, tx)

    period = await uow.reading().store(PERIODS).get(QUARTER.period_id)
    assert (period.name, period.province, period.unit_ids, period.closed) == (
        "Quý III/2026",
        "56",
        QUARTER.unit_ids,
        False,
    )
    assert (period.starts_on, period.ends_on) == (QUARTER.starts_on, QUARTER.ends_on)


async def test_given_work_is_open_until_it_is_done(uow: MemoryUnitOfWork) -> None:
    seen = []
    for reaction in (reactions.keep_assignment, reactions.end_assignment):
        async with uow.begin() as tx:
            await reaction(WORK, tx)
        seen.append(await uow.reading().store(ASSIGNMENTS).get("asg_1"))

    assert [each.open for each in seen] == [True, False]
    assert (seen[0].version_id, seen[0].period_id) == (WORK.version_id, WORK.period_id)


async def test_the_newest_edition_of_a_calendar_is_kept(uow: MemoryUnitOfWork) -> None:
    corrected = replace(YEAR, edition=2, worked_days=())

    await tell_calendars(uow, YEAR, corrected, YEAR, replace(corrected, announced=False))

    [calendar] = await uow.reading().store(CALENDARS).select()
    assert (calendar.edition, calendar.announced, calendar.worked) == (2, True, ())
    assert calendar.off == (YEAR.days_off[0].day,)
