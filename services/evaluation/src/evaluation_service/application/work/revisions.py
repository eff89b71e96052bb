"""What is checked or decided between the freeze and the publication: the next sheet of the result,
linked to what led to it (E-I16)."""

import json
from collections.abc import Sequence

from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.actor import Participant
from congvu_kit.domain.errors import Conflict
from evaluation_service.application.collections import EVALUATIONS, RUNS, TALLIES
from evaluation_service.application.results.decided import decisions_on
from evaluation_service.application.review.corrections import revise
from evaluation_service.application.transfers.renewals import renew, require_renewable
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.results.carrying import carried_work
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.runs import RunState, run_id
from evaluation_service.domain.results.states import RATED
from evaluation_service.domain.review.corrections import recounted_document
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.tallies import tally_id


async def require_revisable(
    civil_servant_id: str, period: EvaluationPeriod, tx: Transaction
) -> None:
    """Raise `Conflict` where a check of the person's work could not move the result now."""
    evaluation = await _result_of(civil_servant_id, period, tx)
    if evaluation is not None and evaluation.handed_over is not None:
        await require_renewable(evaluation, tx)


async def revise_checked(
    checked: Sequence[Assignment],
    period: EvaluationPeriod,
    basis: str,
    by: Participant,
    tx: Transaction,
) -> None:
    """Score one person again from what these assignments count now; nothing while the period is
    open, since the freeze reads it then. Who is rated in another agency has the part handed over
    anew. `basis` is the check or the cause, the last of several."""
    evaluation = await _result_of(checked[0].civil_servant_id, period, tx)
    if evaluation is None:
        return
    if evaluation.handed_over is not None:
        await renew(evaluation, tx)
        return
    document = json.loads(evaluation.require_rated().snapshot)
    for work in checked:
        tally = await tx.store(TALLIES).get(tally_id(period.id, work.appointment_id))
        document = recounted_document(document, work.id, tally.lines[work.id])
    decided = (await decisions_on([evaluation], tx)).get(evaluation.id, ())
    counted = carried_work(document["work"], evaluation.sheets, decided)
    await revise(evaluation, {**document, "work": counted}, basis, by, tx)


async def _result_of(
    civil_servant_id: str, period: EvaluationPeriod, tx: Transaction
) -> Evaluation | None:
    """The result that the person's work counts in, or the one that was handed over; None while the
    period is open or where it rates the person nowhere."""
    if period.state is PeriodState.OPEN:
        return None
    found = await tx.store(EVALUATIONS).select(
        Eq("period_id", period.id), Eq("civil_servant_id", civil_servant_id)
    )
    for each in found:
        if each.handed_over is not None and each.handed_over.handover_id is not None:
            return each
    return await _rated(found, period, tx)


async def _rated(
    found: Sequence[Evaluation], period: EvaluationPeriod, tx: Transaction
) -> Evaluation | None:
    """The result that it counts in; None where the period rates this person nowhere. Raise
    `Conflict` while the agency is being scored: what it reads must not move under it."""
    rated = [each for each in found if each.state in RATED]
    if not rated and period.state is PeriodState.REVIEW:
        return None
    for evaluation in rated:
        run = await tx.store(RUNS).get(run_id(period.id, evaluation.agency_id))
        if run.state is RunState.RANKED and evaluation.is_scored(run.attempt):
            return evaluation
    raise Conflict(
        en="the results are being scored; check it when they are in review",
        vi="Kết quả đang được chấm. Vui lòng kiểm tra khi kỳ ở bước xem xét.",
        rule_id="E-I3",
    )
