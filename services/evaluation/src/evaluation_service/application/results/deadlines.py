"""What happens because the answer to a message did not come in time (E-I14)."""

from datetime import datetime, timedelta

from congvu_kit.application.ports import Eq, In, Lt, Transaction, UnitOfWork
from evaluation_service.application.collections import PERIODS, RUNS
from evaluation_service.application.periods.commands import runs_waiting
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.results.runs import ASKS_MAX, RankingRun, RunState

BATCH = 100
"""Agencies looked at in one round."""
OPEN_MAX = 5_000
"""More agencies than the country has: of what is open nothing is left out."""


async def runs_open(uow: UnitOfWork) -> list[RankingRun]:
    """Agencies of frozen periods that are not ranked yet, those that wait the longest first."""
    open_states = In("state", [RunState.WAITING, RunState.REQUESTED])
    return await uow.reading().store(RUNS).select(open_states, order=["frozen_at"], limit=OPEN_MAX)


async def runs_silent(uow: UnitOfWork, now: datetime, wait_s: float) -> list[str]:
    """Agencies that were asked for a while ago and are not ranked: each is waited for twice as long
    as before, at most `ASKS_MAX` times."""
    latest = (now - timedelta(seconds=wait_s)).isoformat().replace("+00:00", "Z")
    asked = (
        await uow.reading()
        .store(RUNS)
        .select(
            Eq("state", RunState.REQUESTED),
            Lt("asks", ASKS_MAX),
            Lt("asked_at", latest),
            order=["asked_at"],
            limit=BATCH,
        )
    )
    return [run.id for run in asked if run.asked_before(now, wait_s)]


async def ask_again(run_id: str, wait_s: float, tx: Transaction) -> None:
    run = await tx.store(RUNS).get(run_id)
    if run.asked_before(tx.now, wait_s):
        run.ask_again(tx.now)
        await tx.store(RUNS).save(run)


async def periods_to_move(uow: UnitOfWork) -> list[str]:
    """Periods that are not in review, though no agency of them is waited for."""
    reading = uow.reading()
    scoring = [PeriodState.DATA_FROZEN, PeriodState.SCORING]
    periods = await reading.store(PERIODS).select(In("state", scoring), limit=BATCH)
    return [each.id for each in periods if not await runs_waiting(reading, each.id)]


async def move_on(period_id: str, tx: Transaction) -> None:
    period = await tx.store(PERIODS).get(period_id)
    before = period.state
    period.scored(waiting=await runs_waiting(tx, period_id))
    if period.state is not before:
        await tx.store(PERIODS).save(period)
