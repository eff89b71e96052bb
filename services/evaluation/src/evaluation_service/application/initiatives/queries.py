"""Looking initiatives up: by who sees the person."""

from dataclasses import dataclass

from congvu_kit.application.ports import Page, Transaction
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor
from evaluation_service.application.access import reach
from evaluation_service.application.collections import INITIATIVES, PERIODS, UNITS, equal
from evaluation_service.domain.initiatives.initiatives import (
    Initiative,
    InitiativeKind,
    InitiativeState,
)


@dataclass(frozen=True, kw_only=True)
class InitiativeFilter:
    period_id: str | None = None
    unit_id: str | None = None
    civil_servant_id: str | None = None
    kind: InitiativeKind | None = None
    state: InitiativeState | None = None


async def list_initiatives(
    reader: Actor, tx: Transaction, wanted: InitiativeFilter, *, first: int, after: str | None
) -> Page[Initiative]:
    await require_there(tx.store(PERIODS), wanted.period_id, "filter.periodId")
    await require_there(tx.store(UNITS), wanted.unit_id, "filter.unitId")
    asked = equal(
        period_id=wanted.period_id,
        unit_path=wanted.unit_id,
        civil_servant_id=wanted.civil_servant_id,
        state=wanted.state,
    )
    kind = equal(**({"facts.kind": wanted.kind} if wanted.kind else {}))
    return await tx.store(INITIATIVES).page(
        *await reach(reader, "unit_path", tx), *asked, *kind, first=first, after=after
    )
