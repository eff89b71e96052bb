"""Times of rows against each other and their neighbours: refused with the rule, or taken and told.

Every pair of a life and a part of it is tried, not a few that somebody thought of."""

import itertools
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.unset import UNSET
from evaluation import scenes
from evaluation.people import CHAIR_ID, COMMUNE, ref
from evaluation_service.application.collections import POSITIONS, SERVANTS, UNITS
from evaluation_service.application.imports.rows import (
    PersonRow,
    RowOutcome,
    RowResult,
    SyncForm,
    SyncReport,
    UnitRow,
)
from evaluation_service.domain.personnel.lives import Identity, Life
from evaluation_service.domain.personnel.servants import AppointmentRole, Leave
from evaluation_service.domain.personnel.units import UnitLevel

DAYS = (date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1))
ENDS = (*DAYS, None)
SPANS = list(itertools.product(DAYS, ENDS))
PAIRS = list(itertools.product([(a, b) for a, b in SPANS if b is None or a < b], SPANS))


def days(starts_on: date, ends_on: date | None) -> set[date]:
    """By counting, so that nothing of the rules is used to check them."""
    end = ends_on or date(2026, 9, 1)
    return {date.fromordinal(n) for n in range(starts_on.toordinal(), end.toordinal())}


def rule(result: RowResult) -> tuple[str | None, str | None] | None:
    return (result.refusal.rule_id, result.refusal.field) if result.refusal else None


async def organised(uow: MemoryUnitOfWork, *units: UnitRow) -> None:
    report = await scenes.sync(
        uow, units=[*scenes.UNITS, *units], positions=scenes.POSITIONS, people=scenes.PEOPLE
    )
    assert report.refused == 0, report


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_lives_meet_when_they_share_a_day(
    one: tuple[date, date | None], other: tuple[date, date | None]
) -> None:
    if other[1] is None or other[0] < other[1]:
        assert Life(*one).meets(Life(*other)) is bool(days(*one) & days(*other))


@pytest.mark.parametrize(("above", "below"), PAIRS)
async def test_a_unit_lives_no_longer_than_the_one_above_it(
    uow: MemoryUnitOfWork, above: tuple[date, date | None], below: tuple[date, date | None]
) -> None:
    parent = replace(
        scenes.unit_row("H57", None, UnitLevel.PROVINCE), valid_from=above[0], valid_to=above[1]
    )
    child = replace(
        scenes.unit_row("H57.1", "H57", UnitLevel.COMMUNE), valid_from=below[0], valid_to=below[1]
    )

    _, result = (await scenes.sync(uow, units=[parent, child])).results

    if not days(*below):
        assert rule(result) == ("UNIT-LIFE", "validTo")
    elif not days(*below) & days(*above) or max(days(*below)) > max(days(*above)):
        assert rule(result) == ("UNIT-LIFE", "parentRef")
    else:
        older = [("UNIT-LIFE", "parentRef")] if below[0] < above[0] else []
        assert rule(result) is None
        assert [(each.rule_id, each.field) for each in result.remarks] == older


@pytest.mark.parametrize(("life", "post"), PAIRS)
@pytest.mark.parametrize("of", ["unit", "position"])
async def test_an_appointment_lies_in_the_life_of_its_unit_and_position(
    uow: MemoryUnitOfWork,
    life: tuple[date, date | None],
    post: tuple[date, date | None],
    of: str,
) -> None:
    await organised(uow)
    unit = replace(
        scenes.unit_row("H32.9", "H32", UnitLevel.COMMUNE), valid_from=life[0], valid_to=life[1]
    )
    position = replace(
        scenes.position_row("KE-TOAN", "ke-toan"), valid_from=life[0], valid_to=life[1]
    )
    await scenes.sync(uow, units=[unit], positions=[position])
    where = ("H32.9", "HO-TICH") if of == "unit" else ("H32.31.07", "KE-TOAN")
    row = scenes.person_row(
        "cb-9", "Người Mới", scenes.appointment_row(*where, valid_from=post[0], valid_to=post[1])
    )

    (result,) = (await scenes.sync(uow, people=[row])).results

    if not days(*post):
        assert rule(result) == ("APPOINTMENT-LIFE", "appointments.validTo")
    elif days(*post) <= days(*life):
        assert rule(result) is None
    else:
        field = "appointments.unitRef" if of == "unit" else "appointments.positionCode"
        assert rule(result) == ("APPOINTMENT-LIFE", field)


@pytest.mark.parametrize(("one", "other"), PAIRS)
async def test_a_unit_has_one_head_at_a_time(
    uow: MemoryUnitOfWork, one: tuple[date, date | None], other: tuple[date, date | None]
) -> None:
    await organised(uow)
    rows = [head(number, span) for number, span in (("cb-8", one), ("cb-9", other))]

    first, second = (await scenes.sync(uow, people=rows)).results

    assert rule(first) is None
    if not days(*other):
        assert rule(second) == ("APPOINTMENT-LIFE", "appointments.validTo")
    elif days(*one) & days(*other):
        assert rule(second) == ("ONE-HEAD", "appointments")
        assert await uow.reading().store(SERVANTS).find(ref("cb-9").ours("cs")) is None
    else:
        assert rule(second) is None


def head(number: str, span: tuple[date, date | None], unit: str = "H32.31.08") -> PersonRow:
    post = scenes.appointment_row(
        unit, "LANH-DAO", AppointmentRole.HEAD, valid_from=span[0], valid_to=span[1]
    )
    return scenes.person_row(number, f"Trưởng {number}", post)


@pytest.mark.parametrize(("one", "other"), PAIRS)
async def test_one_post_is_held_once_at_a_time(
    uow: MemoryUnitOfWork, one: tuple[date, date | None], other: tuple[date, date | None]
) -> None:
    await organised(uow)
    posts = [
        scenes.appointment_row("H32.31.07", "HO-TICH", valid_from=span[0], valid_to=span[1])
        for span in (one, other)
    ]

    (result,) = (await scenes.sync(uow, people=[scenes.person_row("cb-9", "M", *posts)])).results

    if not days(*other):
        assert rule(result) == ("APPOINTMENT-LIFE", "appointments.validTo")
    elif days(*one) & days(*other):
        assert rule(result) == ("E-I10", "appointments")
    else:
        assert rule(result) is None


@pytest.mark.parametrize(("one", "other"), [p for p in PAIRS if p[0][1] and p[1][1]])
async def test_leaves_run_forwards_and_overlaps_are_told(
    uow: MemoryUnitOfWork, one: tuple[date, date], other: tuple[date, date]
) -> None:
    await organised(uow)
    leaves = tuple(
        Leave(kind="thai sản", valid_from=span[0], valid_to=span[1]) for span in (one, other)
    )

    row = replace(scenes.PEOPLE[3], leaves=leaves)
    (result,) = (await scenes.sync(uow, people=[row])).results

    if not days(*other):
        assert rule(result) == ("LEAVE-LIFE", "leaves.validTo")
    else:
        overlap = [("LEAVE-LIFE", "leaves")] if days(*one) & days(*other) else []
        assert rule(result) is None
        assert [(each.rule_id, each.field) for each in result.remarks] == overlap


async def test_a_leave_outside_of_all_appointments_is_told(uow: MemoryUnitOfWork) -> None:
    await organised(uow)
    leave = Leave(kind="ốm", valid_from=date(2020, 1, 1), valid_to=date(2020, 2, 1))

    report = await scenes.sync(uow, people=[replace(scenes.PEOPLE[3], leaves=(leave,))])

    assert [each.rule_id for each in report.results[0].remarks] == ["LEAVE-LIFE"]


async def test_two_heads_change_places_in_one_call(uow: MemoryUnitOfWork) -> None:
    """In any order, and not when the other one does not go."""
    await organised(uow)
    until, since = (date(2026, 1, 1), date(2026, 4, 1)), (date(2026, 4, 1), None)
    here, there = head("cb-8", (DAYS[0], None)), head("cb-9", (DAYS[0], None), "H32.31.07.2")
    office = scenes.unit_row("H32.31.07.2", "H32.31.07", UnitLevel.DEPARTMENT)
    await scenes.sync(uow, units=[office], people=[here, there])

    def moved(row: PersonRow, new: PersonRow) -> PersonRow:
        (old_post,), (new_post,) = scenes.posts_of(row), scenes.posts_of(new)
        left = replace(old_post, valid_to=until[1])
        return replace(row, appointments=(left, replace(new_post, valid_from=since[0])))

    alone = await scenes.sync(uow, people=[moved(here, there)])
    both = await scenes.sync(uow, people=[moved(here, there), moved(there, here)])

    assert rule(alone.results[0]) == ("ONE-HEAD", "appointments")
    assert [rule(each) for each in both.results] == [None, None]


async def test_who_acts_for_a_head_is_no_second_one(uow: MemoryUnitOfWork) -> None:
    await organised(uow)
    row = head("cb-9", (DAYS[0], None), "H32.31.07")
    (post,) = scenes.posts_of(row)

    acting = replace(row, appointments=(replace(post, acting_for="Trần Văn Chủ nghỉ ốm"),))
    refused, taken = [await scenes.sync(uow, people=[each]) for each in (row, acting)]

    assert rule(refused.results[0]) == ("ONE-HEAD", "appointments")
    assert rule(taken.results[0]) is None


@pytest.mark.parametrize("ended", [False, True])
async def test_a_unit_is_not_its_own_successor(uow: MemoryUnitOfWork, ended: bool) -> None:
    """With an end, its id names whoever bears it next, who is waited for."""
    await organised(uow)
    row = replace(
        scenes.UNITS[3],
        valid_to=scenes.OCTOBER if ended else None,
        successor_refs=(ref("H32.31.08"),),
    )

    (result,) = (await scenes.sync(uow, units=[row])).results

    unit = await uow.reading().store(UNITS).get(ref("H32.31.08").ours("unit"))
    assert unit.facts.successor_ids == ()
    if ended:
        assert "UNIT-SUCCESSOR" in [each.rule_id for each in result.remarks]
    else:
        assert rule(result) == ("UNIT-SUCCESSOR", "successorRefs")


async def test_units_below_a_closed_one_are_told_and_not_sent_again(uow: MemoryUnitOfWork) -> None:
    await organised(uow)
    closed = replace(scenes.UNITS[1], valid_to=scenes.OCTOBER)

    told = (await scenes.sync(uow, units=[closed])).results[0].remarks
    (again,) = (await scenes.sync(uow, units=[scenes.UNITS[2]])).results

    assert [each.field for each in told] == ["orgUnit.peoplePastEnd", "validTo"]
    assert rule(again) == ("UNIT-LIFE", "parentRef")


STALE: Mapping[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "revision": ({"source_revision": 7}, {"source_revision": 6}),
    "time": (
        {"source_time": datetime(2026, 8, 2, tzinfo=UTC)},
        {"source_time": datetime(2026, 8, 1, tzinfo=UTC)},
    ),
    "revision before time": (
        {"source_revision": 7, "source_time": datetime(2026, 8, 1, tzinfo=UTC)},
        {"source_revision": 6, "source_time": datetime(2026, 8, 2, tzinfo=UTC)},
    ),
}


@pytest.mark.parametrize("by", STALE)
@pytest.mark.parametrize("kind", ["units", "positions", "people"])
async def test_an_older_delta_does_not_overwrite_a_newer_one(
    uow: MemoryUnitOfWork, by: str, kind: str
) -> None:
    await organised(uow)
    newer, older = STALE[by]

    async def send(name: str, mark: dict[str, Any]) -> SyncReport:
        rows: dict[str, Any] = {
            "units": replace(scenes.UNITS[3], name=name, **mark),
            "positions": replace(scenes.POSITIONS[0], title=name, **mark),
            "people": replace(scenes.PEOPLE[3], full_name=name, **mark),
        }
        sent: dict[str, Any] = {kind: [rows[kind]]}
        return await scenes.sync(uow, **sent)

    first = await send("Tên mới", newer)
    told = len(uow.outbox)
    late = await send("Tên cũ", older)
    same = await send("Tên mới hơn", newer)

    outcomes = [each.results[0].outcome for each in (first, late, same)]
    assert outcomes == [RowOutcome.CHANGED, RowOutcome.STALE, RowOutcome.CHANGED]
    assert (late.changed, late.unchanged, late.refused) == (0, 1, 0)
    assert len(uow.outbox) - told == (0 if kind == "positions" else 1)


async def test_E_I21_a_position_that_comes_back_is_a_new_one(uow: MemoryUnitOfWork) -> None:
    row = replace(scenes.position_row("KE-TOAN", "ke-toan"), valid_from=DAYS[0], valid_to=DAYS[1])
    back = replace(row, title="Kế toán viên", valid_from=DAYS[2], valid_to=None)

    await scenes.sync(uow, positions=[row])
    report = await scenes.sync(uow, positions=[back, row])

    stored = await uow.reading().store(POSITIONS).select(order=["valid_from"])
    assert [each.outcome for each in report.results] == [RowOutcome.CREATED, RowOutcome.UNCHANGED]
    assert [(each.title, each.valid_from) for each in stored] == [
        ("KE-TOAN", DAYS[0]),
        ("Kế toán viên", DAYS[2]),
    ]
    assert stored[0].id != stored[1].id


async def test_E_I21_a_number_given_anew_is_another_person(uow: MemoryUnitOfWork) -> None:
    await organised(uow)
    left = scenes.person_row(
        "cb-9", "Người Cũ", scenes.appointment_row("H32.31.07", "HO-TICH", valid_to=DAYS[0])
    )
    hired = scenes.person_row(
        "cb-9", "Người Mới", scenes.appointment_row("H32.31.07", "HO-TICH", valid_from=DAYS[2])
    )
    await scenes.sync(uow, people=[left])

    asked = await scenes.sync(uow, people=[hired])
    new = replace(hired, identity=Identity.NEW)
    taken = await scenes.sync(uow, people=[new])
    again = await scenes.sync(uow, people=[left, new, hired])

    old, young = ref("cb-9").ours("cs"), taken.results[0].id
    assert rule(asked.results[0]) == ("E-I21", "identity")
    assert (taken.results[0].outcome, young == old) == (RowOutcome.CREATED, False)
    assert [(each.id, each.outcome) for each in again.results] == [
        (old, RowOutcome.UNCHANGED),
        (young, RowOutcome.UNCHANGED),
        (young, RowOutcome.UNCHANGED),
    ]
    assert (await uow.reading().store(SERVANTS).get(old)).full_name == "Người Cũ"


async def test_E_I21_the_same_person_comes_back_or_takes_another_name(
    uow: MemoryUnitOfWork,
) -> None:
    await organised(uow)
    left = scenes.person_row(
        "cb-9", "Người Cũ", scenes.appointment_row("H32.31.07", "HO-TICH", valid_to=DAYS[0])
    )
    back = scenes.person_row(
        "cb-9", "NGƯỜI CŨ", scenes.appointment_row("H32.31.07", "HO-TICH", valid_from=DAYS[2])
    )
    renamed = replace(back, full_name="Tên Khác")
    await scenes.sync(uow, people=[left])

    rehired = await scenes.sync(uow, people=[back])
    told = await scenes.sync(uow, people=[renamed])

    assert {rehired.results[0].id, told.results[0].id} == {ref("cb-9").ours("cs")}
    assert [(each.rule_id, each.field) for each in told.results[0].remarks] == [
        ("E-I21", "fullName")
    ]


async def test_E_I21_who_is_meant_of_several_is_told_by_name_or_asked(
    uow: MemoryUnitOfWork,
) -> None:
    await organised(uow)
    posts = [
        scenes.appointment_row("H32.31.07", "HO-TICH", valid_from=since, valid_to=until)
        for since, until in ((DAYS[0], DAYS[1]), (DAYS[2], None))
    ]
    rows = [scenes.person_row("cb-9", name, post) for name, post in zip("AB", posts, strict=True)]
    await scenes.sync(uow, people=[rows[0], replace(rows[1], identity=Identity.NEW)])
    leave = Leave(kind="ốm", valid_from=DAYS[0], valid_to=DAYS[1])
    known = [replace(row, appointments=UNSET, leaves=(leave,)) for row in rows]
    nameless = replace(known[0], full_name=UNSET)

    report = await scenes.sync(uow, people=[*known, nameless], form=SyncForm.PATCH)

    assert report.results[0].id == ref("cb-9").ours("cs") != report.results[1].id
    assert rule(report.results[2]) == ("E-I21", "appointments")


async def test_a_number_is_not_given_anew_while_somebody_has_it(uow: MemoryUnitOfWork) -> None:
    await organised(uow)
    row = scenes.person_row(
        "cb-001", "Ai Khác", scenes.appointment_row("H32.31.07", "HO-TICH", valid_from=DAYS[1])
    )

    report = await scenes.sync(uow, people=[replace(row, identity=Identity.NEW)])

    chair = await uow.reading().store(SERVANTS).get(CHAIR_ID)
    assert rule(report.results[0]) == ("E-I21", "identity")
    assert (chair.full_name, chair.appointments[0].unit_id) == ("Trần Văn Chủ", COMMUNE)
