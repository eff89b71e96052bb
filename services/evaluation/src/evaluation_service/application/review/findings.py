"""Post-audits that follow from what is found here, not from a complaint."""

from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Actor, account_id
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.ids import derived_id
from evaluation_service.application.collections import POST_AUDITS
from evaluation_service.application.transfers.renewals import where_it_counts
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.review.post_audits import PostAudit, PostAuditOrigin


async def ask_for_audit(
    evaluation: Evaluation,
    origin: PostAuditOrigin,
    basis: str,
    tx: Transaction,
    *,
    subject_id: str,
    reason: str,
    by: Actor | None = None,
) -> None:
    """Of the board where the result counts, once for each `basis`. Who found it, decides no more
    (E-I4)."""
    counting = await where_it_counts(evaluation, tx)
    id = derived_id("audit", basis)
    if await tx.store(POST_AUDITS).find(id) is None:
        audit = PostAudit(
            id=id,
            origin=origin,
            subject_id=subject_id,
            concerned_id=counting.id,
            period_id=counting.period_id,
            province=counting.province,
            unit_id=counting.unit_id,
            civil_servant_id=counting.civil_servant_id,
            reason=reason,
            decided_on=business_date(tx.now),
            decider_id=by.officer if by else None,
            decider_account=account_id(by.subject) if by and by.subject else None,
        )
        await tx.store(POST_AUDITS).save(audit)
