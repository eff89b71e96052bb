"""Whether a process can serve: by what its parts last got done, not by what they once had."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import Final, TypeAlias

import structlog

from congvu_kit.adapters import metrics, time_limits
from congvu_kit.adapters.driver import Database, InvalidOperation, PyMongoError
from congvu_kit.adapters.reasons import reason_of
from congvu_kit.service.runtime import Runtime
from congvu_kit.service.serving import Ending

DATABASE: Final = "database"

PING_EVERY_S = 1.0
PING_MAX_S = 2.0
SILENT_S = 5.0
"""A database that answered no ping for so long is away: requests are refused at once."""

Paced: TypeAlias = Callable[[Callable[[], None]], Awaitable[None]]
"""What runs for ever, and calls what it is given whenever it got something done."""

log = structlog.get_logger(__name__)


class Pulse:
    """When each part that is watched last got something done."""

    def __init__(self) -> None:
        self._limits: dict[str, float] = {}
        self._last: dict[str, float] = {}

    def expect(self, part: str, within_s: float) -> None:
        """From now on `part` must beat at least as often."""
        self._limits[part] = within_s
        self.beat(part)

    def beat(self, part: str) -> None:
        self._last[part] = monotonic()
        metrics.WORKER_SUCCESS.labels(part).set_to_current_time()

    def excuse(self, part: str) -> None:
        """It could not, through no fault of this process: that is no standing still."""
        self._last[part] = monotonic()

    def forget(self) -> None:
        self._limits = {}

    @property
    def still(self) -> Mapping[str, str]:
        """Those that got nothing done in their time, and since when."""
        ages = {part: monotonic() - self._last[part] for part in self._limits}
        return {
            part: f"nothing done for {age:.0f} s"
            for part, age in ages.items()
            if age > self._limits[part]
        }


@dataclass
class State:
    """`waiting_for` is None once everything the service needs is there; `pulse` tells what has
    stopped since. `ended` is what only a new process mends."""

    waiting_for: str | None = "start"
    failing: dict[str, str] = field(default_factory=dict)
    pulse: Pulse = field(default_factory=Pulse)
    ending: Ending = field(default_factory=Ending)
    runtime: Runtime | None = None
    ended: bool = False

    @property
    def obstacle(self) -> str | None:
        if self.ending.begun:
            return "ending"
        if self.waiting_for:
            return f"waiting for {self.waiting_for}"
        found = {**self.pulse.still, **self.failing}
        return "; ".join(f"{name}: {why}" for name, why in found.items()) or None

    def paced(self, part: str, within_s: float, run: Paced) -> Callable[[], Awaitable[None]]:
        """`run`, of which something must be heard at least as often."""
        self.pulse.expect(part, within_s)
        return partial(run, partial(self.pulse.beat, part))

    def end(self, *, failed: bool) -> None:
        self.runtime, self.waiting_for, self.ended = None, "a new process", True
        self.ending.failed = failed


async def watch(database: Database, pulse: Pulse) -> None:
    """Ping for ever; on threads of its own, since requests may have taken all of the driver's.
    Raises `InvalidOperation` where the client was closed: nothing heals that but a new one."""

    def ping() -> None:
        with time_limits.within(PING_MAX_S):
            database.client.delegate.admin.command("ping")

    pulse.expect(DATABASE, SILENT_S)
    answers = True
    while True:
        try:
            await asyncio.to_thread(ping)
            pulse.beat(DATABASE)
            metrics.DATABASE_UP.set(1)
            answers = True
        except InvalidOperation:
            raise
        except PyMongoError as exception:
            metrics.DATABASE_UP.set(0)
            if answers:
                log.warning("database_away", error=reason_of(exception))
            answers = False
        await asyncio.sleep(PING_EVERY_S)
