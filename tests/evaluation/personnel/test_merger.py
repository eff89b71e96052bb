"""E-I21: sixty-five communes of one province end and as many begin, each under the code of an old
one. What was stays what it was; who succeeds sees it."""

from dataclasses import replace
from datetime import date

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Role
from evaluation import scenes
from evaluation.people import HRM, LAN_ID, person, ref
from evaluation_service.application.access import find_servants
from evaluation_service.application.collections import SERVANTS, UNITS
from evaluation_service.application.imports.rows import PersonRow, RowOutcome, UnitRow
from evaluation_service.application.results.queries import EvaluationFilter, list_evaluations
from evaluation_service.domain.personnel.lives import Identity
from evaluation_service.domain.personnel.units import OrgUnit, OrgUnitDissolved, UnitLevel

COMMUNES = 65
BEGUN, MERGED = date(2010, 1, 1), date(2025, 7, 1)
CODES = [f"H32.{number}" for number in range(100, 100 + COMMUNES)]
PROVINCE = replace(scenes.UNITS[0], valid_from=date(2000, 1, 1))


def commune_row(code: str, begun: date, ended: date | None, name: str) -> UnitRow:
    row = scenes.unit_row(code, "H32", UnitLevel.COMMUNE, name=f"{name} {code}")
    return replace(row, valid_from=begun, valid_to=ended)


OLD = [commune_row(code, BEGUN, None, "Xã cũ") for code in CODES]
ENDED = [
    replace(row, valid_to=MERGED, successor_refs=(ref(CODES[at // 3]),))
    for at, row in enumerate(OLD)
]
"""Three go into one that bears the code of an old one."""

NEW = [commune_row(code, MERGED, None, "Xã mới") for code in CODES]


def staff(code: str, number: str) -> PersonRow:
    post = scenes.appointment_row(code, "HO-TICH", valid_from=date(2020, 1, 1))
    return scenes.person_row(number, f"Người {number}", post)


PEOPLE = [staff(code, f"cb-{code}") for code in CODES]


async def units(uow: MemoryUnitOfWork) -> dict[str, list[OrgUnit]]:
    """By code, the oldest first."""
    found: dict[str, list[OrgUnit]] = {}
    stored = await uow.reading().store(UNITS).select(order=["facts.valid_from"])
    for unit in stored:
        found.setdefault(unit.facts.code, []).append(unit)
    return found


async def before_the_merger(uow: MemoryUnitOfWork) -> None:
    positions = scenes.POSITIONS
    report = await scenes.sync(uow, units=[PROVINCE, *OLD], positions=positions, people=PEOPLE)
    assert report.refused == 0, report


async def merged(uow: MemoryUnitOfWork) -> None:
    await before_the_merger(uow)
    assert (await scenes.sync(uow, units=ENDED)).refused == 0
    assert (await scenes.sync(uow, units=NEW)).refused == 0


async def test_E_I21_a_code_that_comes_back_is_a_new_unit(uow: MemoryUnitOfWork) -> None:
    await merged(uow)

    found = await units(uow)
    assert [len(found[code]) for code in CODES] == [2] * COMMUNES
    for code in CODES:
        old, new = found[code]
        assert (old.id, old.name, old.facts.valid_to) == (
            ref(code).ours("unit"),
            f"Xã cũ {code}",
            MERGED,
        )
        assert (new.name, new.facts.valid_from, new.facts.valid_to) == (
            f"Xã mới {code}",
            MERGED,
            None,
        )
    people = await uow.reading().store(SERVANTS).select(limit=1000)
    assert {each.appointments[0].unit_id for each in people} == {
        ref(code).ours("unit") for code in CODES
    }


async def test_E_I21_both_lists_again_change_nothing_in_any_order(uow: MemoryUnitOfWork) -> None:
    await merged(uow)
    before, told = await units(uow), len(uow.outbox)

    for rows in (ENDED, NEW, [*NEW, *ENDED]):
        report = await scenes.sync(uow, units=rows)
        assert {each.outcome for each in report.results} == {RowOutcome.UNCHANGED}

    assert (await units(uow), len(uow.outbox)) == (before, told)


async def test_E_I21_the_old_list_as_it_was_never_ends_or_revives(uow: MemoryUnitOfWork) -> None:
    await merged(uow)
    before = await units(uow)

    report = await scenes.sync(uow, units=OLD)

    rules = {(each.refusal.rule_id, each.refusal.field) for each in report.results if each.refusal}
    assert (report.refused, rules) == (COMMUNES, {("E-I21", "validTo")})
    assert await units(uow) == before


async def test_E_I21_the_new_list_over_living_units_is_refused(uow: MemoryUnitOfWork) -> None:
    await before_the_merger(uow)
    before = await units(uow)

    report = await scenes.sync(uow, units=NEW)

    rules = {(each.refusal.rule_id, each.refusal.field) for each in report.results if each.refusal}
    assert (report.refused, rules) == (COMMUNES, {("E-I21", "identity")})
    assert await units(uow) == before


async def test_E_I21_one_list_that_says_new_ends_the_old_ones(uow: MemoryUnitOfWork) -> None:
    await before_the_merger(uow)
    rows = [replace(row, identity=Identity.NEW) for row in NEW]

    first = await scenes.sync(uow, units=rows)
    again = await scenes.sync(uow, units=rows)

    assert {each.outcome for each in first.results} == {RowOutcome.CREATED}
    assert {each.outcome for each in again.results} == {RowOutcome.UNCHANGED}
    for old, new in (each for code, each in (await units(uow)).items() if code in CODES):
        assert (old.facts.valid_to, new.facts.valid_from) == (MERGED, MERGED)


async def test_E_I21_a_first_day_that_was_wrong_is_corrected(uow: MemoryUnitOfWork) -> None:
    await before_the_merger(uow)
    right = replace(OLD[0], valid_from=date(2011, 1, 1), identity=Identity.SAME)

    report = await scenes.sync(uow, units=[right])

    (unit,) = (await units(uow))[CODES[0]]
    assert (report.results[0].changed_fields, unit.facts.valid_from) == (
        ("valid_from",),
        date(2011, 1, 1),
    )


@pytest.mark.parametrize("new_first", [False, True])
async def test_E_I21_successors_are_linked_whichever_comes_first(
    uow: MemoryUnitOfWork, new_first: bool
) -> None:
    """New ones first: with identity NEW, which ends the old ones."""
    await before_the_merger(uow)
    new = [replace(row, identity=Identity.NEW) for row in NEW] if new_first else NEW

    for rows in (new, ENDED) if new_first else (ENDED, new):
        assert (await scenes.sync(uow, units=rows)).refused == 0

    found = await units(uow)
    for at, code in enumerate(CODES):
        assert found[code][0].facts.successor_ids == (found[CODES[at // 3]][1].id,)


async def test_E_I21_people_left_in_a_dissolved_unit_are_told(uow: MemoryUnitOfWork) -> None:
    await before_the_merger(uow)

    report = await scenes.sync(uow, units=ENDED)

    told = [each for each in uow.outbox if isinstance(each, OrgUnitDissolved)]
    assert [(each.unit_id, each.ended_on, each.civil_servant_ids) for each in told] == [
        (ref(code).ours("unit"), MERGED, (ref(f"cb-{code}").ours("cs"),)) for code in CODES
    ]
    for each in report.results:
        assert ("E-I21", "orgUnit.peoplePastEnd") in [(w.rule_id, w.field) for w in each.remarks]


async def test_E_I21_an_appointment_that_outlives_its_unit_is_refused(
    uow: MemoryUnitOfWork,
) -> None:
    await merged(uow)
    moved = replace(
        PEOPLE[0],
        appointments=(
            scenes.appointment_row(
                CODES[0], "HO-TICH", valid_from=date(2020, 1, 1), valid_to=MERGED
            ),
            scenes.appointment_row(CODES[0], "HO-TICH", valid_from=MERGED),
        ),
    )

    refused = await scenes.sync(uow, people=[PEOPLE[0]])
    taken = await scenes.sync(uow, people=[moved])

    refusal = refused.results[0].refusal
    assert refusal is not None
    assert (refusal.rule_id, refusal.field) == ("APPOINTMENT-LIFE", "appointments.unitRef")
    assert taken.refused == 0
    servant = await uow.reading().store(SERVANTS).get(ref(f"cb-{CODES[0]}").ours("cs"))
    assert [each.unit_id for each in servant.appointments] == [
        unit.id for unit in (await units(uow))[CODES[0]]
    ]


async def test_E_I21_who_leads_the_successor_sees_what_stayed(uow: MemoryUnitOfWork) -> None:
    """Nobody else does: not the neighbour, and not the successor's staff."""
    await merged(uow)
    found = await units(uow)
    old, heir, neighbour = found[CODES[4]][0], found[CODES[1]][1], found[CODES[2]][1]
    servant = ref(f"cb-{CODES[4]}").ours("cs")
    head = person("heir", Role.UNIT_HEAD, unit=heir.id, officer="cs_heir")
    other = replace(head, unit=neighbour.id)

    tx = uow.reading()

    assert [each and each.id for each in await find_servants([servant], head, tx)] == [servant]
    assert await find_servants([servant], other, tx) == [None]
    assert old.heir_ids == (heir.id,)


async def test_E_I21_results_stay_with_the_old_unit_and_its_successor_reads_them(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.rate(uow, period, LAN_ID)
    old = replace(scenes.UNITS[3], valid_to=None)
    ended = replace(scenes.UNITS[1], valid_to=scenes.OCTOBER, successor_refs=(ref("H32.31.08"),))
    head = person("heir", Role.UNIT_HEAD, unit=ref("H32.31.08").ours("unit"), officer="cs_heir")
    everything = EvaluationFilter()

    before = await list_evaluations(head, uow.reading(), everything, first=10, after=None)
    report = await scenes.sync(uow, units=[old, ended], actor=HRM)
    after = await list_evaluations(head, uow.reading(), everything, first=10, after=None)

    assert report.refused == 0
    assert list(before.items) == []
    assert [each.civil_servant_id for each in after.items] == [LAN_ID]
    assert after.items[0].unit_id == scenes.unit_id("H32.31.07.1")
