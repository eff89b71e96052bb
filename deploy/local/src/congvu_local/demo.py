"""Loads the demo data into a platform that nobody has written anything to yet."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from pymongo import MongoClient

from congvu_kit.adapters.outbox import OUTBOX
from congvu_local.settings import SERVICES

LOADING, LOADED = "loading", "loaded"
FILE = "demo.json"
"""In the data folder."""

BY_SOMEBODY = {"type": {"$not": {"$regex": r"\.(policy|calendar|log)\."}}}
"""Events that a caller brought about; shipped policies, shipped calendars and log checkpoints come
by themselves."""


class DemoData:
    """Loaded once. A load that was interrupted is taken up again at the next start: all that it
    does carries idempotency keys. `file` remembers how far it came."""

    def __init__(self, file: Path, *, mongo_url: str, database_prefix: str) -> None:
        self._file = file
        self._mongo_url = mongo_url
        self._database_prefix = database_prefix

    def wanted(self) -> bool:
        """Whether a load was begun and not finished, or no service has had anything to tell."""
        state = _state(self._file)
        return state == LOADING if state else not self._told_anything()

    def load(self, loader: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Raises what the loader raises; the data is then wanted again."""
        self._file.write_text(json.dumps({"state": LOADING}))
        asyncio.run(loader())
        self._file.write_text(json.dumps({"state": LOADED}))

    def _told_anything(self) -> bool:
        client: MongoClient[dict[str, object]] = MongoClient(self._mongo_url)
        try:
            databases = [client[f"{self._database_prefix}{service}"] for service in SERVICES]
            return any(database[OUTBOX].find_one(BY_SOMEBODY) is not None for database in databases)
        finally:
            client.close()


def is_loaded(folder: Path) -> bool:
    """Whether all of the demo data is in the platform of this data folder."""
    return _state(folder / FILE) == LOADED


def _state(file: Path) -> str | None:
    return str(json.loads(file.read_text())["state"]) if file.exists() else None
