"""Loads the demo data into a platform that nobody has written anything to yet."""

import asyncio
import json
from collections.abc import Callable

from pymongo import MongoClient

from congvu_kit.outbox import OUTBOX
from congvu_local.platform import Platform
from congvu_local.settings import SERVICES
from congvu_local.showcase import Load

DATABASE_PREFIX = "congvu_"
"""What the services' database names begin with unless CONGVU_MONGO_DATABASE_PREFIX is set."""


class DemoData:
    """Loaded once. A load that was interrupted is taken up again at the next start: all that it
    does carries idempotency keys."""

    def __init__(self, platform: Platform, load: Load) -> None:
        self._platform = platform
        self._load = load
        self._state = platform.folder.path / "demo.json"

    def wanted(self) -> bool:
        """Whether a load was begun and not finished, or no service has had anything to tell."""
        if self._state.exists():
            return bool(json.loads(self._state.read_text())["state"] == "loading")
        return not self._told_anything()

    def load(self, progress: Callable[[str], None]) -> None:
        """`progress` hears of each step; raises what the loader raises."""
        platform = self._platform
        self._note("loading")
        asyncio.run(self._load(platform.base_url, platform.token_for, progress))
        self._note("loaded")

    def _note(self, state: str) -> None:
        self._state.write_text(json.dumps({"state": state}))

    def _told_anything(self) -> bool:
        passed_on = self._platform.settings.passed_on
        prefix = passed_on.get("CONGVU_MONGO_DATABASE_PREFIX", DATABASE_PREFIX)
        client: MongoClient[dict[str, object]] = MongoClient(self._platform.mongo_url)
        try:
            return any(client[f"{prefix}{name}"][OUTBOX].find_one() for name in SERVICES)
        finally:
            client.close()
