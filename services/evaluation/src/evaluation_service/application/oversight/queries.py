"""What those who supervise see of a published period: figures of units, never of a person."""

from collections.abc import Mapping
from dataclasses import dataclass

from congvu_kit.application.ports import Eq, In, Not, Page, Transaction
from congvu_kit.domain.actor import Actor, Role
from evaluation_service.application.access import BOARD
from evaluation_service.application.collections import APPEALS, EVALUATIONS, PERIODS, UNITS
from evaluation_service.application.policies.pins import bands_of
from evaluation_service.domain.oversight.figures import Figures, UnitTree
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.states import UNRATED, EvaluationState
from evaluation_service.domain.review.appeals import AppealState

READERS = (Role.COUNCIL, Role.PERIOD_ADMIN, *BOARD)


@dataclass(frozen=True, kw_only=True)
class UnitFigures:
    """`figures` is None where they would tell of few people."""

    unit_id: str
    figures: Figures | None


@dataclass(frozen=True, kw_only=True)
class PeriodFigures:
    """Of one unit with all below it, and of its parts. Appeals and corrections are those of the
    whole period."""

    whole: UnitFigures
    parts: tuple[UnitFigures, ...]
    appeals: Mapping[AppealState, int]
    corrected: int

    def page(self, *, first: int, after: str | None) -> Page[UnitFigures]:
        """By the units' ids."""
        rest = [each for each in self.parts if after is None or each.unit_id > after]
        items = rest[:first]
        return Page(items=items, has_next=len(rest) > first, cursors=[e.unit_id for e in items])


async def find_figures(
    reader: Actor, tx: Transaction, period_id: str, unit_id: str | None
) -> PeriodFigures | None:
    """None when there is no such period in the reader's province; raise `Conflict` before its
    publication."""
    reader.require(*READERS)
    period = await tx.store(PERIODS).find(period_id)
    if period is None or period.province != reader.province:
        return None
    period.require_public("periodId")
    tree = await _tree(period, tx)
    whole = unit_id or period.scope_unit_id
    told, hidden = tree.tells(whole), tree.hidden(whole)
    return PeriodFigures(
        whole=UnitFigures(unit_id=whole, figures=tree.of(whole) if told else None),
        parts=tuple(
            UnitFigures(unit_id=id, figures=figures if told and id not in hidden else None)
            for id, figures in sorted(tree.parts(whole).items())
        ),
        appeals=await _appeals(period, tx),
        corrected=await tx.store(EVALUATIONS).count(
            Eq("period_id", period.id), Eq("state", EvaluationState.CORRECTED)
        ),
    )


async def _tree(period: EvaluationPeriod, tx: Transaction) -> UnitTree:
    """Counted by the database: no result is loaded."""
    store, rated = tx.store(EVALUATIONS), Not(In("state", sorted(UNRATED)))
    people = await store.count_by("unit_id", Eq("period_id", period.id), rated)
    bands: dict[str, dict[str, int]] = {}
    for band in await bands_of(period.policies.references, tx):
        found = await store.count_by("unit_id", Eq("period_id", period.id), Eq("band", band), rated)
        for unit_id, count in found.items():
            bands.setdefault(unit_id, {})[band] = count
    units = await tx.store(UNITS).find_many(sorted(people))
    return UnitTree(
        {id: Figures(people=count, bands=bands.get(id, {})) for id, count in people.items()},
        {unit.id: unit.path for unit in units if unit},
    )


async def _appeals(period: EvaluationPeriod, tx: Transaction) -> Mapping[AppealState, int]:
    found = await tx.store(APPEALS).count_by("state", Eq("period_id", period.id))
    return {state: found[state] for state in AppealState if state in found}
