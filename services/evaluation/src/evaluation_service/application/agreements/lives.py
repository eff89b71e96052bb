"""What becomes of agreements by themselves: the calendar, published results, the end of a term."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from congvu_kit.application.ports import Gte, Lt, Transaction, UnitOfWork
from congvu_kit.application.refusals import refuse_other
from congvu_kit.domain.clock import business_date
from congvu_scoring import exact_text
from evaluation_service.application.collections import AGREEMENTS, CASES, EVALUATIONS
from evaluation_service.domain.agreements.agreements import Agreement
from evaluation_service.domain.agreements.versions import Assessment
from evaluation_service.domain.integrity.cases import RENEWAL, TriggerCase, case_id
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.sheets import Sheet

AT_ONCE = 200
_SIGNED = '"agreement":'
"""Stands in the canonical snapshot of who is rated by one."""


@dataclass(frozen=True)
class CorrectedResult:
    evaluation_id: str
    civil_servant_id: str
    unit_id: str
    province: str
    period_id: str


async def agreements_due(uow: UnitOfWork, today: date) -> list[str]:
    """Those of which something becomes today or earlier."""
    tomorrow = (today + timedelta(days=1)).isoformat()
    due = (Gte("extra.due_on", ""), Lt("extra.due_on", tomorrow))
    found = await uow.reading().store(AGREEMENTS).select(*due, limit=AT_ONCE)
    return [each.id for each in found]


async def move_on(id: str, tx: Transaction) -> None:
    """Safe to repeat: what the calendar did is not done again."""
    agreement = await tx.store(AGREEMENTS).get(id)
    before = agreement.state
    agreement.move_on(tx.now)
    asked = await _open_renewal(agreement, tx)
    if asked or agreement.state is not before:
        await tx.store(AGREEMENTS).save(agreement)


async def assess(evaluations: Sequence[Evaluation], tx: Transaction) -> None:
    """Each agreement that a published result rests on is told of it."""
    resting = {
        json.loads(each.sheets[-1].snapshot)["agreement"]["ref"].partition("@")[0]: each
        for each in evaluations
        if each.sheets and _SIGNED in each.sheets[-1].snapshot
    }
    for agreement in await tx.store(AGREEMENTS).find_many(sorted(resting)):
        if agreement is not None:
            evaluation = resting[agreement.id]
            agreement.assess(_assessment(evaluation, evaluation.sheets[-1]))
            await _open_renewal(agreement, tx)
            await tx.store(AGREEMENTS).save(agreement)


async def assess_again(fact: CorrectedResult, tx: Transaction) -> None:
    evaluation = await tx.store(EVALUATIONS).get(fact.evaluation_id)
    refuse_other(evaluation, fact, "civil_servant_id", "unit_id", "province", "period_id")
    await assess([evaluation], tx)


def _assessment(evaluation: Evaluation, sheet: Sheet) -> Assessment:
    total = sheet.counted_total
    return Assessment(
        period_id=evaluation.period_id,
        period_label=evaluation.period_label,
        evaluation_id=evaluation.id,
        version_hash=json.loads(sheet.snapshot)["agreement"]["hash"],
        total=None if total is None else exact_text(total),
        band=evaluation.band,
        result_hash=sheet.result_hash,
    )


async def _open_renewal(agreement: Agreement, tx: Transaction) -> bool:
    """Whether a case was opened: with the last result, or without any."""
    today = business_date(tx.now)
    if not agreement.ask_renewal(today):
        return False
    last = agreement.assessments[-1] if agreement.assessments else None
    case = TriggerCase(
        id=case_id(agreement.id, RENEWAL),
        rule=RENEWAL,
        civil_servant_id=agreement.civil_servant_id,
        province=agreement.province,
        period_id=last.period_id if last else agreement.period_id,
        evaluation_id=last.evaluation_id if last else None,
        agreement_id=agreement.id,
    )
    case.open_case(today)
    await tx.store(CASES).save(case)
    return True
