"""What runs beside the requests: steps taken for ever, and kept up whatever happens."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from congvu_kit.adapters import metrics
from congvu_kit.adapters.reasons import reason_of
from congvu_kit.application.perform import again
from congvu_kit.service.runtime import Runtime

RESTART_MAX_S = 5.0
HEALTHY_S = 60.0
"""After running so long a worker that ends is started again at once."""

STEP_MAX_S = 300.0
"""A worker whose step takes longer stands still."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Worker:
    """`step` is taken for ever: at once again while it returns something true (there is more to
    do), else after `every_s`. What is transient is tried again, so a step must bear repeating."""

    name: str
    step: Callable[[Runtime], Awaitable[object]]
    every_s: float

    async def run(self, runtime: Runtime, done: Callable[[], None] = lambda: None) -> None:
        """`done` hears of every step that got to its end."""
        step = again(self.step)
        while True:
            more = await step(runtime)
            done()
            if not more:
                await asyncio.sleep(self.every_s)


async def keep_up(name: str, run: Callable[[], Awaitable[None]], failing: dict[str, str]) -> None:
    """Start `run` again whatever ends it, at growing distances; `failing` tells why meanwhile."""
    metrics.WORKER_FAILURES.labels(name)  # Else the first is no increase.
    delay_s = 0.2
    while True:
        started = asyncio.get_running_loop().time()
        recovering = asyncio.create_task(_recovered(name, failing))
        try:
            await run()
            why = "it ended"
        except Exception as exception:
            why = reason_of(exception)
        finally:
            recovering.cancel()
        metrics.WORKER_FAILURES.labels(name).inc()
        log.error("worker_failed", worker=name, error=why)
        failing[name] = why
        if asyncio.get_running_loop().time() - started > HEALTHY_S:
            delay_s = 0.2
        await asyncio.sleep(delay_s)
        delay_s = min(delay_s * 2, RESTART_MAX_S)


async def _recovered(name: str, failing: dict[str, str]) -> None:
    """A restarted worker counts as well again after a second without failing."""
    await asyncio.sleep(1.0)
    failing.pop(name, None)
