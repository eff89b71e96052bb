"""What a reader sees of the stages of a file, and of delegations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from congvu_kit.application.ports import AnyOf, Condition, Eq, In, Page, Transaction
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.clock import business_date
from congvu_scoring.engine.policy import Stage
from evaluation_service.application.access import BOARD, SUPERIORS
from evaluation_service.application.collections import DELEGATIONS, PERIODS
from evaluation_service.application.stages.steps import course_in
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.inputs import GivenInputs
from evaluation_service.domain.stages.delegations import StageDelegation
from evaluation_service.domain.stages.files import StageEntry


class StageState(StrEnum):
    WAITING = "WAITING"
    OPEN = "OPEN"
    DONE = "DONE"
    LOCKED = "LOCKED"


@dataclass(frozen=True, kw_only=True)
class SeenStage:
    """One stage as its reader sees it: `entry` without figures while these are not theirs yet."""

    stage: Stage
    state: StageState
    last_day: date
    entry: StageEntry | None
    waits_for: str | None
    counts: int | None
    shown: bool


@dataclass(frozen=True, kw_only=True)
class SeenFile:
    """`counted` are the ratings that the reader may see; None without stages: all of them."""

    stages: Sequence[SeenStage] = ()
    counted: GivenInputs | None = None


async def see_files(
    evaluations: Sequence[Evaluation], reader: Actor, tx: Transaction
) -> list[SeenFile]:
    periods = await tx.store(PERIODS).find_many([each.period_id for each in evaluations])
    return [
        await _seen(evaluation, period, reader, tx) if period else SeenFile()
        for evaluation, period in zip(evaluations, periods, strict=True)
    ]


async def _seen(
    evaluation: Evaluation, period: EvaluationPeriod, reader: Actor, tx: Transaction
) -> SeenFile:
    course = await course_in(evaluation, period, tx)
    file = evaluation.file
    if course is None or file is None:
        return SeenFile()
    own = reader.officer == evaluation.civil_servant_id
    last_days, counts = course.last_days(file.entries), course.policy.workflow.counts
    stages = []
    for stage in course.stages:
        shown = not own or _shown_to_the_person(stage, period)
        stages.append(
            SeenStage(
                stage=stage,
                state=_state(stage, file.entry(stage.id), file.current),
                last_day=last_days[stage.id],
                entry=file.entry(stage.id),
                waits_for=file.waits_for if file.current == stage.id else None,
                counts=counts.index(stage.id) + 1 if stage.id in counts else None,
                shown=shown,
            )
        )
    visible = [each.entry for each in stages if each.entry and each.shown]
    return SeenFile(stages=stages, counted=course.counted(visible))


def _shown_to_the_person(stage: Stage, period: EvaluationPeriod) -> bool:
    if stage.level == 0 or stage.shown == "AT_ONCE":
        return True
    return stage.shown == "PUBLISHED" and period.is_public


def _state(stage: Stage, entry: StageEntry | None, current: str | None) -> StageState:
    if entry is not None:
        return StageState.DONE if entry.by else StageState.LOCKED
    return StageState.OPEN if stage.id == current else StageState.WAITING


async def list_delegations(
    reader: Actor, tx: Transaction, period_id: str, *, first: int, after: str | None
) -> Page[StageDelegation]:
    """Of the province for who sees all of it; of superiors what they gave or have."""
    reader.require(Role.PERIOD_ADMIN, *BOARD, *SUPERIORS)
    await require_there(tx.store(PERIODS), period_id, "periodId")
    reader.require_province((await tx.store(PERIODS).get(period_id)).province)
    where: list[Condition] = [Eq("province", reader.province), Eq("period_id", period_id)]
    if not reader.has(Role.PERIOD_ADMIN, *BOARD):
        whose = ("from_civil_servant_id", "to_civil_servant_id")
        where.append(AnyOf([Eq(field, reader.officer) for field in whose]))
    return await tx.store(DELEGATIONS).page(*where, first=first, after=after)


async def waiting_files(reader: Actor, tx: Transaction) -> list[Condition]:
    """Files whose open stage waits for the caller, themselves or as a delegate since."""
    given = await tx.store(DELEGATIONS).select(Eq("to_civil_servant_id", reader.officer))
    today = business_date(tx.now)
    of = {each.from_civil_servant_id for each in given if each.in_force(today)}
    open_now = await tx.store(PERIODS).select(
        Eq("province", reader.province), Eq("state", PeriodState.OPEN)
    )
    return [
        In("file.waits_for", sorted({reader.officer or "", *filter(None, of)})),
        In("period_id", [each.id for each in open_now]),
    ]
