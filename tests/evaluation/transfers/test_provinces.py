"""From one province to another: taken over by rule, rated once, seen by both (E-I10)."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor, Role
from evaluation import scenes
from evaluation.people import (
    ADMIN,
    AUDITOR,
    BOARD,
    CHAIR,
    ELSEWHERE,
    HRM,
    LAN,
    LAN_ID,
    NATIONAL_HRM,
    OFFICE_HEAD,
    OTHER_ADMIN,
    OTHER_AUDITOR,
    OTHER_BOARD,
    OTHER_HRM,
    STRANGER_HEAD,
    person,
    ref,
)
from evaluation.scenes import SINCE, Pump, evaluation_of
from evaluation.transfers.test_handovers import decree_total
from evaluation_service.application import reactions
from evaluation_service.application.collections import HANDOVERS, SERVANTS
from evaluation_service.application.imports.rows import (
    PersonRow,
    RowOutcome,
    SnapshotScope,
    SyncMode,
)
from evaluation_service.application.results import indexes
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.personnel.lives import SourceMark
from evaluation_service.domain.personnel.servants import CivilServant, Leave
from evaluation_service.domain.personnel.units import UnitLevel
from evaluation_service.domain.results.states import EvaluationState
from support.clock import FixedClock
from support.graph import Graph

MOVED = date(2026, 8, 15)
HERE, THERE = "H32.31.07.1", "H26.5"
LAN_THERE = person("lan", Role.OFFICER, province="01", unit=ELSEWHERE, officer=LAN_ID)
RELEASE = "rel_01"
PRODUCT = "C.01.22363.1.001193@1"


async def two_provinces(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    units = [
        scenes.unit_row("H26", None, UnitLevel.PROVINCE, province="01"),
        scenes.unit_row(THERE, "H26", UnitLevel.COMMUNE, province="01"),
    ]
    posts = [scenes.position_row("HO-TICH", "ho-tich", province="01")]
    assert (await scenes.sync(uow, units=units, positions=posts, actor=OTHER_HRM)).refused == 0
    async with uow.begin() as tx:
        version = scenes.version_fact(PRODUCT, release_id=RELEASE)
        await reactions.keep_version(replace(version, province="01"), tx)
        release = replace(scenes.release_fact(1, RELEASE), province="01", groups=("C",))
        await reactions.keep_release(release, tx)


def row(unit: str, since: date, until: date | None = None, **changes: Any) -> PersonRow:
    province = "01" if unit.startswith("H26") else "56"
    post = scenes.appointment_row(unit, "HO-TICH", valid_from=since, valid_to=until)
    said = scenes.person_row("cb-011", "Nguyễn Thị Lan", post, province=province)
    return replace(said, **changes)


async def lan(uow: MemoryUnitOfWork) -> CivilServant:
    return await uow.reading().store(SERVANTS).get(LAN_ID)


async def moves(uow: MemoryUnitOfWork, since: date = MOVED) -> None:
    report = await scenes.sync(uow, people=[row(THERE, since)], actor=OTHER_HRM)
    assert report.refused == 0, report


def posts(servant: CivilServant) -> list[tuple[str | None, date, date | None]]:
    return [(each.province, each.valid_from, each.valid_to) for each in servant.appointments]


@pytest.mark.parametrize("since", [SINCE, MOVED])
async def test_E_I10_a_province_takes_a_person_over_by_a_post_of_its_own(
    uow: MemoryUnitOfWork, since: date
) -> None:
    """That begins no earlier than the last known one, whose days are left as they are."""
    await two_provinces(uow)

    await moves(uow, since)

    taken = await lan(uow)
    assert sorted(posts(taken)) == [("01", since, None), ("56", SINCE, None)]
    assert (taken.province, sorted(taken.provinces)) == ("01", ["01", "56"])
    assert taken.province_on(MOVED) == "01"
    assert [(each.province, each.valid_to) for each in taken.held if each.province == "56"] == (
        [] if since == SINCE else [("56", MOVED)]
    )


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        (row(THERE, date(2025, 6, 30)), "E-I10"),
        (row(HERE, MOVED, province="01"), None),
        (row(THERE, MOVED, province="56"), None),
        (row(THERE, MOVED, appointments=()), "E-I10"),
    ],
)
async def test_E_I10_nobody_is_taken_over_otherwise(
    uow: MemoryUnitOfWork, said: PersonRow, rule: str | None
) -> None:
    await two_provinces(uow)
    before = await lan(uow)

    [result] = (await scenes.sync(uow, people=[said], actor=OTHER_HRM)).results

    assert result.refusal is not None
    assert (result.refusal.code, result.refusal.rule_id) == ("FORBIDDEN", rule)
    assert await lan(uow) == before


async def test_E_I10_the_national_system_moves_anybody(uow: MemoryUnitOfWork) -> None:
    await two_provinces(uow)
    both = (*scenes.posts_of(row(HERE, SINCE, MOVED)), *scenes.posts_of(row(THERE, MOVED)))

    report = await scenes.sync(
        uow, people=[row(THERE, MOVED, appointments=both)], actor=NATIONAL_HRM
    )

    assert report.refused == 0
    taken = await lan(uow)
    assert posts(taken) == [("56", SINCE, MOVED), ("01", MOVED, None)]
    assert taken.province == "01"


async def test_E_I10_the_old_province_writes_its_own_posts_and_nothing_else(
    uow: MemoryUnitOfWork,
) -> None:
    await two_provinces(uow)
    await moves(uow)
    leave = Leave(kind="om", valid_from=MOVED, valid_to=date(2026, 8, 20))

    report = await scenes.sync(
        uow, people=[row(HERE, SINCE, date(2026, 8, 10), full_name="Khác", leaves=(leave,))]
    )

    taken = await lan(uow)
    assert report.refused == 0
    assert posts(taken) == [("56", SINCE, date(2026, 8, 10)), ("01", MOVED, None)]
    assert (taken.full_name, taken.leaves) == ("Nguyễn Thị Lan", ())
    assert taken.province == "01"


async def test_E_I10_the_new_province_leaves_the_posts_of_before_as_they_are(
    uow: MemoryUnitOfWork,
) -> None:
    await two_provinces(uow)
    await moves(uow)

    report = await scenes.sync(uow, people=[row(THERE, MOVED, date(2026, 12, 1))], actor=OTHER_HRM)

    assert report.refused == 0
    assert posts(await lan(uow)) == [("56", SINCE, None), ("01", MOVED, date(2026, 12, 1))]


async def test_E_I10_who_comes_back_is_taken_over_again(uow: MemoryUnitOfWork) -> None:
    await two_provinces(uow)
    await moves(uow)
    back = date(2026, 9, 20)
    both = (*scenes.posts_of(row(HERE, SINCE, MOVED)), *scenes.posts_of(row(HERE, back)))

    report = await scenes.sync(uow, people=[row(HERE, back, appointments=both)])

    taken = await lan(uow)
    assert report.refused == 0
    assert (taken.province, taken.province_on(back)) == ("56", "56")
    assert taken.province_on(MOVED) == "01"


PLACE = "query($id: ID!) { civilServant(id: $id) { province } }"


async def test_E_I10_a_province_follows_the_appointment_in_force(
    uow: MemoryUnitOfWork, graph: Graph, clock: FixedClock
) -> None:
    """Also of a move that was known before its day."""
    await two_provinces(uow)
    await moves(uow, date(2026, 8, 12))

    shown = []
    for _ in range(2):
        shown.append((await graph.ask(PLACE, NATIONAL_HRM, id=LAN_ID))["civilServant"]["province"])
        clock.pass_days(2)

    assert shown == ["56", "01"]


async def test_another_systems_count_of_revisions_says_nothing(uow: MemoryUnitOfWork) -> None:
    await two_provinces(uow)
    await scenes.sync(uow, people=[row(HERE, SINCE, source_revision=57)])

    [result] = (
        await scenes.sync(uow, people=[row(THERE, MOVED, source_revision=3)], actor=OTHER_HRM)
    ).results

    assert result.outcome is RowOutcome.CHANGED
    assert (await lan(uow)).source == SourceMark(revision=3)


@pytest.mark.parametrize(("actor", "ended"), [(OTHER_HRM, "01"), (HRM, "56")])
async def test_a_snapshot_ends_posts_of_its_own_province_only(
    uow: MemoryUnitOfWork, actor: Actor, ended: str
) -> None:
    await two_provinces(uow)
    await moves(uow, date(2026, 8, 1))
    others = [each for each in scenes.PEOPLE if each.external_ref.id != "cb-011"]
    someone = replace(row(THERE, SINCE), external_ref=ref("cb-777"), full_name="Ai Đó")
    province = actor.province or ""

    report = await scenes.sync(
        uow,
        people=others if province == "56" else [someone],
        actor=actor,
        scope=SnapshotScope(province=province, as_of=date(2026, 8, 9)),
        mode=SyncMode.SNAPSHOT,
        max_removed_share=Decimal(1),
    )

    assert report.refused == 0
    assert {place for place, _, until in posts(await lan(uow)) if until} == {ended}


async def story(uow: MemoryUnitOfWork) -> tuple[EvaluationPeriod, EvaluationPeriod]:
    """Ten of ten in Khánh Hòa, then one of four in the other province; both closed."""
    await two_provinces(uow)
    old = await scenes.open_period(uow)
    new = await scenes.open_period(
        uow, actor=OTHER_ADMIN, scope_unit_id=ELSEWHERE, release_ids=(RELEASE,), name="Tỉnh mới"
    )
    await scenes.do_all(uow, old, LAN, done="10", assigned="10")
    await moves(uow)
    return old, new


async def works_there(uow: MemoryUnitOfWork, new: EvaluationPeriod) -> None:
    given = await scenes.assign(
        uow, new, LAN_ID, quantity="4", version_id=PRODUCT, actor=STRANGER_HEAD
    )
    reported = await scenes.report(uow, given, "1", actor=LAN_THERE, completed_on=date(2026, 8, 31))
    await scenes.accept(uow, reported, actor=STRANGER_HEAD)


async def to_review(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> None:
    admin = ADMIN if period.province == "56" else OTHER_ADMIN
    await scenes.move(uow, period, "freeze", actor=admin)
    for unit_id in (await scenes.now_is(uow, period)).unit_ids:
        fact = replace(scenes.index_fact(period, unit_id), province=period.province)
        async with uow.begin() as tx:
            await indexes.keep_index(fact, tx)
    await Pump(uow).run()


async def rated(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> tuple[EvaluationPeriod, EvaluationPeriod]:
    old, new = await story(uow)
    clock.pass_days(30)
    await works_there(uow, new)
    for period in (old, new):
        await to_review(uow, period)
    return old, new


async def test_E_I10_who_moves_between_provinces_is_rated_once_on_all_of_it(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    old, new = await rated(uow, clock)

    left, kept = await evaluation_of(uow, old, LAN_ID), await evaluation_of(uow, new, LAN_ID)

    assert kept.sheet is not None
    assert kept.sheet.total == decree_total([(10, 10), (1, 4)], Fraction(20)) == 75
    assert (left.state, left.sheets, left.province) == (EvaluationState.HANDED_OVER, [], "56")
    assert kept.province == "01"
    [part] = await uow.reading().store(HANDOVERS).select()
    assert (part.province, part.receiving_province) == ("56", "01")


READ = """
query($id: ID!, $old: ID!, $new: ID!) {
  civilServant(id: $id) {
    fullName province
    old: evaluation(periodId: $old) { state }
    new: evaluation(periodId: $new) { state handedOverParts { days snapshot } }
  }
}"""
LISTED = "{ evaluations(first: 50) { edges { node { id } } } }"
ONE = "query($id: ID!) { evaluation(id: $id) { id } }"
OLD, NEW = "old", "new"
READERS: Mapping[str, tuple[Actor, bool, set[str]]] = {
    "the old board": (BOARD, True, {OLD}),
    "the old auditor": (AUDITOR, True, {OLD}),
    "the old superior": (CHAIR, True, {OLD}),
    "the new board": (OTHER_BOARD, True, {NEW}),
    "the new auditor": (OTHER_AUDITOR, True, {NEW}),
    "the new superior": (STRANGER_HEAD, True, {NEW}),
    "the person": (LAN_THERE, True, {OLD, NEW}),
    "the national system": (NATIONAL_HRM, True, {OLD, NEW}),
    "a board elsewhere": (replace(BOARD, province="79"), False, set()),
    "a manager elsewhere": (replace(OFFICE_HEAD, province="79", unit="unit_x"), False, set()),
}


@pytest.mark.parametrize("name", READERS)
async def test_E_I10_each_province_keeps_its_own_results_and_sees_the_person(
    uow: MemoryUnitOfWork, graph: Graph, clock: FixedClock, name: str
) -> None:
    reader, sees_person, sees = READERS[name]
    old, new = await rated(uow, clock)
    ids = {
        OLD: (await evaluation_of(uow, old, LAN_ID)).id,
        NEW: (await evaluation_of(uow, new, LAN_ID)).id,
    }

    shown = (await graph.ask(READ, reader, id=LAN_ID, old=old.id, new=new.id))["civilServant"]
    one = {each for each, id in ids.items() if (await graph.ask(ONE, reader, id=id))["evaluation"]}
    edges = (await graph.ask(LISTED, reader))["evaluations"]["edges"]
    listed = {edge["node"]["id"] for edge in edges}

    assert (shown is not None) is sees_person
    assert {each for each in ids if shown and shown[each]} == sees
    assert one == sees
    assert {each for each, id in ids.items() if id in listed} == sees


async def test_E_I10_the_new_superior_sees_what_was_handed_over(
    uow: MemoryUnitOfWork, graph: Graph, clock: FixedClock
) -> None:
    old, new = await rated(uow, clock)

    shown = await graph.ask(READ, STRANGER_HEAD, id=LAN_ID, old=old.id, new=new.id)

    assert shown["civilServant"]["province"] == "01"
    [part] = shown["civilServant"]["new"]["handedOverParts"]
    [work] = json.loads(part["snapshot"])["work"]
    assert (work["assigned"], work["completed"]) == ("10", "10")
