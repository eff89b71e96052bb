"""Work that nobody set a day for is due after the product's lead days, in working days."""

from dataclasses import replace
from datetime import date

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.errors import Invalid
from evaluation import scenes
from evaluation.people import COMMUNE, OFFICE, OTHER_COMMUNE
from evaluation_service.application import reactions
from evaluation_service.application.collections import ADJUSTMENTS, ASSIGNMENTS
from evaluation_service.domain.periods.periods import EvaluationPeriod
from support.clock import FixedClock

SLOW = "C.56.SLOW@1"
MOUNTAIN = reactions.AdjustmentChanged(
    province="56",
    adjustment_id="adj_1",
    version_id=SLOW,
    unit_id=COMMUNE,
    norm="LEAD_DAYS",
    value="15",
    valid_from=scenes.JULY,
    valid_to=date(2027, 7, 1),
)


async def opened(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    """With a product of ten days; today is Monday 10 August 2026."""
    await scenes.commune(uow)
    await scenes.calendars(uow)
    async with uow.begin() as tx:
        fact = replace(scenes.version_fact(SLOW, procedure_code=None), lead_days=10)
        await reactions.keep_version(fact, tx)
    return await scenes.open_period(uow)


async def adjusted(uow: MemoryUnitOfWork, *facts: reactions.AdjustmentChanged) -> None:
    for fact in facts:
        async with uow.begin() as tx:
            await reactions.keep_adjustment(fact, tx)


async def test_it_is_due_after_so_many_working_days_swapped_ones_among_them(
    uow: MemoryUnitOfWork,
) -> None:
    period = await opened(uow)

    work = await scenes.assign(uow, period, version_id=SLOW, due_on=None)

    assert work.due_on == date(2026, 8, 22)  # A Saturday, worked for Monday the 31st.


async def test_the_nearest_units_own_lead_days_count_while_they_hold(
    uow: MemoryUnitOfWork,
) -> None:
    period = await opened(uow)
    nearer = replace(MOUNTAIN, adjustment_id="adj_2", unit_id=OFFICE, value="3")
    others = replace(MOUNTAIN, adjustment_id="adj_3", unit_id=OTHER_COMMUNE, value="1")
    await adjusted(uow, MOUNTAIN, others)
    far = await scenes.assign(uow, period, version_id=SLOW, due_on=None)
    await adjusted(uow, nearer)
    near = await scenes.assign(uow, period, version_id=SLOW, due_on=None)
    async with uow.begin() as tx:
        await reactions.end_adjustment(nearer, tx)

    again = await scenes.assign(uow, period, version_id=SLOW, due_on=None)

    assert [far.due_on, near.due_on, again.due_on] == [
        date(2026, 8, 28),
        date(2026, 8, 13),
        date(2026, 8, 28),
    ]
    assert await uow.reading().store(ADJUSTMENTS).count() == 0
    assert far.version.coefficient == near.version.coefficient


async def test_it_is_counted_from_the_first_day_of_a_period_that_is_still_to_begin(
    uow: MemoryUnitOfWork,
) -> None:
    await opened(uow)
    later = await scenes.open_period(
        uow, starts_on=date(2026, 10, 1), ends_on=date(2027, 1, 1), name="Quý IV"
    )

    work = await scenes.assign(uow, later, version_id=SLOW, due_on=None)

    assert work.due_on == date(2026, 10, 15)


async def test_a_product_without_lead_days_needs_a_day_and_the_day_lies_in_the_period(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    period = await opened(uow)

    with pytest.raises(Invalid, match="names no lead days") as unnamed:
        await scenes.assign(uow, period, due_on=None)
    clock.pass_days(48)
    with pytest.raises(Invalid, match="must lie in the period") as outside:
        await scenes.assign(uow, period, version_id=SLOW, due_on=None)

    assert {unnamed.value.field, outside.value.field} == {"input.dueOn"}
    assert await uow.reading().store(ASSIGNMENTS).count() == 0
