"""Post-audits that councils ask evaluation for: the public reads of them in the log."""

from dataclasses import dataclass

from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.application.refusals import refuse_other
from congvu_kit.domain.errors import Transient
from feedback_service.application.collections import LOG_ENTRIES, UNITS
from feedback_service.application.log.entries import append_one
from feedback_service.domain.log.entry import ActorClass, EntryType, PublicFact


@dataclass(frozen=True, kw_only=True)
class AuditRequested:
    post_audit_id: str
    province: str
    unit_id: str
    period_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class AuditDecided:
    post_audit_id: str
    province: str
    unit_id: str
    period_id: str
    state: str


async def tell_request(fact: AuditRequested, tx: Transaction) -> None:
    await _tell(
        fact, EntryType.POST_AUDIT_REQUESTED, ActorClass.COUNCIL, {"reason": fact.reason}, tx
    )


async def tell_decision(fact: AuditDecided, tx: Transaction) -> None:
    await _tell(
        fact, EntryType.POST_AUDIT_DECIDED, ActorClass.REVIEW_BOARD, {"outcome": fact.state}, tx
    )


async def _tell(
    fact: AuditRequested | AuditDecided,
    type: EntryType,
    by: ActorClass,
    says: dict[str, str],
    tx: Transaction,
) -> None:
    """Once, however often it is heard."""
    unit = await tx.store(UNITS).find(fact.unit_id)
    if unit is None:
        raise Transient(
            en=f"unit {fact.unit_id} is not known here yet",
            vi="Chưa nhận được thông tin về đơn vị này.",
        )
    refuse_other(unit, fact, "province")
    told = await tx.store(LOG_ENTRIES).first(Eq("subject", fact.post_audit_id), Eq("type", type))
    if told is None:
        where = {"province": unit.province, "unit": fact.unit_id, "period": fact.period_id}
        await append_one(
            tx, PublicFact(type=type, by=by, subject=fact.post_audit_id, fields={**where, **says})
        )
