"""What is missing in a period before its freeze: as counts by unit, and one by one (E-I14)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from congvu_kit.application.ports import Collection, Condition, Eq, Gte, In, Page, Transaction
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import Forbidden
from evaluation_service.application.access import BOARD, SUPERIORS
from evaluation_service.application.collections import (
    ASSIGNMENTS,
    CRISES,
    DOSSIERS,
    EVALUATIONS,
    INDEXES,
    INITIATIVES,
    PERIODS,
    SCORECARDS,
)
from evaluation_service.application.dossiers.queries import unmatched_in
from evaluation_service.application.readiness.census import entered, people_of, units_of
from evaluation_service.application.readiness.units import gaps_of_units
from evaluation_service.application.readiness.years import awaited_results
from evaluation_service.application.transfers.queries import awaited
from evaluation_service.domain.initiatives.initiatives import InitiativeState
from evaluation_service.domain.leadership.crises import CrisisState
from evaluation_service.domain.objectives.objectives import ObjectiveLevel
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.readiness.gaps import OF_STATE, GapCounts, GapKind
from evaluation_service.domain.work.causes import CauseState

ByUnit: TypeAlias = Mapping[str, GapCounts]

OF_WORK: Mapping[GapKind, Condition] = {
    **{
        kind: In("state", [state for state, found in OF_STATE.items() if found is kind])
        for kind in OF_STATE.values()
        if kind is not None
    },
    GapKind.OPEN_CLAIM: Eq("causes.state", CauseState.CLAIMED),
    GapKind.DOUBTED: Eq("extra.doubted", True),
}
OF_BOARD: Mapping[GapKind, tuple[Collection[Any], Condition]] = {
    GapKind.OPEN_INITIATIVE: (INITIATIVES, Eq("state", InitiativeState.PROPOSED)),
    GapKind.UNCONFIRMED_CRISIS: (CRISES, Eq("state", CrisisState.RECORDED)),
}
"""What the board has not decided."""
OF_SCORECARDS = (
    GapKind.UNBALANCED_WEIGHTS,
    GapKind.BROKEN_SCORECARD,
    GapKind.MISSING_READING,
    GapKind.UNCONFIRMED_READING,
)
_REFUSED = (GapKind.UNKNOWN_CODE, GapKind.BROKEN_RULE, GapKind.INCOMPLETE_INPUTS)
OF_INPUTS: Mapping[GapKind, Condition] = {
    **{kind: Eq("refusal.kind", kind) for kind in _REFUSED},
    GapKind.OPEN_STAGE: Gte("file.current", ""),
}

READERS = (Role.PERIOD_ADMIN, *BOARD, *SUPERIORS)


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """Of the period, or of the part of it that the reader leads."""

    period: EvaluationPeriod
    by_unit: ByUnit

    @property
    def total(self) -> GapCounts:
        total: Counter[GapKind] = Counter()
        for counts in self.by_unit.values():
            total.update(counts)
        return total


async def find_readiness(period_id: str, reader: Actor, tx: Transaction) -> Readiness | None:
    """None when there is no such period."""
    reader.require(*READERS)
    period = await tx.store(PERIODS).find(period_id)
    return None if period is None else await gap_counts(period, tx, part_of(reader, period))


def part_of(reader: Actor, period: EvaluationPeriod) -> str | None:
    """The unit that a superior leads, None for who sees all of the province; raise `Forbidden` for
    anybody else."""
    reader.require(*READERS)
    reader.require_province(period.province)
    if reader.has(Role.PERIOD_ADMIN, *BOARD):
        return None
    if reader.unit is None:
        raise Forbidden(
            en="the token names no unit",
            vi="Tài khoản chưa được gắn với đơn vị. Vui lòng liên hệ quản trị hệ thống.",
        )
    return reader.unit


async def gap_counts(
    period: EvaluationPeriod, tx: Transaction, below: str | None = None
) -> Readiness:
    """A few queries a kind, and one for every thousand people."""
    unit_ids = await units_of(period, [] if below is None else [below], tx)
    counts: dict[str, Counter[GapKind]] = {unit_id: Counter() for unit_id in unit_ids}
    now = Eq("period_id", period.id)
    for kind, condition in OF_WORK.items():
        _add(counts, kind, await tx.store(ASSIGNMENTS).count_by("unit_id", now, condition))
    for kind, condition in OF_INPUTS.items():
        _add(counts, kind, await tx.store(EVALUATIONS).count_by("unit_id", now, condition))
    known = await entered(period, tx)
    for kind in known.of_board:
        kept, condition = OF_BOARD[kind]
        _add(counts, kind, await tx.store(kept).count_by("unit_id", now, condition))
    for kind in OF_SCORECARDS:
        _add(counts, kind, await tx.store(SCORECARDS).count_by("unit_id", *lacking(kind, period)))
    unmatched = await tx.store(DOSSIERS).count_by("facts.unit_id", *unmatched_in(period))
    _add(counts, GapKind.UNMATCHED_DOSSIER, unmatched)
    owed = Counter(each.unit_id for each in await awaited(period, tx))
    _add(counts, GapKind.AWAITED_PART, owed)
    async for people in people_of(period, unit_ids, tx):
        for person in people:
            counts[person.unit_id].update(known.gaps_of(person))
        for waiting in await awaited_results(people, period, tx):
            counts[waiting.person.unit_id][GapKind.AWAITED_RESULT] += 1
    for unit_id, kinds in (await gaps_of_units(period, unit_ids, tx)).items():
        counts[unit_id].update(kinds)
    if period.state is not PeriodState.OPEN:
        _add(counts, GapKind.MISSING_INDEX, await _without_index(period, unit_ids, tx))
    return Readiness(period=period, by_unit={id: dict(each) for id, each in counts.items() if each})


def lacking(kind: GapKind, period: EvaluationPeriod) -> list[Condition]:
    """Of people's scorecards: no unit pays for its own."""
    return [
        Eq("period_id", period.id),
        Eq("lacking", kind),
        Eq("level", ObjectiveLevel.PERSON),
    ]


def _add(counts: Mapping[str, Counter[GapKind]], kind: GapKind, by_unit: Mapping[str, int]) -> None:
    for unit_id, number in by_unit.items():
        if unit_id in counts:
            counts[unit_id][kind] += number


async def _without_index(
    period: EvaluationPeriod, unit_ids: Sequence[str], tx: Transaction
) -> Mapping[str, int]:
    come = await tx.store(INDEXES).count_by(
        "unit_id", Eq("period_id", period.id), Eq("freeze", period.freezes)
    )
    return {unit_id: 1 for unit_id in unit_ids if unit_id not in come}


@dataclass(frozen=True, kw_only=True)
class UnitGaps:
    unit_id: str
    counts: GapCounts


def page_units(known: Readiness, *, first: int, after: str | None) -> Page[UnitGaps]:
    """By the units' ids, those with gaps only."""
    ids = sorted(id for id in known.by_unit if after is None or id > after)
    items = [UnitGaps(unit_id=id, counts=known.by_unit[id]) for id in ids[:first]]
    return Page(items=items, has_next=len(ids) > first, cursors=[each.unit_id for each in items])
