"""A complaint that was not answered on its day is a fault of who owed the answer (E-I16)."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.errors import Transient
from evaluation import scenes
from evaluation.people import CHAIR, CHAIR_ID, LAN, MINH
from evaluation.scenes import evaluation_of
from evaluation_service.application.collections import FAULTS
from evaluation_service.application.integrity.answers import (
    AnswerOverdue,
    ComplaintMoved,
    charge_answer,
    end_silence,
)
from evaluation_service.domain.integrity.faults import AWAITED, ProcessFault, ProcessFaultRecorded
from evaluation_service.domain.periods.periods import EvaluationPeriod
from support.graph import Graph

OVERDUE = AnswerOverdue(
    complaint_id="cpl_1",
    province="56",
    civil_servant_id=CHAIR_ID,
    since=date(2026, 7, 20),
    due_on=date(2026, 8, 3),
    term_days=10,
    round=0,
)
"""Ten working days after Monday 20 July; today is 10 August."""
ANSWERED = ComplaintMoved(complaint_id="cpl_1", province="56", on=date(2026, 8, 6))
FAULTS_OF = """query($id: ID!) { evaluation(id: $id) { processFaults { edges { node {
  step dueOn endedOn liftedOn complaintId assignmentId stage } } } } }"""


async def told(uow: MemoryUnitOfWork, *facts: AnswerOverdue | ComplaintMoved) -> None:
    for fact in facts:
        async with uow.begin() as tx:
            if isinstance(fact, AnswerOverdue):
                await charge_answer(fact, tx)
            else:
                await end_silence(fact, tx)


async def faults(uow: MemoryUnitOfWork) -> list[ProcessFault]:
    return await uow.reading().store(FAULTS).select()


async def in_snapshot(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> Any:
    sheet = (await evaluation_of(uow, period, CHAIR_ID)).sheet
    assert sheet is not None
    return json.loads(sheet.snapshot).get("faults", [])


async def test_E_I16_it_is_charged_once_and_stands_in_the_frozen_snapshot(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await told(uow, OVERDUE, OVERDUE, ANSWERED, OVERDUE, ANSWERED)
    await scenes.reviewed(uow, period)
    await told(uow, replace(OVERDUE, complaint_id="cpl_after"))

    recorded = [each for each in uow.outbox if isinstance(each, ProcessFaultRecorded)]
    assert [(each.complaint_id, each.period_id) for each in recorded] == [("cpl_1", period.id)]
    assert await in_snapshot(uow, period) == [
        {
            "step": "ANSWER_COMPLAINT",
            "working_days_late": "3",
            "count": "1",
            "evidence": [{"ref": "cpl_1"}],
        }
    ]
    await scenes.move(uow, period, "publish")
    await scenes.Pump(uow).run()
    id = (await evaluation_of(uow, period, CHAIR_ID)).id
    seen = (await graph.ask(FAULTS_OF, CHAIR, id=id))["evaluation"]["processFaults"]["edges"]
    assert [each["node"] for each in seen] == [
        {
            "step": "ANSWER_COMPLAINT",
            "dueOn": "2026-08-03",
            "endedOn": "2026-08-06",
            "liftedOn": None,
            "complaintId": "cpl_1",
            "assignmentId": None,
            "stage": None,
        }
    ]
    for other in (LAN, MINH):
        assert (await graph.ask(FAULTS_OF, other, id=id))["evaluation"] is None


async def test_it_waits_for_the_period_that_counts_it(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    await told(uow, OVERDUE)
    [waiting] = await faults(uow)
    assert waiting.period_id == AWAITED
    assert [each for each in uow.outbox if isinstance(each, ProcessFaultRecorded)] == []

    period = await scenes.open_period(uow)
    await scenes.Pump(uow).run()

    [counted] = await faults(uow)
    assert counted.period_id == period.id
    assert len([each for each in uow.outbox if isinstance(each, ProcessFaultRecorded)]) == 1


async def test_a_period_that_ended_before_the_day_counts_none_of_it(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await told(uow, replace(OVERDUE, due_on=period.ends_on))

    [fault] = await faults(uow)

    assert fault.period_id == AWAITED


async def test_one_that_comes_after_the_freeze_waits_for_the_next_period(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.reviewed(uow, period)
    await told(uow, OVERDUE)

    [fault] = await faults(uow)

    assert fault.period_id == AWAITED
    assert await in_snapshot(uow, period) == []


@pytest.mark.parametrize("open", [True, False])
async def test_days_that_were_called_off_lift_it_wherever_it_counts(
    uow: MemoryUnitOfWork, *, open: bool
) -> None:
    await scenes.commune(uow)
    await scenes.calendars(uow)
    if open:
        await scenes.open_period(uow)
    await told(uow, OVERDUE, replace(ANSWERED, on=date(2026, 8, 4)))

    await scenes.publish_calendar(uow, off=[date(2026, 7, 29)])
    await scenes.moved_deadlines(uow)

    [fault] = await faults(uow)
    assert fault.lifted_on == scenes.TODAY
    await told(uow, replace(OVERDUE, due_on=date(2026, 8, 4)))
    [again] = await faults(uow)
    assert (again.lifted_on, again.due_on) == (None, date(2026, 8, 4))


async def test_a_person_who_is_not_known_yet_is_waited_for(uow: MemoryUnitOfWork) -> None:
    with pytest.raises(Transient):
        await told(uow, OVERDUE)

    assert await faults(uow) == []
