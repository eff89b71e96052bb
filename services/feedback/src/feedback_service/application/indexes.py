"""Counting citizens' evidence for a unit and period."""

import asyncio

from congvu_kit.application.perform import again
from congvu_kit.application.ports import Condition, Eq, Gte, Lt, Transaction, UnitOfWork
from congvu_kit.domain.ids import derived_id
from feedback_service.application.appending import append
from feedback_service.application.collections import (
    COMPLAINTS,
    DOSSIERS,
    INDEXES,
    PERIODS,
    SUBMISSIONS,
    UNITS,
)
from feedback_service.domain.complaint_parts import ClosingBasis
from feedback_service.domain.public_log import ActorClass, EntryType, PublicFact
from feedback_service.domain.references import Period, Unit
from feedback_service.domain.satisfaction_index import (
    Evidence,
    IndexState,
    SatisfactionIndex,
)
from feedback_service.domain.submissions import Kind

BATCH = 20
"""Units computed in one transaction: a few hundred milliseconds on a small machine."""

SETTLED = (ClosingBasis.CONFIRMED, ClosingBasis.SILENCE, ClosingBasis.DECISION)


def index_id(unit_id: str, period_id: str) -> str:
    return derived_id("index", period_id, unit_id)


async def count_evidence(tx: Transaction, unit_id: str, period: Period) -> Evidence:
    """Of the unit and the units below it, by Vietnamese calendar days of the period."""

    def within(path: str) -> list[Condition]:
        return [
            Eq("unit_path", unit_id),
            Gte(path, period.starts_on.isoformat()),
            Lt(path, period.ends_on.isoformat()),
        ]

    answers = [*within("received_on"), Eq("kind", Kind.SATISFACTION)]
    if period.last_seq is not None:
        answers.append(Lt("log_seq", period.last_seq + 1))
    due, closed = within("answer_by"), within("closed_on")
    submissions, complaints = tx.store(SUBMISSIONS), tx.store(COMPLAINTS)
    settled = {basis: await complaints.count(*closed, Eq("basis", basis)) for basis in SETTLED}
    return Evidence(
        satisfied=await submissions.count(*answers, Eq("extra.satisfied", True)),
        answers=await submissions.count(*answers),
        completed=await tx.store(DOSSIERS).count(*within("completed_on")),
        complaints_due=await complaints.count(*due),
        answered_in_time=await complaints.count(*due, Eq("extra.answered_in_time", True)),
        complaints_settled=sum(settled.values()),
        confirmed=settled[ClosingBasis.CONFIRMED],
    )


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


async def compute_pending(uow: UnitOfWork, turn: asyncio.Lock) -> int:
    """The final figure of every unit of the periods that froze; how many were computed."""
    computed = 0
    for period in await uow.reading().store(PERIODS).select(Gte("pending", "")):
        while True:
            async with turn:
                done = await _compute_batch(uow, period.id)
            if not done:
                break
            computed += done
    return computed


@again
async def _compute_batch(uow: UnitOfWork, period_id: str) -> int:
    """Small transactions, so that a province with many units never waits behind its citizens,
    who write to the same log."""
    async with uow.begin() as tx:
        period = await tx.store(PERIODS).get(period_id)
        batch = period.pending[:BATCH]
        if batch:
            units = [await tx.store(UNITS).get(unit_id) for unit_id in batch]
            await _compute(tx, period, units)
            period.pending = period.pending[BATCH:]
            await tx.store(PERIODS).save(period)
    return len(batch)


async def _compute(tx: Transaction, period: Period, units: list[Unit]) -> None:
    """In the public log and as an event; also of a unit with no answer at all, so that nobody
    waits for it."""
    indexes = [await live_index(tx, unit, period) for unit in units]
    for index in indexes:
        index.freeze()
    entries = await append(tx, *(_public(index) for index in indexes))
    for index, entry in zip(indexes, entries, strict=True):
        index.announce(entry.number)
        await tx.store(INDEXES).save(index)


def _public(index: SatisfactionIndex) -> PublicFact:
    low, high = index.interval or ("", "")
    fields = {
        "province": index.province,
        "unit": index.unit_id,
        "period": index.period_id,
        "satisfied": str(index.evidence.satisfied),
        "answers": str(index.evidence.answers),
        "minimum": str(index.minimum_answers),
        "state": index.state.value,
        "index": index.index or "",
        "interval_low": low,
        "interval_high": high,
    }
    return PublicFact(
        type=EntryType.INDEX_COMPUTED,
        by=ActorClass.PLATFORM,
        subject=index.id,
        fields={name: value for name, value in fields.items() if value},
    )


async def indexes_of(
    tx: Transaction, keys: list[tuple[str, str]], units: list[Unit | None]
) -> list[SatisfactionIndex | None]:
    """One per (unit, period) pair: the frozen figure, or the live one of an open period."""
    frozen = await tx.store(INDEXES).find_many([index_id(*key) for key in keys])
    periods = await tx.store(PERIODS).find_many([period_id for _, period_id in keys])
    found: list[SatisfactionIndex | None] = []
    for index, period, unit in zip(frozen, periods, units, strict=True):
        if index is None and unit and period and period.has_live_figure(unit.id):
            found.append(await live_index(tx, unit, period))
        else:
            found.append(index)
    return found
