"""What units have for their work: beside every comparison, and for who is responsible for them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from congvu_kit.application.ports import Condition, Eq, In, Lt, Not, Page, Transaction
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.clock import business_date
from evaluation_service.application.access import BOARD, SUPERIORS
from evaluation_service.application.collections import (
    ASSIGNMENTS,
    EVALUATIONS,
    PERIODS,
    UNIT_BUDGETS,
    UNITS,
)
from evaluation_service.application.periods.commands import own_period
from evaluation_service.domain.fairness.budgets import BudgetState, UnitBudget, budget_id
from evaluation_service.domain.fairness.means import UnitLoad, short_of_means
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.personnel.units import OrgUnit
from evaluation_service.domain.results.states import EvaluationState
from evaluation_service.domain.work.reports import COUNTING, UNCOUNTED

COMPARING = (Role.COUNCIL, Role.PERIOD_ADMIN, *BOARD, *SUPERIORS)
RESPONSIBLE = (Role.PERIOD_ADMIN, *BOARD, *SUPERIORS)
PLACES_MAX = 1_000
"""Units directly below one."""


@dataclass(frozen=True, kw_only=True)
class UnitMeans:
    """`told` is None where it would tell of few people; `before` is that of the period before."""

    unit: OrgUnit
    told: UnitLoad | None
    budget: UnitBudget | None = None
    before: UnitLoad | None = None
    short: bool = False


async def means_of(
    asked: Sequence[tuple[OrgUnit, str]], reader: Actor, tx: Transaction
) -> list[UnitMeans | None]:
    """One per (unit, period); None for who compares no units of this province."""
    periods = await tx.store(PERIODS).find_many([period_id for _, period_id in asked])
    return [
        UnitMeans(
            unit=unit,
            told=None if load.tells_of_few else load,
            budget=await _budget(unit.id, period, tx) if period else None,
        )
        if (load := await _seen_load(unit, period, reader, tx))
        else None
        for (unit, _), period in zip(asked, periods, strict=True)
    ]


async def _seen_load(
    unit: OrgUnit, period: EvaluationPeriod | None, reader: Actor, tx: Transaction
) -> UnitLoad | None:
    if period is None or not reader.has(*COMPARING):
        return None
    if {reader.province} != {period.province, unit.province}:
        return None
    return await _load(unit.id, period, tx)


async def list_means(
    reader: Actor,
    tx: Transaction,
    period_id: str,
    unit_id: str | None = None,
    *,
    first: int,
    after: str | None,
) -> Page[UnitMeans]:
    """The units directly below the reader's own, or below one that is led from there, by their
    ids; the province's roles ask about any."""
    reader.require(*RESPONSIBLE)
    await require_there(tx.store(UNITS), unit_id, "unitId")
    await require_there(tx.store(PERIODS), period_id, "periodId")
    period = await own_period(reader, period_id, tx)
    whole = not reader.has(*SUPERIORS) or reader.has(Role.PERIOD_ADMIN, *BOARD)
    above = await tx.store(UNITS).get(
        unit_id or (whole and period.scope_unit_id) or reader.unit or ""
    )
    reader.require_province(above.province)
    if not whole:
        reader.require_unit(above.path)
    below = await tx.store(UNITS).select(Eq("path", above.id), limit=PLACES_MAX)
    places = sorted(
        (each for each in below if each.facts.parent_id == above.id), key=lambda each: each.id
    )
    loads = [await _load(each.id, period, tx) for each in places]
    short, earlier = short_of_means(loads), await _before(period, tx)
    found = [
        UnitMeans(
            unit=unit,
            told=load,
            budget=await _budget(unit.id, period, tx),
            short=short[unit.id],
        )
        for unit, load in zip(places, loads, strict=True)
        if after is None or unit.id > after
    ]
    shown = [await _with_trend(each, earlier, tx) for each in found[:first]]
    cursors = [each.unit.id for each in shown]
    return Page(items=shown, has_next=len(found) > first, cursors=cursors)


async def _with_trend(
    means: UnitMeans, earlier: EvaluationPeriod | None, tx: Transaction
) -> UnitMeans:
    before = await _load(means.unit.id, earlier, tx) if earlier else None
    return replace(means, before=before)


async def _budget(unit_id: str, period: EvaluationPeriod, tx: Transaction) -> UnitBudget | None:
    """Of the period's year, once it is confirmed."""
    found = await tx.store(UNIT_BUDGETS).find(budget_id(unit_id, period.starts_on.year))
    return found if found and found.state is BudgetState.CONFIRMED else None


async def _before(period: EvaluationPeriod, tx: Transaction) -> EvaluationPeriod | None:
    """The last one of the same kind over the same units."""
    return await tx.store(PERIODS).first(
        Eq("province", period.province),
        Eq("kind", period.kind),
        Lt("starts_on", period.starts_on.isoformat()),
        Eq("scope_unit_id", period.scope_unit_id),
        order=["-starts_on"],
    )


async def _load(unit_id: str, period: EvaluationPeriod, tx: Transaction) -> UnitLoad:
    """Counted by the database."""
    where: list[Condition] = [Eq("unit_path", unit_id), Eq("period_id", period.id)]
    works = tx.store(ASSIGNMENTS)
    given = Not(In("state", list(UNCOUNTED)))
    rated = await tx.store(EVALUATIONS).count(*where, Not(Eq("state", EvaluationState.HANDED_OVER)))
    return UnitLoad(
        unit_id=unit_id,
        staff=rated or len(await works.count_by("civil_servant_id", *where, given)),
        load=await works.count(*where, given),
        overdue=await works.count(
            *where, In("state", list(COUNTING)), Lt("due_on", _over(period, tx).isoformat())
        ),
    )


def _over(period: EvaluationPeriod, tx: Transaction) -> date:
    """Before this day work is overdue: today, in a period that is over its end."""
    return min(business_date(tx.now), period.ends_on)
