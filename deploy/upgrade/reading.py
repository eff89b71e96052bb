"""`python -m deploy.upgrade.reading URL PREFIX`: reads every stored document with the code that is
found on PYTHONPATH, of whichever version. Imports nothing that one of them may lack."""

import asyncio
import json
import sys
from importlib import import_module
from typing import Any

from congvu_kit.adapters.mongo import connect, rows_of
from congvu_kit.application.documents import Codec

SERVICES = ("catalogue", "evaluation", "feedback")


async def read(url: str, prefix: str) -> tuple[int, list[str]]:
    """How many documents there are, and which cannot be read."""
    client = connect(url)
    count, unread = 0, []
    for service in SERVICES:
        collections: Any = import_module(f"{service}_service.application.collections")
        for collection in collections.ALL:
            codec: Codec[Any] = Codec(collection)
            async for row in rows_of(client[prefix + service], collection).find({}):
                count += 1
                try:
                    codec.load(row)
                except Exception as exception:
                    unread.append(f"{service}.{collection.name}: {type(exception).__name__}")
    return count, unread


if __name__ == "__main__":
    counted, faults = asyncio.run(read(*sys.argv[1:3]))
    sys.stdout.write(json.dumps({"documents": counted, "unread": faults[:20]}) + "\n")
