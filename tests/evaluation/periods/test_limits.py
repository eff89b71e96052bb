"""What a period may be: every limit at its last good value, and one beyond."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.errors import Invalid
from evaluation import scenes
from evaluation import specimens as a
from evaluation.people import ADMIN, COMMUNE
from evaluation_service.application.collections import PERIODS
from evaluation_service.domain.periods.states import PeriodKind
from evaluation_service.domain.personnel.units import UnitLevel
from support.graph import Graph

START = date(2026, 7, 1)
GOOD: list[dict[str, Any]] = [
    {"name": "x"},
    {"name": "x" * 120},
    {"ends_on": START + timedelta(days=70)},
    {"ends_on": START + timedelta(days=115)},
    {"kind": PeriodKind.MONTH, "ends_on": START + timedelta(days=20)},
    {"kind": PeriodKind.MONTH, "ends_on": START + timedelta(days=45)},
    {"kind": PeriodKind.YEAR, "ends_on": START + timedelta(days=330)},
    {"kind": PeriodKind.YEAR, "ends_on": START + timedelta(days=366)},
    {"minimum_answers": 1},
    {"minimum_answers": 100_000},
    {"review_sla_days": 1},
    {"review_sla_days": 60},
    {"appeal_days": 0},
    {"appeal_days": 90},
]
BAD: list[tuple[str, dict[str, Any]]] = [
    ("input.name", {"name": " "}),
    ("input.name", {"name": "x" * 121}),
    ("input.endsOn", {"ends_on": START}),
    ("input.endsOn", {"ends_on": START + timedelta(days=69)}),
    ("input.endsOn", {"ends_on": START + timedelta(days=116)}),
    ("input.endsOn", {"kind": PeriodKind.MONTH, "ends_on": START + timedelta(days=19)}),
    ("input.endsOn", {"kind": PeriodKind.MONTH, "ends_on": START + timedelta(days=46)}),
    ("input.endsOn", {"kind": PeriodKind.YEAR, "ends_on": START + timedelta(days=329)}),
    ("input.endsOn", {"kind": PeriodKind.YEAR, "ends_on": START + timedelta(days=367)}),
    ("input.minimumAnswers", {"minimum_answers": 0}),
    ("input.minimumAnswers", {"minimum_answers": 100_001}),
    ("input.reviewSlaDays", {"review_sla_days": 0}),
    ("input.reviewSlaDays", {"review_sla_days": 61}),
    ("input.appealDays", {"appeal_days": -1}),
    ("input.appealDays", {"appeal_days": 91}),
]


@pytest.mark.parametrize("changes", GOOD)
def test_the_last_good_value_opens(changes: dict[str, Any]) -> None:
    period = replace(a.period(), involved=[], **changes)

    period.open(a.SOMEBODY)

    assert period.involved == [a.SOMEBODY]
    assert len(period.pull_events()) == 1


@pytest.mark.parametrize(("field", "changes"), BAD)
def test_one_beyond_is_refused(field: str, changes: dict[str, Any]) -> None:
    period = replace(a.period(), involved=[], **changes)

    with pytest.raises(Invalid) as refused:
        period.open(a.SOMEBODY)

    assert refused.value.field == field
    assert (period.involved, period.pull_events()) == ([], [])


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("input.releaseIds", {"release_ids": ()}),
        ("input.releaseIds", {"release_ids": (scenes.RELEASE,) * 51}),
    ],
)
async def test_no_more_releases_than_a_period_has(
    uow: MemoryUnitOfWork, field: str, changes: dict[str, Any]
) -> None:
    await scenes.commune(uow)

    with pytest.raises(Invalid) as refused:
        await scenes.open_period(uow, **changes)

    assert refused.value.field == field
    assert await uow.reading().store(PERIODS).count() == 0


async def test_as_many_releases_as_a_period_may_have(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)

    period = await scenes.open_period(uow, release_ids=(scenes.RELEASE,) * 50)

    assert period.release_ids == (scenes.RELEASE,)


@pytest.mark.parametrize(
    ("days", "collides"),
    [
        ((date(2026, 7, 1), date(2026, 10, 1)), True),
        ((date(2026, 9, 30), date(2026, 12, 1)), True),
        ((date(2026, 10, 1), date(2027, 1, 1)), False),
        ((date(2026, 4, 1), date(2026, 7, 1)), False),
        ((date(2026, 4, 1), date(2026, 7, 2)), True),
    ],
)
def test_periods_collide_on_shared_days(days: tuple[date, date], collides: bool) -> None:
    other = replace(a.period(), starts_on=days[0], ends_on=days[1])

    assert a.period().collides(other) is collides


def test_periods_of_other_kinds_or_units_do_not_collide() -> None:
    yearly = replace(a.period(), kind=PeriodKind.YEAR)
    elsewhere = replace(a.period(), unit_ids=("unit_2",))

    assert not a.period().collides(yearly)
    assert not a.period().collides(elsewhere)


def test_a_period_covers_its_first_day_and_not_the_day_after_its_last() -> None:
    period = a.period()

    assert [
        period.covers(day)
        for day in (date(2026, 6, 30), START, date(2026, 9, 30), date(2026, 10, 1))
    ] == [False, True, True, False]


def test_appeals_are_taken_to_the_end_of_the_last_day() -> None:
    unpublished = replace(a.period(), published_at=None)

    assert a.period().appeals_until == date(2026, 8, 15)
    assert unpublished.appeals_until is None


JULY, OCTOBER, A_DAY = scenes.JULY, scenes.OCTOBER, timedelta(days=1)
STATE = "... on EvaluationPeriod { state }"


def opening(scope_unit_id: str, **changes: object) -> dict[str, object]:
    return {
        "idempotencyKey": scenes.key(),
        "name": "Quý",
        "kind": "QUARTER",
        "scopeUnitId": scope_unit_id,
        "startsOn": "2026-07-01",
        "endsOn": "2026-10-01",
        "releaseIds": [scenes.RELEASE],
        "appealDays": 0,
    } | changes


@pytest.mark.parametrize(
    ("founded_on", "dissolved_on", "opens"),
    [
        (scenes.SINCE, JULY, False),
        (scenes.SINCE, JULY + A_DAY, True),
        (OCTOBER, None, False),
        (OCTOBER - A_DAY, None, True),
    ],
)
async def test_E_I21_a_period_is_opened_over_days_on_which_its_unit_is_there(
    uow: MemoryUnitOfWork, graph: Graph, founded_on: date, dissolved_on: date | None, opens: bool
) -> None:
    await scenes.commune(uow)
    unit = scenes.unit_row("H32.31.09", "H32", UnitLevel.COMMUNE)
    unit = replace(unit, valid_from=founded_on, valid_to=dissolved_on)
    [made] = (await scenes.sync(uow, units=[unit])).results

    answer = await graph.do("openPeriod", opening(made.id or ""), ADMIN, STATE)

    if opens:
        assert answer == {"__typename": "EvaluationPeriod", "state": "OPEN"}
    else:
        told = (answer["code"], answer["field"], answer["ruleId"])
        assert told == ("INVALID", "input.scopeUnitId", "E-I21")
    assert await uow.reading().store(PERIODS).count() == int(opens)


async def test_a_quarter_of_one_day_is_refused_with_the_rule(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await scenes.commune(uow)

    one_day = opening(COMMUNE, endsOn="2026-07-02")
    answer = await graph.do("openPeriod", one_day, ADMIN, STATE)

    told = (answer["code"], answer["field"], answer["ruleId"])
    assert told == ("INVALID", "input.endsOn", "PERIOD-LENGTH")
    assert await uow.reading().store(PERIODS).count() == 0
