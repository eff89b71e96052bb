"""The time that all replicas share: the database's, carried on between two looks at it."""

from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Protocol

import structlog

from congvu_kit.adapters import metrics
from congvu_kit.adapters.driver import Database
from congvu_kit.adapters.mongo_failures import translated
from congvu_kit.domain.clock import Clock, SystemClock

TELL_FROM_S = 2.0
"""A machine whose clock is further than this from the database's is told of."""

log = structlog.get_logger(__name__)


class ReadClock(Protocol):
    """A clock that can be looked at."""

    async def read(self) -> datetime:
        """The current instant, asked for."""


class DatabaseClock:
    """A machine whose own clock is wrong stamps nothing wrong, lets no deadline pass and takes no
    lease: `now` is the last instant that was `read`, and what passed here since."""

    def __init__(self, database: Database, *, own: Clock | None = None) -> None:
        self._admin = database.client.admin
        self._own = own or SystemClock()
        self._last: tuple[datetime, float] | None = None
        self._told = False

    def now(self) -> datetime:
        """Before the first `read` the machine's own."""
        if self._last is None:
            return self._own.now()
        at, read_at = self._last
        now = at + timedelta(seconds=monotonic() - read_at)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    async def read(self) -> datetime:
        """The primary's; what the answer took is on its way is not added: a lease ends early rather
        than late."""
        with translated():
            told = await self._admin.command("hello")
        at: datetime = told["localTime"]
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        self._last = (at, monotonic())
        self._tell((self._own.now() - at).total_seconds())
        return at

    def _tell(self, skew_s: float) -> None:
        metrics.CLOCK_SKEW.set(skew_s)
        far = abs(skew_s) > TELL_FROM_S
        if far and not self._told:
            log.warning("clock_differs_from_database", skew_s=round(skew_s, 1))
        self._told = far
