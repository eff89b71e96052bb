"""A year under IN-SPARROW: Lan's file goes to her office's head, the chair, the province's."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.clock import business_date
from congvu_scoring.documents.policy_files import shipped_policy
from evaluation import scenes
from evaluation.people import ADMIN, LAN, LAN_ID, OFFICE_HEAD
from evaluation.scenes import key
from evaluation_service.application.collections import EVALUATIONS, FAULTS
from evaluation_service.application.policies.commands import keep_shipped
from evaluation_service.application.readiness.counts import find_readiness
from evaluation_service.application.results import commands as ratings
from evaluation_service.application.stages import commands as stages
from evaluation_service.application.stages import watch
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.integrity.faults import ProcessFault
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodKind
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.readiness.gaps import GapKind
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.inputs import GivenInputs, Rating
from evaluation_service.domain.stages.delegations import StageDelegation
from evaluation_service.domain.stages.events import StageEvent

SPARROW = shipped_policy("IN-SPARROW")
SELF, REPORTING, REVIEWING, ACCEPTING = (stage.id for stage in SPARROW.workflow.stages)
LAST_DAYS = {
    SELF: date(2027, 5, 15),
    REPORTING: date(2027, 6, 30),
    REVIEWING: date(2027, 7, 31),
    ACCEPTING: date(2027, 8, 31),
}
PARTS = ("work_output", "attributes", "competency")


def minute(day: date, hour: int, at: int) -> datetime:
    """A minute of a day in Vietnam, as the services count it."""
    return datetime(day.year, day.month, day.day, (hour - 7) % 24, at, tzinfo=UTC)


def last_minute(day: date) -> datetime:
    return minute(day, 23, 59)


def grades(*levels: int) -> GivenInputs:
    pairs = zip(PARTS, levels, strict=False)
    return GivenInputs(
        elements=tuple(Rating(key=part, points=Decimal(level)) for part, level in pairs)
    )


async def year(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    await scenes.commune(uow)
    async with uow.begin() as tx:
        await keep_shipped(SPARROW, tx)
    head = scenes.appointment_row("H32", "LANH-DAO", AppointmentRole.HEAD)
    await scenes.sync(uow, people=[scenes.person_row("cb-100", "Ngô Thị Tỉnh", head)])
    return await scenes.open_period(
        uow,
        name="Năm đánh giá 2025-2026",
        kind=PeriodKind.YEAR,
        starts_on=date(2025, 7, 1),
        ends_on=date(2026, 7, 1),
        staff_policy=SPARROW.ref,
        deputy_policy=SPARROW.ref,
        leader_policy=SPARROW.ref,
    )


async def file_of(
    uow: MemoryUnitOfWork, period: EvaluationPeriod, civil_servant_id: str = LAN_ID
) -> Evaluation:
    return await scenes.evaluation_of(uow, period, civil_servant_id)


async def revision(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> int:
    found = await uow.reading().store(EVALUATIONS).select()
    return next((each.revision for each in found if each.civil_servant_id == LAN_ID), 0)


async def assess(
    uow: MemoryUnitOfWork, period: EvaluationPeriod, given: GivenInputs, actor: Actor = LAN
) -> Evaluation:
    command = ratings.SelfAssess(
        actor=actor,
        idempotency_key=key(),
        expected_revision=await revision(uow, period),
        period_id=period.id,
        ratings=given,
    )
    return await perform(ratings.self_assess, command, uow)


async def score(
    uow: MemoryUnitOfWork, period: EvaluationPeriod, given: GivenInputs, actor: Actor = OFFICE_HEAD
) -> Evaluation:
    command = ratings.ScoreGeneralCriteria(
        actor=actor,
        idempotency_key=key(),
        expected_revision=await revision(uow, period),
        period_id=period.id,
        civil_servant_id=LAN_ID,
        ratings=given,
    )
    return await perform(ratings.score_general_criteria, command, uow)


async def pass_stage(
    uow: MemoryUnitOfWork,
    period: EvaluationPeriod,
    stage: str,
    actor: Actor,
    given: GivenInputs | None = None,
    **changes: Any,
) -> Evaluation:
    values: dict[str, Any] = {
        "actor": actor,
        "idempotency_key": key(),
        "expected_revision": await revision(uow, period),
        "period_id": period.id,
        "civil_servant_id": LAN_ID,
        "stage": stage,
        "ratings": given or GivenInputs(),
    }
    return await perform(stages.pass_stage, stages.PassStage(**(values | changes)), uow)


async def delegate(
    uow: MemoryUnitOfWork, period: EvaluationPeriod, stage: str, to: str, **changes: Any
) -> StageDelegation:
    today = business_date(uow.reading().now)
    values: dict[str, Any] = {
        "actor": ADMIN,
        "idempotency_key": key(),
        "period_id": period.id,
        "stage": stage,
        "to_civil_servant_id": to,
        "until": today,
        "decision": Decision(number="31/QĐ-UBND", decided_on=date(2026, 8, 1)),
    }
    return await perform(stages.delegate_stage, stages.DelegateStage(**(values | changes)), uow)


async def watched(uow: MemoryUnitOfWork) -> None:
    """As the worker does it, until nothing is left to do."""
    today = business_date(uow.reading().now)
    for id in await watch.periods_to_open(uow, today):
        more = True
        while more:
            async with uow.begin() as tx:
                more = await watch.open_files(id, tx)
    while due := await watch.files_due(uow, today):
        for id in due:
            async with uow.begin() as tx:
                await watch.move_file(id, tx)


async def faults(uow: MemoryUnitOfWork) -> Sequence[ProcessFault]:
    found = await uow.reading().store(FAULTS).select(limit=1_000)
    return [each for each in found if each.stage is not None]


def told(uow: MemoryUnitOfWork, about: str) -> list[tuple[str, str]]:
    """Kind and stage of what was told of a person's file."""
    return [
        (type(each).__name__, each.stage)
        for each in uow.outbox
        if isinstance(each, StageEvent) and each.civil_servant_id == about
    ]


async def gaps(uow: MemoryUnitOfWork, period: EvaluationPeriod, reader: Actor) -> int:
    """Files with a stage that is open, as readiness tells."""
    found = await find_readiness(period.id, reader, uow.reading())
    assert found is not None
    return found.total[GapKind.OPEN_STAGE]
