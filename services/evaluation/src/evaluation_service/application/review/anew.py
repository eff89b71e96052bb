"""A result from everything that is known of the person now, as a further sheet."""

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Participant
from congvu_scoring import Snapshot
from evaluation_service.application.access import post_of
from evaluation_service.application.collections import RUNS
from evaluation_service.application.organisations.material import units_begun
from evaluation_service.application.results.material import begun, facts_of
from evaluation_service.application.results.members import Member
from evaluation_service.application.results.scoring import agency_of_run
from evaluation_service.application.review.corrections import agency_of, revise
from evaluation_service.domain.organisations.rating import bands_of
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.rating import people_by_unit, subordinate_counts, unit_cap
from evaluation_service.domain.results.runs import RunState, run_id
from evaluation_service.domain.results.snapshots import snapshot_document


async def revise_anew(
    evaluation: Evaluation,
    period: EvaluationPeriod,
    basis: str,
    by: Participant | None,
    tx: Transaction,
) -> None:
    """What was ranked; a run under way reads the same itself."""
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
    taken = evaluation.taken
    evaluation.take(facts.taken, facts.acted, facts.thought)
    evaluation.objectives = facts.objectives
    held = bands_of(await units_begun([evaluation.unit_id], period, tx))
    document = snapshot_document(evaluation, facts, led, unit_cap(evaluation, agency.rules, held))
    sheet = evaluation.require_rated()
    if taken == facts.taken and Snapshot.from_document(document).hash == sheet.snapshot_hash:
        return
    await revise(evaluation, document, basis, by, tx)
