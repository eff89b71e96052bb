"""Dates follow the working calendar: before it is known, when it comes, when it is corrected."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.documents import Codec
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.canonical import canonical_bytes
from congvu_kit.domain.working_days import WorkingDays, YearOfDays
from evaluation_service.adapters.files import shipped_calendars
from feedback.complaints.test_states import complaint as in_state
from feedback.reviews.steps import burst
from feedback.scenes import (
    all_of,
    answer,
    answered,
    calendar_comes,
    classify,
    decide,
    disputed,
    file,
    follow_calendars,
    log_of,
    sweep,
    verdict,
)
from feedback_service.application import collections
from feedback_service.application.complaints import calendars
from feedback_service.application.log.binding import CHECKED_OTHERWISE, LATER, STORES_OWN, row_hash
from feedback_service.application.log.rows import differing_rows
from feedback_service.application.needs import Needs
from feedback_service.domain.complaints.complaint import Complaint
from feedback_service.domain.complaints.values import ComplaintState
from support.clock import FixedClock

STORM = date(2026, 8, 4)
TET = [date(2027, 2, 5) + timedelta(days=n) for n in range(7)]


async def only(uow: UnitOfWork) -> Complaint:
    [complaint] = await all_of(uow, collections.COMPLAINTS)
    return complaint


async def comes(uow: UnitOfWork, off: Sequence[date] = (), **changes: object) -> None:
    await calendar_comes(uow, off=off, **changes)
    await follow_calendars(uow)


async def test_nothing_falls_due_on_a_public_holiday_while_no_calendar_is_known(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    clock.at = datetime(2026, 12, 30, 2, tzinfo=UTC)

    filed = await file(uow, needs)

    assert (filed.due_on, filed.answer_by) == (date(2027, 1, 4), date(2027, 1, 14))
    assert filed.provisional


async def test_a_complaint_filed_before_tet_is_due_after_it_once_the_year_is_known(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    clock.at = datetime(2027, 2, 1, 2, tzinfo=UTC)
    filed = await file(uow, needs)
    assert (filed.answer_by, filed.provisional) == (date(2027, 2, 15), True)

    await comes(uow, TET, calendar_id="cal_2027", year=2027, announced=False)
    expected = await only(uow)
    await comes(uow, [*TET, date(2027, 2, 12)], calendar_id="cal_2027", year=2027, edition=2)

    announced = await only(uow)
    assert (expected.answer_by, expected.provisional) == (date(2027, 2, 22), True)
    assert (announced.answer_by, announced.provisional) == (date(2027, 2, 23), False)
    assert [entry.type for entry in await log_of(uow)] == [
        "COMPLAINT_FILED",
        "DEADLINE_MOVED",
        "DEADLINE_MOVED",
    ]
    assert await differing_rows(uow) == []


def shipped() -> tuple[WorkingDays, set[str], set[str]]:
    """The years that evaluation comes with, and the days off and worked as they are written."""
    files = Path(shipped_calendars.__file__).parent.joinpath("calendars").glob("*.json")
    said = [json.loads(each.read_text(encoding="utf-8")) for each in files]
    off = {each["day"] for year in said for each in year["days_off"]}
    worked = {each["day"] for year in said for each in year["worked_days"]}
    years = [
        YearOfDays(
            year=year["year"],
            off=frozenset(date.fromisoformat(each["day"]) for each in year["days_off"]),
            worked=frozenset(date.fromisoformat(each["day"]) for each in year["worked_days"]),
        )
        for year in said
    ]
    return WorkingDays.of(years), off, worked


def test_no_complaint_falls_due_on_a_weekend_a_holiday_or_in_tet() -> None:
    days, off, worked = shipped()
    assert {"2025-01-01", "2026-02-17", "2027-02-06"} <= off
    filing = [date(2025, 1, 1) + timedelta(days=n) for n in range(3 * 365)]

    for filed_on in filing:
        complaint = replace(in_state(ComplaintState.RECEIVED), filed_on=filed_on)
        complaint.begin(days)
        dates = [complaint.due_on, complaint.answer_by]
        complaint.open_window(filed_on, days)
        dates.append(complaint.dispute_until)
        for moved_on in (filed_on, filed_on + timedelta(days=3)):
            complaint.move(WorkingDays(), moved_on)
            complaint.move(days, moved_on)
            dates += [complaint.due_on, complaint.answer_by, complaint.dispute_until]
        for day in dates:
            assert day is not None
            assert str(day) not in off
            assert day.isoweekday() < 6 or str(day) in worked


async def test_a_swapped_saturday_counts(uow: MemoryUnitOfWork, needs: Needs) -> None:
    await comes(uow, [date(2026, 8, 10)], worked=[date(2026, 8, 8)])

    filed = await file(uow, needs)

    assert (filed.due_on, filed.answer_by) == (date(2026, 8, 5), date(2026, 8, 17))


async def test_a_correction_moves_each_open_date_and_a_later_one_moves_it_back(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    await comes(uow)
    await classify(uow, needs, await file(uow, needs))

    await comes(uow, [STORM], edition=2)
    later = await only(uow)
    await comes(uow, edition=3)

    assert (later.due_on, later.answer_by) == (date(2026, 8, 18), date(2026, 8, 18))
    back = await only(uow)
    assert (back.due_on, back.answer_by) == (date(2026, 8, 17), date(2026, 8, 17))


async def test_a_date_passed_by_both_calendars_stays_and_none_moves_to_before_today(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    await comes(uow, [STORM])
    await file(uow, needs)
    clock.pass_days(3)  # The day on which it must be classified, as it was moved.

    await comes(uow, edition=2)
    today = (await only(uow)).due_on
    clock.pass_days(1)
    await comes(uow, [STORM], edition=3)
    passed = (await only(uow)).due_on
    await comes(uow, [STORM, date(2026, 8, 5)], edition=4)

    complaint = await only(uow)
    assert (today, passed) == (date(2026, 8, 6), date(2026, 8, 6))
    assert (complaint.due_on, complaint.answer_by) == (date(2026, 8, 7), date(2026, 8, 19))


async def test_an_answer_that_was_late_is_in_time_by_a_day_called_off_and_stays_so(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    complaint = await classify(uow, needs, await file(uow, needs))
    clock.pass_days(15)  # Tuesday 18 August, one day late.
    late = await answer(uow, needs, complaint)
    assert (late.answer_by, late.answered_in_time) == (date(2026, 8, 17), False)

    await comes(uow, [STORM])
    excused = await only(uow)
    await comes(uow, edition=2)

    assert (excused.answer_by, excused.answered_in_time) == (date(2026, 8, 18), True)
    assert (await only(uow)).answer_by == date(2026, 8, 18)


async def test_the_window_to_dispute_moves_and_the_answer_stays_in_time(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    told = await answered(uow, needs)

    await comes(uow, [STORM])

    complaint = await only(uow)
    assert complaint.dispute_until == date(2026, 8, 18)
    assert (complaint.answer_by, complaint.due_on) == (told.answer_by, None)


async def test_a_dispute_moves_and_a_decided_complaint_does_not(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    contested = await disputed(uow, needs)
    await comes(uow, [STORM])
    moved = await only(uow)
    await decide(uow, needs, verdict(moved))
    decided = await only(uow)

    await comes(uow, [STORM, date(2026, 8, 5)], edition=2)

    assert (contested.due_on, moved.due_on) == (date(2026, 8, 24), date(2026, 8, 25))
    assert await only(uow) == decided


@pytest.mark.parametrize(("province", "moves"), [("00", True), ("56", True), ("01", False)])
async def test_a_province_moves_its_own_dates_only(
    uow: MemoryUnitOfWork, needs: Needs, province: str, moves: bool
) -> None:
    filed = await file(uow, needs)

    await comes(uow, [STORM], calendar_id=f"cal_{province}", province=province)

    assert ((await only(uow)).answer_by != filed.answer_by) == moves


async def test_an_older_edition_that_comes_late_changes_nothing(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    await comes(uow, [STORM], edition=2)
    before = await all_of(uow, collections.CALENDARS)

    await comes(uow, edition=1)
    await comes(uow, edition=2)

    assert await all_of(uow, collections.CALENDARS) == before


async def test_more_than_one_batch_moves(any_uow: UnitOfWork, needs: Needs) -> None:
    for _ in range(calendars.BATCH + 1):
        await file(any_uow, needs)
    await calendar_comes(any_uow, off=[STORM])

    assert await follow_calendars(any_uow) == 2
    assert await follow_calendars(any_uow) == 0

    rows = await all_of(any_uow, collections.COMPLAINTS)
    assert {row.answer_by for row in rows} == {date(2026, 8, 18)}


async def test_a_review_of_answers_moves_and_the_log_says_so(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    await burst(uow, needs)

    await comes(uow, [STORM])

    [review] = await all_of(uow, collections.RATING_REVIEWS)
    last = (await log_of(uow))[-1]
    assert review.decide_by == date(2026, 8, 18)
    assert (last.type, last.shown("decide_by")) == ("DEADLINE_MOVED", "2026-08-18")
    clock.pass_days(15)
    assert await sweep(uow) == 0


def test_F_I12_a_row_bound_before_its_later_fields_keeps_its_hash() -> None:
    complaint = in_state(ComplaintState.RECEIVED)
    document = Codec(collections.COMPLAINTS).dump(complaint)

    later = {name: value for name, value in LATER.items() if name in document}
    assert {name: document[name] for name in later} == later
    assert later.keys() >= {"due_term", "dispute_term", "provisional", "other_officers", "rung"}
    old: dict[str, Any] = {name: value for name, value in document.items() if name not in LATER}
    old["terms"] = {
        name: days for name, days in old["terms"].items() if f"terms.{name}" not in LATER
    }
    assert old["terms"].keys() == {"classify_days", "answer_days", "dispute_days", "decide_days"}
    known = Codec(collections.COMPLAINTS).load(old)
    assert row_hash(known) == row_hash(complaint)
    unbound = STORES_OWN | CHECKED_OTHERWISE
    bound: Any = {name: value for name, value in old.items() if name not in unbound}
    assert hashlib.sha256(canonical_bytes(bound)).hexdigest() == row_hash(complaint)
    known.terms = replace(known.terms, reopen_days=21)
    assert row_hash(known) != row_hash(complaint)
    complaint.provisional = True
    assert row_hash(complaint) != row_hash(Codec(collections.COMPLAINTS).load(old))
