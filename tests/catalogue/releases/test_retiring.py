"""Retiring ends a product on a day, when nothing open uses it or something replaces it."""

from datetime import date

import pytest

from catalogue import scenes
from catalogue.facts import QUARTER, close_quarter
from catalogue.people import (
    EVERY_ROLE,
)
from catalogue.scenes import AUGUST, product, retire
from catalogue_service.application import reactions
from catalogue_service.domain.products.work_products import (
    ProductRetired,
    ProductState,
)
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid


async def assign(uow: MemoryUnitOfWork, version_id: str, *, open: bool) -> None:
    fact = reactions.AssignmentFact(
        province="56", assignment_id="asg_1", version_id=version_id, period_id=QUARTER.period_id
    )
    reaction = reactions.keep_assignment if open else reactions.end_assignment
    async with uow.begin() as tx:
        await reaction(fact, tx)


async def test_C_I2_after_the_end_there_is_a_gap_and_not_the_latest(uow: MemoryUnitOfWork) -> None:
    await scenes.published(uow)
    await retire(uow)

    item = await product(uow)

    assert item.version_id_on(date(2026, 7, 31)) == f"{scenes.BIRTH}@1"
    assert item.version_id_on(AUGUST) is None
    assert item.version_id_on(scenes.TODAY) is None


async def test_C_I9_a_product_with_open_assignments_is_not_retired(uow: MemoryUnitOfWork) -> None:
    version = await scenes.published(uow)
    await assign(uow, version.id, open=True)
    before = list(uow.outbox)

    with pytest.raises(Conflict) as refusal:
        await retire(uow)

    assert refusal.value.rule_id == "C-I9"
    assert await scenes.stored(uow, version.id) == version
    assert uow.outbox == before


async def test_C_I9_done_assignments_or_a_closed_period_free_a_product(
    uow: MemoryUnitOfWork,
) -> None:
    version = await scenes.published(uow)
    await assign(uow, version.id, open=True)
    await close_quarter(uow)

    retired = await retire(uow, effective_to=date(2026, 10, 1))

    assert retired.state is ProductState.RETIRED


async def test_C_I9_a_replacement_in_force_allows_retiring(uow: MemoryUnitOfWork) -> None:
    version = await scenes.published(uow)
    await scenes.published(uow, "C.56.22363.2", scenes.named("Việc thay thế"))
    await assign(uow, version.id, open=True)

    retired = await retire(uow, replacement="C.56.22363.2")

    told = uow.outbox[-1]
    assert isinstance(told, ProductRetired)
    assert (retired.replacement_code, told.replacement_code, told.effective_to) == (
        "C.56.22363.2",
        "C.56.22363.2",
        AUGUST,
    )


async def test_C_I9_a_replacement_that_is_not_in_force_is_none(uow: MemoryUnitOfWork) -> None:
    await scenes.published(uow)
    await scenes.draft(uow, "C.56.22363.2", scenes.named("Bản nháp"))

    with pytest.raises(Invalid) as refusal:
        await retire(uow, replacement="C.56.22363.2")

    assert refusal.value.rule_id == "C-I9"


async def test_C_I3_the_author_of_a_version_does_not_retire_it(uow: MemoryUnitOfWork) -> None:
    version = await scenes.submit(uow, await scenes.draft(uow, actor=EVERY_ROLE))
    version = await scenes.approve(uow, await scenes.appraise(uow, version))
    await scenes.publish(uow, [version])

    with pytest.raises(Forbidden) as refusal:
        await retire(uow, actor=EVERY_ROLE)

    assert refusal.value.rule_id == "C-I3"
    assert (await product(uow)).state is ProductState.ACTIVE


async def test_a_retired_code_is_never_used_again(uow: MemoryUnitOfWork) -> None:
    version = await scenes.published(uow)
    await retire(uow)

    with pytest.raises(Conflict, match="is retired"):
        await scenes.revise(uow, await scenes.stored(uow, version.id), scenes.named("Lại"))
    with pytest.raises(Conflict, match="is taken"):
        await scenes.draft(uow)
