"""Sessions by process: what a dead one left open is ended by the others, not by the server's clock.

A transaction whose process was killed keeps what it wrote from everybody, until the server ends it
after 60 s (MongoDB's `transactionLifetimeLimitSeconds`, the embedded server's too). So each process
writes down the sessions it works with, under a lease, and whoever finds a lease run out kills them;
so does a process that starts in the place of one before it, at once. A process that was only slow
loses nothing by it: its transactions run again.
"""

import asyncio
import secrets
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import structlog

from congvu_kit.adapters.database_clock import DatabaseClock, ReadClock
from congvu_kit.adapters.driver import Database, PyMongoError, Session, session_id
from congvu_kit.adapters.mongo_failures import translated
from congvu_kit.application.perform import again

SESSIONS = "sessions"

LEASE_S = 5.0
"""A process that was silent for so long, by the database's clock, is dead to the others."""

RENEWALS = 4
"""In a lease: how often it is renewed and others are looked through. What a dead process held is
free after a lease and one renewal at most."""

log = structlog.get_logger(__name__)


class Sessions:
    """Of one process; `note` each before it is used, and let `run` go on beside the work.

    `replica` names its place, which one process has at a time: whoever comes there next knows that
    the one before is dead.
    """

    def __init__(
        self,
        database: Database,
        *,
        clock: ReadClock | None = None,
        lease_s: float = LEASE_S,
        replica: str | None = None,
    ) -> None:
        self._lease = timedelta(seconds=lease_s)
        self._database = database
        self._rows = database[SESSIONS]
        self._clock = clock or DatabaseClock(database)
        self._token = secrets.token_hex(16)
        self._replica = replica or self._token
        self._noted: dict[bytes, Mapping[str, bytes]] = {}

    async def note(self, session: Session) -> None:
        """The driver uses its sessions again, so that few are ever written."""
        id = session_id(session)
        if id["id"] not in self._noted:
            await self._write({id["id"]: id})
            self._noted[id["id"]] = id

    async def _write(self, ids: Mapping[bytes, Mapping[str, bytes]]) -> None:
        with translated():
            until = await self._clock.read() + self._lease
            await self._rows.update_one(
                {"_id": self._token},
                {
                    "$set": {"until": until, "replica": self._replica},
                    "$addToSet": {"ids": {"$each": list(ids.values())}},
                },
                upsert=True,
            )

    async def run(self, done: Callable[[], None] = lambda: None) -> None:
        """`done` hears of every renewal."""
        step = again(self.step)
        while True:
            await step()
            done()
            await asyncio.sleep(self._lease.total_seconds() / RENEWALS)

    async def step(self) -> None:
        """Renew the own lease, whoever may have ended it, and end those that ran out."""
        await self._write(self._noted)
        with translated():
            now = await self._clock.read()
            await self._end({"until": {"$lt": now}})

    async def succeed(self) -> None:
        """End what a process left that had this place before."""
        with translated():
            await self._end({"replica": self._replica, "_id": {"$ne": self._token}})

    async def _end(self, whose: Mapping[str, Any]) -> None:
        for each in await self._rows.find(whose).to_list(None):
            await self._database.client.admin.command("killSessions", each["ids"])
            await self._rows.delete_one({"_id": each["_id"], "until": each["until"]})
            log.warning("dead_process_cleared", sessions=len(each["ids"]))

    async def release(self) -> None:
        """Nothing was left open."""
        try:
            await self._rows.delete_one({"_id": self._token})
        except PyMongoError:  # It runs out by itself.
            return
