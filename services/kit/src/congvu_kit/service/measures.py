"""Figures that somebody has to look for: what waits in the outbox and on the broker,
how much room the database has. Every replica looks and tells of all: take the largest."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

import structlog
from aiokafka.errors import KafkaError

from congvu_kit.adapters import metrics
from congvu_kit.adapters.driver import ASCENDING, Database, PyMongoError
from congvu_kit.adapters.lag import Lag
from congvu_kit.adapters.outbox import OUTBOX, UNSENT
from congvu_kit.adapters.reasons import reason_of

EVERY_S = 5.0
DEPTH_MAX = 100_000
"""More unsent events than this are not counted one by one."""

log = structlog.get_logger(__name__)


class Measures:
    """Looks for ever; what cannot be seen now keeps its last figure, and ages go on."""

    def __init__(self, database: Database, lag: Lag) -> None:
        self._database = database
        self._lag = lag
        self._oldest: datetime | None = None
        metrics.OUTBOX_AGE.set_function(self._outbox_age_s)

    async def run(self) -> None:
        while True:
            await self.step()
            await asyncio.sleep(EVERY_S)

    async def step(self) -> None:
        await self._look("outbox", self._outbox)
        await self._look("disk", self._disk)
        await self._look("lag", self._lag.measure)

    async def _look(self, what: str, look: Callable[[], Awaitable[None]]) -> None:
        try:
            async with asyncio.timeout(EVERY_S):
                await look()
        except (PyMongoError, KafkaError, OSError) as exception:
            log.warning("not_measured", what=what, error=reason_of(exception))

    async def _outbox(self) -> None:
        rows = self._database[OUTBOX]
        oldest = await rows.find_one(
            {"log": UNSENT}, {"at": 1}, sort=[("log", ASCENDING), ("_id", ASCENDING)]
        )
        self._oldest = oldest["at"] if oldest else None
        depth = await rows.count_documents({"log": UNSENT}, limit=DEPTH_MAX) if oldest else 0
        metrics.OUTBOX_DEPTH.set(depth)

    def _outbox_age_s(self) -> float:
        return max(time.time() - self._oldest.timestamp(), 0) if self._oldest else 0

    async def _disk(self) -> None:
        """Not every server tells."""
        told: Mapping[str, Any] = await self._database.command("dbStats")
        for kind, name in (("used", "fsUsedSize"), ("total", "fsTotalSize")):
            if name in told:
                metrics.DATABASE_DISK.labels(kind).set(told[name])
