"""Dossiers that count nowhere, for those who can do something about it."""

from dataclasses import dataclass

from congvu_kit.application.ports import Condition, Eq, Gte, In, Lt, Page, Transaction
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.procedures import procedure_in
from evaluation_service.application.access import reach
from evaluation_service.application.collections import DOSSIERS, UNITS, equal
from evaluation_service.domain.dossiers.dossiers import (
    COUNTS_NOWHERE,
    Dossier,
    DossierStanding,
    UnmatchedReason,
)
from evaluation_service.domain.periods.periods import EvaluationPeriod


@dataclass(frozen=True, kw_only=True)
class UnmatchedFilter:
    unit_id: str | None = None
    civil_servant_id: str | None = None
    procedure_code: str | None = None
    reason: UnmatchedReason | None = None


async def list_unmatched(
    reader: Actor, tx: Transaction, wanted: UnmatchedFilter, *, first: int, after: str | None
) -> Page[Dossier]:
    reader.require(Role.MANAGER, Role.UNIT_HEAD, Role.PERIOD_ADMIN, Role.REVIEW_BOARD, Role.AUDITOR)
    await require_there(tx.store(UNITS), wanted.unit_id, "filter.unitId")
    code = wanted.procedure_code
    paths = {
        "unit_path": wanted.unit_id,
        "extra.officers": wanted.civil_servant_id,
        "extra.procedure": procedure_in(code).national if code is not None else None,
        "reason": wanted.reason,
    }
    return await tx.store(DOSSIERS).page(
        *await reach(reader, "unit_path", tx),
        In("standing", list(COUNTS_NOWHERE)),
        *equal(**paths),
        order=["extra.done_on"],
        first=first,
        after=after,
    )


def unmatched_in(period: EvaluationPeriod) -> list[Condition]:
    """Dossiers completed in a period that count for no work."""
    return [
        Eq("unit_path", period.scope_unit_id),
        Eq("standing", DossierStanding.UNMATCHED),
        Gte("extra.done_on", period.starts_on.isoformat()),
        Lt("extra.done_on", period.ends_on.isoformat()),
    ]
