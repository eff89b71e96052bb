"""E-I14: a frozen period is mended before its publication: opened again, or scored once more."""

from datetime import timedelta

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import Eq
from congvu_kit.domain.errors import Conflict, Invalid, NotFound
from evaluation import dossier_scenes, review_scenes, scenes
from evaluation.people import (
    COMMUNE,
    HOA_ID,
    LAN,
    LAN_ID,
    MINH,
    OFFICE,
    OTHER_COMMUNE,
    PROVINCE_UNIT,
)
from evaluation.review_scenes import UNFREEZING, rescored, unfrozen
from evaluation.scenes import Pump
from evaluation_service.application.collections import (
    ASSIGNMENTS,
    DOSSIERS,
    EVALUATIONS,
    INDEXES,
    PERIODS,
    RUNS,
)
from evaluation_service.application.results import deadlines
from evaluation_service.domain.dossiers.dossiers import DossierStanding, UnmatchedReason
from evaluation_service.domain.periods.acts import ActKind
from evaluation_service.domain.periods.period_events import PeriodFrozen, PeriodUnfrozen
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.results.runs import (
    ASKS_MAX,
    ATTEMPTS_MAX,
    RankingRun,
    RunState,
    ScoringRequested,
    run_id,
)
from evaluation_service.domain.results.states import EvaluationState
from support.clock import FixedClock


async def run_of(
    uow: MemoryUnitOfWork, period: EvaluationPeriod, agency_id: str = COMMUNE
) -> RankingRun:
    return await uow.reading().store(RUNS).get(run_id(period.id, agency_id))


async def in_review(uow: MemoryUnitOfWork, **changes: object) -> EvaluationPeriod:
    await scenes.commune(uow)
    period = await scenes.open_period(uow, **changes)
    await scenes.do_all(uow, period, LAN)
    await scenes.do_all(uow, period, MINH, done="1", assigned="4")
    return await scenes.reviewed(uow, period)


async def test_an_unfrozen_period_takes_inputs_and_comes_to_review_again(
    uow: MemoryUnitOfWork,
) -> None:
    period = await in_review(uow)
    first = await scenes.evaluation_of(uow, period, LAN_ID)

    opened = await unfrozen(uow, period)
    await Pump(uow).run()
    laid_aside = await scenes.evaluation_of(uow, period, LAN_ID)
    rated = await scenes.rate(uow, opened, LAN_ID, revision=laid_aside.revision)
    again = await scenes.reviewed(uow, opened)

    lan = await scenes.evaluation_of(uow, period, LAN_ID)
    run = await run_of(uow, period)
    assert (opened.state, opened.frozen_at) == (PeriodState.OPEN, None)
    assert (laid_aside.state, laid_aside.band) == (EvaluationState.NOT_STARTED, None)
    assert laid_aside.sheets == first.sheets
    assert rated.state is EvaluationState.MANAGER_SCORED
    assert again.state is PeriodState.REVIEW
    assert [each.kind for each in again.acts] == [
        ActKind.FROZEN,
        ActKind.UNFROZEN,
        ActKind.FROZEN,
    ]
    assert again.acts[1].decision == UNFREEZING
    assert (run.state, run.attempt, run.freeze) == (RunState.RANKED, 2, 2)
    assert [each.attempt for each in lan.sheets] == [1, 2]
    assert lan.sheets[0] == first.sheets[0]
    assert lan.sheets[1].total == 100
    told = [type(e) for e in uow.outbox if isinstance(e, PeriodFrozen | PeriodUnfrozen)]
    assert told == [PeriodFrozen, PeriodUnfrozen, PeriodFrozen]


async def test_E_I17_a_dossier_after_the_cut_off_counts_once_the_period_is_open_again(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    given = await scenes.assign(uow, period)
    await scenes.reviewed(uow, period)
    late = await dossier_scenes.record(uow, dossier_scenes.event(1))
    later = Pump(uow, done=len(uow.outbox))

    await unfrozen(uow, period)
    await later.run()

    assert [each.reason for each in late.results] == [UnmatchedReason.AFTER_CUT_OFF]
    [dossier] = await uow.reading().store(DOSSIERS).select()
    assert (dossier.standing, dossier.assignment_ids) == (DossierStanding.COUNTED, (given.id,))
    assert (await uow.reading().store(ASSIGNMENTS).get(given.id)).completed == 1


async def test_a_second_freeze_counts_the_index_of_its_own(uow: MemoryUnitOfWork) -> None:
    """One of the first freeze that comes late is nobody's business any more."""
    period = await in_review(uow)
    await unfrozen(uow, period)
    await Pump(uow).run()
    frozen = await scenes.move(uow, period, "freeze")
    for unit_id in frozen.unit_ids:
        await scenes.index_of_freeze(uow, period, unit_id, freeze=1)
    waiting = await run_of(uow, period)
    for unit_id in frozen.unit_ids:
        await scenes.index_of_freeze(uow, period, unit_id, freeze=2, index="0.5")
    await Pump(uow).run()

    kept = await uow.reading().store(INDEXES).select()
    lan = await scenes.evaluation_of(uow, period, LAN_ID)
    assert waiting.state is RunState.WAITING
    assert {(each.freeze, each.index) for each in kept} == {(2, "0.5")}
    assert '"index":"0.5"' in lan.sheets[-1].snapshot


async def test_an_index_asked_for_before_the_unfreezing_is_passed_over(
    uow: MemoryUnitOfWork,
) -> None:
    period = await in_review(uow)
    await unfrozen(uow, period)

    await scenes.index_of_freeze(uow, period, OFFICE, freeze=1)

    assert (await run_of(uow, period)).state is RunState.WITHDRAWN


async def test_who_left_meanwhile_is_not_ranked_and_not_announced_here(
    uow: MemoryUnitOfWork,
) -> None:
    period = await in_review(uow, scope_unit_id=PROVINCE_UNIT)
    await scenes.sync(
        uow,
        people=[
            scenes.person_row(
                "cb-013", "Ân Thị Hoa", scenes.appointment_row("H32.31.08", "HO-TICH")
            )
        ],
    )

    await rescored(uow, period)
    await Pump(uow).run()
    await scenes.move(uow, period, "publish")
    await Pump(uow).run()
    closed = await scenes.move(uow, period, "close")

    hers = await uow.reading().store(EVALUATIONS).select(Eq("civil_servant_id", HOA_ID))
    by_agency = {each.agency_id: each for each in hers}
    assert by_agency[COMMUNE].band is None
    assert by_agency[COMMUNE].state not in (EvaluationState.RANKED, EvaluationState.PUBLISHED)
    assert by_agency[OTHER_COMMUNE].state is EvaluationState.PUBLISHED
    assert closed.seal is not None
    sealed = {each.evaluation_id for each in closed.seal.unrated}
    assert by_agency[COMMUNE].id in sealed


async def test_one_agency_is_scored_again_and_the_others_stay(uow: MemoryUnitOfWork) -> None:
    period = await in_review(uow, scope_unit_id=PROVINCE_UNIT)
    before = await run_of(uow, period, OTHER_COMMUNE)

    scoring = await rescored(uow, period, COMMUNE)
    requested = await run_of(uow, period)
    await Pump(uow).run()

    run = await run_of(uow, period)
    assert scoring.state is PeriodState.SCORING
    assert (requested.state, requested.attempt, requested.results) == (RunState.REQUESTED, 2, ())
    assert [(each.reason, each.attempt) for each in run.rescorings] == [("Sửa bố trí", 2)]
    assert await run_of(uow, period, OTHER_COMMUNE) == before
    assert (await scenes.now_is(uow, period)).state is PeriodState.REVIEW
    with pytest.raises(NotFound):
        await rescored(uow, period, OFFICE)


async def test_it_is_not_scored_again_for_no_reason(uow: MemoryUnitOfWork) -> None:
    period = await in_review(uow)
    before = await run_of(uow, period)

    with pytest.raises(Invalid) as refused:
        await rescored(uow, period, reason=" ")

    assert refused.value.field == "input.reason"
    assert await run_of(uow, period) == before


async def test_a_decision_on_ties_is_made_anew(uow: MemoryUnitOfWork) -> None:
    run = await review_scenes.tied(uow)
    await scenes.decide_ties(uow, run, run.ties[:2])
    period = await scenes.now_is_id(uow, run.period_id)

    await rescored(uow, period)
    await Pump(uow).run()

    again = await run_of(uow, period)
    assert (again.ties, again.tie_kept) == (run.ties, None)


async def test_nothing_is_opened_or_scored_again_once_it_is_published(
    uow: MemoryUnitOfWork,
) -> None:
    period = await in_review(uow)
    published = await scenes.move(uow, period, "publish")
    told = len(uow.outbox)

    with pytest.raises(Conflict):
        await unfrozen(uow, period)
    with pytest.raises(Conflict):
        await rescored(uow, period)

    assert (await scenes.now_is(uow, period), len(uow.outbox)) == (published, told)


async def test_a_period_is_not_frozen_while_results_are_laid_aside(uow: MemoryUnitOfWork) -> None:
    period = await in_review(uow)
    await unfrozen(uow, period)

    with pytest.raises(Conflict, match="still being laid aside"):
        await scenes.move(uow, period, "freeze")
    await Pump(uow).run()

    assert (await scenes.move(uow, period, "freeze")).freezes == 2


async def test_what_is_opened_can_be_scored_again(uow: MemoryUnitOfWork) -> None:
    """The last attempt is never one that cannot be followed by another where it is needed."""
    period = await in_review(uow)
    for _ in range(ATTEMPTS_MAX - 1):
        await rescored(uow, period)
        await Pump(uow).run()

    with pytest.raises(Conflict) as opened:
        await unfrozen(uow, period)
    with pytest.raises(Conflict) as scored:
        await rescored(uow, period)

    assert (opened.value.rule_id, scored.value.rule_id) == ("E-I14", "E-I14")
    assert (await scenes.now_is(uow, period)).state is PeriodState.REVIEW


async def test_a_message_that_was_lost_is_sent_again_a_few_times(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.move(uow, period, "freeze")
    await scenes.indexes_come(uow, period)
    asked, waited = [], timedelta()
    for _ in range(12):
        clock.at += timedelta(seconds=60)
        waited += timedelta(seconds=60)
        for id in await deadlines.runs_silent(uow, clock.at, 60):
            async with uow.begin() as tx:
                await deadlines.ask_again(id, 60, tx)
            asked.append(int(waited.total_seconds() // 60))
    run = await run_of(uow, period)
    messages = [event for event in uow.outbox if isinstance(event, ScoringRequested)]
    await Pump(uow).run()

    assert asked == [2, 4, 8]
    assert (run.asks, run.waiting_since) == (4, run.asked_at)
    assert len(messages) == 4
    assert (await scenes.now_is(uow, period)).state is PeriodState.REVIEW
    run.asks, run.state = ASKS_MAX, RunState.REQUESTED
    assert not run.asked_before(clock.at + timedelta(days=9), 60)


async def test_a_period_moves_on_though_the_news_of_its_last_ranking_was_lost(
    uow: MemoryUnitOfWork,
) -> None:
    period = await in_review(uow)
    async with uow.begin() as tx:
        stored = await tx.store(PERIODS).get(period.id)
        stored.state = PeriodState.SCORING
        await tx.store(PERIODS).save(stored)

    for id in await deadlines.periods_to_move(uow):
        async with uow.begin() as tx:
            await deadlines.move_on(id, tx)

    assert (await scenes.now_is(uow, period)).state is PeriodState.REVIEW
    assert await deadlines.periods_to_move(uow) == []
