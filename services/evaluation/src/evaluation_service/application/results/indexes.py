"""Satisfaction indexes of units, as feedback froze them: what the scoring waits for, until a person
decides; what comes later is taken until the publication."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Self, TypeAlias

from congvu_kit.application.ports import Eq, In, Transaction
from congvu_kit.application.refusals import refuse_other
from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.application.collections import INDEXES, PERIODS, RUNS
from evaluation_service.application.results.material import missing_unit_ids
from evaluation_service.domain.common.numbers import SHARE
from evaluation_service.domain.copies.unit_indexes import (
    SCORE_MAX,
    ComplaintCounts,
    LeaderPromises,
    LeaderPublished,
    LeaderRating,
    OfficerComplaints,
    ProcedureAnswers,
    UnitIndex,
    unit_index_id,
)
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.results.runs import (
    LATE_ATTEMPT_MAX,
    PLATFORM,
    RankingRun,
    RunState,
)


@dataclass(frozen=True, kw_only=True)
class LeaderRated:
    leader_id: str
    ratings: int
    score_sum: int
    satisfied: int = 0
    ci_low: str | None = None
    ci_high: str | None = None


@dataclass(frozen=True, kw_only=True)
class IndexComputed:
    """Our reading of feedback's event; `index` is exact text, null without answers."""

    province: str
    unit_id: str
    period_id: str
    satisfied: int
    answers: int
    minimum_answers: int
    state: str
    index: str | None = None
    freeze: int = 1
    leaders: tuple[LeaderRated, ...] = ()
    complaints: ComplaintCounts | None = None
    officers: tuple[OfficerComplaints, ...] = ()
    procedures: tuple[ProcedureAnswers, ...] = ()
    promises: tuple[LeaderPromises, ...] = ()
    published: tuple[LeaderPublished, ...] | None = None


_Counted: TypeAlias = ComplaintCounts | ProcedureAnswers | LeaderPromises | LeaderPublished


@dataclass(frozen=True)
class RunsAbout:
    """The ids of runs by period and unit: those that `waiting` need the unit's index to begin, and
    those that were ranked `without` it."""

    waiting: Mapping[tuple[str, str], Sequence[str]]
    without: Mapping[tuple[str, str], Sequence[str]]

    @classmethod
    async def of(cls, facts: Sequence[IndexComputed], tx: Transaction) -> Self:
        periods = In("period_id", sorted({each.period_id for each in facts}))
        units = sorted({each.unit_id for each in facts})
        waiting = await tx.store(RUNS).select(
            periods, In("unit_ids", units), Eq("state", RunState.WAITING)
        )
        without = await tx.store(RUNS).select(periods, In("missing_unit_ids", units))
        return cls(
            waiting=_by_unit((each, each.unit_ids) for each in waiting),
            without=_by_unit((each, each.missing_unit_ids) for each in without),
        )


def _by_unit(
    runs: Iterable[tuple[RankingRun, Sequence[str]]],
) -> Mapping[tuple[str, str], Sequence[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for run, unit_ids in runs:
        for unit_id in unit_ids:
            found.setdefault((run.period_id, unit_id), []).append(run.id)
    return found


async def indexes_ahead(
    facts: Sequence[IndexComputed], tx: Transaction
) -> Callable[[IndexComputed, Transaction], Awaitable[None]]:
    """Their periods, what is kept of them, and the runs that they are about."""
    await tx.store(PERIODS).find_many(sorted({each.period_id for each in facts}))
    ids = [unit_index_id(each.period_id, each.unit_id) for each in facts]
    await tx.store(INDEXES).find_many(ids)
    return partial(keep_index, runs=await RunsAbout.of(facts, tx))


async def keep_index(
    fact: IndexComputed, tx: Transaction, *, runs: RunsAbout | None = None
) -> None:
    """Keep the frozen index, the one of the newest freeze; the last one an agency waits for starts
    its scoring, and one that comes after it has it scored once more."""
    period = await tx.store(PERIODS).get(fact.period_id)
    refuse_other(period, fact, "province")
    if period.state is PeriodState.OPEN and fact.freeze <= period.freezes:
        return  # It was asked for before the inputs were opened again.
    _require_asked_for(period, fact.unit_id)
    _require_whole(fact)
    id = unit_index_id(fact.period_id, fact.unit_id)
    store = tx.store(INDEXES)
    kept = await store.find(id)
    if kept is None or kept.freeze < fact.freeze:
        period.require_unpublished()
        await store.save(
            UnitIndex(
                id=id,
                revision=kept.revision if kept else 0,
                province=fact.province,
                unit_id=fact.unit_id,
                period_id=fact.period_id,
                satisfied=fact.satisfied,
                answers=fact.answers,
                index=None if fact.index is None else str(SHARE.read(fact.index, "index")),
                minimum_answers=fact.minimum_answers,
                state=fact.state,
                freeze=fact.freeze,
                leaders=tuple(_rating(each) for each in fact.leaders),
                complaints=fact.complaints,
                officers=fact.officers,
                procedures=fact.procedures,
                promises=fact.promises,
                published=fact.published,
            )
        )
    await _tell_runs(fact, period, runs or await RunsAbout.of([fact], tx), tx)


async def _tell_runs(
    fact: IndexComputed, period: EvaluationPeriod, runs: RunsAbout, tx: Transaction
) -> None:
    """Those that wait for it, and those that were ranked without it, as they are by now."""
    about = fact.period_id, fact.unit_id
    for id in runs.waiting.get(about, ()):
        run = await tx.store(RUNS).get(id)
        if run.state is RunState.WAITING and not await missing_unit_ids(run, tx):
            run.request(tx.now)
            await tx.store(RUNS).save(run)
    for id in runs.without.get(about, ()):
        if await take_late(await tx.store(RUNS).get(id), period, tx):
            await tx.store(PERIODS).save(period)


async def take_late(run: RankingRun, period: EvaluationPeriod, tx: Transaction) -> bool:
    """Score an agency once more that was ranked without an index that is here now: everybody gets a
    further sheet, and the run says why. Whether it was; the caller saves the period."""
    if run.state is not RunState.RANKED or run.attempt > LATE_ATTEMPT_MAX or period.is_public:
        return False
    missing = await missing_unit_ids(run, tx)
    came = [unit_id for unit_id in run.missing_unit_ids if unit_id not in missing]
    if not came:
        return False
    names = ", ".join(came)
    reason = f"Chỉ số hài lòng đến sau khi chấm (indexes that came late): {names}"
    period.scored_again(None)
    run.again(reason, PLATFORM, tx.now, missing)
    await tx.store(RUNS).save(run)
    return True


def _require_whole(fact: IndexComputed) -> None:
    """No part is more than its whole."""
    counted: dict[str, Sequence[_Counted]] = {
        "complaints": [fact.complaints] if fact.complaints else [],
        "officers": fact.officers,
        "procedures": fact.procedures,
        "promises": fact.promises,
        "published": fact.published or (),
    }
    for field, rows in counted.items():
        if not all(each.whole for each in rows):
            raise Invalid(
                en="a part of these counts is more than its whole",
                vi="Có số đếm lớn hơn tổng của nó.",
                field=field,
            )


def _rating(fact: LeaderRated) -> LeaderRating:
    right = fact.ratings <= fact.score_sum <= SCORE_MAX * fact.ratings
    if not right or fact.ratings < 1 or not 0 <= fact.satisfied <= fact.ratings:
        raise Invalid(
            en="a leader's ratings are 1 to 5 each",
            vi="Mỗi lượt chấm cam kết từ 1 đến 5 điểm.",
            field="leaders",
        )
    interval = (fact.ci_low, fact.ci_high)
    low, high = (None if each is None else str(SHARE.read(each, "leaders")) for each in interval)
    return LeaderRating(**{**vars(fact), "ci_low": low, "ci_high": high})


def _require_asked_for(period: EvaluationPeriod, unit_id: str) -> None:
    """Indexes are computed of the units of a frozen period, and of nothing else."""
    if period.state is PeriodState.OPEN:
        raise Conflict(
            en=f"period {period.name!r} is open: no index of it can be final",
            vi=f"Kỳ {vi_text(period.name)} đang mở, chưa thể có chỉ số cuối cùng.",
        )
    if unit_id not in period.unit_ids:
        raise Invalid(
            en=f"this unit is none of period {period.name!r}",
            vi=f"Đơn vị này không thuộc kỳ {vi_text(period.name)}.",
        )
