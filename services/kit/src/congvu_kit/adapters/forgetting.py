"""Deletes what is kept no longer: the one place of ours that deletes stored documents."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from congvu_kit.adapters.driver import Database
from congvu_kit.adapters.mongo import rows_of
from congvu_kit.adapters.mongo_failures import translated
from congvu_kit.application.ports import Collection
from congvu_kit.domain.clock import business_date

BATCH = 1_000
"""Documents deleted at once; nobody waits for them."""


async def forget(database: Database, collections: Sequence[Collection[Any]], now: datetime) -> int:
    """Delete a batch of each collection that has more than it keeps; how many. The day it is
    measured from is a day in Vietnam."""
    deleted = 0
    for collection in collections:
        if collection.kept is None:
            continue
        last = business_date(now) - timedelta(days=collection.kept.days)
        rows = rows_of(database, collection)
        with translated():
            found = rows.find({collection.kept.path: {"$lt": last.isoformat()}}, {"_id": 1})
            ids = [row["_id"] async for row in found.limit(BATCH)]
            if ids:
                await rows.delete_many({"_id": {"$in": ids}})
        deleted += len(ids)
    return deleted
