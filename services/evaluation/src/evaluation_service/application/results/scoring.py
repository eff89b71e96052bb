"""Scores and ranks one agency of a frozen period: inputs read once, results written in steps."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import partial
from typing import NoReturn, TypeVar

from congvu_kit.application.perform import transact
from congvu_kit.application.ports import Eq, Step, Transaction, UnitOfWork
from congvu_kit.domain.errors import Transient
from evaluation_service.application.collections import EVALUATIONS, PERIODS, RUNS
from evaluation_service.application.organisations.scoring import (
    NO_UNITS,
    ScoredUnits,
    add_annexes,
    save_units,
    score_units,
)
from evaluation_service.application.policies.pins import compiled_pin
from evaluation_service.application.results.material import (
    Agency,
    Begun,
    begun,
    facts_of,
    indexes_of,
)
from evaluation_service.application.results.members import PEOPLE_MAX, presence
from evaluation_service.application.results.outdated import tell_changed_since
from evaluation_service.application.transfers.handovers import hand_over, leave_behind, tell_untaken
from evaluation_service.domain.organisations.rating import bands_of
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.seals import SealedResult
from evaluation_service.domain.periods.states import PeriodKind
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.ranking import QuotaOutcome, apply_quota
from evaluation_service.domain.results.rating import (
    Attempt,
    Rules,
    RulesByRole,
    order_of_rating,
    people_by_unit,
    rate_people,
)
from evaluation_service.domain.results.runs import RankingRun, RunState
from evaluation_service.domain.results.snapshots import PersonFacts
from evaluation_service.domain.results.states import EvaluationState

T = TypeVar("T")

READ_PEOPLE = 250
"""People whose inputs are read while those of as many are rated: about 25 MB at 50 work items."""

STEP_PEOPLE = 200
"""People written in one transaction: about 3 MB at 50 work items each, well inside what every
server of the protocol takes (the embedded one stalls at about 10 MB)."""


@dataclass(frozen=True, kw_only=True)
class _Scored:
    """An agency with every result of this attempt; `unsaved` are not in the database so."""

    everybody: Sequence[Evaluation]
    unsaved: Sequence[Evaluation]
    outcome: QuotaOutcome
    results: tuple[SealedResult, ...]
    units: ScoredUnits = NO_UNITS


async def score_agency(run_id: str, uow: UnitOfWork, step: int = STEP_PEOPLE) -> Step:
    """Score and rank an agency; the answer is the last step, which ranks it.

    Safe to kill anywhere, to repeat, and to do twice at once: who has the sheet of this attempt
    keeps it, the same inputs give the same sheet, and a step is written only while the run stands
    as this worker left it.
    """
    reading = uow.reading()
    run = await reading.store(RUNS).get(run_id)
    if run.state is not RunState.REQUESTED:
        return _nothing
    agency = await agency_of_run(run, reading)
    present = await presence(run.unit_ids, agency.period, reading)
    for leaver in present.leavers:
        await transact(uow, partial(hand_over, leaver, agency))
    members = await begun(present.members, agency.period, reading)
    for moved in in_steps([each for each in members if each.earlier], step):
        await transact(uow, partial(leave_behind, moved))
    units = await score_units(agency, present.members, uow.reading())
    scored = await _score(members, agency, units, uow.reading())
    *early, last = in_steps(scored.unsaved, step)
    for people in early:
        written = await transact(uow, partial(_write, run, people, scored))
        run = written or _refuse_moved()
    return partial(_finish, run, last, scored)


async def _nothing(tx: Transaction) -> None:
    """It is ranked, or nobody asks for it any more."""


def in_steps(people: Sequence[T], step: int = STEP_PEOPLE) -> list[Sequence[T]]:
    """At least one, which may be empty."""
    return [people[start : start + step] for start in range(0, len(people) or 1, step)]


async def agency_of_run(run: RankingRun, tx: Transaction) -> Agency:
    period = await tx.store(PERIODS).get(run.period_id)
    rules, indexes = await rules_of(period, tx), await indexes_of(run, tx)
    return Agency(run=run, period=period, rules=rules, indexes=indexes)


async def _score(
    people: Sequence[Begun], agency: Agency, units: ScoredUnits, reading: Transaction
) -> _Scored:
    """Everything in memory, nothing written."""
    run, rules = agency.run, agency.rules
    by_id = {each.member.servant.id: each for each in people}
    everybody = order_of_rating([each.evaluation for each in people])
    attempt = Attempt(number=run.attempt, at=run.requested_at or run.frozen_at)
    by_unit = people_by_unit(everybody)
    unscored = [each for each in everybody if not each.is_scored(attempt.number)]

    def read(some: Sequence[Evaluation]) -> "asyncio.Task[Mapping[str, PersonFacts]]":
        wanted = [by_id[each.civil_servant_id] for each in some]
        return asyncio.create_task(facts_of(wanted, agency, reading))

    steps = in_steps(unscored, READ_PEOPLE)
    ahead = read(steps[0])
    try:
        for some, following in zip(steps, [*steps[1:], []], strict=True):
            facts, ahead = await ahead, read(following)
            await asyncio.to_thread(
                partial(rate_people, unit_bands=bands_of(units.units)),
                some,
                by_unit,
                facts,
                rules,
                attempt,
            )
    finally:
        ahead.cancel()
    if agency.period.kind is PeriodKind.YEAR and units.service:
        add_annexes(unscored, units.service)
    gone = await _left_behind(run, everybody, reading)
    outcome = await asyncio.to_thread(_rank, run, everybody, (*unscored, *gone), rules)
    return replace(outcome, units=units)


def _rank(
    run: RankingRun,
    everybody: Sequence[Evaluation],
    unsaved: Sequence[Evaluation],
    rules: RulesByRole,
) -> _Scored:
    outcome = apply_quota(everybody, rules, run.tie_kept)
    moved = give_bands(everybody, outcome)
    changed = {each.id: each for each in (*unsaved, *moved)}
    return _Scored(
        everybody=everybody,
        unsaved=list(changed.values()),
        outcome=outcome,
        results=tuple(each.sealed() for each in everybody),
    )


async def _left_behind(
    run: RankingRun, everybody: Sequence[Evaluation], reading: Transaction
) -> list[Evaluation]:
    """Who was ranked here in an attempt before and is rated elsewhere now: opened again."""
    if run.attempt == 1:
        return []
    ranked = await reading.store(EVALUATIONS).select(
        Eq("period_id", run.period_id),
        Eq("agency_id", run.agency_id),
        Eq("state", EvaluationState.RANKED),
        limit=PEOPLE_MAX,
    )
    here = {each.id for each in everybody}
    gone = [each for each in ranked if each.id not in here]
    for evaluation in gone:
        evaluation.reopen()
    return gone


async def _write(
    run: RankingRun, people: Sequence[Evaluation], scored: _Scored, tx: Transaction
) -> RankingRun | None:
    """One step: the run as it stands after it, or None when it is not as `run` says any more."""
    stored = await tx.store(RUNS).get(run.id)
    if stored.revision != run.revision:
        return None
    before = max(0, len(scored.everybody) - len(scored.unsaved))
    done = min(max(stored.scored, before) + len(people), len(scored.everybody))
    stored.progress(people=len(scored.everybody), scored=done)
    await tx.store(RUNS).save(stored)
    await _save(people, tx)
    return stored


async def _finish(
    run: RankingRun, people: Sequence[Evaluation], scored: _Scored, tx: Transaction
) -> None:
    stored = await tx.store(RUNS).get(run.id)
    if stored.revision != run.revision:
        _refuse_moved()
    await _save(people, tx)
    unscored = troubles_of(scored.everybody)
    stored.rated_units((each.sealed() for each in scored.units.units), scored.units.quota)
    stored.ranked(scored.results, scored.outcome.ties, scored.outcome.quota, unscored)
    await save_units(scored.units, tx)
    await tx.store(RUNS).save(stored)
    await tell_untaken(scored.everybody, run.period_id, tx)
    await tell_changed_since(scored.everybody, run.requested_at or run.frozen_at, tx)


def _refuse_moved() -> NoReturn:
    """Another worker is at it, or the attempt is not wanted any more: to be looked at anew."""
    raise Transient(
        en="the run was changed meanwhile: it is begun again",
        vi="Lượt xếp loại vừa thay đổi: bắt đầu lại.",
    )


async def _save(people: Sequence[Evaluation], tx: Transaction) -> None:
    """Copies, since a step that is tried again must find what it wrote as it was."""
    await tx.store(EVALUATIONS).save_many([copy(evaluation) for evaluation in people])


def give_bands(evaluations: Sequence[Evaluation], outcome: QuotaOutcome) -> list[Evaluation]:
    """Give everybody the band that the quota leaves; return those whom it moved."""
    moved = []
    for evaluation in evaluations:
        band = outcome.bands.get(evaluation.id)
        reasons = outcome.reasons.get(evaluation.id, ())
        if not evaluation.settles_at(band, reasons):
            evaluation.ranked(band, reasons)
            moved.append(evaluation)
    return moved


def troubles_of(everybody: Sequence[Evaluation]) -> dict[str, int]:
    """By how many people each rule kept from a score."""
    troubles = [each.sheets[-1].trouble for each in everybody]
    return dict(Counter(trouble.rule_id for trouble in troubles if trouble))


async def rank_run(
    run: RankingRun, evaluations: Sequence[Evaluation], rules: RulesByRole, tx: Transaction
) -> list[Evaluation]:
    """Rank again and record it on the run; return those whose band moved, unsaved."""
    outcome = apply_quota(evaluations, rules, run.tie_kept)
    moved = give_bands(evaluations, outcome)
    sealed = tuple(evaluation.sealed() for evaluation in evaluations)
    run.ranked(sealed, outcome.ties, outcome.quota, troubles_of(evaluations))
    await tx.store(RUNS).save(run)
    return moved


async def rules_of(period: EvaluationPeriod, tx: Transaction) -> RulesByRole:
    return {
        role: Rules(
            pin=period.policies.of(role), compiled=await compiled_pin(tx, period.policies.of(role))
        )
        for role in AppointmentRole
    }
