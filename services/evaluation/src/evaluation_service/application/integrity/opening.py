"""Cases open by themselves once a result is public: when it is announced, or corrected after."""

from collections.abc import Sequence

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.clock import business_date
from evaluation_service.application.collections import CASES
from evaluation_service.domain.integrity.cases import TriggerCase, case_id
from evaluation_service.domain.results.evaluations import Evaluation


async def open_cases(people: Sequence[Evaluation], tx: Transaction) -> None:
    """Of published results: one case a rule that fired, for people to decide."""
    fired = [
        TriggerCase(
            id=case_id(evaluation.id, rule),
            rule=rule,
            civil_servant_id=evaluation.civil_servant_id,
            province=evaluation.province,
            period_id=evaluation.period_id,
            evaluation_id=evaluation.id,
        )
        for evaluation in people
        if evaluation.sheets
        for rule in evaluation.sheets[-1].triggers
    ]
    known = await tx.store(CASES).find_many([case.id for case in fired])
    new = [case for case, there in zip(fired, known, strict=True) if there is None]
    for case in new:
        case.open_case(business_date(tx.now))
    await tx.store(CASES).save_many(new)
