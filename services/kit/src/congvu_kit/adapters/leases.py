"""Who does a thing: one process at a time, by the clock of the database they share."""

import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

from congvu_kit.adapters.database_clock import DatabaseClock, ReadClock
from congvu_kit.adapters.driver import (
    Database,
    DuplicateKeyError,
    PyMongoError,
    ReturnDocument,
    Rows,
)
from congvu_kit.adapters.mongo_failures import translated

LEASES = "leases"

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class MongoLeases:
    """Of one process. The number of a lease grows with each holder, so whoever keeps the highest
    refuses what an earlier holder writes, however long that was asleep."""

    def __init__(
        self,
        database: Database,
        *,
        clock: ReadClock | None = None,
        monotonic_s: Callable[[], float] = monotonic,
    ) -> None:
        self._leases = database[LEASES]
        self._clock = clock or DatabaseClock(database)
        self._monotonic_s = monotonic_s
        self._token = secrets.token_hex(16)
        self._held: dict[str, tuple[int, float]] = {}

    async def take(self, name: str, *, within: timedelta) -> int | None:
        """Hold it for that long from now; None while another process does. In the first half of it
        nobody is asked again."""
        asked_at = self._monotonic_s()
        number, renew_at = self._held.get(name, (0, asked_at))
        if asked_at < renew_at:
            return number
        self._held.pop(name, None)
        with translated():
            now = await self._clock.read()
            taken = await self._renew(name, now + within)
            if taken is None:
                taken = await self._take_over(name, now, now + within)
        if taken is not None:
            self._held[name] = (taken, asked_at + within.total_seconds() / 2)
        return taken

    async def _renew(self, name: str, until: datetime) -> int | None:
        lease = await self._leases.find_one_and_update(
            {"_id": name, "token": self._token}, {"$set": {"until": until}}
        )
        return None if lease is None else int(lease["number"])

    async def _take_over(self, name: str, now: datetime, until: datetime) -> int | None:
        try:
            lease = await self._leases.find_one_and_update(
                {"_id": name, "until": {"$lt": now}},
                {"$set": {"token": self._token, "until": until}, "$inc": {"number": 1}},
                upsert=True,
                return_document=ReturnDocument.AFTER,
            )
        except DuplicateKeyError:  # Somebody else's is alive.
            return None
        # The embedded server gives nothing back where another was faster.
        return None if lease is None else int(lease["number"])

    async def leave(self, name: str) -> None:
        """Let another process take over at once."""
        self._held.pop(name, None)
        try:
            await self._leases.update_one(
                {"_id": name, "token": self._token}, {"$set": {"until": LONG_AGO}}
            )
        except PyMongoError:  # It runs out by itself.
            return


class Overtaken(Exception):
    """Another process has the place: what this one still wanted to write is refused."""


class FencedRow:
    """Keeps the highest number of a lease that wrote to it, and refuses a lower one."""

    def __init__(self, rows: Rows, id: str) -> None:
        self._rows = rows
        self._id = id

    async def begin(self, number: int) -> Mapping[str, Any]:
        """The row as the holders of before left it, from when on they write no more."""
        try:
            return await self._change({"$set": {"fence": number}}, number, upsert=True)
        except DuplicateKeyError:
            raise Overtaken(self._id) from None

    async def write(self, change: Mapping[str, Any], number: int | None) -> None:
        """Raise `Overtaken` when a later holder was there, or nothing is held."""
        if number is None:
            raise Overtaken(self._id)
        await self._change(change, number, upsert=False)

    async def _change(
        self, change: Mapping[str, Any], number: int, *, upsert: bool
    ) -> Mapping[str, Any]:
        row = await self._rows.find_one_and_update(
            {"_id": self._id, "fence": {"$not": {"$gt": number}}},
            change,
            upsert=upsert,
            return_document=ReturnDocument.AFTER,
        )
        if row is None:
            raise Overtaken(self._id)
        return row
