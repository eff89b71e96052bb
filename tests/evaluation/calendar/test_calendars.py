"""Which days are worked: shipped, published by decision, corrected while a period runs."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Conflict, Invalid
from evaluation import scenes
from evaluation.people import ADMIN, CHAIR_ID, LAN_ID, NATIONAL_ADMIN, OTHER_ADMIN
from evaluation.scenes import evaluation_of
from evaluation.work_scenes import charge_silence
from evaluation_service.adapters.files.shipped_calendars import shipped_calendars
from evaluation_service.application.calendar import commands, queries, terms
from evaluation_service.application.collections import ASSIGNMENTS, CALENDARS, PERIODS
from evaluation_service.domain.calendar.calendars import (
    EDITIONS_MAX,
    CalendarBasis,
    DayOffKind,
    WorkedDay,
    WorkingCalendar,
    WorkingCalendarPublished,
    calendar_id,
)
from evaluation_service.domain.common.places import COUNTRY
from evaluation_service.domain.periods.periods import EvaluationPeriod
from support.clock import FixedClock

STORM = scenes.STORM
SATURDAY = date(2026, 8, 15)
DUE = date(2026, 8, 17)


async def of_country(uow: MemoryUnitOfWork, year: int) -> WorkingCalendar:
    return await uow.reading().store(CALENDARS).get(calendar_id(year, COUNTRY))


async def reported(uow: MemoryUnitOfWork) -> str:
    """Lan's report of 10 August, whose check is due on the 17th."""
    await scenes.commune(uow)
    await scenes.calendars(uow)
    period = await scenes.open_period(uow)
    return (await scenes.report(uow, await scenes.assign(uow, period), "4")).id


async def due_on(uow: MemoryUnitOfWork, id: str) -> date | None:
    return (await uow.reading().store(ASSIGNMENTS).get(id)).review_due_on


@pytest.mark.parametrize(("year", "count"), [(2025, 250), (2026, 249), (2027, 249)])
async def test_the_shipped_years_have_so_many_working_days(
    uow: MemoryUnitOfWork, year: int, count: int
) -> None:
    await scenes.calendars(uow)

    days = await queries.working_days("56", uow.reading())

    assert days.between(date(year, 1, 1), date(year + 1, 1, 1)) == count
    assert days.is_settled(date(year, 1, 1), date(year, 12, 31)) == (year < 2027)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 1, 24), True),
        *((date(2025, 1, 25) + timedelta(days=n), False) for n in range(9)),
        (date(2025, 2, 3), True),
        (date(2025, 4, 7), False),
        (date(2025, 4, 26), True),
        (date(2025, 5, 2), False),
        (date(2025, 9, 1), False),
        (date(2026, 1, 2), False),
        (date(2026, 1, 10), True),
        *((date(2026, 2, 14) + timedelta(days=n), False) for n in range(9)),
        (date(2026, 2, 23), True),
        (date(2026, 4, 27), False),
        (date(2026, 8, 22), True),
        *((date(2026, 8, 29) + timedelta(days=n), False) for n in range(5)),
        (date(2026, 9, 3), True),
        (date(2026, 11, 24), False),
        (date(2027, 4, 16), False),
    ],
)
async def test_the_shipped_years_are_those_that_were_announced(
    uow: MemoryUnitOfWork, day: date, works: bool
) -> None:
    await scenes.calendars(uow)

    assert (await queries.working_days("56", uow.reading())).is_working(day) == works


def test_every_shipped_day_has_a_source_and_an_unannounced_year_says_so() -> None:
    shipped = shipped_calendars()

    assert sorted(shipped) == [2025, 2026, 2027]
    for edition in shipped.values():
        assert all(each.source for each in edition.days_off)
        expected = [each for each in edition.days_off if each.basis is CalendarBasis.EXPECTED]
        assert edition.announced == (not expected)


async def test_a_shipped_year_comes_once_and_a_newer_one_follows_it(uow: MemoryUnitOfWork) -> None:
    await scenes.calendars(uow)
    await scenes.calendars(uow)
    newer = replace(shipped_calendars()[2027], announced=True, shipped=2)

    async with uow.begin() as tx:
        await commands.keep_shipped(2027, newer, tx)

    assert len((await of_country(uow, 2026)).editions) == 1
    assert [each.announced for each in (await of_country(uow, 2027)).editions] == [False, True]


async def test_what_was_published_is_not_undone_by_what_is_shipped(uow: MemoryUnitOfWork) -> None:
    await scenes.calendars(uow)
    published = await scenes.publish_calendar(
        uow, off=[date(2027, 2, 4)], year=2027, actor=NATIONAL_ADMIN
    )

    async with uow.begin() as tx:
        await commands.keep_shipped(2027, replace(shipped_calendars()[2027], shipped=2), tx)

    assert await of_country(uow, 2027) == published


async def test_a_correction_keeps_the_edition_of_before_and_tells_the_whole_year(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.publish_calendar(uow, off=[STORM])

    corrected = await scenes.publish_calendar(uow, worked={STORM: SATURDAY})

    told = [each for each in uow.outbox if isinstance(each, WorkingCalendarPublished)]
    assert [each.days_off[0].kind for each in corrected.editions] == [
        DayOffKind.LOCAL,
        DayOffKind.SWAPPED,
    ]
    assert [(each.edition, each.province, len(each.worked_days)) for each in told] == [
        (1, "56", 0),
        (2, "56", 1),
    ]
    assert told[1].decision_number == "30/QĐ-UBND"


async def test_a_check_that_is_due_moves_with_a_correction_and_back(uow: MemoryUnitOfWork) -> None:
    report = await reported(uow)
    assert await due_on(uow, report) == DUE

    await scenes.publish_calendar(uow, off=[STORM])
    await scenes.moved_deadlines(uow)
    later = await due_on(uow, report)
    await scenes.publish_calendar(uow, worked={STORM: SATURDAY})
    await scenes.moved_deadlines(uow)

    assert (later, await due_on(uow, report)) == (DUE + timedelta(days=1), DUE)
    assert await scenes.moved_deadlines(uow) == 0


async def test_a_check_never_moves_to_before_today(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    report = await reported(uow)
    await scenes.publish_calendar(uow, off=[STORM])
    await scenes.moved_deadlines(uow)
    clock.pass_days(8)  # The last day of the term as it was moved, after that of the next.

    await scenes.publish_calendar(uow)
    await scenes.moved_deadlines(uow)

    assert await due_on(uow, report) == date(2026, 8, 18)


async def test_a_check_that_was_due_by_both_calendars_stays_as_it_was(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    report = await reported(uow)
    clock.pass_days(9)

    await scenes.publish_calendar(uow, off=[STORM])
    await scenes.moved_deadlines(uow)

    assert await due_on(uow, report) == DUE


@pytest.mark.parametrize(
    ("publisher", "moved"), [(OTHER_ADMIN, False), (ADMIN, True), (NATIONAL_ADMIN, True)]
)
async def test_a_calendar_moves_what_it_holds_for(
    uow: MemoryUnitOfWork, publisher: Actor, moved: bool
) -> None:
    report = await reported(uow)

    await scenes.publish_calendar(uow, off=[STORM], actor=publisher)
    await scenes.moved_deadlines(uow)

    assert (await due_on(uow, report) != DUE) == moved


async def test_more_than_one_batch_is_moved(uow: MemoryUnitOfWork) -> None:
    id = await reported(uow)
    report = await uow.reading().store(ASSIGNMENTS).get(id)
    async with uow.begin() as tx:
        for n in range(terms.BATCH):
            await tx.store(ASSIGNMENTS).save(replace(report, id=f"asg_{n:04}", revision=0))

    await scenes.publish_calendar(uow, off=[STORM])

    steps = await scenes.moved_deadlines(uow)
    rows = await uow.reading().store(ASSIGNMENTS).select()
    assert (steps, {each.review_due_on for each in rows}) == (2, {DUE + timedelta(days=1)})


async def test_a_term_into_a_year_that_is_not_announced_is_provisional(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    await scenes.commune(uow)
    await scenes.calendars(uow)
    clock.at = datetime(2026, 12, 30, 3, tzinfo=UTC)
    year_end = {"starts_on": date(2026, 10, 1), "ends_on": date(2027, 1, 1)}
    period = await scenes.open_period(uow, **year_end)
    given = await scenes.assign(uow, period, due_on=date(2026, 12, 31))
    report = await scenes.report(uow, given, "4", completed_on=date(2026, 12, 30))
    assert (report.review_due_on, report.review_due_provisional) == (date(2027, 1, 7), True)

    await scenes.publish_calendar(uow, off=[date(2027, 1, 1)], year=2027, actor=NATIONAL_ADMIN)
    await scenes.moved_deadlines(uow)

    known = await uow.reading().store(ASSIGNMENTS).get(report.id)
    assert (known.review_due_on, known.review_due_provisional) == (date(2027, 1, 7), False)


async def test_a_run_counts_by_the_calendar_that_held_at_the_freeze(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    await scenes.commune(uow)
    await scenes.calendars(uow)
    period = await scenes.open_period(uow)
    await scenes.publish_calendar(uow, off=[STORM])
    clock.pass_days(60)
    frozen = await scenes.move(uow, period, "freeze")
    clock.pass_days(1)
    await scenes.publish_calendar(uow, off=[STORM, date(2026, 8, 13)])

    await scenes.indexes_come(uow, frozen)
    await scenes.Pump(uow).run()

    sheet = (await evaluation_of(uow, frozen, LAN_ID)).sheet
    assert sheet is not None
    assert '"working_days":"63"' in sheet.snapshot


async def test_days_late_are_the_working_days_that_the_report_waited(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    report = await reported(uow)
    await charge_silence(uow, date(2026, 8, 18))
    clock.pass_days(12)  # Saturday 22 August, which is worked for Monday the 31st.
    await scenes.accept(uow, await uow.reading().store(ASSIGNMENTS).get(report))
    clock.pass_days(50)
    found = await uow.reading().store(ASSIGNMENTS).get(report)
    opened = await uow.reading().store(PERIODS).get(found.period_id)
    period = await scenes.reviewed(uow, opened)

    sheet = (await evaluation_of(uow, period, CHAIR_ID)).sheet
    assert sheet is not None
    assert '"step":"APPROVE_WORK","working_days_late":"10"' in sheet.snapshot


async def in_appeals(uow: MemoryUnitOfWork, clock: FixedClock) -> EvaluationPeriod:
    """Published on Tuesday 1 December 2026, with four days for appeals."""
    await scenes.commune(uow)
    await scenes.calendars(uow)
    period = await scenes.open_period(uow, appeal_days=4)
    clock.at = datetime(2026, 12, 1, 3, tzinfo=UTC)
    await scenes.reviewed(uow, period)
    return await scenes.move(uow, period, "publish")


async def test_appeals_may_be_filed_until_a_working_day(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    period = await in_appeals(uow, clock)
    saturday, monday = date(2026, 12, 5), date(2026, 12, 7)
    assert (period.appeals_until, saturday.weekday()) == (monday, 5)

    await scenes.publish_calendar(uow, off=[monday])
    await scenes.moved_deadlines(uow)
    later = (await scenes.now_is(uow, period)).appeals_until
    clock.pass_days(6)
    await scenes.publish_calendar(uow)
    await scenes.moved_deadlines(uow)
    today = (await scenes.now_is(uow, period)).appeals_until
    clock.pass_days(1)
    await scenes.publish_calendar(uow, off=[monday])
    await scenes.moved_deadlines(uow)

    assert (later, today) == (date(2026, 12, 8), monday)
    assert (await scenes.now_is(uow, period)).appeals_until == monday


BAD: dict[str, dict[str, Any]] = {
    "input.daysOff": {"off": [date(2027, 1, 2)]},
    "input.daysOff twice": {"off": [STORM, STORM]},
    "input.workedDays": {"worked": {STORM: date(2026, 8, 13)}},
    "input.year": {"year": 1999},
    "input.workedDays national": {
        "off": [],
        "worked": {STORM: date(2026, 4, 26)},
    },
}


@pytest.mark.parametrize("bad", BAD)
async def test_a_wrong_calendar_is_refused_and_nothing_moves(
    uow: MemoryUnitOfWork, bad: str
) -> None:
    await scenes.calendars(uow)
    before = len(uow.outbox)

    with pytest.raises(Invalid) as refused:
        await scenes.publish_calendar(uow, **BAD[bad])

    assert refused.value.field == bad.split(maxsplit=1)[0]
    assert await uow.reading().store(CALENDARS).count() == len(shipped_calendars())
    assert len(uow.outbox) == before


@pytest.mark.parametrize(
    ("kind", "swapped_for"), [(DayOffKind.LOCAL, STORM), (DayOffKind.SWAPPED, STORM)]
)
async def test_a_worked_day_stands_for_one_swapped_day_off(
    uow: MemoryUnitOfWork, kind: DayOffKind, swapped_for: date
) -> None:
    days = [commands.PlannedDayOff(day=STORM, kind=kind, name="Bão")]
    worked = WorkedDay(day=SATURDAY, in_place_of=swapped_for)
    right = scenes.publishing_calendar(days_off=tuple(days), worked_days=(worked,))
    twice = replace(right, worked_days=(worked, replace(worked, day=date(2026, 8, 16))))

    async with uow.begin() as tx:
        for command in [twice] if kind is DayOffKind.SWAPPED else [right, twice]:
            with pytest.raises(Invalid) as refused:
                await commands.publish_working_calendar(command, tx)
            assert refused.value.field == "input.workedDays.inPlaceOf"
        if kind is DayOffKind.SWAPPED:
            published = await commands.publish_working_calendar(right, tx)
            assert published.current.worked_days == (worked,)


async def test_a_year_has_so_many_editions_and_no_more(uow: MemoryUnitOfWork) -> None:
    for _ in range(EDITIONS_MAX):
        await scenes.publish_calendar(uow, off=[STORM])

    with pytest.raises(Conflict):
        await scenes.publish_calendar(uow, off=[STORM])
