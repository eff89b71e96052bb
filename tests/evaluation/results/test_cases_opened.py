"""A rule of the policy that fires on a published result opens one case, which people decide."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Forbidden
from congvu_scoring.documents.policy_files import shipped_policy
from evaluation import objective_scenes, review_scenes, scenes
from evaluation import specimens as a
from evaluation.people import BOARD, CHAIR_ID, COMMUNE, LAN_ID, PROVINCE_HEAD
from evaluation_service.application.collections import CASES, RUNS
from evaluation_service.application.desk.kinds import InboxKind
from evaluation_service.application.desk.queries import count_waiting, list_waiting
from evaluation_service.application.integrity.commands import (
    ResolveTriggerCase,
    resolve_trigger_case,
)
from evaluation_service.application.integrity.queries import still_firing
from evaluation_service.application.policies.commands import keep_shipped
from evaluation_service.domain.integrity.cases import (
    CASE_DAYS,
    CaseState,
    TriggerCase,
    TriggerRaised,
    case_id,
)
from evaluation_service.domain.results.inputs import Indicator
from evaluation_service.domain.results.runs import run_id
from evaluation_service.domain.review.corrections import Correction
from support.clock import FixedClock

TARGET = Indicator(
    code="GDP",
    perspective=None,
    weight=Decimal(100),
    baseline=Decimal(0),
    target=Decimal(100),
    actual=Decimal(100),
    direction="UP",
    shared=False,
    parent=None,
)


SECOND = replace(BOARD, subject="board-2", officer="cs_board_2")


async def test_a_veto_that_calls_for_a_dismissal_opens_one_case(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    async with uow.begin() as tx:
        await keep_shipped(shipped_policy("CN-TARGET@1"), tx)
    period = await scenes.open_period(uow, leader_policy="CN-TARGET")
    await objective_scenes.reached(uow, period, CHAIR_ID, TARGET, by=PROVINCE_HEAD)
    await scenes.veto(uow, CHAIR_ID, "INTERNAL_CONFLICT")

    await scenes.reviewed(uow, period)
    async with uow.begin() as tx:
        run = await tx.store(RUNS).get(run_id(period.id, COMMUNE))
        run.again("Sửa bố trí", a.SOMEBODY, tx.now)
        await tx.store(RUNS).save(run)
    await scenes.Pump(uow).run()
    assert await uow.reading().store(CASES).select() == []
    await scenes.move(uow, await scenes.now_is(uow, period), "publish")
    await scenes.Pump(uow).run()

    chair = await scenes.evaluation_of(uow, period, CHAIR_ID)
    (case,) = await uow.reading().store(CASES).select()
    assert case.id == case_id(chair.id, "DISMISSAL_CASE")
    assert (case.rule, case.civil_servant_id, case.province) == ("DISMISSAL_CASE", CHAIR_ID, "56")
    assert (case.period_id, case.evaluation_id, case.state) == (
        period.id,
        chair.id,
        CaseState.RAISED,
    )
    assert [event for event in uow.outbox if isinstance(event, TriggerRaised)] == [
        TriggerRaised(
            case_id=case.id,
            rule="DISMISSAL_CASE",
            civil_servant_id=CHAIR_ID,
            province="56",
            period_id=period.id,
            state=CaseState.RAISED,
        )
    ]


async def test_a_correction_opens_the_case_that_it_gives_ground_to(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    async with uow.begin() as tx:
        await keep_shipped(shipped_policy("CN-TARGET"), tx)
    period = await scenes.open_period(uow, leader_policy="CN-TARGET")
    await objective_scenes.reached(uow, period, CHAIR_ID, TARGET, by=PROVINCE_HEAD)
    period = await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")
    await scenes.Pump(uow).run()
    chair = await scenes.evaluation_of(uow, period, CHAIR_ID)
    assert await uow.reading().store(CASES).select() == []

    async def look(by: Actor, number: int, correction: Correction) -> None:
        audit = await review_scenes.post_audit(uow, CHAIR_ID, id=f"pa_{number}", unit_id=COMMUNE)
        await review_scenes.decide_audit(uow, audit, chair, correction, actor=by)

    await look(BOARD, 1, Correction(add_events=("INTERNAL_CONFLICT",)))
    (case,) = await uow.reading().store(CASES).select()
    assert (case.rule, case.state) == ("DISMISSAL_CASE", CaseState.RAISED)
    assert case.due_on == scenes.TODAY + timedelta(days=CASE_DAYS)
    assert await still_firing([case], BOARD, uow.reading()) == [True]
    await look(SECOND, 2, Correction(remove_events=("INTERNAL_CONFLICT",)))

    assert await still_firing([case], BOARD, uow.reading()) == [False]
    assert len(await uow.reading().store(CASES).select()) == 1


async def resolve(
    uow: MemoryUnitOfWork, case: TriggerCase, state: CaseState, actor: Actor
) -> TriggerCase:
    stored = await uow.reading().store(CASES).get(case.id)
    command = ResolveTriggerCase(
        actor=actor,
        idempotency_key=scenes.key(),
        expected_revision=stored.revision,
        case_id=case.id,
        state=state,
        reason="Theo biên bản họp",
    )
    return await perform(resolve_trigger_case, command, uow)


async def test_E_I4_who_confirmed_a_case_is_not_who_says_that_it_was_carried_out(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    period = await review_scenes.published(uow)
    case = await review_scenes.raised(uow, await scenes.evaluation_of(uow, period, LAN_ID))
    clock.at += timedelta(days=3)
    confirmed = await resolve(uow, case, CaseState.CONFIRMED, BOARD)
    assert confirmed.due_on == scenes.TODAY + timedelta(days=3 + CASE_DAYS)

    with pytest.raises(Forbidden) as refused:
        await resolve(uow, case, CaseState.ACTED, BOARD)
    waiting = [
        await list_waiting(each, uow.reading(), InboxKind.CASE, first=9, after=None)
        for each in (BOARD, SECOND)
    ]
    clock.at += timedelta(days=CASE_DAYS + 1)
    late = [each.late for each in await count_waiting(SECOND, uow.reading()) if each.count]
    acted = await resolve(uow, case, CaseState.ACTED, SECOND)

    assert refused.value.rule_id == "E-I4"
    assert [[each.due_on for each in page.items] for page in waiting] == [[], [confirmed.due_on]]
    assert late == [1]
    assert [(step.state, step.by.subject) for step in acted.steps] == [
        (CaseState.CONFIRMED, BOARD.subject),
        (CaseState.ACTED, "board-2"),
    ]
    assert acted.due_on is None


async def test_E_I4_who_took_part_in_the_result_decides_no_case_about_it(
    uow: MemoryUnitOfWork,
) -> None:
    period = await review_scenes.published(uow)
    lan = await scenes.evaluation_of(uow, period, LAN_ID)
    case = await review_scenes.raised(uow, lan)
    rated_her = next(each for each in lan.involved)
    also_board = replace(BOARD, subject="elsewhere", officer=rated_her.officer)

    with pytest.raises(Forbidden):
        await resolve(uow, case, CaseState.DISMISSED, also_board)

    assert (await uow.reading().store(CASES).get(case.id)).state is CaseState.RAISED
