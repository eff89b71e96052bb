"""Inputs are fixed from the freeze on: no command that enters any gets past it (E-I3)."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import Collection
from congvu_kit.domain.errors import Conflict
from evaluation import scenes, work_scenes
from evaluation.people import LAN_ID, MINH_ID, OFFICE, PORTAL
from evaluation.work_scenes import Desk
from evaluation_service.application.collections import (
    ASSIGNMENTS,
    DOSSIERS,
    EVALUATIONS,
    FAULTS,
    TALLIES,
)
from evaluation_service.application.dossiers import commands as dossiers
from evaluation_service.domain.periods.states import PUBLIC_STATES, PeriodState

Input = Callable[[MemoryUnitOfWork, Desk], Awaitable[object]]

INPUTS: dict[str, Input] = {
    "assignWork": lambda uow, desk: scenes.assign(uow, desk.period),
    "reportWork": lambda uow, desk: scenes.report(uow, desk.given, "1"),
    "acceptWork": lambda uow, desk: scenes.accept(uow, desk.reported),
    "returnWork": lambda uow, desk: work_scenes.send_back(uow, desk.reported),
    "cancelAssignment": lambda uow, desk: work_scenes.cancel(uow, desk.given),
    "claimObjectiveCause": lambda uow, desk: work_scenes.claim(uow, desk.accepted),
    "decideObjectiveCause": lambda uow, desk: work_scenes.decide_cause(uow, desk.claimed),
    "scoreGeneralCriteria": lambda uow, desk: scenes.rate(uow, desk.period, LAN_ID),
    "selfAssess": lambda uow, desk: work_scenes.assess_oneself(uow, desk.period),
}
INPUTS |= {
    "raiseAssignment": lambda uow, desk: work_scenes.raise_to(uow, desk.given, "6"),
    "reduceAssignment": lambda uow, desk: work_scenes.reduce_to(uow, desk.given, "2"),
    "carryOverAssignment": lambda uow, desk: work_scenes.carry_over(uow, desk.given, desk.later),
    "transferAssignment": lambda uow, desk: work_scenes.transfer(uow, desk.given, MINH_ID),
    "assignGroupWork": lambda uow, desk: work_scenes.form_group(
        uow, desk.period, work_scenes.members(lan="50", minh="50")
    ),
    "divideGroupWork": lambda uow, desk: work_scenes.divide_group(
        uow, desk.group, work_scenes.members(lan="60", minh="40")
    ),
    "reportGroupWork": lambda uow, desk: work_scenes.report_group(uow, desk.group, "1"),
    "proposeWork": lambda uow, desk: work_scenes.propose(uow, desk.period),
    "decideWorkProposal": lambda uow, desk: work_scenes.decide_proposal(uow, desk.proposed),
}
FIXED = [state for state in PeriodState if state is not PeriodState.OPEN]
UNTIL_PUBLISHED = ("acceptWork", "returnWork", "claimObjectiveCause", "decideObjectiveCause")
"""The officer must not suffer by a superior's silence (E-I16)."""
BEING_SCORED = (PeriodState.DATA_FROZEN, PeriodState.SCORING)


def is_fixed(name: str, state: PeriodState) -> bool:
    if name not in UNTIL_PUBLISHED or state in PUBLIC_STATES:
        return True
    return state in BEING_SCORED and name != "claimObjectiveCause"


async def inputs_of(uow: MemoryUnitOfWork) -> object:
    stores: tuple[Collection[Any], ...] = (ASSIGNMENTS, TALLIES, EVALUATIONS, FAULTS)
    return [await uow.reading().store(store).select() for store in stores]


@pytest.mark.parametrize("name", INPUTS)
async def test_an_open_period_takes_the_input(uow: MemoryUnitOfWork, name: str) -> None:
    desk = await work_scenes.desk(uow)
    before = await inputs_of(uow)

    await INPUTS[name](uow, desk)

    assert await inputs_of(uow) != before


@pytest.mark.parametrize(
    ("name", "state"),
    [(name, state) for name in INPUTS for state in FIXED if is_fixed(name, state)],
)
async def test_E_I3_no_input_after_the_freeze(
    uow: MemoryUnitOfWork, name: str, state: PeriodState
) -> None:
    desk = await work_scenes.desk(uow)
    await work_scenes.put_period_in(uow, desk.period, state)
    before, told = await inputs_of(uow), len(uow.outbox)

    with pytest.raises(Conflict) as refused:
        await INPUTS[name](uow, desk)

    assert refused.value.rule_id == "E-I3"
    assert (await inputs_of(uow), len(uow.outbox)) == (before, told)


@pytest.mark.parametrize("state", FIXED)
async def test_a_dossier_after_the_freeze_is_recorded_and_counts_for_nothing(
    uow: MemoryUnitOfWork, state: PeriodState
) -> None:
    desk = await work_scenes.desk(uow)
    await work_scenes.put_period_in(uow, desk.period, state)
    before = await inputs_of(uow)
    row = dossiers.DossierRow(
        dossier_code="H32.31.07-260805-0001",
        procedure_code="1.001193",
        unit_id=OFFICE,
        civil_servant_id=LAN_ID,
        received_at=datetime(2026, 8, 5, 1, tzinfo=UTC),
        due_at=datetime(2026, 8, 6, 1, tzinfo=UTC),
        completed_at=datetime(2026, 8, 5, 9, tzinfo=UTC),
    )
    command = dossiers.RecordDossierEvents(
        actor=PORTAL, idempotency_key=scenes.key(), events=(row,)
    )

    report = await perform(dossiers.record_dossier_events, command, uow)

    [result] = report.results
    assert (result.changed, result.counted_for) == (True, ())
    assert (result.standing, result.reason) == ("AFTER_CUT_OFF", "AFTER_CUT_OFF")
    assert await uow.reading().store(DOSSIERS).count() == 1
    assert await inputs_of(uow) == before


@pytest.mark.parametrize("state", FIXED)
async def test_no_silence_is_charged_after_the_freeze(
    uow: MemoryUnitOfWork, state: PeriodState
) -> None:
    desk = await work_scenes.desk(uow)
    await work_scenes.put_period_in(uow, desk.period, state)
    before, told = await inputs_of(uow), len(uow.outbox)

    assert await work_scenes.charge_silence(uow, date(2026, 9, 18)) == [desk.reported.id]

    assert (await inputs_of(uow), len(uow.outbox)) == (before, told)
