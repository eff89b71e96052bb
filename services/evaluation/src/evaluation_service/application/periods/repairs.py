"""Mending a period between its freeze and its publication: open it again, score it without what has
not come, or once more."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from congvu_kit.application.commands import RevisedCommand
from congvu_kit.application.perform import transact
from congvu_kit.application.ports import Condition, Eq, Step, Transaction, UnitOfWork
from congvu_kit.application.refusals import refuse_other
from congvu_kit.domain.actor import Participant, Role
from congvu_kit.domain.errors import Conflict, NotFound
from evaluation_service.application.collections import EVALUATIONS, PERIODS, RUNS
from evaluation_service.application.dossiers.seeking import seek_dossiers_of_period
from evaluation_service.application.organisations.scoring import lay_units_aside
from evaluation_service.application.periods.sealing import runs_of
from evaluation_service.application.results.material import missing_unit_ids
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.common.reasons import require_reason
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.results.runs import RankingRun, RunState, run_id
from evaluation_service.domain.results.states import EvaluationState

STEP_PEOPLE = 200
"""Results laid aside in one transaction."""


@dataclass(frozen=True, kw_only=True)
class UnfreezePeriod(RevisedCommand):
    operation: ClassVar[str] = "unfreeze_period"

    period_id: str
    decision: Decision


@dataclass(frozen=True, kw_only=True)
class Rescore(RevisedCommand):
    """Of one agency of the period, or of all that were scored."""

    operation: ClassVar[str] = "rescore"

    period_id: str
    agency_id: str | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class ScoreWithoutIndexes(RevisedCommand):
    """One agency of the period, or all that wait."""

    operation: ClassVar[str] = "score_without_indexes"

    period_id: str
    agency_id: str | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class UnfrozenFact:
    """Our own news that a period takes inputs again."""

    period_id: str
    province: str


async def unfreeze_period(command: UnfreezePeriod, tx: Transaction) -> EvaluationPeriod:
    """By a numbered decision; the runs are withdrawn, and every result laid aside (the sheets
    stay). Dossiers that came after the cut-off are looked through again (E-I17)."""
    period = await _to_mend(command, tx)
    period.unfreeze(command.decision, Participant.of(command.actor), tx.now)
    await tx.store(PERIODS).save(period)
    await seek_dossiers_of_period(tx, period)
    for run in await runs_of(period.id, tx):
        run.withdraw()
        await tx.store(RUNS).save(run)
    await lay_units_aside(period.id, tx)
    return period


async def score_without_indexes(command: ScoreWithoutIndexes, tx: Transaction) -> EvaluationPeriod:
    """What has not come is missing evidence, told as such, not zero; it is taken all the same until
    the publication."""
    period = await _to_mend(command, tx)
    require_reason(command.reason)
    found = await _runs(command.agency_id, period, tx)
    missing = {
        each.id: await missing_unit_ids(each, tx)
        for each in found
        if each.state is RunState.WAITING
    }
    if not missing:
        raise Conflict(
            en="no agency waits for indexes",
            vi="Không có cơ quan nào đang chờ chỉ số.",
            rule_id="E-I14",
        )
    count = sum(map(len, missing.values()))
    period.score_without(count, command.reason, Participant.of(command.actor), tx.now)
    await tx.store(PERIODS).save(period)
    for run in found:
        if run.id in missing:
            run.request(tx.now, missing[run.id])
            await tx.store(RUNS).save(run)
    return period


async def rescore(command: Rescore, tx: Transaction) -> EvaluationPeriod:
    """After a repair of what is read at the scoring and no input of the period: personnel, an
    index that came late, a veto that was lifted."""
    period = await _to_mend(command, tx)
    require_reason(command.reason)
    runs = await _scored_runs(command.agency_id, period, tx)
    by = Participant.of(command.actor)
    period.scored_again(by)
    await tx.store(PERIODS).save(period)
    for run in runs:
        run.again(command.reason, by, tx.now, await missing_unit_ids(run, tx))
        await tx.store(RUNS).save(run)
    return period


async def _to_mend(
    command: UnfreezePeriod | Rescore | ScoreWithoutIndexes, tx: Transaction
) -> EvaluationPeriod:
    command.actor.require(Role.PERIOD_ADMIN)
    period = await tx.store(PERIODS).get(command.period_id)
    command.actor.require_province(period.province)
    period.expect_revision(command.expected_revision)
    return period


async def _scored_runs(
    agency_id: str | None, period: EvaluationPeriod, tx: Transaction
) -> list[RankingRun]:
    found = await _runs(agency_id, period, tx)
    runs = [each for each in found if each.state in (RunState.REQUESTED, RunState.RANKED)]
    if not runs and period.state is not PeriodState.OPEN:
        raise Conflict(
            en="nothing was scored yet that could be scored again",
            vi="Chưa chấm lần nào nên không thể chấm lại.",
            rule_id="E-I14",
        )
    return runs


async def _runs(
    agency_id: str | None, period: EvaluationPeriod, tx: Transaction
) -> Sequence[RankingRun]:
    """That of one agency, or all of the period."""
    if agency_id is None:
        return await runs_of(period.id, tx)
    run = await tx.store(RUNS).find(run_id(period.id, agency_id))
    if run is None:
        raise NotFound(
            en="the period has no run of this agency",
            vi="Kỳ này không có lượt xếp loại của cơ quan đó.",
            field="input.agencyId",
        )
    return [run]


async def lay_results_aside(fact: UnfrozenFact, uow: UnitOfWork) -> Step:
    """Every evaluation of the period takes inputs again, in steps."""
    reading = uow.reading()
    period = await reading.store(PERIODS).get(fact.period_id)
    refuse_other(period, fact, "province")
    while period.state is PeriodState.OPEN:
        ranked = await reading.store(EVALUATIONS).select(*_ranked(period), limit=STEP_PEOPLE)
        if len(ranked) < STEP_PEOPLE:
            return partial(_reopen, [each.id for each in ranked])
        await transact(uow, partial(_reopen, [each.id for each in ranked]))
    return partial(_reopen, ())


async def _reopen(ids: Sequence[str], tx: Transaction) -> None:
    for evaluation in await tx.store(EVALUATIONS).find_many(ids):
        if evaluation is not None and evaluation.state is EvaluationState.RANKED:
            evaluation.reopen()
            await tx.store(EVALUATIONS).save(evaluation)


async def require_reopened(period: EvaluationPeriod, tx: Transaction) -> None:
    """Before the next freeze; raise `Conflict` while results of the one before are laid aside."""
    if period.freezes and await tx.store(EVALUATIONS).first(*_ranked(period)) is not None:
        raise Conflict(
            en="the results of the last freeze are still being laid aside: try again in a minute",
            vi="Kết quả của lần chốt trước đang được lưu lại. Vui lòng thử lại sau một phút.",
            rule_id="E-I14",
        )


def _ranked(period: EvaluationPeriod) -> tuple[Condition, ...]:
    return Eq("period_id", period.id), Eq("state", EvaluationState.RANKED)
