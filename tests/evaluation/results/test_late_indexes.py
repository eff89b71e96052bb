"""Whose decision it is that citizens' indexes are not waited for, and what becomes of late ones."""

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Participant
from congvu_kit.domain.errors import Conflict
from congvu_kit.service.runtime import Runtime
from evaluation import review_scenes, scenes
from evaluation.people import ADMIN, COMMUNE, LAN, LAN_ID, OFFICE
from evaluation.scenes import Pump, evaluation_of
from evaluation_service.adapters.workers import workers
from evaluation_service.application.collections import INDEXES, PERIODS, RUNS
from evaluation_service.domain.periods.acts import ActKind, PeriodAct
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.runs import (
    LATE_ATTEMPT_MAX,
    PLATFORM,
    RankingRun,
    Rescoring,
    RunState,
    run_id,
)
from evaluation_service.settings import EvaluationSettings
from support.clock import FixedClock

SETTINGS = EvaluationSettings.model_construct(run_wait_s=300.0, look_s=1.0)

BOTH = tuple(sorted((COMMUNE, OFFICE)))


async def the_run(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> RankingRun:
    return await uow.reading().store(RUNS).get(run_id(period.id, COMMUNE))


async def frozen(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN)
    return await scenes.move(uow, period, "freeze")


async def in_review_without(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    period = await frozen(uow)
    await review_scenes.scored_without(uow, period)
    await Pump(uow).run()
    return await scenes.now_is(uow, period)


async def stands(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> PeriodState:
    return (await scenes.now_is(uow, period)).state


def has_index(evaluation: Evaluation) -> bool:
    assert evaluation.sheet is not None
    return "satisfaction" in evaluation.sheet.snapshot


async def test_no_time_that_passes_ends_the_wait_for_indexes(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    """A replica whose clock is an hour ahead scores nothing without its citizens' evidence."""
    period = await frozen(uow)

    clock.pass_days(30)
    for worker in workers(SETTINGS):
        await worker.step(Runtime(uow=uow))
    await Pump(uow).run()

    assert (await the_run(uow, period)).state is RunState.WAITING
    assert await stands(uow, period) is PeriodState.DATA_FROZEN


async def test_E_I14_a_person_decides_on_record_that_nobody_waits_any_more(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    period = await frozen(uow)

    await review_scenes.scored_without(uow, period, reason="Chưa có người trả lời")
    await Pump(uow).run()

    run, after = await the_run(uow, period), await scenes.now_is(uow, period)
    assert run.missing_unit_ids == run.unit_ids == BOTH
    assert not has_index(await evaluation_of(uow, period, LAN_ID))
    assert after.state is PeriodState.REVIEW
    assert after.acts[-1] == PeriodAct(
        kind=ActKind.WITHOUT_INDEXES,
        by=Participant.of(ADMIN),
        at=clock.at,
        accepted="Chưa có người trả lời",
        gaps={"MISSING_INDEX": 2},
    )
    assert Participant.of(ADMIN) in after.involved


async def test_where_nothing_waits_there_is_nothing_to_decide(uow: MemoryUnitOfWork) -> None:
    period = await in_review_without(uow)

    with pytest.raises(Conflict, match="no agency waits for indexes"):
        await review_scenes.scored_without(uow, period)

    assert await scenes.now_is(uow, period) == period


async def test_a_late_index_is_taken_while_the_period_is_in_review(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    """By a further sheet, which leaves the first as it was; the run says why."""
    period = await in_review_without(uow)
    [first] = (await evaluation_of(uow, period, LAN_ID)).sheets

    await scenes.index_comes(uow, period, OFFICE)
    assert await stands(uow, period) is PeriodState.SCORING
    await Pump(uow).run()

    lan, run = await evaluation_of(uow, period, LAN_ID), await the_run(uow, period)
    assert has_index(lan)
    assert lan.sheets[0] == first
    assert [(each.number, each.attempt) for each in lan.sheets] == [(1, 1), (2, 2)]
    assert run.missing_unit_ids == (COMMUNE,)
    assert run.rescorings == (
        Rescoring(
            attempt=2,
            reason=f"Chỉ số hài lòng đến sau khi chấm (indexes that came late): {OFFICE}",
            by=PLATFORM,
            at=clock.at,
        ),
    )
    assert await stands(uow, period) is PeriodState.REVIEW


async def test_what_comes_while_an_agency_is_scored_is_taken_after_it(
    uow: MemoryUnitOfWork,
) -> None:
    period = await frozen(uow)
    await review_scenes.scored_without(uow, period)
    await scenes.index_comes(uow, period, OFFICE)
    await scenes.index_comes(uow, period, COMMUNE)
    assert (await the_run(uow, period)).attempt == 1

    await Pump(uow).run()

    run = await the_run(uow, period)
    assert (run.state, run.attempt, run.missing_unit_ids) == (RunState.RANKED, 2, ())
    assert has_index(await evaluation_of(uow, period, LAN_ID))
    assert await stands(uow, period) is PeriodState.REVIEW


async def test_a_late_index_never_takes_the_attempts_that_people_need(
    uow: MemoryUnitOfWork,
) -> None:
    period = await in_review_without(uow)
    for _ in range(LATE_ATTEMPT_MAX):
        await review_scenes.rescored(uow, period)
        await Pump(uow).run()

    await scenes.index_comes(uow, period, OFFICE)
    await Pump(uow).run()
    assert (await the_run(uow, period)).missing_unit_ids == BOTH

    await review_scenes.rescored(uow, period)
    await Pump(uow).run()
    assert (await the_run(uow, period)).missing_unit_ids == (COMMUNE,)


@pytest.mark.parametrize("closes", [False, True], ids=["published", "closed"])
async def test_E_I3_after_the_publication_no_index_changes_anything(
    uow: MemoryUnitOfWork, clock: FixedClock, closes: bool
) -> None:
    period = await in_review_without(uow)
    await scenes.move(uow, period, "publish")
    await Pump(uow).run()
    if closes:
        clock.pass_days(30)
        await scenes.move(uow, period, "close")
    told, before = len(uow.outbox), await everything(uow)

    with pytest.raises(Conflict, match="only an appeal corrects"):
        await scenes.index_comes(uow, period, OFFICE)

    assert (len(uow.outbox), await everything(uow)) == (told, before)


async def everything(uow: MemoryUnitOfWork) -> list[object]:
    kept = uow.reading().store
    return [
        *await kept(PERIODS).select(),
        *await kept(RUNS).select(),
        *await kept(INDEXES).select(),
    ]
