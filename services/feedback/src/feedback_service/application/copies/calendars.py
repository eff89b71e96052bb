"""The working calendars that evaluation publishes."""

from dataclasses import dataclass
from datetime import date

from congvu_kit.application.ports import Transaction
from congvu_kit.application.refusals import refuse_other
from feedback_service.application.collections import CALENDARS
from feedback_service.domain.copies.calendar import WorkingCalendar


@dataclass(frozen=True, kw_only=True)
class DayFact:
    day: date


@dataclass(frozen=True, kw_only=True)
class CalendarPublished:
    """The whole year: the country's (province 00), or what a province has besides."""

    calendar_id: str
    province: str
    year: int
    edition: int
    announced: bool
    days_off: tuple[DayFact, ...] = ()
    worked_days: tuple[DayFact, ...] = ()


async def keep_calendar(fact: CalendarPublished, tx: Transaction) -> None:
    """The newest edition; deadlines are moved to it a few at a time."""
    calendars = tx.store(CALENDARS)
    kept = await calendars.find(fact.calendar_id)
    if kept is not None:
        refuse_other(kept, fact, "province", year=fact.year)
        if kept.edition >= fact.edition:
            return
    told = WorkingCalendar(
        id=fact.calendar_id,
        year=fact.year,
        province=fact.province,
        off=tuple(each.day for each in fact.days_off),
        worked=tuple(each.day for each in fact.worked_days),
        announced=fact.announced,
        edition=fact.edition,
        revision=kept.revision if kept else 0,
    )
    told.follows(kept)
    await calendars.save(told)
