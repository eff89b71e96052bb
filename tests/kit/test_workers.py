"""Steps taken for ever: at once while there is more, again after what passes by itself."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import cast

from congvu_kit.domain.errors import Transient
from congvu_kit.service.runtime import Runtime
from congvu_kit.service.workers import Worker, keep_up
from support.polling import eventually

NO_RUNTIME = cast(Runtime, None)
"""These steps look at nothing."""


async def until_done(run: Callable[[], Awaitable[None]], done: asyncio.Event) -> None:
    task = asyncio.ensure_future(run())
    async with asyncio.timeout(5):
        await done.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_step_is_taken_again_at_once_while_there_is_more() -> None:
    more, taken, done = [3, 2, 1, 0], 0, asyncio.Event()

    async def step(_: Runtime) -> int:
        nonlocal taken
        taken += 1
        if len(more) == 1:
            done.set()
        return more.pop(0)

    await until_done(lambda: Worker("w", step, every_s=60).run(NO_RUNTIME), done)

    assert taken == 4


async def test_a_step_is_taken_again_after_its_time() -> None:
    taken, done = 0, asyncio.Event()

    async def step(_: Runtime) -> None:
        nonlocal taken
        taken += 1
        if taken == 2:
            done.set()

    await until_done(lambda: Worker("w", step, every_s=0.01).run(NO_RUNTIME), done)

    assert taken >= 2


async def test_a_transient_failure_does_not_end_a_worker() -> None:
    taken, done = 0, asyncio.Event()

    async def step(_: Runtime) -> None:
        nonlocal taken
        taken += 1
        if taken < 3:
            raise Transient(en="busy", vi="bận")
        done.set()

    await until_done(lambda: Worker("w", step, every_s=60).run(NO_RUNTIME), done)

    assert taken == 3


async def test_what_ends_is_started_again_and_told_meanwhile() -> None:
    failing: dict[str, str] = {}
    starts = 0

    async def run() -> None:
        nonlocal starts
        starts += 1
        if starts == 1:
            raise RuntimeError("boom")
        if starts == 2:
            return
        await asyncio.Event().wait()

    task = asyncio.create_task(keep_up("w", run, failing))
    await eventually(lambda: failing == {"w": "RuntimeError in run"}, what="the first is told")
    await eventually(lambda: failing == {"w": "it ended"}, what="the second is told")
    await eventually(lambda: failing == {}, what="the third counts as well")
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert (task.cancelled(), starts) == (True, 3)
