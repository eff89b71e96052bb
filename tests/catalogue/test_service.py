"""The whole catalogue in this process, on a real database and broker."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx
import pytest

from catalogue import scenes
from catalogue.people import COMMUNE
from catalogue_service.application.collections import UNITS
from catalogue_service.application.feed import queries as feed
from catalogue_service.main import define
from catalogue_service.settings import CatalogueSettings
from congvu_kit.adapters.cloudevents import CloudEvent
from congvu_kit.adapters.kafka import KafkaBroker
from congvu_kit.adapters.mongo import MongoUnitOfWork, connect
from congvu_kit.service.app import create_app
from support.clock import FixedClock
from support.event_keys import event_settings, signed, signer
from support.servers import Server

ROOT_UNIT = {
    "unit_id": COMMUNE,
    "code": "H32.31.07",
    "name": "Xã Vĩnh Hải",
    "level": "COMMUNE",
    "province": "56",
    "parent_id": None,
    "revision": 1,
    "locality_type": "RURAL",
}


@asynccontextmanager
async def running(
    mongo_url: str, database: str, brokers: str
) -> AsyncIterator[tuple[httpx.AsyncClient, MongoUnitOfWork]]:
    settings = CatalogueSettings(
        mongo_url=mongo_url,
        mongo_database_prefix=f"{database}_",
        kafka_brokers=brokers,
        kafka_idempotence=False,
        kafka_partitions=2,
        jwks_url="http://127.0.0.1:9/jwks",
        issuer="issuer",
        audience="congvu",
        gateway_secret="s" * 40,
        **event_settings("catalogue"),
    )
    app = create_app(define(settings), settings)
    mongo = connect(mongo_url)
    kept = mongo[f"{database}_catalogue"]
    uow = MongoUnitOfWork(kept, signer=signer("catalogue"), clock=FixedClock(scenes.NOW))
    try:
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as client,
        ):
            yield client, uow
    finally:
        await mongo.drop_database(kept.name)
        mongo.close()


@pytest.mark.mongo
@pytest.mark.kafka
async def test_what_is_published_reaches_the_feed_over_the_broker(
    mongo_url: str, mongo_database: str, own_embedded_broker: Server
) -> None:
    address = own_embedded_broker.address
    async with (
        asyncio.timeout(50),
        running(mongo_url, mongo_database, address) as (client, uow),
    ):
        while (await client.get("/readyz")).status_code != 200:
            await asyncio.sleep(0.05)
        broker = KafkaBroker(address, idempotence=False, partitions=2)
        await broker.start()
        await broker.publish("congvu.evaluation.v1", [signed(_unit_synced())])
        version = await scenes.published(uow)
        changes = await feed.catalogue_changes(uow.reading(), None, first=9, after=None)
        while len(changes.items) < 2 or await uow.reading().store(UNITS).find(COMMUNE) is None:
            await asyncio.sleep(0.1)
            changes = await feed.catalogue_changes(uow.reading(), None, first=9, after=None)
        await broker.stop()

    assert sorted(each.event_type for each in changes.items) == [
        "congvu.catalogue.release.published.v1",
        "congvu.catalogue.work_product.published.v1",
    ]
    told = {each.payload.get("version_id") for each in changes.items}
    assert version.id in told
    assert json.dumps(changes.items[0].payload)


def _unit_synced() -> CloudEvent:
    return CloudEvent(
        id="evt_1",
        type="congvu.evaluation.org_unit.synced.v1",
        source="//congvu/evaluation",
        subject=COMMUNE,
        time=datetime(2026, 6, 1, tzinfo=UTC),
        sequence=1,
        data=dict(ROOT_UNIT),
    )
