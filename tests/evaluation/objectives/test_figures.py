"""Figures of many objectives in one call: each fails alone, and leaves nothing behind."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Invalid
from evaluation import objective_scenes as o
from evaluation import scenes
from evaluation.people import CHAIR, DEPUTY, LAN, OFFICE
from evaluation_service.application.collections import READINGS
from evaluation_service.application.objectives import figures
from evaluation_service.application.objectives.readings import NewReading
from evaluation_service.domain.objectives.objectives import Objective
from evaluation_service.domain.objectives.readings import ReadingState


@pytest.fixture
async def objective(uow: MemoryUnitOfWork) -> Objective:
    period = await o.scorecards(uow, switches=(o.WARN,))
    return await o.define(uow, period, unit_id=OFFICE)


def figure(objective_id: str, value: str, corrects_id: str | None = None) -> NewReading:
    return NewReading(
        objective_id=objective_id,
        measured_on=o.MEASURED_ON,
        value=Decimal(value),
        evidence=(),
        corrects_id=corrects_id,
        reason="Nhập nhầm số" if corrects_id else None,
    )


async def enter(
    uow: MemoryUnitOfWork, *rows: NewReading, actor: Actor = LAN
) -> Sequence[figures.ReadingResult]:
    command = figures.RecordReadings(actor=actor, idempotency_key=scenes.key(), rows=rows)
    return await perform(figures.record_readings, command, uow)


async def confirm(
    uow: MemoryUnitOfWork, *rows: figures.DecisionRow, actor: Actor
) -> Sequence[figures.ReadingResult]:
    command = figures.ConfirmReadings(actor=actor, idempotency_key=scenes.key(), rows=rows)
    return await perform(figures.confirm_readings, command, uow)


def decision(
    result: figures.ReadingResult, *, confirmed: bool = True, reason: str | None = None
) -> figures.DecisionRow:
    assert result.reading is not None
    return figures.DecisionRow(
        reading_id=result.reading.id,
        expected_revision=result.reading.revision,
        confirmed=confirmed,
        reason=reason,
    )


def rules(results: Sequence[figures.ReadingResult]) -> list[str | None]:
    told = [each.refusal for each in results]
    return [(each.rule_id or each.field or each.code) if each else None for each in told]


async def test_figures_are_entered_one_by_one(uow: MemoryUnitOfWork, objective: Objective) -> None:
    results = await enter(
        uow,
        figure(objective.id, "90"),
        figure("objective_nowhere", "90"),
        figure(objective.id, "91", corrects_id="reading_nowhere"),
        figure(objective.id, "92"),
    )

    assert rules(results) == [None, "NOT_FOUND", "input.correctsId", None]
    kept = await uow.reading().store(READINGS).select(order=["value"])
    assert [str(each.value) for each in kept] == ["90", "92"]
    assert [each.row for each in results] == [0, 1, 2, 3]


async def test_E_I15_figures_are_confirmed_one_by_one_by_another(
    uow: MemoryUnitOfWork, objective: Objective
) -> None:
    [lans] = await enter(uow, figure(objective.id, "90"))
    systems, wrong = await enter(
        uow, figure(objective.id, "91"), figure(objective.id, "19"), actor=o.SYSTEM
    )

    own = await confirm(uow, decision(lans), decision(systems), actor=o.SYSTEM)
    others = await confirm(
        uow,
        decision(systems),
        decision(wrong, confirmed=False),
        decision(wrong, confirmed=False, reason="Đảo số"),
        decision(lans),
        actor=DEPUTY,
    )

    assert rules(own) == [None, "E-I15"]
    assert rules(others)[0] is None
    assert rules(others)[1] is not None
    assert rules(others)[2] is None
    assert others[3].refusal is not None  # Decided on by the system.
    states = {each.reading.value: each.reading.state for each in others if each.reading}
    assert states == {
        Decimal(91): ReadingState.CONFIRMED,
        Decimal(19): ReadingState.REFUSED,
    }


async def test_a_call_takes_1_to_500(uow: MemoryUnitOfWork, objective: Objective) -> None:
    too_many = [figure(objective.id, "90")] * (figures.ROWS_MAX + 1)
    for rows in ((), too_many):
        with pytest.raises(Invalid) as refusal:
            await enter(uow, *rows, actor=CHAIR)
        assert refusal.value.field == "input.rows"
