"""Looking assignments up."""

from collections.abc import Sequence
from dataclasses import dataclass

from congvu_kit.application.ports import Eq, Page, Transaction
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor
from evaluation_service.application.access import (
    only_seen,
    reach,
)
from evaluation_service.application.collections import ASSIGNMENTS, PERIODS, UNITS, equal
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.reports import AssignmentState


@dataclass(frozen=True, kw_only=True)
class AssignmentFilter:
    period_id: str | None = None
    unit_id: str | None = None
    civil_servant_id: str | None = None
    state: AssignmentState | None = None


async def find_assignments(
    ids: Sequence[str], reader: Actor, tx: Transaction
) -> list[Assignment | None]:
    """One per id: None when it is not there, or of somebody this reader may not see."""
    return await only_seen(await tx.store(ASSIGNMENTS).find_many(ids), reader, tx)


async def list_assignments(
    reader: Actor, tx: Transaction, wanted: AssignmentFilter, *, first: int, after: str | None
) -> Page[Assignment]:
    await require_there(tx.store(PERIODS), wanted.period_id, "filter.periodId")
    await require_there(tx.store(UNITS), wanted.unit_id, "filter.unitId")
    return await tx.store(ASSIGNMENTS).page(
        *await reach(reader, "unit_path", tx),
        *equal(
            period_id=wanted.period_id,
            unit_path=wanted.unit_id,
            civil_servant_id=wanted.civil_servant_id,
            state=wanted.state,
        ),
        order=["due_on"],
        first=first,
        after=after,
    )


async def list_assignments_of(
    tx: Transaction, period_id: str, civil_servant_id: str, *, first: int, after: str | None
) -> Page[Assignment]:
    """The work behind one evaluation, which the caller sees."""
    return await tx.store(ASSIGNMENTS).page(
        Eq("period_id", period_id),
        Eq("civil_servant_id", civil_servant_id),
        order=["due_on"],
        first=first,
        after=after,
    )
