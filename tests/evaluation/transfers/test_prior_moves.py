"""Results from before the platform of somebody who moved: they are the new province's to decide."""

from dataclasses import replace

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Forbidden
from evaluation.people import (
    ADMIN,
    AUDITOR,
    BOARD,
    LAN,
    LAN_ID,
    OTHER_ADMIN,
    OTHER_AUDITOR,
    OTHER_BOARD,
)
from evaluation.prior_scenes import decided, entered, facts, imported
from evaluation.transfers.test_provinces import moves, two_provinces
from evaluation_service.application.collections import PRIOR_RESULTS
from evaluation_service.application.desk.kinds import InboxKind
from evaluation_service.application.desk.queries import count_waiting
from evaluation_service.application.transfers.queries import PriorFilter, list_prior_results
from evaluation_service.domain.transfers.prior_results import PriorResult, PriorState

OLD, NEW = (BOARD, ADMIN, AUDITOR), (OTHER_BOARD, OTHER_ADMIN, OTHER_AUDITOR)


async def listed(uow: MemoryUnitOfWork, reader: Actor) -> list[str]:
    page = await list_prior_results(reader, uow.reading(), PriorFilter(), first=10, after=None)
    return [each.id for each in page.items]


async def to_decide(uow: MemoryUnitOfWork, board: Actor) -> int:
    counts = await count_waiting(board, uow.reading())
    return next(each.count for each in counts if each.kind is InboxKind.PRIOR_RESULT)


async def stored(uow: MemoryUnitOfWork, prior: PriorResult) -> PriorResult:
    return await uow.reading().store(PRIOR_RESULTS).get(prior.id)


@pytest.mark.parametrize("confirmed", [False, True], ids=["entered", "confirmed"])
async def test_E_I10_the_new_province_lists_and_decides_them_and_the_old_one_no_longer(
    uow: MemoryUnitOfWork, confirmed: bool
) -> None:
    await two_provinces(uow)
    prior = await entered(uow)
    if confirmed:
        prior = await decided(uow, prior)
    before = [await listed(uow, each) for each in (*OLD, *NEW, LAN)]
    waited = (await to_decide(uow, BOARD), await to_decide(uow, OTHER_BOARD))

    await moves(uow)

    now = await stored(uow, prior)
    assert before == [[prior.id]] * 3 + [[]] * 3 + [[prior.id]]
    assert [await listed(uow, each) for each in (*OLD, *NEW, LAN)] == (
        [[]] * 3 + [[prior.id]] * 3 + [[prior.id]]
    )
    assert waited == (0 if confirmed else 1, 0)
    assert (await to_decide(uow, BOARD), await to_decide(uow, OTHER_BOARD)) == waited[::-1]
    with pytest.raises(Forbidden):
        await decided(uow, now, confirmed=not confirmed)
    assert await stored(uow, prior) == now
    after = await decided(uow, now, confirmed=not confirmed, actor=OTHER_BOARD)
    assert after.state is (PriorState.REFUSED if confirmed else PriorState.CONFIRMED)


@pytest.mark.parametrize("by", [ADMIN, OTHER_ADMIN])
async def test_E_I10_either_province_may_enter_what_the_new_one_decides(
    uow: MemoryUnitOfWork, by: Actor
) -> None:
    await two_provinces(uow)
    await moves(uow)

    [row] = (await imported(uow, facts(), actor=by)).results

    prior = await uow.reading().store(PRIOR_RESULTS).get(row.id or "")
    with pytest.raises(Forbidden):
        await decided(uow, prior)
    assert (await decided(uow, prior, actor=OTHER_BOARD)).state is PriorState.CONFIRMED


async def test_E_I4_who_entered_it_in_the_old_province_does_not_decide_in_the_new_one(
    uow: MemoryUnitOfWork,
) -> None:
    await two_provinces(uow)
    prior = await entered(uow)
    await moves(uow)

    for board in (replace(OTHER_BOARD, subject="admin"), replace(OTHER_BOARD, officer=LAN_ID)):
        with pytest.raises(Forbidden) as refused:
            await decided(uow, await stored(uow, prior), actor=board)
        assert refused.value.rule_id == "E-I4"
