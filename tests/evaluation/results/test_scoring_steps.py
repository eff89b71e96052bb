"""An agency is scored in several transactions: killed anywhere, repeated, or done twice at once."""

import asyncio
import copy
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from congvu_kit.adapters.memory import MemoryTransaction, MemoryUnitOfWork
from congvu_kit.application.documents import Document
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.errors import Transient
from evaluation import scenes
from evaluation import specimens as a
from evaluation.people import COMMUNE, LAN, LAN_ID, MINH
from evaluation_service.application.collections import ALL, CASES, EVALUATIONS, RUNS
from evaluation_service.application.reactions import RunFact, tell_trouble
from evaluation_service.application.results.scoring import score_agency
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.events import EvaluationRanked, EvaluationScored
from evaluation_service.domain.results.runs import RankingRun, RunState, run_id
from support.clock import FixedClock

STEP = 2
"""Of six people: three transactions."""


class Killed(BaseException):
    """As the process is: nothing may handle it."""


class Mortal(MemoryUnitOfWork):
    """Dies once, before or after the commit of one transaction."""

    def __init__(self, clock: FixedClock) -> None:
        super().__init__(clock)
        self.lives: int | None = None
        self.dies_before_the_commit = True

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[MemoryTransaction]:
        last = self.lives == 1
        self.lives = self.lives - 1 if self.lives else None
        async with super().begin() as tx:
            yield tx
            if last and self.dies_before_the_commit:
                raise Killed
        if last:
            raise Killed


async def requested(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    """Frozen, its agency about to be scored."""
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN)
    await scenes.do_all(uow, period, MINH, done="4", assigned="7")
    await scenes.rate(uow, period, LAN_ID)
    await scenes.move(uow, period, "freeze")
    await scenes.indexes_come(uow, period)
    return period


def undisturbed(uow: MemoryUnitOfWork, clock: FixedClock) -> MemoryUnitOfWork:
    """With the same in it."""
    twin = MemoryUnitOfWork(clock)
    for collection in ALL:
        twin.rows(collection).update(copy.deepcopy(uow.rows(collection)))
    return twin


async def score(uow: UnitOfWork, period: EvaluationPeriod) -> None:
    last = await score_agency(run_id(period.id, COMMUNE), uow, STEP)
    async with uow.begin() as tx:
        await last(tx)


async def the_run(uow: UnitOfWork, period: EvaluationPeriod) -> RankingRun:
    return await uow.reading().store(RUNS).get(run_id(period.id, COMMUNE))


def outcome(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> Mapping[str, object]:
    """All that is stored of the results, and how often each was told."""
    told = [e for e in uow.outbox if isinstance(e, EvaluationScored | EvaluationRanked)]
    run = uow.rows(RUNS)[run_id(period.id, COMMUNE)]
    return {
        "evaluations": {
            id: {**row, "updated_at": None} for id, row in uow.rows(EVALUATIONS).items()
        },
        "cases": uow.rows(CASES),
        "run": {**run, "revision": None},
        "told": sorted((type(e).__name__, e.evaluation_id, e.sheet) for e in told),
    }


@pytest.mark.parametrize("before_the_commit", [True, False])
@pytest.mark.parametrize("step", [1, 2, 3])
async def test_killed_in_any_step_it_repeats_nothing_and_loses_nothing(
    clock: FixedClock, step: int, before_the_commit: bool
) -> None:
    uow = Mortal(clock)
    period = await requested(uow)
    alone = undisturbed(uow, clock)
    await score(alone, period)
    uow.lives, uow.dies_before_the_commit = step, before_the_commit

    with pytest.raises(Killed):
        await score(uow, period)
    clock.at = clock.at.replace(year=clock.at.year + 1)
    await score(uow, period)

    run = await the_run(uow, period)
    assert (run.state, run.people, run.scored) == (RunState.RANKED, 6, 6)
    assert outcome(uow, period) == outcome(alone, period)


async def test_of_two_workers_at_one_agency_one_scores_it(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    period = await requested(uow)
    alone = undisturbed(uow, clock)
    await score(alone, period)

    ends = await asyncio.gather(score(uow, period), score(uow, period), return_exceptions=True)
    await score(uow, period)

    assert [type(end) for end in ends if end is not None] == [Transient]
    assert outcome(uow, period) == outcome(alone, period)


async def test_progress_can_be_read_while_an_agency_is_scored(uow: MemoryUnitOfWork) -> None:
    period = await requested(uow)

    last = await score_agency(run_id(period.id, COMMUNE), uow, STEP)

    run = await the_run(uow, period)
    assert (run.state, run.people, run.scored) == (RunState.REQUESTED, 6, 4)
    async with uow.begin() as tx:
        await last(tx)
    assert (await the_run(uow, period)).scored == 6


async def test_a_worker_whose_attempt_is_not_wanted_any_more_stops(uow: MemoryUnitOfWork) -> None:
    period = await requested(uow)
    last = await score_agency(run_id(period.id, COMMUNE), uow, STEP)
    async with uow.begin() as tx:
        run = await tx.store(RUNS).get(run_id(period.id, COMMUNE))
        run.withdraw()
        await tx.store(RUNS).save(run)

    async with uow.begin() as tx:
        with pytest.raises(Transient):
            await last(tx)
    await score(uow, period)

    assert await the_run(uow, period) == run


async def attempt_again(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> None:
    async with uow.begin() as tx:
        run = await tx.store(RUNS).get(run_id(period.id, COMMUNE))
        run.again("Sửa bố trí", a.SOMEBODY, tx.now)
        await tx.store(RUNS).save(run)
    await score(uow, period)


async def test_a_further_attempt_with_the_same_inputs_adds_no_sheet(uow: MemoryUnitOfWork) -> None:
    period = await requested(uow)
    await score(uow, period)
    before = await uow.reading().store(EVALUATIONS).select()
    told = outcome(uow, period)["told"]

    await attempt_again(uow, period)

    run, after = await the_run(uow, period), await uow.reading().store(EVALUATIONS).select()
    assert (run.state, run.attempt, run.scored) == (RunState.RANKED, 2, 6)
    assert [[replace(sheet, attempt=1) for sheet in each.sheets] for each in after] == [
        each.sheets for each in before
    ]
    assert {each.sealed() for each in after} == set(run.results)
    assert outcome(uow, period)["told"] == told


async def test_a_further_attempt_after_a_repair_adds_a_sheet_to_whom_it_concerns(
    uow: MemoryUnitOfWork,
) -> None:
    period = await requested(uow)
    await score(uow, period)
    lan = (await scenes.evaluation_of(uow, period, LAN_ID)).id
    given: Document = {**uow.rows(EVALUATIONS)[lan], "given": {}}
    uow.rows(EVALUATIONS)[lan] = given

    await attempt_again(uow, period)

    sheets = {each.id: each.sheets for each in await uow.reading().store(EVALUATIONS).select()}
    assert {id: len(each) for id, each in sheets.items() if len(each) > 1} == {lan: 2}
    assert [(each.number, each.attempt) for each in sheets[lan]] == [(1, 1), (2, 2)]
    assert sheets[lan][0].total != sheets[lan][1].total


async def test_a_run_that_was_given_up_says_why_until_it_is_tried_again(
    uow: MemoryUnitOfWork,
) -> None:
    period = await requested(uow)
    fact = RunFact(run_id=run_id(period.id, COMMUNE), period_id=period.id, province="56")

    async with uow.begin() as tx:
        await tell_trouble(fact, "KeyError in rate", tx)
    given_up = await the_run(uow, period)
    await score(uow, period)

    assert (given_up.state, given_up.trouble) == (RunState.REQUESTED, "KeyError in rate")
    assert (await the_run(uow, period)).trouble is None
