"""What evaluation keeps of the catalogue and of citizens' feedback; safe to hear twice."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.errors import Invalid, NotFound
from evaluation import scenes
from evaluation.people import COMMUNE, LAN, LAN_ID, OFFICE, OTHER_COMMUNE
from evaluation_service.application import reactions
from evaluation_service.application.collections import ADJUSTMENTS, INDEXES, VERSIONS
from evaluation_service.application.results import indexes
from support.graph import Graph

RURAL = reactions.AdjustmentChanged(
    province="56",
    adjustment_id="adj_1",
    version_id=scenes.BIRTH,
    unit_id=COMMUNE,
    norm="COEFFICIENT",
    value="3",
    valid_from=scenes.JULY,
    valid_to=date(2027, 7, 1),
)


async def told(uow: MemoryUnitOfWork, *facts: reactions.AdjustmentChanged) -> None:
    for fact in facts:
        async with uow.begin() as tx:
            await reactions.keep_adjustment(fact, tx)


async def test_E_I1_the_first_copy_of_a_version_stays(uow: MemoryUnitOfWork) -> None:
    for coefficient in ("2.5", "9"):
        async with uow.begin() as tx:
            await reactions.keep_version(scenes.version_fact(coefficient=coefficient), tx)

    assert (await uow.reading().store(VERSIONS).get(scenes.BIRTH)).coefficient == Fraction(5, 2)


async def test_another_units_version_cannot_be_assigned(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    theirs = scenes.version_fact("C.56.OTHER@1", unit_id=OTHER_COMMUNE)
    async with uow.begin() as tx:
        await reactions.keep_version(theirs, tx)
    period = await scenes.open_period(uow)

    with pytest.raises(Invalid) as refused:
        await scenes.assign(uow, period, version_id="C.56.OTHER@1")

    assert refused.value.rule_id == "C-I6"


async def test_work_takes_the_nearest_units_own_coefficient(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    before = await scenes.assign(uow, period, LAN_ID)
    nearer = replace(RURAL, adjustment_id="adj_2", unit_id=OFFICE, value="3.5")
    await told(uow, RURAL, RURAL)
    at_the_commune = await scenes.assign(uow, period, LAN_ID)
    await told(uow, nearer)
    at_the_office = await scenes.assign(uow, period, LAN_ID)
    async with uow.begin() as tx:
        await reactions.end_adjustment(nearer, tx)
    after = await scenes.assign(uow, period, LAN_ID)

    pinned = [
        (work.version.coefficient, work.version.adjustment_id)
        for work in (before, at_the_commune, at_the_office, after)
    ]
    assert pinned == [
        (Fraction(5, 2), None),
        (Fraction(3), "adj_1"),
        (Fraction(7, 2), "adj_2"),
        (Fraction(3), "adj_1"),
    ]


@pytest.mark.parametrize(
    "other",
    [
        replace(RURAL, norm="LEAD_DAYS"),
        replace(RURAL, unit_id=OTHER_COMMUNE),
        replace(RURAL, valid_from=scenes.OCTOBER),
        replace(RURAL, valid_to=scenes.TODAY),
    ],
)
async def test_other_adjustments_change_no_coefficient(
    uow: MemoryUnitOfWork, other: reactions.AdjustmentChanged
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await told(uow, other)

    given = await scenes.assign(uow, period, LAN_ID)

    assert (given.version.coefficient, given.version.adjustment_id) == (Fraction(5, 2), None)


async def test_an_end_heard_before_the_beginning_stays_ended(uow: MemoryUnitOfWork) -> None:
    async with uow.begin() as tx:
        await reactions.end_adjustment(RURAL, tx)
    await told(uow, RURAL)

    assert (await uow.reading().store(ADJUSTMENTS).get("adj_1")).expired


async def test_an_index_of_no_period_of_ours_is_refused(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    other = replace(scenes.index_fact(period, OFFICE), period_id="period_later")

    with pytest.raises(NotFound):
        async with uow.begin() as tx:
            await indexes.keep_index(other, tx)

    assert await uow.reading().store(INDEXES).count() == 0


async def test_the_index_is_in_the_snapshot_with_its_n(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN)
    await scenes.reviewed(uow, period)

    lan = await scenes.evaluation_of(uow, period, LAN_ID)

    assert '"satisfaction":{"index":"0.92","n":"130"}' in lan.sheets[0].snapshot.replace(
        '"23/25"', '"0.92"'
    )


async def test_the_form_is_printed_with_the_final_band(uow: MemoryUnitOfWork, graph: Graph) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN)
    await scenes.rate(uow, period, LAN_ID)
    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")
    lan = await scenes.evaluation_of(uow, period, LAN_ID)

    data = await graph.ask(
        "query($id: ID!) { evaluation(id: $id) { printable nextBand { band missing } } }",
        LAN,
        id=lan.id,
    )

    page = data["evaluation"]["printable"]
    assert page.startswith("<!doctype html>")
    assert all(
        text in page
        for text in ("Nguyễn Thị Lan", "UBND XÃ DIÊN KHÁNH", "Văn phòng", "Quý III năm 2026")
    )
    assert "Hoàn thành tốt nhiệm vụ (vượt tỷ lệ tối đa" in page
    assert lan.sheets[0].result_hash in page
