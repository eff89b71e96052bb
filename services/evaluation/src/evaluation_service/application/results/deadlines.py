"""What happens because an index of citizens' satisfaction did not come in time."""

from datetime import datetime, timedelta

from congvu_kit.application.ports import Eq, Lt, Transaction, UnitOfWork
from evaluation_service.application.collections import RUNS
from evaluation_service.application.reactions import missing_unit_ids
from evaluation_service.domain.results.runs import RunState

BATCH = 100
"""Agencies looked at in one round."""


async def runs_due(uow: UnitOfWork, now: datetime, wait_s: float) -> list[str]:
    """Agencies whose wait for indexes is over."""
    latest = (now - timedelta(seconds=wait_s)).isoformat().replace("+00:00", "Z")
    runs = (
        await uow.reading()
        .store(RUNS)
        .select(
            Eq("state", RunState.WAITING), Lt("frozen_at", latest), order=["frozen_at"], limit=BATCH
        )
    )
    return [run.id for run in runs]


async def stop_waiting(run_id: str, tx: Transaction) -> None:
    """Score without the indexes that did not come: missing evidence, told as such, not zero."""
    run = await tx.store(RUNS).get(run_id)
    if run.state is RunState.WAITING:
        run.request(tx.now, await missing_unit_ids(run, tx))
        await tx.store(RUNS).save(run)
