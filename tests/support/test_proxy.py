"""What a client sees behind the proxy, and what the server has all the same."""

from urllib.parse import urlsplit

import pytest
from motor.motor_asyncio import AsyncIOMotorClient
from pymongo.errors import AutoReconnect

from congvu_faults.proxy import Proxy


def _through(proxy: Proxy) -> AsyncIOMotorClient[dict[str, object]]:
    return AsyncIOMotorClient(
        f"mongodb://127.0.0.1:{proxy.port}/?directConnection=true&w=majority&journal=true",
        serverSelectionTimeoutMS=1500,
        retryWrites=False,
    )


async def test_a_write_whose_answer_is_lost_is_stored(mongo_url: str, mongo_database: str) -> None:
    with Proxy(urlsplit(mongo_url).port or 0) as proxy:
        client = _through(proxy)
        rows = client[mongo_database]["rows"]
        await rows.insert_one({"_id": "acknowledged"})

        proxy.lose_answers()
        with pytest.raises(AutoReconnect):
            await rows.insert_one({"_id": "unheard"})
        proxy.mend()

        assert [row["_id"] async for row in rows.find().sort("_id")] == ["acknowledged", "unheard"]
        client.close()


async def test_a_refusing_proxy_lets_nothing_through_until_mended(
    mongo_url: str, mongo_database: str
) -> None:
    with Proxy(urlsplit(mongo_url).port or 0) as proxy:
        client = _through(proxy)
        rows = client[mongo_database]["rows"]
        await rows.insert_one({"_id": 1})

        proxy.refuse()
        with pytest.raises(AutoReconnect):
            await rows.insert_one({"_id": 2})
        proxy.mend()
        await rows.insert_one({"_id": 3})

        assert [row["_id"] async for row in rows.find().sort("_id")] == [1, 3]
        client.close()
