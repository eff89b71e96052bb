"""A quarter in which the commune and its office are rated too."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor
from evaluation import objective_scenes as o
from evaluation import scenes
from evaluation.people import (
    CHAIR,
    CHAIR_ID,
    COMMUNE,
    DEPUTY,
    LAN,
    OFFICE,
    PROVINCE_HEAD,
)
from evaluation_service.application.collections import ORG_EVALUATIONS
from evaluation_service.application.organisations import commands
from evaluation_service.application.results import indexes
from evaluation_service.domain.copies.unit_indexes import ComplaintCounts, LeaderPromises
from evaluation_service.domain.organisations.org_evaluations import (
    OrgEvaluation,
    org_evaluation_id,
)
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.pins import SwitchChoice
from evaluation_service.domain.periods.states import PeriodKind
from evaluation_service.domain.results.inputs import Rating

AGENCY = "ND335-2025-AGENCY"
CRITERIA = ("POLICY_LAW", "DISCIPLINE", "HEAD", "ENVIRONMENT")
CAPPED = SwitchChoice(policy="ND335-2025-LEADER", name="head_not_above_unit", value="YES")
ABOVE = {COMMUNE: PROVINCE_HEAD, OFFICE: CHAIR}
"""Who leads each unit from above it."""


async def opened(uow: UnitOfWork, **changes: object) -> EvaluationPeriod:
    await scenes.commune(uow)
    return await scenes.open_period(uow, **({"unit_policy": AGENCY} | changes))


async def a_year(uow: UnitOfWork, **changes: object) -> EvaluationPeriod:
    days = {"starts_on": date(2026, 1, 1), "ends_on": date(2027, 1, 1)}
    said = {"kind": PeriodKind.YEAR, "unit_policy": AGENCY, **days}
    return await scenes.open_period(uow, **(said | changes))


def criteria(share: str = "1", **others: str) -> tuple[Rating, ...]:
    points = dict.fromkeys(CRITERIA, share) | others
    return tuple(Rating(key=key, points=Decimal(value)) for key, value in points.items())


async def rate(
    uow: UnitOfWork,
    period: EvaluationPeriod,
    unit_id: str,
    said: tuple[Rating, ...] | None = None,
    *,
    actor: Actor | None = None,
    revision: int = 0,
) -> OrgEvaluation:
    command = commands.ScoreUnitCriteria(
        actor=actor or ABOVE[unit_id],
        idempotency_key=scenes.key(),
        period_id=period.id,
        unit_id=unit_id,
        expected_revision=revision,
        criteria=criteria() if said is None else said,
    )
    return await perform(commands.score_unit_criteria, command, uow)


async def managed(
    uow: UnitOfWork,
    period: EvaluationPeriod,
    unit_id: str,
    reached: str = "100",
    perspective: str = "MANAGEMENT",
) -> None:
    """One objective, and what was reached of it."""
    said = o.content(perspective=perspective)
    above = ABOVE[unit_id]
    objective = await o.define(uow, period, said, unit_id=unit_id, actor=above, code=perspective)
    entered = await o.record(uow, objective, reached, actor=LAN if unit_id == OFFICE else DEPUTY)
    await o.decide(uow, entered, actor=ABOVE[unit_id] if unit_id == COMMUNE else DEPUTY)


async def citizens(
    uow: UnitOfWork,
    period: EvaluationPeriod,
    satisfied: Mapping[str, tuple[int, int]],
    kept: tuple[int, int, int] = (0, 0, 0),
    complaints: ComplaintCounts | None = None,
) -> None:
    """By unit: how many are satisfied of how many; what became of the chair's promises, and of
    complaints to the commune."""
    freeze = (await scenes.now_is(uow, period)).freezes
    for unit_id in (await scenes.now_is(uow, period)).unit_ids:
        good, answers = satisfied.get(unit_id, (0, 0))
        fact = scenes.index_fact(period, unit_id, answers=answers, freeze=freeze, index=None)
        promises = [
            LeaderPromises(
                leader_id=CHAIR_ID, due=sum(kept), kept=kept[0], partly=kept[1], missed=kept[2]
            )
        ]
        told = tuple(promises) if unit_id == COMMUNE and any(kept) else ()
        async with uow.begin() as tx:
            asked = complaints if unit_id == COMMUNE else None
            fact = replace(fact, satisfied=good, promises=told, complaints=asked)
            await indexes.keep_index(fact, tx)


async def scored(
    uow: MemoryUnitOfWork,
    period: EvaluationPeriod,
    satisfied: Mapping[str, tuple[int, int]],
    **said: Any,
) -> EvaluationPeriod:
    await scenes.move(uow, period, "freeze")
    await citizens(uow, period, satisfied, **said)
    await scenes.Pump(uow).run()
    return await scenes.now_is(uow, period)


async def published(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> None:
    await scenes.move(uow, period, "publish")
    await scenes.Pump(uow).run()


async def result_of(uow: UnitOfWork, period: EvaluationPeriod, unit_id: str) -> OrgEvaluation:
    return await uow.reading().store(ORG_EVALUATIONS).get(org_evaluation_id(period.id, unit_id))
