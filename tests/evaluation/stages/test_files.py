"""A file goes through its stages; a late one moves on and harms nobody but who was late."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Conflict, DomainError, Forbidden, Invalid
from evaluation import scenes, stage_scenes
from evaluation.people import (
    BOARD,
    CHAIR,
    CHAIR_ID,
    DEPUTY,
    LAN,
    LAN_ID,
    OFFICE_HEAD,
    OFFICE_HEAD_ID,
    PROVINCE_HEAD,
    ref,
)
from evaluation.stage_scenes import (
    ACCEPTING,
    LAST_DAYS,
    REPORTING,
    REVIEWING,
    SELF,
    assess,
    file_of,
    grades,
    last_minute,
    pass_stage,
    score,
    told,
    watched,
    year,
)
from evaluation_service.application.collections import PERIODS
from evaluation_service.application.stages.queries import see_files
from evaluation_service.domain.integrity.faults import ProcessStep
from evaluation_service.domain.periods.states import PeriodState
from support.clock import FixedClock

PROVINCE_HEAD_ID = ref("cb-100").ours("cs")
HOLDERS = {
    SELF: LAN_ID,
    REPORTING: OFFICE_HEAD_ID,
    REVIEWING: CHAIR_ID,
    ACCEPTING: PROVINCE_HEAD_ID,
}
ACTORS: Mapping[str, Actor] = {
    REPORTING: OFFICE_HEAD,
    REVIEWING: CHAIR,
    ACCEPTING: PROVINCE_HEAD,
}


async def test_each_stage_keeps_its_own_figures_and_the_policy_says_which_count(
    uow: MemoryUnitOfWork,
) -> None:
    period = await year(uow)
    await assess(uow, period, grades(10, 10, 10))
    await score(uow, period, grades(6, 6, 6))
    await pass_stage(uow, period, REVIEWING, CHAIR, grades(8), remark="Việc khó hơn thường lệ")
    evaluation = await pass_stage(uow, period, ACCEPTING, PROVINCE_HEAD)

    assert evaluation.file is not None
    kept = {each.stage: each.ratings for each in evaluation.file.entries}
    assert kept == {
        SELF: grades(10, 10, 10),
        REPORTING: grades(6, 6, 6),
        REVIEWING: grades(8),
        ACCEPTING: grades(),
    }
    assert {each.key: each.points for each in evaluation.given.elements} == {
        each.key: each.points for each in grades(8, 6, 6).elements
    }
    assert evaluation.file.current is None


@pytest.mark.parametrize("late", [SELF, REPORTING, REVIEWING, ACCEPTING])
async def test_at_the_end_of_the_last_day_the_file_moves_on_and_the_fault_is_the_late_persons(
    uow: MemoryUnitOfWork, clock: FixedClock, late: str
) -> None:
    """E-I16; who is late in one stage never lowers what the person gets."""
    period = await year(uow)
    for stage in LAST_DAYS:
        clock.at = last_minute(LAST_DAYS[stage])
        await watched(uow)
        if stage == late:
            continue
        if stage == SELF:
            await assess(uow, period, grades(9, 9, 9))
        else:
            await pass_stage(uow, period, stage, ACTORS[stage], grades(7, 7, 7))
    clock.pass_seconds(60)
    await watched(uow)

    charged = [
        each
        for each in await stage_scenes.faults(uow)
        if each.evaluation_id == (await file_of(uow, period)).id
    ]
    assert [(each.civil_servant_id, each.stage, each.due_on, each.step) for each in charged] == [
        (HOLDERS[late], late, LAST_DAYS[late], ProcessStep.PASS_STAGE)
    ]
    evaluation = await file_of(uow, period)
    assert {each.points for each in evaluation.given.elements} == {7}
    assert told(uow, LAN_ID).count(("StageLate", late)) == 1
    assert [stage for kind, stage in told(uow, LAN_ID) if kind == "StageClosed"] == list(LAST_DAYS)


@pytest.mark.parametrize("stage", list(LAST_DAYS))
async def test_a_stage_is_open_to_2359_and_then_locked_with_its_rule_named(
    uow: MemoryUnitOfWork, clock: FixedClock, stage: str
) -> None:
    period = await year(uow)
    for before in list(LAST_DAYS)[: list(LAST_DAYS).index(stage)]:
        clock.at = last_minute(LAST_DAYS[before]) + timedelta(minutes=1)
        await watched(uow)
    clock.at = last_minute(LAST_DAYS[stage]) + timedelta(minutes=1)

    async def enter() -> object:
        if stage == SELF:
            return await assess(uow, period, grades(9, 9, 9))
        return await pass_stage(uow, period, stage, ACTORS[stage], grades(7, 7, 7))

    before_it = await stage_scenes.revision(uow, period)
    with pytest.raises(Conflict) as refused:
        await enter()
    after = await stage_scenes.revision(uow, period)
    clock.at = last_minute(LAST_DAYS[stage])
    await enter()

    assert refused.value.rule_id == stage
    assert str(LAST_DAYS[stage]) in refused.value.en
    assert "IN-SPARROW@3" in refused.value.vi
    assert before_it == after


async def test_after_the_final_day_nothing_is_entered(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    period = await year(uow)
    clock.at = last_minute(date(2027, 12, 31)) + timedelta(minutes=1)

    for stage, actor in ACTORS.items():
        with pytest.raises(Conflict):
            await pass_stage(uow, period, stage, actor, grades(7, 7, 7))


@pytest.mark.parametrize(
    ("stage", "actor"),
    [(REPORTING, OFFICE_HEAD), (REVIEWING, CHAIR), (ACCEPTING, PROVINCE_HEAD)],
)
async def test_nobody_acts_before_their_turn(
    uow: MemoryUnitOfWork, stage: str, actor: Actor
) -> None:
    period = await year(uow)

    with pytest.raises(Conflict) as refused:
        await pass_stage(uow, period, stage, actor, grades(7, 7, 7))

    assert refused.value.rule_id == stage


async def test_a_stage_is_its_holders_alone(uow: MemoryUnitOfWork) -> None:
    period = await year(uow)
    await assess(uow, period, grades(9, 9, 9))

    with pytest.raises(DomainError):
        await pass_stage(uow, period, REPORTING, CHAIR, grades(7, 7, 7))
    with pytest.raises(Forbidden):
        await score(uow, period, grades(7, 7, 7), actor=DEPUTY)
    await score(uow, period, grades(7, 7, 7))


async def test_a_stage_agrees_only_with_figures_there_are(uow: MemoryUnitOfWork) -> None:
    period = await year(uow)
    await assess(uow, period, grades(9, 9, 9))

    with pytest.raises(Invalid):
        await pass_stage(uow, period, REPORTING, OFFICE_HEAD)


async def test_what_the_person_thinks_never_counts(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    """E-I4, also where everybody above is silent."""
    period = await year(uow)
    await assess(uow, period, grades(10, 10, 10))
    for day in LAST_DAYS.values():
        clock.at = last_minute(day) + timedelta(minutes=1)
        await watched(uow)

    evaluation = await file_of(uow, period)

    assert evaluation.given.elements == ()
    late = [
        each.civil_servant_id
        for each in await stage_scenes.faults(uow)
        if each.evaluation_id == evaluation.id
    ]
    assert sorted(late) == sorted([OFFICE_HEAD_ID, CHAIR_ID, PROVINCE_HEAD_ID])


async def test_own_faults_are_on_record_and_move_no_score(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    period = await year(uow)
    await watched(uow)
    clock.at = last_minute(LAST_DAYS[SELF]) + timedelta(minutes=1)
    await watched(uow)

    own = [each for each in await stage_scenes.faults(uow) if each.civil_servant_id == LAN_ID]

    assert [each.own for each in own] == [True]
    assert period.id == own[0].period_id


async def test_reminders_come_before_the_last_day_once(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    await year(uow)
    for days in range(20, -1, -1):
        clock.at = last_minute(LAST_DAYS[SELF] - timedelta(days=days))
        await watched(uow)
        await watched(uow)

    assert told(uow, LAN_ID) == [("StageOpened", SELF), *[("StageReminded", SELF)] * 2]


async def test_the_person_sees_the_figures_of_others_once_they_are_published(
    uow: MemoryUnitOfWork,
) -> None:
    period = await year(uow)
    await assess(uow, period, grades(10, 10, 10))
    await score(uow, period, grades(6, 7, 8))

    async def seen(by: Actor) -> tuple[set[str], int]:
        (file,) = await see_files([await file_of(uow, period)], by, uow.reading())
        assert file.counted is not None
        return {each.stage.id for each in file.stages if each.shown}, len(file.counted.elements)

    before = [await seen(each) for each in (LAN, OFFICE_HEAD)]
    async with uow.begin() as tx:
        kept = await tx.store(PERIODS).get(period.id)
        kept.state = PeriodState.PUBLISHED
        await tx.store(PERIODS).save(kept)
    after = await seen(LAN)

    assert before == [({SELF}, 0), (set(LAST_DAYS), 3)]
    assert after == (set(LAST_DAYS), 3)


async def test_without_stages_it_is_as_before(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)

    evaluation = await scenes.rate(uow, period, LAN_ID)

    assert evaluation.file is None
    with pytest.raises(Invalid):
        await pass_stage(uow, period, REPORTING, CHAIR)


async def test_an_open_stage_is_a_gap_and_waits_in_one_inbox(uow: MemoryUnitOfWork) -> None:
    """E-I14."""
    period = await year(uow)
    await watched(uow)

    gaps = await stage_scenes.gaps(uow, period, BOARD)

    assert gaps >= 5
