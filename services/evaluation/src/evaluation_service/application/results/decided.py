"""Decisions that the results of people rest on."""

from collections.abc import Mapping, Sequence

from congvu_kit.application.ports import Transaction
from evaluation_service.application.collections import APPEALS, POST_AUDITS
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.review.post_audits import PostAuditOrigin as O


async def decisions_on(
    evaluations: Sequence[Evaluation], tx: Transaction
) -> Mapping[str, frozenset[str]]:
    """By evaluation: the appeals and post-audits on it; what else its sheets rest on is read
    anew, as is a part that was taken by decision."""
    ids = sorted({sheet.basis for each in evaluations for sheet in each.sheets if sheet.basis})
    if not ids:
        return {}
    appeals = await tx.store(APPEALS).find_many(ids)
    audits = await tx.store(POST_AUDITS).find_many(ids)
    corrected = [each for each in audits if each and each.origin is not O.CHANGED_PART]
    found = [each for each in (*appeals, *corrected) if each is not None]
    return {
        evaluation.id: frozenset(each.id for each in found if each.evaluation_id == evaluation.id)
        for evaluation in evaluations
    }
