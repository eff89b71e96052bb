"""Keeping the scorecard of an owner: what of the objectives and readings the score reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.canonical import Json
from congvu_scoring import CompiledPolicy, Snapshot
from evaluation_service.application.collections import (
    AGREEMENTS,
    OBJECTIVES,
    PERIODS,
    READINGS,
    SCORECARDS,
)
from evaluation_service.application.objectives.owners import (
    Owner,
    owner_of,
    policy_of,
    weight_scope,
)
from evaluation_service.domain.agreements.agreements import Agreement
from evaluation_service.domain.agreements.counted import SignedItems, signed_items
from evaluation_service.domain.objectives.bound import bound_hash, objective_record
from evaluation_service.domain.objectives.objectives import Objective, ObjectiveState
from evaluation_service.domain.objectives.readings import READINGS_MAX, IndicatorReading
from evaluation_service.domain.objectives.scorecards import Scorecard, ScorecardLine
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
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
    if compiled.vocabulary.shared and owner.role is not None:
        kept += await _shared(objective, readings, Whose(owner, period, compiled), tx)
    await tx.store(SCORECARDS).save_many(kept)


@dataclass(frozen=True)
class Whose:
    owner: Owner
    period: EvaluationPeriod
    policy: CompiledPolicy


async def _shared(
    objective: Objective, readings: Sequence[IndicatorReading], whose: Whose, tx: Transaction
) -> list[Scorecard]:
    """The scorecard of the unit, with what the person shares; the person's binds it (E-I18). Where
    the policy asks for an agreement what is signed counts there, and until then nothing."""
    line, in_force = (
        ScorecardLine.of(objective, readings),
        objective.state is ObjectiveState.IN_FORCE,
    )
    wanted = line.in_the_units() if in_force and objective.content.shared else None
    counted = wanted
    if whose.policy.policy.agreement is not None:
        signed = await _signed(whose, tx)
        counted = signed.in_the_units(line) if signed and in_force else None
    if counted is None and not any(each.content.shared for each in objective.versions):
        return []
    unit = Owner(unit=whose.owner.unit)
    scope = weight_scope(await policy_of(unit, whose.period, tx))
    fresh = unit.scorecard(whose.period)
    scorecard = await tx.store(SCORECARDS).find(fresh.id) or fresh
    if wanted is not None:
        scorecard.put(wanted, scope, WEIGHT)  # Too heavy is refused before anybody signs it.
    if counted is not None:
        scorecard.put(counted, scope, WEIGHT)
    else:
        scorecard.take_out(objective.id)
    scorecard.involve([*objective.set_by, *(by for each in readings for by in each.acted)])
    scorecard.look(scope, None)
    return [scorecard]


async def _signed(whose: Whose, tx: Transaction) -> SignedItems | None:
    """As of the freeze, once there was one."""
    period, appointment = whose.period, whose.owner.appointment
    if appointment is None:
        return None
    theirs = Eq("appointment_id", appointment.appointment_id)
    agreements = await tx.store(AGREEMENTS).select(theirs)
    days = (period.starts_on, period.ends_on)
    return signed_items(agreements, whose.policy.policy.id, *days, period.frozen_at or tx.now)


async def keep_signed(agreement: Agreement, tx: Transaction) -> None:
    """What is shared, once it is signed, amended or ended: in every open period of its term."""
    if not any(item.shared for version in agreement.versions for item in version.items):
        return
    theirs = Eq("civil_servant_id", agreement.civil_servant_id)
    found = await tx.store(OBJECTIVES).select(theirs, Eq("state", ObjectiveState.IN_FORCE))
    here = [each for each in found if each.appointment_id == agreement.appointment_id]
    periods = await tx.store(PERIODS).find_many(sorted({each.period_id for each in here}))
    opened = {each.id: each for each in periods if each and each.state is PeriodState.OPEN}
    for objective in here:
        if objective.period_id in opened:
            await keep_line(objective, opened[objective.period_id], tx)


def _refusal(scorecard: Scorecard, owner: Owner, compiled: CompiledPolicy) -> RefusedInputs | None:
    """Of the rows, as if everything that was not read yet stood where it started."""
    if not scorecard.lines or owner.role is None:
        return None
    rows: list[Json] = [{"actual": row["baseline"], **row} for row in scorecard.rows()]
    subject = {"kind": SUBJECT_KINDS[owner.role]}
    entered = Snapshot.from_document({"subject": subject, "indicators": rows})
    return refusal_of(compiled, entered, MEASURED)
