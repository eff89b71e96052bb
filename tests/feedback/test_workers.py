"""What runs beside the requests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from congvu_kit.adapters.memory import MemoryTransaction, MemoryUnitOfWork
from congvu_kit.application.refusals import moved
from congvu_kit.service.app import Runtime
from feedback import people
from feedback.commitments.steps import publish
from feedback.indexes.steps import four_ratings
from feedback.scenes import PERIOD, all_of, file
from feedback_service.adapters.workers import prepare_log, workers
from feedback_service.application import collections, reactions
from feedback_service.application.needs import Needs
from support.clock import FixedClock

LOG, INDEXES, DEADLINES = (
    next(each for each in workers(60.0, 10.0) if each.name == name)
    for name in ("log", "indexes", "deadlines")
)


class Overtaken(MemoryUnitOfWork):
    """Another replica is always first."""

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[MemoryTransaction]:
        async with super().begin() as tx:
            yield tx
            raise moved("log_head")


async def test_a_log_is_there_before_the_first_request(clock: FixedClock) -> None:
    uow = MemoryUnitOfWork(clock)

    for _ in range(2):
        await prepare_log(Runtime(uow=uow))

    [head] = await all_of(uow, collections.LOG_HEAD)
    assert (head.id, head.size, head.revision) == ("head", 0, 1)


async def test_two_replicas_may_begin_the_log_at_once(clock: FixedClock) -> None:
    uow = Overtaken(clock)

    await prepare_log(Runtime(uow=uow))

    assert await all_of(uow, collections.LOG_HEAD) == []


async def test_the_figures_of_a_frozen_period_are_computed(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    await four_ratings(uow, needs)
    async with uow.begin() as tx:
        frozen = reactions.PeriodFrozen(
            province="56", period_id=PERIOD, unit_ids=(people.COUNTER, people.WARD)
        )
        await reactions.freeze_period(frozen, tx)

    assert not await INDEXES.step(Runtime(uow=uow, needs=needs))

    computed = await all_of(uow, collections.INDEXES)
    assert sorted(index.unit_id for index in computed) == [people.COUNTER, people.WARD]
    assert INDEXES.every_s == 0.5


async def test_dates_pass_and_the_log_is_signed(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    await file(uow, needs)
    await publish(uow, needs)
    clock.pass_days(60)

    changed = [await DEADLINES.step(Runtime(uow=uow, needs=needs)) for _ in range(2)]

    await LOG.step(Runtime(uow=uow, needs=needs))

    assert changed == [2, 0]
    [complaint] = await all_of(uow, collections.COMPLAINTS)
    assert [each.state for each in complaint.escalations] == ["RECEIVED"]
    [commitment] = await all_of(uow, collections.COMMITMENTS)
    assert commitment.state == "MISSED"
    [checkpoint] = await all_of(uow, collections.CHECKPOINTS)
    assert checkpoint.size == 4
    assert (LOG.every_s, DEADLINES.every_s) == (10.0, 60.0)
