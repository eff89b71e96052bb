"""A scorecard cascaded from the commune to its people, and its figures."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from congvu_kit.application.documents import adapter
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor, Role
from congvu_scoring.documents.policy_files import shipped_policy
from evaluation import scenes
from evaluation.people import (
    CHAIR,
    COMMUNE,
    DEPUTY,
    LAN_ID,
    OFFICE,
    OFFICE_HEAD,
    PROVINCE_HEAD,
    person,
)
from evaluation_service.application.collections import OBJECTIVES, READINGS
from evaluation_service.application.objectives import commands, readings
from evaluation_service.application.policies.commands import keep_shipped
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.objectives.content import (
    Direction,
    Frequency,
    ObjectiveContent,
    ObjectiveIndicator,
)
from evaluation_service.domain.objectives.objectives import Objective
from evaluation_service.domain.objectives.readings import IndicatorReading
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.pins import SwitchChoice
from evaluation_service.domain.results.inputs import GivenInputs, Indicator

SYSTEM = person("lgsp-khanhhoa", Role.SERVICE_PORTAL)
"""The system that indicators of these scenes name."""

CLERK = person("clerk", Role.OFFICER, unit=COMMUNE, officer="cs_clerk")
"""Works in the commune's own office, sets nothing and leads nobody."""

WARN = SwitchChoice(policy="BSC-CASCADE", name="alignment", value="WARN")
MEASURED_ON = date(2026, 8, 8)
DECISION = Decision(number="12/QĐ-UBND", decided_on=date(2026, 8, 9))


def content(
    target: str = "100",
    *,
    baseline: str = "0",
    direction: Direction = Direction.UP,
    weight: str = "100",
    perspective: str | None = "CUSTOMER",
    parent_id: str | None = None,
    title: str = "Hồ sơ đúng hạn",
) -> ObjectiveContent:
    return ObjectiveContent(
        title=title,
        description="Tỷ lệ hồ sơ trả đúng hạn hoặc trước hạn",
        perspective=perspective,
        weight=Decimal(weight),
        parent_id=parent_id,
        indicator=ObjectiveIndicator(
            baseline=Decimal(baseline),
            target=Decimal(target),
            direction=direction,
            unit_of_measure="%",
            data_source="Hệ thống một cửa",
            frequency=Frequency.MONTHLY,
            system=SYSTEM.subject,
        ),
    )


async def scorecards(
    uow: UnitOfWork, policy: str = "BSC-CASCADE", **changes: object
) -> EvaluationPeriod:
    """A commune whose staff, deputies and leader are rated by this policy."""
    await scenes.commune(uow)
    async with uow.begin() as tx:
        await keep_shipped(shipped_policy(policy), tx)
    policies = dict.fromkeys(("staff_policy", "deputy_policy", "leader_policy"), policy)
    return await scenes.open_period(uow, **(policies | changes))


async def define(
    uow: UnitOfWork,
    period: EvaluationPeriod,
    said: ObjectiveContent | None = None,
    *,
    of: str | None = LAN_ID,
    unit_id: str | None = None,
    code: str = "MT-01",
    actor: Actor = CHAIR,
    decision: Decision | None = None,
) -> Objective:
    command = commands.DefineObjective(
        actor=actor,
        idempotency_key=scenes.key(),
        period_id=period.id,
        civil_servant_id=None if unit_id else of,
        unit_id=unit_id,
        code=code,
        content=said or content(),
        decision=decision,
    )
    return await perform(commands.define_objective, command, uow)


async def revise(
    uow: UnitOfWork,
    objective: Objective,
    said: ObjectiveContent,
    *,
    actor: Actor = DEPUTY,
    reason: str = "Theo quyết định giao lại chỉ tiêu",
    decision: Decision | None = None,
) -> Objective:
    command = commands.ReviseObjective(
        actor=actor,
        idempotency_key=scenes.key(),
        objective_id=objective.id,
        expected_revision=objective.revision,
        content=said,
        reason=reason,
        decision=decision,
    )
    return await perform(commands.revise_objective, command, uow)


async def withdraw(
    uow: UnitOfWork,
    objective: Objective,
    *,
    actor: Actor = DEPUTY,
    decision: Decision | None = None,
) -> Objective:
    command = commands.WithdrawObjective(
        actor=actor,
        idempotency_key=scenes.key(),
        objective_id=objective.id,
        expected_revision=objective.revision,
        reason="Giao nhầm",
        decision=decision,
    )
    return await perform(commands.withdraw_objective, command, uow)


async def record(
    uow: UnitOfWork,
    objective: Objective,
    value: str = "92",
    *,
    actor: Actor = OFFICE_HEAD,
    measured_on: date = MEASURED_ON,
    corrects_id: str | None = None,
) -> IndicatorReading:
    command = adapter(readings.RecordReading).validate_python(
        {
            "actor": actor,
            "idempotency_key": scenes.key(),
            "objective_id": objective.id,
            "measured_on": measured_on,
            "value": value,
            "evidence": (),
            "corrects_id": corrects_id,
            "reason": "Nhập nhầm số" if corrects_id else None,
        }
    )
    return await perform(readings.record_reading, command, uow)


async def decide(
    uow: UnitOfWork, reading: IndicatorReading, *, actor: Actor = DEPUTY, confirmed: bool = True
) -> IndicatorReading:
    command = readings.ConfirmReading(
        actor=actor,
        idempotency_key=scenes.key(),
        reading_id=reading.id,
        expected_revision=reading.revision,
        confirmed=confirmed,
        reason=None if confirmed else "Không khớp hệ thống",
    )
    return await perform(readings.confirm_reading, command, uow)


async def read(
    uow: UnitOfWork, objective: Objective, value: str = "92", **when: Any
) -> IndicatorReading:
    """Entered by the office head and confirmed by the deputy."""
    return await decide(uow, await record(uow, objective, value, **when))


async def cascade(uow: UnitOfWork, period: EvaluationPeriod, perspective: str) -> Objective:
    """The commune's objective, and the office's that hangs on it."""
    top = await define(
        uow,
        period,
        content(perspective=perspective),
        unit_id=COMMUNE,
        code=f"TC-{perspective}",
        actor=PROVINCE_HEAD,
    )
    below = content(perspective=perspective, parent_id=top.id)
    return await define(uow, period, below, unit_id=OFFICE, code=f"DV-{perspective}", actor=CHAIR)


async def reached(
    uow: UnitOfWork,
    period: EvaluationPeriod,
    civil_servant_id: str,
    *indicators: Indicator,
    by: Actor = CHAIR,
    measured_on: date = MEASURED_ON,
) -> Sequence[Objective]:
    """Each indicator as an objective, with its figure, where it has one, from the system."""
    objectives = []
    for row in indicators:
        said = content(
            str(row.target),
            baseline=str(row.baseline),
            direction=Direction(row.direction),
            weight=str(row.weight),
            perspective=row.perspective,
            parent_id=row.parent,
        )
        objective = await define(uow, period, said, of=civil_servant_id, code=row.code, actor=by)
        if row.actual is not None:
            figure = str(row.actual)
            read = await record(uow, objective, figure, actor=SYSTEM, measured_on=measured_on)
            await decide(uow, read, actor=by)
        objectives.append(objective)
    return objectives


async def given(
    uow: UnitOfWork,
    period: EvaluationPeriod,
    civil_servant_id: str,
    inputs: GivenInputs,
    *,
    actor: Actor = CHAIR,
    measured_on: date = MEASURED_ON,
) -> None:
    """Indicators by their objectives and readings, the rest by the superior."""
    rows, rest = inputs.indicators, replace(inputs, indicators=())
    if rest != GivenInputs():
        await scenes.rate(uow, period, civil_servant_id, actor=actor, inputs=rest)
    await reached(uow, period, civil_servant_id, *rows, by=actor, measured_on=measured_on)


async def aligned(
    uow: UnitOfWork, period: EvaluationPeriod, inputs: GivenInputs, *, in_office: bool
) -> GivenInputs:
    """With parents: the office's objectives, or the commune's for who is in no office."""
    rows = []
    for row in inputs.indicators:
        office = await cascade(uow, period, row.perspective or "")
        rows.append(replace(row, parent=office.id if in_office else office.parent_id))
    return replace(inputs, indicators=tuple(rows))


async def now_is(uow: UnitOfWork, objective: Objective) -> Objective:
    return await uow.reading().store(OBJECTIVES).get(objective.id)


async def reading_now(uow: UnitOfWork, reading: IndicatorReading) -> IndicatorReading:
    return await uow.reading().store(READINGS).get(reading.id)


def eased(said: ObjectiveContent, target: str) -> ObjectiveContent:
    return replace(said, indicator=replace(said.indicator, target=Decimal(target)))
