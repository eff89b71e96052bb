"""Handing a person's part over to the agency that rates them, and taking one (E-I10)."""

from collections.abc import Sequence
from copy import copy

from congvu_kit.application.ports import Eq, In, Transaction
from evaluation_service.application.collections import EVALUATIONS, HANDOVERS
from evaluation_service.application.results.material import Agency, Begun, begun, facts_of
from evaluation_service.application.results.members import PEOPLE_MAX, Leaver, label_of
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.snapshots import entered_document, snapshot_document
from evaluation_service.domain.results.states import EvaluationState
from evaluation_service.domain.transfers.handovers import (
    HandedOverPart,
    HandedOverTo,
    handover_id,
)


async def hand_over(leaver: Leaver, agency: Agency, tx: Transaction) -> None:
    """Safe to repeat: what is handed over already is told again only if it changed."""
    member, period = leaver.member, agency.period
    [person] = await begun([member], period, tx)
    evaluation = person.evaluation
    facts = (await facts_of([person], agency, tx))[member.servant.id]
    document = snapshot_document(evaluation, facts, None)
    document |= {"unit": marks} if (marks := entered_document(evaluation.given).get("unit")) else {}
    id = handover_id(period.id, member.servant.id)
    part = await tx.store(HANDOVERS).find(id) or HandedOverPart(
        id=id,
        civil_servant_id=member.servant.id,
        period_id=period.id,
        period_label=label_of(period),
        province=period.province,
        agency_id=member.unit.agency_id,
        unit_id=member.unit.id,
        unit_path=member.unit.path,
        appointment_id=member.appointment.appointment_id,
        policy=agency.rules[evaluation.role].pin,
        valid_from=max(member.appointment.valid_from, period.starts_on),
        valid_to=min(member.appointment.valid_to or period.ends_on, period.ends_on),
        receiving_period_id=leaver.receiving.id,
        receiving_province=leaver.receiving.province,
    )
    measured = facts.scorecard.involved if facts.scorecard else []
    acted = [*evaluation.involved, *facts.checked_by, *measured, *facts.acted]
    days = int(str(document["working_days"]))
    if part.hand_over(document, days, evaluation.self_assessed, acted):
        await tx.store(HANDOVERS).save(part)
    if evaluation.handed_over != part.sent:
        evaluation.objectives = facts.objectives
        evaluation.hand_over(part.sent)
        await tx.store(EVALUATIONS).save(evaluation)
    await leave_behind([person], tx)


async def leave_behind(people: Sequence[Begun], tx: Transaction) -> None:
    """What was begun in other appointments of the same period points to the one that counts."""
    for other in (each for person in people for each in person.earlier):
        if other.state is not EvaluationState.HANDED_OVER:
            left = copy(other)
            left.hand_over(HandedOverTo(period_id=other.period_id))
            await tx.store(EVALUATIONS).save(left)


async def tell_untaken(people: Sequence[Evaluation], period_id: str, tx: Transaction) -> None:
    """Parts that came while the agency was being scored, for `take_part` to hear of again."""
    by_id = {each.civil_servant_id: each for each in people}
    for part in await tx.store(HANDOVERS).select(
        Eq("receiving_period_id", period_id),
        In("civil_servant_id", sorted(by_id)),
        limit=PEOPLE_MAX,
    ):
        if not by_id[part.civil_servant_id].took(part.hash):
            part.tell()
            await tx.store(HANDOVERS).save(part)
