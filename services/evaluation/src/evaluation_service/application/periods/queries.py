"""Looking periods up; they are public."""

from dataclasses import dataclass

from congvu_kit.application.ports import Page, Transaction
from evaluation_service.application.collections import PERIODS, equal
from evaluation_service.domain.periods.periods import EvaluationPeriod, PeriodKind, PeriodState


@dataclass(frozen=True, kw_only=True)
class PeriodFilter:
    province: str | None = None
    unit_id: str | None = None
    kind: PeriodKind | None = None
    state: PeriodState | None = None


async def list_periods(
    tx: Transaction, wanted: PeriodFilter, *, first: int, after: str | None
) -> Page[EvaluationPeriod]:
    conditions = equal(
        province=wanted.province, unit_ids=wanted.unit_id, kind=wanted.kind, state=wanted.state
    )
    return await tx.store(PERIODS).page(*conditions, order=["-starts_on"], first=first, after=after)
