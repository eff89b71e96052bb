"""What evaluation tells the catalogue in these tests: units, a period, work."""

from dataclasses import replace
from datetime import date

from catalogue.people import COMMUNE
from catalogue_service.application import reactions
from catalogue_service.domain.common.kinds import LocalityType
from congvu_kit.application.ports import UnitOfWork

UNIT = reactions.OrgUnitSynced(
    unit_id=COMMUNE,
    code="H32.31.07",
    name="Xã Vĩnh Hải",
    level="COMMUNE",
    province="56",
    parent_id="unit_province",
    locality_type=LocalityType.MOUNTAIN,
    revision=2,
)
PROVINCE = replace(
    UNIT, unit_id="unit_province", level="PROVINCE", parent_id=None, locality_type=None
)
TEAM = replace(UNIT, unit_id="unit_team", level="DEPARTMENT", parent_id=COMMUNE)
HANOI_UNIT = replace(UNIT, unit_id="unit_ha_noi", province="01", parent_id=None)
QUARTER = reactions.PeriodFact(
    period_id="period_q3",
    province="56",
    name="Quý III/2026",
    starts_on=date(2026, 7, 1),
    ends_on=date(2026, 10, 1),
    unit_ids=(COMMUNE,),
)
YEAR = reactions.CalendarPublished(
    calendar_id="cal_2026",
    province="00",
    year=2026,
    edition=1,
    announced=True,
    days_off=(reactions.DayFact(day=date(2026, 8, 31)),),
    worked_days=(reactions.DayFact(day=date(2026, 8, 22)),),
)
WORK = reactions.AssignmentFact(
    province="56", assignment_id="asg_1", version_id="C.56.22363.1@3", period_id=QUARTER.period_id
)


async def tell_units(uow: UnitOfWork, *units: reactions.OrgUnitSynced) -> None:
    for unit in units:
        async with uow.begin() as tx:
            await reactions.keep_unit(unit, tx)


async def tell_calendars(uow: UnitOfWork, *calendars: reactions.CalendarPublished) -> None:
    for calendar in calendars:
        async with uow.begin() as tx:
            await reactions.keep_calendar(calendar, tx)


async def close_quarter(uow: UnitOfWork, quarter: reactions.PeriodFact = QUARTER) -> None:
    async with uow.begin() as tx:
        await reactions.close_period(quarter, tx)
