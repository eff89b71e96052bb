"""Who has which stage of a file on a day: heads upwards, their delegates, acting approvers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from congvu_kit.application.ports import Eq, Transaction
from congvu_scoring.engine.policy import Stage
from evaluation_service.application.collections import DELEGATIONS, SERVANTS, UNITS
from evaluation_service.application.work.reviewers import leads
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.stages.delegations import StageDelegation

HEADS = (AppointmentRole.HEAD,)


@dataclass(frozen=True, kw_only=True)
class Holder:
    """`civil_servant_id` has the stage; `acting_id` acts in their place where there is one."""

    civil_servant_id: str | None
    acting_id: str | None = None

    @property
    def who(self) -> str | None:
        return self.acting_id or self.civil_servant_id


async def holder_of(evaluation: Evaluation, stage: Stage, on: date, tx: Transaction) -> Holder:
    """The nth head above the person who is at work, each person once (E-I4)."""
    if stage.level == 0:
        return Holder(civil_servant_id=evaluation.civil_servant_id)
    above = await heads_above(evaluation, on, tx)
    at = (stage.level or 0) - 1
    named = above[at] if at < len(above) else None
    acting = await _acting(evaluation, stage, named, on, tx)
    if acting in (*above, evaluation.civil_servant_id):
        acting = None
    return Holder(civil_servant_id=named, acting_id=acting)


async def heads_above(evaluation: Evaluation, on: date, tx: Transaction) -> Sequence[str]:
    """Of the own unit, unless the person heads it, then of each unit above it."""
    unit = await tx.store(UNITS).find(evaluation.unit_id)
    path = unit.path if unit is not None else evaluation.unit_path
    found: list[str] = []
    for unit_id in reversed(path):
        heads = await tx.store(SERVANTS).select(
            Eq("appointments.unit_id", unit_id), Eq("appointments.role", AppointmentRole.HEAD)
        )
        own = next((each for each in heads if each.id == evaluation.civil_servant_id), None)
        if own is not None and own.heads(unit_id, on):
            found.clear()
            continue
        at_work = [each.id for each in heads if leads(each, (unit_id,), HEADS, on)]
        found += [id for id in at_work[:1] if id not in found]
    return [id for id in found if id != evaluation.civil_servant_id]


async def _acting(
    evaluation: Evaluation, stage: Stage, named: str | None, on: date, tx: Transaction
) -> str | None:
    """The newest delegation in force; of nobody's stage, the one of the nearest unit."""
    now = (Eq("period_id", evaluation.period_id), Eq("stage", stage.id))
    found = await tx.store(DELEGATIONS).select(*now, Eq("from_civil_servant_id", named))
    if named is None:
        found = [each for each in found if each.unit_id in evaluation.unit_path]
    in_force = [each for each in found if each.in_force(on)]

    def place(each: StageDelegation) -> tuple[int, str]:
        depth = evaluation.unit_path.index(each.unit_id) if each.unit_id else 0
        return depth, each.id

    newest = max(in_force, key=place, default=None)
    return newest.to_civil_servant_id if newest else None
