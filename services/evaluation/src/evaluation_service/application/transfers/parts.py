"""Taking a part that comes after the scoring: a further sheet, as after any decision (E-I3)."""

from dataclasses import dataclass

from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.application.refusals import refuse_other
from congvu_kit.domain.actor import Participant
from congvu_kit.domain.errors import Conflict
from evaluation_service.application.collections import (
    EVALUATIONS,
    HANDOVERS,
    PERIODS,
    POST_AUDITS,
)
from evaluation_service.application.results.commands import chosen
from evaluation_service.application.review.anew import revise_anew
from evaluation_service.application.review.findings import ask_for_audit
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.results.evaluations import Evaluation
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
        await revise_anew(evaluation, period, part.id, None, tx)


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
            vi="Kết quả đã tính phần bàn giao này.",
            rule_id="E-I10",
        )
    period = await tx.store(PERIODS).get(evaluation.period_id)
    await revise_anew(evaluation, period, audit.id, by, tx)
