"""What every scenario is made of: how long it goes on, and how it is told."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import anyio.to_thread

from congvu_faults.figures import Figure, NotRun, Ran
from congvu_faults.ground import Ground, Plan
from congvu_faults.load import settle

T = TypeVar("T")

PATIENCE = 4


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One run: `long` is what `make faults` does, else what fits into the tests."""

    folder: Path
    long: bool
    say: Callable[[str], None] = lambda _: None

    def within(self, seconds: float) -> float:
        """A bound of time: tests share their machine with tests, and try what is kept instead."""
        return seconds if self.long else PATIENCE * seconds

    def pick(self, long: T, short: T) -> T:
        return long if self.long else short


Run = Callable[[Trial], Awaitable[Sequence[Figure]]]


@dataclass(frozen=True)
class Scenario:
    name: str
    says: str
    run: Run


@asynccontextmanager
async def on(trial: Trial, plan: Plan) -> AsyncIterator[Ground]:
    """A ground of this scenario alone, with the demo's commune on it."""
    with TemporaryDirectory(dir=trial.folder) as folder:
        ground = Ground(Path(folder), plan, lambda name, what: trial.say(f"{name} {what}"))
        await anyio.to_thread.run_sync(ground.start)
        try:
            await settle(ground)
            yield ground
        finally:
            await anyio.to_thread.run_sync(ground.stop)


async def ran(scenario: Scenario, trial: Trial) -> Ran:
    """What cannot be run here, or broke off, is told and never passes for what held."""
    began = time.monotonic()
    figures: Sequence[Figure] = ()
    not_run = broke = ""
    try:
        figures = await scenario.run(trial)
    except NotRun as lacking:
        not_run = str(lacking)
    except Exception as error:
        broke = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"[:200]
    return Ran(
        scenario=scenario.name,
        says=scenario.says,
        figures=figures,
        not_run=not_run,
        broke=broke,
        long=trial.long,
        took_s=round(time.monotonic() - began, 1),
    )
