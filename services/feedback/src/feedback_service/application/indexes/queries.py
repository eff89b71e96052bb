"""Satisfaction with units, looked up and listed."""

from collections.abc import Sequence
from dataclasses import dataclass

from congvu_kit.application.ports import Eq, Page, Transaction
from congvu_kit.domain.actor import ANONYMOUS, Actor
from congvu_kit.domain.errors import NotFound
from congvu_kit.domain.ids import derived_id
from feedback_service.application.collections import INDEXES, PERIODS, UNITS
from feedback_service.application.indexes.details import count_details
from feedback_service.application.indexes.evidence import count_evidence
from feedback_service.application.indexes.figures import content_now
from feedback_service.domain.copies.period import Period
from feedback_service.domain.copies.unit import Unit
from feedback_service.domain.indexes.satisfaction_index import IndexState, SatisfactionIndex


def index_id(unit_id: str, period_id: str) -> str:
    return derived_id("index", period_id, unit_id)


async def live_index(tx: Transaction, unit: Unit, period: Period) -> SatisfactionIndex:
    """The figure as of now; PENDING until it is frozen."""
    return SatisfactionIndex(
        id=index_id(unit.id, period.id),
        unit_id=unit.id,
        period_id=period.id,
        province=unit.province,
        minimum_answers=period.minimum_answers,
        policies=period.policies,
        evidence=await count_evidence(tx, unit.id, period),
        state=IndexState.PENDING,
        computed_at=tx.now,
    )


UnitAndPeriod = tuple[str, str]

TREND = 12
"""Periods of a trend: three years of quarters."""


async def find_indexes(
    keys: Sequence[UnitAndPeriod], reader: Actor, tx: Transaction
) -> list[SatisfactionIndex | None]:
    """For everybody, one per pair: the frozen figure, or the live one of an open period; None
    for a unit or period that is not known."""
    del reader
    frozen = await tx.store(INDEXES).find_many([index_id(*key) for key in keys])
    units = await tx.store(UNITS).find_many([unit_id for unit_id, _ in keys])
    periods = await tx.store(PERIODS).find_many([period_id for _, period_id in keys])
    found: list[SatisfactionIndex | None] = []
    for index, period, unit in zip(frozen, periods, units, strict=True):
        if unit and period and period.has_live_figure(unit.id):
            found.append(await live_index(tx, unit, period))
        else:
            found.append(index)
    return found


async def list_indexes(
    tx: Transaction, period_id: str, *, first: int, after: str | None
) -> Page[SatisfactionIndex]:
    """Of every unit of a period, by the units' ids: in no order of merit."""
    period = await tx.store(PERIODS).find(period_id)
    if period is None:
        raise NotFound(
            en="there is no such period", vi="Không tìm thấy kỳ đánh giá này.", field="periodId"
        )
    units = Page.cut(sorted(period.unit_ids), str, first=first, after=after)
    found = await find_indexes([(unit, period.id) for unit in units.items], ANONYMOUS, tx)
    there = [index for index in found if index is not None]
    return Page(
        items=there,
        has_next=units.has_next,
        cursors=[index.unit_id for index in there],
        end=units.cursors[-1] if units.cursors else None,
    )


async def find_detailed(
    keys: Sequence[UnitAndPeriod], reader: Actor, tx: Transaction
) -> list[SatisfactionIndex | None]:
    """As `find_indexes`, with what it is made of, counted now where the period still runs."""
    found = await find_indexes(keys, reader, tx)
    for index in found:
        if index is not None and index.state is IndexState.PENDING:
            period = await tx.store(PERIODS).get(index.period_id)
            contented = await content_now(tx, index.unit_id, period)
            await count_details(tx, index, period, contented)
    return found


@dataclass(frozen=True, kw_only=True)
class TrendPoint:
    """The frozen figure of a unit, and the period it is of."""

    period: Period
    index: SatisfactionIndex


async def find_trends(
    keys: Sequence[UnitAndPeriod], reader: Actor, tx: Transaction
) -> list[Sequence[TrendPoint]]:
    """For everybody: the unit's frozen figures of periods as long as this one, oldest first, up to
    this one."""
    del reader
    periods = await tx.store(PERIODS).find_many([period_id for _, period_id in keys])
    return [
        await _trend(tx, unit_id, period) if period is not None else []
        for (unit_id, _), period in zip(keys, periods, strict=True)
    ]


async def _trend(tx: Transaction, unit_id: str, of: Period) -> Sequence[TrendPoint]:
    indexes = await tx.store(INDEXES).select(Eq("unit_id", unit_id), order=["-computed_at"])
    periods = await tx.store(PERIODS).find_many([each.period_id for each in indexes])
    points = [
        TrendPoint(period=period, index=index)
        for period, index in zip(periods, indexes, strict=True)
        if period is not None
        and not period.has_live_figure(unit_id)
        and period.months == of.months
        and period.starts_on <= of.starts_on
    ]
    return sorted(points, key=lambda each: each.period.starts_on)[-TREND:]
