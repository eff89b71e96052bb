"""Working days against an oracle that writes every day of the years down and counts on the list."""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu_kit.domain.working_days import FIXED_DAYS_OFF, Term, WorkingDays, YearOfDays

FIRST, LAST = 2023, 2029
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
COUNTS = st.integers(0, 120)


def every_day() -> list[date]:
    return [
        date(year, month, day)
        for year in range(FIRST, LAST + 1)
        for month in range(1, 13)
        for day in range(1, monthrange(year, month)[1] + 1)
    ]


def written_down(country: list[YearOfDays], local: list[YearOfDays]) -> list[date]:
    """The working days, one after the other: week, then the country's year, then the province's."""
    by_year = {each.year: each for each in country}
    found = []
    for day in every_day():
        working = day.strftime("%a") not in ("Sat", "Sun")
        if day.year in by_year:
            working = day in by_year[day.year].worked or (
                working and day not in by_year[day.year].off
            )
        else:
            working = working and (day.month, day.day) not in FIXED_DAYS_OFF
        for each in local:
            if each.year == day.year:
                working = day in each.worked or (working and day not in each.off)
        if working:
            found.append(day)
    return found


@st.composite
def years(draw: st.DrawFn, *, local: bool) -> list[YearOfDays]:
    made = []
    for year in draw(st.sets(st.integers(2024, 2027))):
        days = st.dates(date(year, 1, 1), date(year, 12, 31))
        off = draw(st.frozensets(days, max_size=20))
        weekend = days.filter(lambda day: day.weekday() > 4)
        worked = draw(st.frozensets(weekend, max_size=5)) - off
        made.append(YearOfDays(year=year, off=off, worked=worked, local=local))
    return made


@given(years(local=False), years(local=True), DAYS, DAYS, COUNTS)
def test_the_arithmetic_is_that_of_a_list_of_days(
    country: list[YearOfDays], local: list[YearOfDays], one: date, other: date, count: int
) -> None:
    days, listed = WorkingDays.of([*local, *country]), written_down(country, local)

    first, last = min(one, other), max(one, other)
    assert days.between(first, last) == bisect_left(listed, last) - bisect_left(listed, first)
    assert days.is_working(one) == (one in listed)
    assert days.or_next(one) == listed[bisect_left(listed, one)]
    after = listed[bisect_right(listed, one) + count - 1] if count else one
    assert days.after(one, count) == after
    assert days.between(one + timedelta(days=1), after + timedelta(days=1)) == count


@given(
    years(local=False),
    years(local=True),
    st.tuples(DAYS, DAYS, st.none() | DAYS, st.integers(1, 60)),
)
def test_a_moved_term_never_ends_before_today_and_helps_whoever_was_late(
    country: list[YearOfDays],
    local: list[YearOfDays],
    drawn: tuple[date, date, date | None, int],
) -> None:
    since, today, done_on, count = drawn
    given_by, corrected = WorkingDays.of(country), WorkingDays.of([*country, *local])
    term = Term(since=since, days=count)
    due_on, ends = given_by.ends(term), corrected.after(since, count)

    moved = corrected.moved(due_on, term, today, done_on=done_on)

    was_late = due_on < (done_on or today)
    is_late = moved < (done_on or today)
    assert is_late == (was_late and ends < (done_on or today))
    if done_on is None and not was_late:
        assert moved >= today
        assert corrected.is_working(moved)
        assert moved == ends or not list(corrected.days(today, moved))
    else:
        assert moved == (ends if was_late and not is_late else due_on)


@given(years(local=False), DAYS, st.integers(1, 30), st.data())
def test_no_term_that_ended_before_the_first_change_ends_otherwise(
    before: list[YearOfDays], since: date, count: int, data: st.DataObject
) -> None:
    after = []
    for each in before:
        days = st.frozensets(st.dates(date(each.year, 1, 1), date(each.year, 12, 31)), max_size=3)
        off = each.off ^ data.draw(days)
        after.append(replace(each, off=off, worked=each.worked - off))
    changes = [new.first_change(old) for old, new in zip(before, after, strict=True)]
    term = Term(since=since, days=count)

    old, new = WorkingDays.of(before).ends(term), WorkingDays.of(after).ends(term)

    first = min((day for day in changes if day is not None), default=None)
    assert new == old or (first is not None and first <= old)


def test_a_year_that_comes_or_is_announced_changes_from_its_first_day() -> None:
    year = YearOfDays(year=2027, announced=False)

    assert year.first_change(None) == date(2027, 1, 1)
    assert replace(year, announced=True).first_change(year) == date(2027, 1, 1)
    assert year.first_change(year) is None


@pytest.mark.parametrize(
    ("day", "count", "last"),
    [
        (date(2028, 2, 28), 1, date(2028, 2, 29)),
        (date(2026, 2, 27), 1, date(2026, 3, 2)),
        (date(2026, 8, 28), 1, date(2026, 8, 31)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2026, 11, 23), 1, date(2026, 11, 25)),
    ],
)
def test_an_unknown_year_has_its_weekends_and_fixed_days_off(
    day: date, count: int, last: date
) -> None:
    assert WorkingDays().after(day, count) == last


def test_a_swapped_saturday_is_worked_and_the_day_it_stands_for_is_off() -> None:
    monday, saturday = date(2026, 8, 31), date(2026, 8, 22)
    days = WorkingDays.of(
        [YearOfDays(year=2026, off=frozenset({monday}), worked=frozenset({saturday}))]
    )

    assert (days.is_working(saturday), days.is_working(monday)) == (True, False)
    assert days.after(date(2026, 8, 21), 1) == saturday


def test_a_year_is_settled_when_the_country_has_announced_it() -> None:
    days = WorkingDays.of(
        [
            YearOfDays(year=2026),
            YearOfDays(year=2027, announced=False),
            YearOfDays(year=2028, local=True),
        ]
    )

    assert days.is_settled(date(2026, 1, 1), date(2026, 12, 31))
    assert not days.is_settled(date(2026, 12, 31), date(2027, 1, 1))
    assert not days.is_settled(date(2028, 1, 1), date(2028, 1, 1))
