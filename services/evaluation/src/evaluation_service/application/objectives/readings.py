"""Readings: entered by one, confirmed by another; a correction is a new one (E-I15)."""

from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Actor, Participant, Role
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.ids import new_id
from congvu_kit.domain.sizes import require_room
from congvu_kit.domain.times import PastDate
from evaluation_service.application.access import SUPERIORS
from evaluation_service.application.collections import OBJECTIVES, PERIODS, READINGS
from evaluation_service.application.objectives.owners import (
    SYSTEMS,
    is_its_system,
    require_leads,
    require_reporter,
)
from evaluation_service.application.objectives.scorecards import keep_line, readings_of
from evaluation_service.domain.common.evidence import Evidence, check_evidence
from evaluation_service.domain.common.numbers import Measure
from evaluation_service.domain.common.reasons import require_reason
from evaluation_service.domain.common.separation import refuse_participant
from evaluation_service.domain.objectives.objectives import Objective
from evaluation_service.domain.objectives.readings import (
    READINGS_MAX,
    IndicatorReading,
    ReadingSource,
)
from evaluation_service.domain.periods.periods import EvaluationPeriod

CONFIRMERS = (*SYSTEMS, *SUPERIORS)
REPORTERS = (*CONFIRMERS, Role.OFFICER)


@dataclass(frozen=True, kw_only=True)
class NewReading:
    """`corrects_id` names a reading of the same objective that this one is in place of."""

    objective_id: str
    measured_on: PastDate
    value: Measure
    evidence: tuple[Evidence, ...]
    corrects_id: str | None
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class RecordReading(NewReading, Command):
    operation: ClassVar[str] = "record_reading"


@dataclass(frozen=True, kw_only=True)
class ReadingDecision:
    """`confirmed` false refuses it, with a reason."""

    reading_id: str
    confirmed: bool
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class ConfirmReading(ReadingDecision, RevisedCommand):
    operation: ClassVar[str] = "confirm_reading"


async def record_reading(command: RecordReading, tx: Transaction) -> IndicatorReading:
    command.actor.require(*REPORTERS)
    return await record(command, command.actor, tx)


async def record(given: NewReading, actor: Actor, tx: Transaction) -> IndicatorReading:
    """Refused, it leaves nothing behind."""
    objective = await tx.store(OBJECTIVES).get(given.objective_id)
    require_reporter(actor, objective)
    objective.require_in_force()
    period = await tx.store(PERIODS).get(objective.period_id)
    period.require_open()
    check_evidence(given.evidence)
    await _check(given, objective, period, tx)
    is_system = is_its_system(actor, objective)
    reading = IndicatorReading(
        id=new_id("reading"),
        objective_id=objective.id,
        period_id=objective.period_id,
        province=objective.province,
        unit_id=objective.unit_id,
        unit_path=objective.unit_path,
        civil_servant_id=objective.civil_servant_id,
        measured_on=given.measured_on,
        value=given.value,
        source=ReadingSource.SYSTEM if is_system else ReadingSource.PERSON,
        evidence=given.evidence,
        entered_by=Participant.of(actor),
        entered_at=tx.now,
        corrects_id=given.corrects_id,
        reason=given.reason,
    )
    await tx.store(READINGS).save(reading)
    await keep_line(objective, period, tx)
    return reading


async def _check(
    given: NewReading, objective: Objective, period: EvaluationPeriod, tx: Transaction
) -> None:
    if not period.covers(given.measured_on):
        raise Invalid(
            en="a reading is of a day of the period",
            vi="Số liệu phải thuộc một ngày trong kỳ.",
            field="input.measuredOn",
        )
    known = await readings_of(objective, tx)
    require_room(known, READINGS_MAX, en="readings of one objective", vi="số liệu một mục tiêu")
    if given.corrects_id is not None:
        require_reason(given.reason or "")
        if given.corrects_id not in {each.id for each in known}:
            raise Invalid(
                en="it corrects no reading of this objective",
                vi="Mục tiêu không có số liệu này để sửa.",
                field="input.correctsId",
            )


async def confirm_reading(command: ConfirmReading, tx: Transaction) -> IndicatorReading:
    command.actor.require(*CONFIRMERS)
    return await decide(command, command.expected_revision, command.actor, tx)


async def decide(
    given: ReadingDecision, expected_revision: int, actor: Actor, tx: Transaction
) -> IndicatorReading:
    """By the system that the indicator names, or by who leads there; never by who entered it.
    Refused, it leaves nothing behind."""
    reading = await tx.store(READINGS).get(given.reading_id)
    objective = await tx.store(OBJECTIVES).get(reading.objective_id)
    if not is_its_system(actor, objective):
        await require_leads(actor, objective, tx)
    refuse_participant(actor, [reading.entered_by], "E-I15")
    reading.expect_revision(expected_revision)
    period = await tx.store(PERIODS).get(reading.period_id)
    period.require_open()
    if not given.confirmed:
        require_reason(given.reason or "")
    reading.decide(
        confirmed=given.confirmed,
        reason=given.reason,
        by=Participant.of(actor),
        now=tx.now,
    )
    await tx.store(READINGS).save(reading)
    await keep_line(objective, period, tx)
    return reading
