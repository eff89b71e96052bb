"""A sequencer killed with -9 in the middle of a transaction: nothing acknowledged is lost, nobody
who sends waits for it, and another takes over within five seconds."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from functools import partial
from time import perf_counter

import pytest

from congvu_kit.adapters.leases import MongoLeases
from congvu_kit.adapters.mongo import Database, MongoUnitOfWork
from congvu_kit.adapters.sessions import Sessions
from congvu_kit.application.perform import perform
from congvu_kit.service.app import Runtime
from congvu_kit.service.workers import Worker, keep_up
from feedback.scenes import (
    all_of,
    enter,
    hand_in,
    log_of,
    rate,
    rating,
)
from feedback_service.adapters.workers import SEQUENCE_EVERY_S, sequence_log
from feedback_service.application import collections
from feedback_service.application.needs import Needs
from feedback_service.application.submissions.commands import submit_satisfaction
from feedback_service.main import DEAD_AFTER_S
from support.event_keys import signer
from support.polling import eventually

pytestmark = [pytest.mark.mongo]

TAKEN_OVER_S, ACKNOWLEDGED_S = 5.0, 2.0

KILLED = """
import asyncio, os, signal, sys
from congvu_kit.adapters.leases import MongoLeases
from congvu_kit.adapters.mongo import MongoUnitOfWork, connect
from congvu_kit.adapters.sessions import Sessions
from congvu_kit.service.app import Runtime
from feedback.scenes import make_needs
from feedback_service.adapters.workers import sequence_log
from feedback_service.application.log import sequencing
from feedback_service.main import DEAD_AFTER_S
from support.event_keys import signer

async def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

sequencing._enter = die  # the entries and the head are written, and not committed

async def main(url, name):
    database = connect(url)[name]
    sessions = Sessions(database, lease_s=DEAD_AFTER_S)
    await sessions.step()
    uow = MongoUnitOfWork(database, signer=signer("feedback"), sessions=sessions)
    leases = MongoLeases(database)
    await sequence_log(Runtime(uow=uow, needs=make_needs(), leases=leases))

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.fixture
async def replica(database: Database, needs: Needs) -> AsyncIterator[Runtime]:
    """Another process: alive, with sessions of its own."""
    sessions = Sessions(database, lease_s=DEAD_AFTER_S)
    uow = MongoUnitOfWork(database, signer=signer("feedback"), sessions=sessions)
    running = asyncio.create_task(sessions.run())
    yield Runtime(uow=uow, needs=needs, leases=MongoLeases(database))
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def test_F_I1_a_sequencer_killed_in_the_middle_loses_nothing_and_holds_nobody(
    mongo_uow: MongoUnitOfWork, mongo_url: str, database: Database, needs: Needs, replica: Runtime
) -> None:
    await rate(mongo_uow, needs, rating())
    codes = {f"n{n}": await hand_in(mongo_uow, f"n{n}") for n in range(8)}

    async def acknowledge(token: str) -> str:
        command = rating(token=token, dossier=codes[token])
        return (await perform(submit_satisfaction, command, replica.uow, needs=needs)).id

    sent = [await acknowledge(f"n{n}") for n in range(4)]
    killed = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", KILLED, mongo_url, database.name],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
        timeout=60,
    )
    started = perf_counter()
    assert killed.returncode == -9

    taken = []
    for number in range(4, 8):
        begun = perf_counter()
        sent.append(await acknowledge(f"n{number}"))
        taken.append(perf_counter() - begun)

    async def all_in_the_log() -> bool:
        return len(await log_of(mongo_uow)) == 1 + len(sent)

    worker = Worker("sequencer", sequence_log, SEQUENCE_EVERY_S)
    running = asyncio.create_task(keep_up("sequencer", partial(worker.run, replica), {}))
    try:
        await eventually(all_in_the_log, within_s=TAKEN_OVER_S, what="another took over")
    finally:
        running.cancel()
    took_over = perf_counter() - started

    await enter(mongo_uow, needs)
    entries = await log_of(mongo_uow)
    assert [entry.number for entry in entries] == list(range(1, 2 + len(sent)))
    assert sorted(entry.subject for entry in entries[1:]) == sorted(sent)
    assert max(taken) < ACKNOWLEDGED_S
    assert took_over < TAKEN_OVER_S
    assert [
        each for each in await all_of(mongo_uow, collections.SUBMISSIONS) if not each.log_sequence
    ] == []
