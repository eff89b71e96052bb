"""Whether a process can serve: by what its parts last got done, not by what they once had."""

import asyncio
from collections.abc import Mapping
from time import monotonic
from typing import Any, Final

import structlog
from motor.motor_asyncio import AsyncIOMotorDatabase
from pymongo.errors import InvalidOperation, PyMongoError

from congvu_kit.adapters import metrics, time_limits
from congvu_kit.adapters.reasons import reason_of

DATABASE: Final = "database"

PING_EVERY_S = 1.0
PING_MAX_S = 2.0
SILENT_S = 5.0
"""A database that answered no ping for so long is away: requests are refused at once."""

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


async def watch(database: "AsyncIOMotorDatabase[dict[str, Any]]", pulse: Pulse) -> None:
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
