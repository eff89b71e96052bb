"""Keeping the scorecard of an owner: what of the objectives and readings the score reads."""

from collections.abc import Sequence

from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.canonical import Json
from congvu_scoring import CompiledPolicy, Snapshot
from evaluation_service.application.collections import READINGS, SCORECARDS
from evaluation_service.application.objectives.owners import (
    Owner,
    owner_of,
    policy_of,
    weight_scope,
)
from evaluation_service.domain.objectives.bound import bound_hash, objective_record
from evaluation_service.domain.objectives.objectives import Objective, ObjectiveState
from evaluation_service.domain.objectives.readings import READINGS_MAX, IndicatorReading
from evaluation_service.domain.objectives.scorecards import Scorecard, ScorecardLine
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.readiness.gaps import RefusedInputs
from evaluation_service.domain.results.refusals import MEASURED, refusal_of
from evaluation_service.domain.results.snapshots import SUBJECT_KINDS

WEIGHT = "input.content.weight"


async def readings_of(objective: Objective, tx: Transaction) -> list[IndicatorReading]:
    return await tx.store(READINGS).select(
        Eq("objective_id", objective.id), order=["measured_on"], limit=READINGS_MAX
    )


async def keep_line(
    objective: Objective, period: EvaluationPeriod, tx: Transaction, owner: Owner | None = None
) -> None:
    """As the objective and its readings are now; refused, it leaves every scorecard as it was."""
    owner = owner or await owner_of(objective, tx)
    compiled = await policy_of(owner, period, tx)
    fresh = owner.scorecard(period)
    scorecard = await tx.store(SCORECARDS).find(fresh.id) or fresh
    scope = weight_scope(compiled)
    readings = await readings_of(objective, tx)
    scorecard.involve([*objective.set_by, *(by for each in readings for by in each.acted)])
    scorecard.hashes[objective.id] = bound_hash(objective_record(objective, readings))
    if objective.state is ObjectiveState.WITHDRAWN:
        scorecard.take_out(objective.id)
    else:
        scorecard.put(ScorecardLine.of(objective, readings), scope, WEIGHT)
    scorecard.look(scope, _refusal(scorecard, owner, compiled))
    kept = [scorecard]
    if any(version.content.shared for version in objective.versions):
        kept.append(await _shared(objective, readings, period, Owner(unit=owner.unit), tx))
    await tx.store(SCORECARDS).save_many(kept)


async def _shared(
    objective: Objective,
    readings: Sequence[IndicatorReading],
    period: EvaluationPeriod,
    owner: Owner,
    tx: Transaction,
) -> Scorecard:
    """In the scorecard of the unit, as long as it is shared; the person's binds it (E-I18)."""
    scope = weight_scope(await policy_of(owner, period, tx))
    fresh = owner.scorecard(period)
    scorecard = await tx.store(SCORECARDS).find(fresh.id) or fresh
    scorecard.involve([*objective.set_by, *(by for each in readings for by in each.acted)])
    content = objective.content
    if objective.state is ObjectiveState.IN_FORCE and content.shared:
        line = ScorecardLine.of(objective, readings).in_the_units(content.unit_perspective)
        scorecard.put(line, scope, WEIGHT)
    else:
        scorecard.take_out(objective.id)
    scorecard.look(scope, None)
    return scorecard


def _refusal(scorecard: Scorecard, owner: Owner, compiled: CompiledPolicy) -> RefusedInputs | None:
    """Of the rows, as if everything that was not read yet stood where it started."""
    if not scorecard.lines or owner.role is None:
        return None
    rows: list[Json] = [{"actual": row["baseline"], **row} for row in scorecard.rows()]
    subject = {"kind": SUBJECT_KINDS[owner.role]}
    entered = Snapshot.from_document({"subject": subject, "indicators": rows})
    return refusal_of(compiled, entered, MEASURED)
