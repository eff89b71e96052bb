"""A file's way through its stages: what somebody does, and what happens by itself (E-I16)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Actor, Participant
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Forbidden, Invalid
from congvu_kit.domain.ids import derived_id
from congvu_scoring.engine.policy import Stage
from evaluation_service.application.collections import FAULTS
from evaluation_service.application.policies.pins import compiled_pin
from evaluation_service.application.stages.actors import Holder, holder_of
from evaluation_service.domain.common.separation import refuse_own_case, refuse_participant
from evaluation_service.domain.integrity.faults import ProcessFault, ProcessStep
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.inputs import GivenInputs
from evaluation_service.domain.stages.events import (
    StageClosed,
    StageEvent,
    StageLate,
    StageOpened,
    StageReminded,
)
from evaluation_service.domain.stages.files import Course, StageEntry, StageFile, course_of


class Turn(NamedTuple):
    """A stage of a file, its last day, and whom it waits for."""

    stage: str
    due_on: date
    who: str | None


@dataclass(frozen=True, kw_only=True)
class Act:
    """What somebody enters in a stage; no `stage` means the one that is theirs."""

    by: Actor
    ratings: GivenInputs
    stage: str | None = None
    remark: str | None = None


async def course_in(
    evaluation: Evaluation, period: EvaluationPeriod, tx: Transaction
) -> Course | None:
    """None where the person's policy has no stages."""
    compiled = await compiled_pin(tx, period.policies.of(evaluation.role))
    return course_of(compiled.policy, period.ends_on)


async def advance(evaluation: Evaluation, course: Course, tx: Transaction) -> None:
    """Record what has happened by itself until today: stages that moved on undone, faults of who
    was late, the stage that is open now, and reminders. Safe to repeat."""
    today = business_date(tx.now)
    before = evaluation.file or StageFile()
    entries = list(before.entries)
    found = course.standing(entries, today)
    for fault in found.faults:
        stage = course.stage(fault.stage)
        if stage is not None and stage.id in found.locked and not before.entry(stage.id):
            entries.append(await _missed(evaluation, stage, fault.due, course, tx))
    stage = course.stage(found.current)
    evaluation.file = StageFile(entries=tuple(entries))
    if stage is None or found.due is None:
        return
    holder = await holder_of(evaluation, stage, today, tx)
    evaluation.file = replace(
        evaluation.file,
        current=stage.id,
        due_on=found.due,
        waits_for=holder.who,
        next_on=_next(stage, found.due, today, course),
    )
    if before.current != stage.id:
        _tell(evaluation, course, StageOpened, Turn(stage.id, found.due, holder.who))
    elif before.next_on is not None and before.next_on <= today:
        _tell(evaluation, course, StageReminded, Turn(stage.id, found.due, holder.who))


def _next(stage: Stage, due: date, today: date, course: Course) -> date:
    coming = [day for day in course.reminders(stage, due) if day > today]
    return min([*coming, due + timedelta(days=1)])


async def _missed(
    evaluation: Evaluation, stage: Stage, due: date, course: Course, tx: Transaction
) -> StageEntry:
    """At 23:59 of the last day; whoever had the stage on that day is charged."""
    late = (await holder_of(evaluation, stage, due, tx)).who
    if late is not None:
        fault = ProcessFault(
            id=derived_id("fault", evaluation.id, stage.id),
            civil_servant_id=late,
            province=evaluation.province,
            period_id=evaluation.period_id,
            step=ProcessStep.PASS_STAGE,
            assignment_id=None,
            evaluation_id=evaluation.id,
            stage=stage.id,
            own=late == evaluation.civil_servant_id,
            due_on=due,
        )
        if await tx.store(FAULTS).find(fault.id) is None:
            fault.charge()
            await tx.store(FAULTS).save(fault)
    _tell(evaluation, course, StageLate, Turn(stage.id, due, late))
    _tell(evaluation, course, StageClosed, Turn(stage.id, due, late))
    return StageEntry(stage=stage.id, due_on=due, ended_at=tx.now, charged=late)


async def act(evaluation: Evaluation, course: Course, given: Act, tx: Transaction) -> GivenInputs:
    """Close the caller's stage with their own figures, or without any in agreement; what counts
    now. Nobody's figures are written over."""
    today = business_date(tx.now)
    await advance(evaluation, course, tx)
    file = evaluation.file or StageFile()
    stage, holder = await _own_stage(evaluation, course, given, today, tx)
    due = course.require_open(stage, file.entries, today)
    refuse_participant(given.by, file.acted, "E-I4")
    if stage.level and given.ratings == GivenInputs() == course.counted(file.entries):
        raise Invalid(
            en="nothing is rated yet that this stage could agree with",
            vi="Chưa có điểm để bước này đồng ý. Vui lòng chấm điểm.",
            field="input.ratings",
            rule_id=stage.id,
        )
    entry = StageEntry(
        stage=stage.id,
        due_on=due,
        ended_at=tx.now,
        by=Participant.of(given.by),
        in_place_of=holder.civil_servant_id if given.by.officer == holder.acting_id else None,
        ratings=given.ratings,
        remark=given.remark,
    )
    evaluation.file = replace(file, entries=(*file.entries, entry))
    _tell(evaluation, course, StageClosed, Turn(stage.id, due, holder.who))
    await advance(evaluation, course, tx)
    return course.counted(evaluation.file.entries)


async def _own_stage(
    evaluation: Evaluation, course: Course, given: Act, today: date, tx: Transaction
) -> tuple[Stage, Holder]:
    """The named stage, or the caller's: the open one before those that are over."""
    if given.stage is not None:
        wanted: Sequence[Stage] = [course.require_stage(given.stage, "input.stage")]
    else:
        wanted = [stage for stage in course.stages if stage.level]
    if wanted[0].level:
        refuse_own_case(given.by, evaluation.civil_servant_id)
    officer = given.by.require_officer("E-I4")
    theirs = []
    for stage in wanted:
        holder = await holder_of(evaluation, stage, today, tx)
        if officer in (holder.civil_servant_id, holder.acting_id):
            theirs.append((stage, holder))
    if not theirs:
        raise Forbidden(
            en="this stage of the file is another person's",
            vi="Bước này của hồ sơ do người khác thực hiện.",
            rule_id="E-I4",
        )
    current = evaluation.file.current if evaluation.file else None
    return next((each for each in theirs if each[0].id == current), theirs[0])


def _tell(evaluation: Evaluation, course: Course, kind: type[StageEvent], turn: Turn) -> None:
    evaluation.record(
        kind(
            **evaluation.whose,
            policy=course.policy.ref,
            stage=turn.stage,
            due_on=turn.due_on,
            waits_for=turn.who,
        )
    )
