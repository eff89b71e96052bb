"""Taking a part that comes after the scoring: a further sheet, as after any decision (E-I3)."""

from dataclasses import dataclass

from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.application.refusals import refuse_other
from congvu_kit.domain.actor import Participant
from congvu_kit.domain.errors import Conflict
from evaluation_service.application.access import post_of
from evaluation_service.application.collections import (
    EVALUATIONS,
    HANDOVERS,
    PERIODS,
    POST_AUDITS,
    RUNS,
)
from evaluation_service.application.results.commands import chosen
from evaluation_service.application.results.material import begun, facts_of
from evaluation_service.application.results.members import Member
from evaluation_service.application.results.scoring import agency_of_run
from evaluation_service.application.review.corrections import agency_of, revise
from evaluation_service.application.review.findings import ask_for_audit
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.rating import people_by_unit, subordinate_counts
from evaluation_service.domain.results.runs import RunState, run_id
from evaluation_service.domain.results.snapshots import snapshot_document
from evaluation_service.domain.review.post_audits import (
    PostAudit,
    PostAuditOrigin,
    PostAuditState,
)
from evaluation_service.domain.transfers.handovers import HandedOverPart

CHANGED = "Phần bàn giao của kỳ khác đã thay đổi sau khi kỳ này được khóa."


@dataclass(frozen=True, kw_only=True)
class PartHandedOver:
    """Our own message: `period_id` hands over, `receiving_period_id` rates the person."""

    handover_id: str
    civil_servant_id: str
    province: str
    period_id: str
    receiving_period_id: str


async def take_part(fact: PartHandedOver, tx: Transaction) -> None:
    """Before its scoring the receiving period finds the part itself; after its closing it counts
    by a decision only, which is asked for."""
    part = await tx.store(HANDOVERS).get(fact.handover_id)
    refuse_other(part, fact, "province", "period_id", "receiving_period_id", "civil_servant_id")
    period = await tx.store(PERIODS).get(part.receiving_period_id)
    found = await tx.store(EVALUATIONS).select(
        Eq("period_id", period.id), Eq("civil_servant_id", part.civil_servant_id)
    )
    evaluation = chosen(found)
    if evaluation is None or evaluation.sheet is None or evaluation.took(part.hash):
        return
    if period.state is PeriodState.CLOSED:
        await _ask_the_board(part, evaluation, tx)
    else:
        await _revise_with(part, evaluation, period, tx)


async def _ask_the_board(part: HandedOverPart, evaluation: Evaluation, tx: Transaction) -> None:
    """Closed means closed (E-I3). One request for a part, however often it changes meanwhile."""
    waiting = await tx.store(POST_AUDITS).select(
        Eq("subject_id", part.id), Eq("state", PostAuditState.REQUESTED)
    )
    if not waiting:
        await ask_for_audit(
            evaluation,
            PostAuditOrigin.CHANGED_PART,
            f"{part.id}|{part.hash}",
            tx,
            subject_id=part.id,
            reason=CHANGED,
        )


async def take_by_decision(
    audit: PostAudit, evaluation: Evaluation, by: Participant, tx: Transaction
) -> None:
    """The part as it is now, in a result that is closed: as a sheet under the next seal."""
    part = await tx.store(HANDOVERS).get(audit.subject_id or "")
    if evaluation.took(part.hash):
        raise Conflict(
            en="the result counts the part as it is already",
            vi="kết quả đã tính phần bàn giao này",
            rule_id="E-I10",
        )
    period = await tx.store(PERIODS).get(evaluation.period_id)
    await _revise_with(part, evaluation, period, tx, basis=audit.id, by=by)


async def _revise_with(
    part: HandedOverPart,
    evaluation: Evaluation,
    period: EvaluationPeriod,
    tx: Transaction,
    *,
    basis: str | None = None,
    by: Participant | None = None,
) -> None:
    """Everything that is known of the person, read anew; a run under way tells us again."""
    run = await tx.store(RUNS).get(run_id(period.id, evaluation.agency_id))
    if run.state is not RunState.RANKED:
        return
    agency = await agency_of_run(run, tx)
    post = await post_of(tx, evaluation.civil_servant_id, evaluation.appointment_id)
    member = Member(servant=post.servant, appointment=post.appointment, unit=post.unit)
    [person] = await begun([member], period, tx)
    evaluation = person.evaluation
    facts = (await facts_of([person], agency, tx))[evaluation.civil_servant_id]
    people = people_by_unit(await agency_of(run, evaluation, tx))
    led = subordinate_counts(evaluation, people, agency.rules)
    evaluation.take(facts.taken, facts.acted, facts.thought)
    evaluation.objectives = facts.objectives
    document = snapshot_document(evaluation, facts, led)
    await revise(evaluation, document, basis or part.id, by, tx)
