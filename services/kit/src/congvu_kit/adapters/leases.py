"""Who of several processes does a thing: one at a time, by the clock of the database they share."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from motor.motor_asyncio import AsyncIOMotorDatabase
from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from congvu_kit.adapters.mongo_failures import translated

LEASES = "leases"


class MongoLeases:
    """Of one process. Numbers only grow, so whoever holds a later one knows that an earlier holder
    is out, however long that was asleep."""

    def __init__(self, database: "AsyncIOMotorDatabase[dict[str, Any]]") -> None:
        self._database = database
        self._token = secrets.token_hex(16)

    async def take(self, name: str, *, within: timedelta) -> int | None:
        """Hold it for that long from now; None while another process does."""
        with translated():
            now = await self._now()
            free = {"$or": [{"token": self._token}, {"until": {"$lt": now}}]}
            try:
                lease = await self._database[LEASES].find_one_and_update(
                    {"_id": name, **free},
                    {"$set": {"token": self._token, "until": now + within}, "$inc": {"number": 1}},
                    upsert=True,
                    return_document=ReturnDocument.AFTER,
                )
            except DuplicateKeyError:  # Somebody else's is alive.
                return None
        return int(lease["number"])

    async def _now(self) -> datetime:
        """The server's: clocks of replicas may differ by more than a lease."""
        told = await self._database.client.admin.command("hello")
        now: datetime = told["localTime"]
        return now
