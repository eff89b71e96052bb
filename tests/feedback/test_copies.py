"""What feedback keeps of evaluation's facts, in whatever order they come."""

from dataclasses import replace
from datetime import date

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import Transaction, UnitOfWork
from congvu_kit.domain.errors import Conflict, Transient
from feedback import people
from feedback.scenes import all_of, dossier_fact, everything, know_the_ward, period_fact
from feedback_service.application import collections, reactions
from feedback_service.application.copies.queries import LEVELS_MAX, unit_path
from feedback_service.domain.copies.civil_servant import Appointment, CivilServant
from feedback_service.domain.copies.dossier import applicant_hash
from feedback_service.domain.copies.unit import Unit
from support.copies import Reading, assert_newest_wins

WARD = reactions.UnitSynced(unit_id="unit_w", name="Phường", province="56", revision=5)


async def keep(uow: UnitOfWork, *facts: reactions.UnitSynced) -> None:
    for fact in facts:
        async with uow.begin() as tx:
            await reactions.keep_unit(fact, tx)


async def test_the_newest_unit_wins_whatever_comes_last(uow: MemoryUnitOfWork) -> None:
    newer = replace(WARD, name="Xã", parent_id=people.WARD, revision=7)

    await keep(uow, WARD, newer, replace(WARD, revision=6), replace(newer, name="Thôn"))

    unit = await uow.reading().store(collections.UNITS).get("unit_w")
    assert unit == Unit(
        id="unit_w", name="Xã", province="56", parent_id=people.WARD, told_revision=7, revision=2
    )


async def test_a_servant_is_where_they_are_appointed_now(uow: MemoryUnitOfWork) -> None:
    async with uow.begin() as tx:
        for revision, units in ((1, ["a", "b", "a"]), (3, ["c"]), (2, ["d"])):
            appointments = tuple(reactions.AppointmentFact(unit_id=unit) for unit in units)
            fact = reactions.CivilServantSynced(
                civil_servant_id="cs_x",
                province="56",
                revision=revision,
                appointments=appointments,
            )
            await reactions.keep_civil_servant(fact, tx)

    kept = await uow.reading().store(collections.CIVIL_SERVANTS).get("cs_x")
    assert kept == CivilServant(
        id="cs_x",
        province="56",
        unit_ids=("c",),
        appointments=(Appointment(unit_id="c", role="", valid_from=date.min),),
        told_revision=3,
        revision=2,
    )


FAR = reactions.UnitSynced(unit_id="unit_far", name="Xã", province="01", revision=1)


def servant_fact(province: str, *units: str, revision: int) -> reactions.CivilServantSynced:
    appointments = tuple(reactions.AppointmentFact(unit_id=unit) for unit in units)
    return reactions.CivilServantSynced(
        civil_servant_id="cs_x", province=province, revision=revision, appointments=appointments
    )


async def keep_servant(uow: UnitOfWork, *facts: reactions.CivilServantSynced) -> None:
    for fact in facts:
        async with uow.begin() as tx:
            await reactions.keep_civil_servant(fact, tx)


async def test_E_I10_a_servant_who_moved_to_another_province_is_kept_there(
    uow: MemoryUnitOfWork,
) -> None:
    """Whichever news comes first; an older one does not take them back."""
    await keep(uow, WARD, FAR)
    before, after = (
        servant_fact("56", "unit_w", revision=1),
        servant_fact("01", "unit_w", "unit_far", revision=2),
    )

    await keep_servant(uow, before, after, before)

    kept = await uow.reading().store(collections.CIVIL_SERVANTS).get("cs_x")
    assert (kept.province, kept.unit_ids, kept.told_revision) == ("01", ("unit_w", "unit_far"), 2)


async def test_a_servant_goes_to_no_province_without_a_post_in_it(uow: MemoryUnitOfWork) -> None:
    await keep(uow, WARD, FAR)
    await keep_servant(uow, servant_fact("56", "unit_w", revision=1))
    before = await everything(uow)

    with pytest.raises(Conflict, match="never changes"):
        await keep_servant(uow, servant_fact("01", "unit_w", revision=2))

    assert await everything(uow) == before


async def test_a_move_waits_for_the_unit_it_goes_to(uow: MemoryUnitOfWork) -> None:
    await keep(uow, WARD)
    await keep_servant(uow, servant_fact("56", "unit_w", revision=1))

    with pytest.raises(Transient, match="unit_far"):
        await keep_servant(uow, servant_fact("01", "unit_w", "unit_far", revision=2))


async def test_a_dossier_waits_for_its_unit_and_those_above(uow: MemoryUnitOfWork) -> None:
    orphan = replace(WARD, unit_id="unit_o", parent_id="unit_unheard")
    await keep(uow, orphan)
    before = await everything(uow)

    for unit_id, missing in (("unit_nope", "unit_nope"), ("unit_o", "unit_unheard")):
        with pytest.raises(Transient, match=missing):
            async with uow.begin() as tx:
                await reactions.keep_dossier(dossier_fact(2, unit_id), tx)

    assert await everything(uow) == before


async def test_a_dossier_told_again_keeps_what_hides_who_rated_it(uow: MemoryUnitOfWork) -> None:
    first = await uow.reading().store(collections.DOSSIERS).get("dossier_1")
    moved = replace(dossier_fact(1, people.OTHER_WARD), completed_at=None)

    async with uow.begin() as tx:
        await reactions.keep_dossier(moved, tx)

    kept = await uow.reading().store(collections.DOSSIERS).get("dossier_1")
    assert kept == replace(first, unit_path=(people.OTHER_WARD,), completed_on=None, revision=2)


async def test_an_older_fact_never_overwrites_a_newer_dossier(uow: MemoryUnitOfWork) -> None:
    newer = dossier_fact(1, people.OTHER_WARD, completed_at=None, revision=3)
    older = dossier_fact(1, revision=2)

    for fact in (newer, older, replace(newer, completed_at=older.completed_at), dossier_fact(1)):
        async with uow.begin() as tx:
            await reactions.keep_dossier(fact, tx)

    kept = await uow.reading().store(collections.DOSSIERS).get("dossier_1")
    assert (kept.unit_path, kept.completed_on) == ((people.OTHER_WARD,), None)
    assert (kept.told_revision, kept.revision) == (3, 2)


async def test_a_dossier_that_was_withdrawn_is_not_among_the_completed(
    uow: MemoryUnitOfWork,
) -> None:
    async with uow.begin() as tx:
        await reactions.keep_dossier(dossier_fact(1, withdrawn=True), tx)

    kept = await uow.reading().store(collections.DOSSIERS).get("dossier_1")
    assert kept.completed_on is None


async def test_everybody_who_handled_a_dossier_is_known(uow: MemoryUnitOfWork) -> None:
    both = tuple(
        reactions.HandlerFact(civil_servant_id=each) for each in (people.LAN_ID, people.MINH_ID)
    )
    async with uow.begin() as tx:
        await reactions.keep_dossier(dossier_fact(1, handlers=both), tx)

    kept = await uow.reading().store(collections.DOSSIERS).get("dossier_1")
    assert kept.officers == {people.LAN_ID, people.MINH_ID}


async def test_units_that_stand_in_a_circle_have_no_top(uow: MemoryUnitOfWork) -> None:
    await keep(
        uow,
        replace(WARD, unit_id="unit_a", parent_id="unit_b"),
        replace(WARD, unit_id="unit_b", parent_id="unit_a"),
    )

    with pytest.raises(Conflict, match="circle"):
        await unit_path(uow.reading(), "unit_a", field=None)


async def test_no_administration_is_deeper_than_twelve_levels(uow: MemoryUnitOfWork) -> None:
    chain = [
        replace(WARD, unit_id=f"unit_{level}", parent_id=f"unit_{level + 1}")
        for level in range(LEVELS_MAX)
    ]
    await keep(uow, *chain, replace(WARD, unit_id=f"unit_{LEVELS_MAX}"))
    reading: Transaction = uow.reading()

    deepest = await unit_path(reading, "unit_1", field=None)
    with pytest.raises(Conflict, match="circle"):
        await unit_path(reading, "unit_0", field=None)

    assert deepest == tuple(f"unit_{level}" for level in range(1, LEVELS_MAX + 1))


async def test_a_period_told_again_stays_as_it_was_opened(uow: MemoryUnitOfWork) -> None:
    async with uow.begin() as tx:
        again = replace(period_fact(), name="Khác", minimum_answers=99, unit_ids=())
        await reactions.keep_period(again, tx)

    [period] = await all_of(uow, collections.PERIODS)
    assert (period.name, period.minimum_answers, period.revision) == ("Quý III/2026", 3, 1)
    assert period.unit_ids == (people.WARD, people.COUNTER, people.OTHER_WARD)


def test_the_hash_binds_each_of_its_parts_and_nothing_else() -> None:
    hashes = {
        applicant_hash(code, rating_code, name)
        for code in ("A-1", "A-2")
        for rating_code in ("0" * 32, "1" * 32)
        for name in ("dan-1", "dan-2")
    }

    assert len(hashes) == 8
    assert applicant_hash("H32.31.07-260911-0042", "0123456789abcdef" * 2, "vneid-1") == (
        "6305fc87ed3a2aff0c5c3704512e18b776d064523669e01a206f31c47c7ae810"
    )


async def test_an_older_fact_of_any_kind_never_overwrites_a_newer_one() -> None:
    async def begin() -> MemoryUnitOfWork:
        uow = MemoryUnitOfWork()
        await know_the_ward(uow)
        return uow

    known = {
        "province": "56",
        "period_id": "period_x",
        "parent_id": None,
        "unit_ids": [people.WARD, people.OTHER_WARD],
        "congvu.evaluation.dossier.recorded.v1": {"unit_id": people.WARD},
        "congvu.evaluation.org_unit.synced.v1": {"unit_id": "unit_x"},
    }
    await assert_newest_wins(
        Reading(service="feedback", collections=collections.ALL, begin=begin, known=known),
        once={"congvu.evaluation.period.opened.v1": "what was shown then stays (F-I9)"},
    )
