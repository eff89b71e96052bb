"""What is entered of a unit besides its objectives: the general criteria."""

from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.application.commands import RevisedCommand
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Participant, Role
from congvu_kit.domain.errors import Invalid
from evaluation_service.application.collections import ORG_EVALUATIONS, PERIODS, UNITS
from evaluation_service.application.organisations.material import (
    new_org_evaluation,
    unit_rules,
)
from evaluation_service.domain.organisations.org_evaluations import OrgEvaluation
from evaluation_service.domain.results.entries import check_criteria
from evaluation_service.domain.results.inputs import Rating


@dataclass(frozen=True, kw_only=True)
class ScoreUnitCriteria(RevisedCommand):
    """`expected_revision` is 0 before anybody entered anything."""

    operation: ClassVar[str] = "score_unit_criteria"

    period_id: str
    unit_id: str
    criteria: tuple[Rating, ...]


async def score_unit_criteria(command: ScoreUnitCriteria, tx: Transaction) -> OrgEvaluation:
    """From above the unit: its own head does not rate it (E-I4)."""
    actor = command.actor
    actor.require(Role.UNIT_HEAD)
    actor.require_officer("E-I4")
    period = await tx.store(PERIODS).get(command.period_id)
    unit = await tx.store(UNITS).get(command.unit_id)
    actor.require_province(unit.province)
    actor.require_unit(unit.path[:-1])
    period.require_open()
    rules = await unit_rules(period, tx)
    if rules is None or unit.id not in period.unit_ids:
        raise Invalid(
            en="the period does not rate this unit",
            vi="Kỳ này không đánh giá đơn vị đó.",
            field="input.unitId",
        )
    fresh = new_org_evaluation(unit, period)
    evaluation = await tx.store(ORG_EVALUATIONS).find(fresh.id) or fresh
    evaluation.expect_revision(command.expected_revision)
    check_criteria(command.criteria, rules.compiled, "input.criteria")
    evaluation.rate(command.criteria, Participant.of(actor))
    await tx.store(ORG_EVALUATIONS).save(evaluation)
    return evaluation
