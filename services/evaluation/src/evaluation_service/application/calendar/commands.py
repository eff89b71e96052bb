"""Publishing a year's calendar: a province its own days, place 00 the country's."""

from dataclasses import dataclass, replace
from typing import ClassVar

from congvu_kit.application.commands import RevisedCommand
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Participant, Role
from congvu_kit.domain.errors import Forbidden, Invalid
from congvu_kit.domain.times import ValidityDate
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.application.calendar.queries import find_calendar
from evaluation_service.application.collections import CALENDARS
from evaluation_service.domain.calendar.calendars import (
    RULE,
    CalendarBasis,
    CalendarEdition,
    DayOff,
    DayOffKind,
    WorkedDay,
    WorkingCalendar,
    calendar_id,
)
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.common.places import COUNTRY

YEARS = range(2020, 2100)


@dataclass(frozen=True, kw_only=True)
class PlannedDayOff:
    """A day off as somebody publishes it; the decision is its source."""

    day: ValidityDate
    kind: DayOffKind
    name: str


@dataclass(frozen=True, kw_only=True)
class PublishWorkingCalendar(RevisedCommand):
    """The whole year anew, of the caller's province; `expected_revision` 0 while there is none."""

    operation: ClassVar[str] = "publish_working_calendar"

    year: int
    days_off: tuple[PlannedDayOff, ...]
    worked_days: tuple[WorkedDay, ...]
    announced: bool
    decision: Decision


async def publish_working_calendar(
    command: PublishWorkingCalendar, tx: Transaction
) -> WorkingCalendar:
    command.actor.require(Role.PERIOD_ADMIN)
    province = command.actor.province
    if province is None:
        raise Forbidden(
            en="the token names no province",
            vi="Tài khoản chưa được gắn với tỉnh. Vui lòng liên hệ quản trị hệ thống.",
        )
    if command.year not in YEARS:
        raise Invalid(
            en=f"year must be {YEARS[0]} to {YEARS[-1]}",
            vi=f"Năm phải từ {vi_text(YEARS[0])} đến {vi_text(YEARS[-1])}.",
            field="input.year",
        )
    command.decision.check("input.decision.number")
    calendar = await _calendar(command.year, province, tx)
    calendar.expect_revision(command.expected_revision)
    if province != COUNTRY:
        await _keep_national_holidays(command, tx)
    basis = CalendarBasis.ANNOUNCED if command.announced else CalendarBasis.EXPECTED
    source = command.decision.number
    calendar.publish(
        CalendarEdition(
            days_off=tuple(
                DayOff(day=each.day, kind=each.kind, name=each.name, basis=basis, source=source)
                for each in command.days_off
            ),
            worked_days=command.worked_days,
            announced=command.announced,
            source=source,
            decision=command.decision,
            published_by=Participant.of(command.actor),
            published_at=tx.now,
        )
    )
    await tx.store(CALENDARS).save(calendar)
    return calendar


async def _calendar(year: int, province: str, tx: Transaction) -> WorkingCalendar:
    found = await find_calendar(year, province, tx)
    return found or WorkingCalendar(id=calendar_id(year, province), year=year, province=province)


async def _keep_national_holidays(command: PublishWorkingCalendar, tx: Transaction) -> None:
    """A province adds days; what is off for the country is worked nowhere."""
    country = await find_calendar(command.year, COUNTRY, tx)
    off = {each.day for each in country.current.days_off} if country else set()
    if any(each.day in off for each in command.worked_days):
        raise Invalid(
            en="a day that is off for the whole country cannot be worked",
            vi="Không bố trí làm bù vào ngày nghỉ của cả nước.",
            field="input.workedDays",
            rule_id=RULE,
        )


async def keep_shipped(year: int, edition: CalendarEdition, tx: Transaction) -> None:
    """A newer shipped edition follows a shipped one; what somebody published stays."""
    calendar = await _calendar(year, COUNTRY, tx)
    known = max((each.shipped or 0 for each in calendar.editions), default=0)
    if calendar.is_shipped and (edition.shipped or 0) > known:
        calendar.publish(replace(edition, published_at=tx.now))
        await tx.store(CALENDARS).save(calendar)
