"""Whether work that was accepted counts elsewhere as well: a superior decides (E-I17)."""

from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.actor import Participant
from evaluation_service.application.access import SUPERIORS
from evaluation_service.application.collections import ASSIGNMENTS, EVALUATIONS, PERIODS
from evaluation_service.application.results.commands import chosen
from evaluation_service.application.review.findings import ask_for_audit
from evaluation_service.application.transfers.renewals import where_it_counts
from evaluation_service.application.work.commands import (
    AssignmentStep,
    require_checker,
    save_counted,
)
from evaluation_service.application.work.revisions import revise_checked
from evaluation_service.domain.common.numbers import Done
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.review.post_audits import PostAuditOrigin
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.changes import check_reason
from evaluation_service.domain.work.doubts import DoubtDecision, doubt_decision_id


@dataclass(frozen=True, kw_only=True)
class DecideWorkDoubts(AssignmentStep):
    """`withdrawn` of what was accepted counts at the other place; 0 lets it stand."""

    operation: ClassVar[str] = "decide_work_doubts"

    withdrawn: Done
    reason: str


async def decide_work_doubts(command: DecideWorkDoubts, tx: Transaction) -> Assignment:
    """Until the publication it moves the counts; after it, or where the result that counts them is
    closed, the review board decides (E-I3)."""
    command.actor.require(*SUPERIORS)
    assignment = await tx.store(ASSIGNMENTS).get(command.assignment_id)
    assignment.expect_revision(command.expected_revision)
    period = await tx.store(PERIODS).get(assignment.period_id)
    await require_checker(command.actor, assignment, tx)
    check_reason(command.reason)
    assignment.require_doubt(command.withdrawn)
    by = Participant.of(command.actor)
    decision = DoubtDecision(
        withdrawn=command.withdrawn, reason=command.reason, decided_by=by, decided_at=tx.now
    )
    basis = doubt_decision_id(assignment.id, len(assignment.doubt_decisions))
    counting = await _result_of(assignment, tx)
    if period.is_public or await _is_closed(period, counting, tx):
        assignment.note_doubt_decision(decision)
        if command.withdrawn and counting is not None:
            await ask_for_audit(
                counting,
                PostAuditOrigin.DOUBLE_COUNT,
                basis,
                tx,
                subject_id=assignment.id,
                reason=command.reason,
                by=command.actor,
            )
        return await save_counted(assignment, tx)
    assignment.decide_doubts(decision)
    await save_counted(assignment, tx)
    if command.withdrawn:
        await revise_checked([assignment], period, basis, by, tx)
    return assignment


async def _result_of(assignment: Assignment, tx: Transaction) -> Evaluation | None:
    """Where the work counts, be it in another agency (E-I10)."""
    found = await tx.store(EVALUATIONS).select(
        Eq("period_id", assignment.period_id), Eq("civil_servant_id", assignment.civil_servant_id)
    )
    evaluation = chosen(found)
    return None if evaluation is None else await where_it_counts(evaluation, tx)


async def _is_closed(
    period: EvaluationPeriod, counting: Evaluation | None, tx: Transaction
) -> bool:
    """What an open period counts is handed over anew by its next freeze."""
    if period.state is PeriodState.OPEN or counting is None:
        return False
    return (await tx.store(PERIODS).get(counting.period_id)).state is PeriodState.CLOSED
