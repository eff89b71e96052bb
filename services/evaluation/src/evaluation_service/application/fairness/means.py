"""What units have for their work: beside every comparison, and for who is responsible for them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

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
from evaluation_service.domain.fairness.budgets import UnitBudget, budget_id
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
    asked: Sequence[tuple[str, str]], reader: Actor, tx: Transaction
) -> list[UnitMeans | None]:
    """One per ids of unit and period; None for who compares no units of this province."""
    units = await tx.store(UNITS).find_many([unit_id for unit_id, _ in asked])
    periods = await tx.store(PERIODS).find_many([period_id for _, period_id in asked])
    return [
        await _seen(unit, period, tx)
        if unit and period and _compares(reader, unit, period)
        else None
        for unit, period in zip(units, periods, strict=True)
    ]


def _compares(reader: Actor, unit: OrgUnit, period: EvaluationPeriod) -> bool:
    return reader.has(*COMPARING) and {reader.province} == {period.province, unit.province}


async def _seen(unit: OrgUnit, period: EvaluationPeriod, tx: Transaction) -> UnitMeans:
    load = await _load(unit.id, period, tx)
    budget = await _budget(unit.id, period, tx)
    return UnitMeans(unit=unit, told=None if load.tells_of_few else load, budget=budget)


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
    above = await _above(reader, period, unit_id, tx)
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


async def _above(
    reader: Actor, period: EvaluationPeriod, unit_id: str | None, tx: Transaction
) -> OrgUnit:
    """The unit whose parts are asked for."""
    whole = not reader.has(*SUPERIORS) or reader.has(Role.PERIOD_ADMIN, *BOARD)
    own = period.scope_unit_id if whole else reader.unit
    above = await tx.store(UNITS).get(unit_id or own or "")
    reader.require_province(above.province)
    if not whole:
        reader.require_unit(above.path)
    return above


async def _with_trend(
    means: UnitMeans, earlier: EvaluationPeriod | None, tx: Transaction
) -> UnitMeans:
    before = await _load(means.unit.id, earlier, tx) if earlier else None
    return replace(means, before=before)


async def _budget(unit_id: str, period: EvaluationPeriod, tx: Transaction) -> UnitBudget | None:
    """Of the period's year, once an entry of it is confirmed."""
    found = await tx.store(UNIT_BUDGETS).find(budget_id(unit_id, period.starts_on.year))
    return found.counted if found else None


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
    pieces = await works.count_by("extra.converted", *where, given)
    return UnitLoad(
        unit_id=unit_id,
        staff=rated or len(await works.count_by("civil_servant_id", *where, given)),
        load=sum(pieces.values()),
        converted=sum((Fraction(each) * n for each, n in pieces.items()), Fraction(0)),
        overdue=await works.count(
            *where, In("state", list(COUNTING)), Lt("due_on", _over(period, tx).isoformat())
        ),
    )


def _over(period: EvaluationPeriod, tx: Transaction) -> date:
    """Before this day work is overdue: today, in a period that is over its end."""
    return min(business_date(tx.now), period.ends_on)
