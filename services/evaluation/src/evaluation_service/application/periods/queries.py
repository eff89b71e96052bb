"""Looking periods up; they are public."""

from dataclasses import dataclass

from congvu_kit.application.ports import Page, Transaction
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor
from evaluation_service.application.access import sees_sealed
from evaluation_service.application.collections import PERIODS, UNITS, equal
from evaluation_service.domain.periods.acts import PeriodAct
from evaluation_service.domain.periods.imprints import sealed_text
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodKind, PeriodState


@dataclass(frozen=True, kw_only=True)
class PeriodFilter:
    province: str | None = None
    unit_id: str | None = None
    kind: PeriodKind | None = None
    state: PeriodState | None = None


async def list_periods(
    tx: Transaction, wanted: PeriodFilter, *, first: int, after: str | None
) -> Page[EvaluationPeriod]:
    await require_there(tx.store(UNITS), wanted.unit_id, "filter.unitId")
    conditions = equal(
        province=wanted.province, unit_ids=wanted.unit_id, kind=wanted.kind, state=wanted.state
    )
    return await tx.store(PERIODS).page(*conditions, order=["-starts_on"], first=first, after=after)


def sealed_text_of(period: EvaluationPeriod, reader: Actor) -> str | None:
    if period.seal is None or not sees_sealed(reader, period.province):
        return None
    return sealed_text(period.sealed_record, period.seal.imprint)


def acts_of(period: EvaluationPeriod, reader: Actor) -> list[PeriodAct]:
    return period.acts if sees_sealed(reader, period.province) else []
