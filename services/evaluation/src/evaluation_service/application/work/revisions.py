"""What is checked or decided between the freeze and the publication: the next sheet of the result,
linked to what led to it (E-I16)."""

import json
from collections.abc import Sequence

from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.actor import Participant
from congvu_kit.domain.errors import Conflict
from evaluation_service.application.collections import EVALUATIONS, RUNS, TALLIES
from evaluation_service.application.review.corrections import revise
from evaluation_service.application.transfers.renewals import renew
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.runs import RunState, run_id
from evaluation_service.domain.results.states import RATED
from evaluation_service.domain.review.corrections import recounted_document
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.tallies import tally_id


async def revise_checked(
    assignment: Assignment, period: EvaluationPeriod, basis: str, by: Participant, tx: Transaction
) -> None:
    """Score the person again from what the assignment counts now; nothing while the period is
    open, since the freeze reads it then. Who is rated in another agency has the part handed over
    anew. `basis` is the check or the cause."""
    if period.state is PeriodState.OPEN:
        return
    found = await tx.store(EVALUATIONS).select(
        Eq("period_id", period.id), Eq("civil_servant_id", assignment.civil_servant_id)
    )
    for each in found:
        if each.handed_over is not None and each.handed_over.handover_id is not None:
            await renew(each, each.handed_over.handover_id, tx)
            return
    evaluation = await _rated(found, period, tx)
    if evaluation is None:
        return
    tally = await tx.store(TALLIES).get(tally_id(period.id, assignment.appointment_id))
    document = json.loads(evaluation.require_rated().snapshot)
    recounted = recounted_document(document, assignment.id, tally.lines[assignment.id])
    await revise(evaluation, recounted, basis, by, tx)


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
        vi="kết quả đang được chấm; hãy kiểm tra khi kỳ ở bước thẩm định",
        rule_id="E-I3",
    )
