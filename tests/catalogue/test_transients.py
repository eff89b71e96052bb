"""A store that is away for a moment delays an answer and never becomes one."""

from collections.abc import AsyncIterator, Set
from contextlib import asynccontextmanager

from catalogue import adjustment_steps, inputs, people, scenes
from catalogue.needs import NEEDS
from catalogue_service.adapters.graphql.schema import schema
from catalogue_service.adapters.workers import WORKERS
from congvu_kit.adapters.memory import MemoryStore, MemoryTransaction, MemoryUnitOfWork
from congvu_kit.application.ports import A, Collection
from congvu_kit.domain.errors import Transient
from congvu_kit.service.runtime import Runtime
from support.clock import FixedClock
from support.graph import Graph


class Shaky(MemoryUnitOfWork):
    """One collection is away at some of the looks into it, counted from `watch` on."""

    def __init__(self, clock: FixedClock) -> None:
        super().__init__(clock)
        self.collection = ""
        self.away_at: Set[int] = set()
        self.looks = 0

    def watch(self, collection: str, away_at: Set[int]) -> None:
        self.collection, self.away_at, self.looks = collection, away_at, 0

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[MemoryTransaction]:
        async with super().begin() as tx:
            yield ShakyTransaction(self, tx)


class ShakyTransaction(MemoryTransaction):
    def __init__(self, shaky: Shaky, tx: MemoryTransaction) -> None:
        super().__init__(tx._state, tx.now)
        self._shaky = shaky

    def store(self, collection: Collection[A]) -> MemoryStore[A]:
        if collection.name == self._shaky.collection:
            self._shaky.looks += 1
            if self._shaky.looks in self._shaky.away_at:
                raise Transient(en="the store is away", vi="kho dữ liệu tạm ngừng")
        return super().store(collection)


async def test_an_import_refuses_no_row_for_it(clock: FixedClock) -> None:
    uow = Shaky(clock)
    uow.watch("units", away_at={1, 2})

    done = await inputs.import_rows(
        Graph(schema, uow, needs=NEEDS), people.EDITOR, {"rows": [inputs.ROW]}
    )

    assert (done["written"], done["refused"], uow.looks) == (1, 0, 3)
    assert (await scenes.stored(uow, f"{scenes.BIRTH}@1")).number == 1


async def test_a_bulk_step_leaves_no_version_out_for_it(clock: FixedClock) -> None:
    uow = Shaky(clock)
    version = await scenes.draft(uow)
    uow.watch("work_product_versions", away_at={3})  # Preview, choice, and then the save.

    done = await inputs.advance(Graph(schema, uow, needs=NEEDS), people.EDITOR, {"step": "SUBMIT"})

    assert [item["refusal"] for item in done["items"]] == [None]
    assert (await scenes.stored(uow, version.id)).state.value == "SUBMITTED"
    assert (uow.looks, len(uow.outbox)) == (5, 1)


async def test_the_worker_that_ends_adjustments_tries_again(clock: FixedClock) -> None:
    uow = Shaky(clock)
    await adjustment_steps.in_place(uow)
    adjustment = await adjustment_steps.decide(uow, await adjustment_steps.propose(uow))
    clock.at = clock.at.replace(year=2028)
    uow.watch("local_adjustments", away_at={1, 2})
    worker = next(each for each in WORKERS if each.name == "expire_adjustments")
    runtime = Runtime(uow=uow)

    ended = [await worker.step(runtime), await worker.step(runtime)]

    assert ended == [1, 0]
    assert (await adjustment_steps.stored(uow, adjustment.id)).state.value == "EXPIRED"
