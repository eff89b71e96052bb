"""The final figures of a frozen period, written to the public log a few at a time."""

from congvu_kit.application.commands import Turns
from congvu_kit.application.perform import again
from congvu_kit.application.ports import Gte, Transaction, UnitOfWork
from feedback_service.application.collections import INDEXES, PERIODS, UNITS
from feedback_service.application.indexes.details import count_details
from feedback_service.application.indexes.figures import (
    commitments_of,
    count_complaints,
    officer_mark,
    promises_of,
    rated_leaders,
)
from feedback_service.application.indexes.queries import live_index
from feedback_service.application.log.binding import ROW, row_hash
from feedback_service.application.log.entries import PUBLIC_LOG, append
from feedback_service.application.needs import Vault
from feedback_service.application.submissions.intake import last_counted
from feedback_service.domain.copies.period import Period
from feedback_service.domain.copies.unit import Unit
from feedback_service.domain.indexes.details import IndexDetails
from feedback_service.domain.indexes.figures import told_published
from feedback_service.domain.indexes.satisfaction_index import SatisfactionIndex
from feedback_service.domain.log.entry import ActorClass, EntryType, PublicFact

BATCH = 20
"""Units computed in one transaction: a few hundred milliseconds on a small machine."""


async def compute_pending(uow: UnitOfWork, turns: Turns, vault: Vault) -> int:
    """The final figure of every unit of the periods that froze; how many were computed."""
    computed = 0
    for period in await uow.reading().store(PERIODS).select(Gte("pending", "")):
        while True:
            async with turns.take(PUBLIC_LOG):
                done = await _compute_batch(uow, period.id, vault)
            if not done:
                break
            computed += done
    return computed


@again
async def _compute_batch(uow: UnitOfWork, period_id: str, vault: Vault) -> int:
    """Small transactions, so that a province with many units never waits behind its citizens,
    who write to the same log."""
    async with uow.begin() as tx:
        period = await tx.store(PERIODS).get(period_id)
        if period.last_seq is None and period.frozen_at is not None:
            period.last_seq = await last_counted(tx, period.frozen_at)
        batch = period.pending[:BATCH] if period.last_seq is not None else ()
        if batch:
            units = [await tx.store(UNITS).get(unit_id) for unit_id in batch]
            await _compute(tx, period, units, vault)
            period.pending = period.pending[BATCH:]
            await tx.store(PERIODS).save(period)
    return len(batch)


async def _compute(tx: Transaction, period: Period, units: list[Unit], vault: Vault) -> None:
    """In the public log and as an event; also of a unit with no answer at all, so that nobody
    waits for it."""
    indexes = [await live_index(tx, unit, period) for unit in units]
    earlier = await tx.store(INDEXES).find_many([index.id for index in indexes])
    for index, before in zip(indexes, earlier, strict=True):
        made = await commitments_of(tx, index.unit_id)
        index.leaders = await rated_leaders(tx, made, period)
        index.promises, index.published = promises_of(made, period)
        contented = await count_complaints(tx, index, period)
        await count_details(tx, index, period, contented)
        index.freeze()
        if before is not None:
            index.take_over(before)
    entries = await append(tx, *(public_fact(index, period, vault) for index in indexes))
    for index, entry in zip(indexes, entries, strict=True):
        index.announce(entry.number, period.freeze_number, period.code)
        await tx.store(INDEXES).save(index)


def public_fact(index: SatisfactionIndex, period: Period, vault: Vault) -> PublicFact:
    low, high = index.interval or ("", "")
    fields = {
        "province": index.province,
        "unit": index.unit_id,
        "period": index.period_id,
        "from": period.starts_on.isoformat(),
        "before": period.ends_on.isoformat(),
        "last": str(period.last_seq),
        ROW: row_hash(index) or "",
        "satisfied": str(index.evidence.satisfied),
        "answers": str(index.evidence.answers),
        "minimum": str(index.minimum_answers),
        "state": index.state.value,
        "index": index.index or "",
        "interval_low": low,
        "interval_high": high,
        "under_review": _some(index.evidence.under_review),
        "under_review_satisfied": _some(index.evidence.under_review_satisfied),
        "set_aside": _some(index.evidence.set_aside),
        "anomalies": ",".join(index.evidence.anomalies),
        **_figures(index, vault),
    }
    return PublicFact(
        type=EntryType.INDEX_COMPUTED,
        by=ActorClass.PLATFORM,
        subject=index.id,
        fields={name: value for name, value in fields.items() if value},
    )


def _figures(index: SatisfactionIndex, vault: Vault) -> dict[str, str]:
    """Of leaders' commitments, and of complaints and procedures."""
    marked = [(officer_mark(vault, each.civil_servant_id), each) for each in index.officers]
    return {
        "commitments": ",".join(
            f"{each.leader_id}={each.score_sum}/{each.ratings}" for each in index.leaders
        ),
        "rated": ",".join(each.told for each in index.leaders),
        "complaints": index.complaints.told if index.complaints else "",
        "officers": ",".join(sorted(f"{mark}={each.told}" for mark, each in marked)),
        "procedures": ",".join(
            f"{each.procedure_code}={each.satisfied}/{each.answers}" for each in index.procedures
        ),
        "promises": ",".join(each.told for each in index.promises),
        "published": "" if index.published is None else told_published(index.published),
        **(_details(index.details) if index.details else {}),
    }


def _details(details: IndexDetails) -> dict[str, str]:
    return {
        "contented": str(details.contented),
        "channels": ",".join(each.told for each in details.channels),
        "drivers": ",".join(each.told for each in details.drivers),
        "dossiers": f"{details.in_time}/{details.late}/{details.offered}",
    }


def _some(count: int) -> str:
    return str(count) if count else ""
