"""What evaluation says of its results, told in the public log."""

from dataclasses import dataclass
from datetime import datetime

from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.application.refusals import refuse_other
from congvu_kit.domain.errors import Invalid
from feedback_service.application.collections import LOG_ENTRIES, PERIODS, POST_AUDITS
from feedback_service.application.copies.queries import not_here
from feedback_service.application.log.entries import append
from feedback_service.domain.log.entry import ActorClass, EntryType, PublicFact, instant


@dataclass(frozen=True, kw_only=True)
class EvaluationCorrected:
    """A result was revised; `basis` is the post-audit or appeal that it came from."""

    evaluation_id: str
    province: str
    sheet: int
    basis: str | None = None


@dataclass(frozen=True, kw_only=True)
class PeriodClosed:
    """A period was sealed; the seal's hash binds every result in it."""

    period_id: str
    province: str
    seal_hash: str | None = None
    seal_root: str | None = None
    sealed_at: datetime | None = None


async def note_correction(fact: EvaluationCorrected, tx: Transaction) -> None:
    """Tells the public what became of an upheld complaint."""
    audit = await tx.store(POST_AUDITS).find(fact.basis or "")
    if audit is not None:
        refuse_other(audit, fact, "province")
    if audit is None or not audit.corrected(f"{fact.evaluation_id}/{fact.sheet}"):
        return
    told = PublicFact(
        type=EntryType.EVALUATION_CORRECTED,
        by=ActorClass.PLATFORM,
        subject=audit.complaint_id,
        fields={"province": audit.province, "unit": audit.unit_id, "post_audit": audit.id},
    )
    await append(tx, told)
    await tx.store(POST_AUDITS).save(audit)


async def publish_seal(fact: PeriodClosed, tx: Transaction) -> None:
    """In the public log, once; a second seal of the same period stands beside the first."""
    period = await tx.store(PERIODS).find(fact.period_id)
    if period is None:
        raise not_here("period", "kỳ đánh giá", fact.period_id)
    refuse_other(period, fact, "province")
    if fact.seal_hash is None:
        raise Invalid(en="closed without a seal", vi="Kỳ đã khóa nhưng không có niêm phong.")
    told = await tx.store(LOG_ENTRIES).select(
        Eq("subject", fact.period_id), Eq("type", EntryType.PERIOD_SEALED)
    )
    if any(each.shown("seal_hash") == fact.seal_hash for each in told):
        return
    fields = {
        "province": fact.province,
        "seal_hash": fact.seal_hash,
        "root": fact.seal_root or "",
        "sealed_at": instant(fact.sealed_at) if fact.sealed_at else "",
    }
    sealed = PublicFact(
        type=EntryType.PERIOD_SEALED,
        by=ActorClass.PLATFORM,
        subject=fact.period_id,
        fields={name: value for name, value in fields.items() if value},
    )
    await append(tx, sealed)
