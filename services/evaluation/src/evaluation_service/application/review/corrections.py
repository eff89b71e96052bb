"""A result changes by a new sheet after a decision, never in place (E-I3)."""

import json
from collections.abc import Mapping

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Participant
from congvu_kit.domain.canonical import Json
from evaluation_service.application.collections import APPEALS, EVALUATIONS, PERIODS, RUNS
from evaluation_service.application.integrity.opening import open_cases
from evaluation_service.application.objectives.corrected import Ruling, read_anew
from evaluation_service.application.organisations.corrections import (
    check_unit_correction,
    revise_unit,
)
from evaluation_service.application.periods.sealing import make_seal
from evaluation_service.application.policies.pins import compiled_pin
from evaluation_service.application.results.members import PEOPLE_MAX
from evaluation_service.application.results.outdated import tell_years
from evaluation_service.application.results.scoring import rank_run, rules_of
from evaluation_service.application.review.concerned import AnyResult
from evaluation_service.domain.organisations.org_evaluations import OrgEvaluation
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.results.entries import (
    check_codes,
    check_criteria,
    check_events,
    check_scored,
)
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.ranking import (
    QuotaOutcome,
    apply_quota,
    tie_decision_in_force,
)
from evaluation_service.domain.results.rating import (
    make_sheet,
    rate_leaders_again,
)
from evaluation_service.domain.results.runs import RankingRun, run_id
from evaluation_service.domain.review.corrections import Correction, corrected_document, given_in


async def correct(
    evaluation: AnyResult, correction: Correction, ruling: Ruling, tx: Transaction
) -> None:
    """Score again from corrected inputs."""
    sheet = evaluation.require_rated()
    policy = await compiled_pin(tx, sheet.policy)
    path = "input.correction"
    if isinstance(evaluation, OrgEvaluation):
        check_unit_correction(correction, path)
        check_criteria(correction.general, policy, f"{path}.general")
    else:
        check_codes(given_in(correction), evaluation.role, policy, path)
    check_events(correction.add_events, policy, f"{path}.addEvents")
    read = await read_anew(evaluation, correction.readings, ruling, tx)
    document = corrected_document(json.loads(sheet.snapshot), correction, read)
    check_scored(document, policy, path)
    if isinstance(evaluation, OrgEvaluation):
        await revise_unit(evaluation, document, ruling.basis, ruling.by, tx)
    else:
        await revise(evaluation, document, ruling.basis, ruling.by, tx)


async def revise(
    evaluation: Evaluation,
    document: Mapping[str, Json],
    basis: str,
    by: Participant | None,
    tx: Transaction,
) -> None:
    """Score other inputs, with what led to them.

    Before the close leaders are rated again and the agency is ranked again (E-I11), and a decision
    on ties ends when others are tied now; after it only this person moves, as far as the agency's
    quota has room, and the period is sealed again: that takes who decided it.
    """
    sheet = evaluation.require_rated()
    run = await tx.store(RUNS).get(run_id(evaluation.period_id, evaluation.agency_id))
    run.require_ranked()
    period = await tx.store(PERIODS).get(evaluation.period_id)
    rules = await rules_of(period, tx)
    again = make_sheet(
        document,
        rules[evaluation.role],
        number=sheet.number + 1,
        now=tx.now,
        basis=basis,
        attempt=sheet.attempt,
    )
    agency = await agency_of(run, evaluation, tx)
    answers = await _answers(evaluation, basis, tx)
    evaluation.corrected(again, again.band, (), by, answers=answers)
    changed = [evaluation]
    if period.state is not PeriodState.CLOSED:
        changed += rate_leaders_again(agency, rules, tx.now, basis)
        run.tie_kept = tie_decision_in_force(agency, rules, run.tie_kept)
        changed += await rank_run(run, agency, rules, tx)
    elif by is not None:
        outcome = apply_quota(agency, rules)
        await _alone(evaluation, outcome, run, tx)
        period.reseal(await make_seal(period, by, tx, basis))
        await tx.store(PERIODS).save(period)
    await _told(changed, period, basis, tx)


async def _answers(evaluation: Evaluation, basis: str, tx: Transaction) -> bool:
    """Whether this is the decision that an appeal on it waits for."""
    appeal = await tx.store(APPEALS).find(basis)
    return appeal is not None and appeal.evaluation_id == evaluation.id


async def _told(
    changed: list[Evaluation], period: EvaluationPeriod, basis: str, tx: Transaction
) -> None:
    moved = list({each.id: each for each in changed}.values())
    await tx.store(EVALUATIONS).save_many(moved)
    if period.is_public:
        await open_cases(moved, tx)
    await tell_years(moved, basis, tx)


async def _alone(
    evaluation: Evaluation, outcome: QuotaOutcome, run: RankingRun, tx: Transaction
) -> None:
    """After the close nobody else's band moves."""
    evaluation.ranked(outcome.bands.get(evaluation.id), outcome.reasons.get(evaluation.id, ()))
    run.corrected(evaluation.sealed())
    await tx.store(RUNS).save(run)


async def agency_of(run: RankingRun, evaluation: Evaluation, tx: Transaction) -> list[Evaluation]:
    """Everybody ranked with this evaluation, itself among them as it is in hand."""
    ids = [each.evaluation_id for each in run.results[:PEOPLE_MAX]]
    found = await tx.store(EVALUATIONS).find_many([id for id in ids if id != evaluation.id])
    return [evaluation, *(each for each in found if each is not None)]
