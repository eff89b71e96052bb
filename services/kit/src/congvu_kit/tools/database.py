"""What the databases have before the services start: collections, indexes, shard keys, zones."""

import asyncio
import tomllib
from collections.abc import Sequence
from pathlib import Path

import typer

from congvu_kit.adapters.driver import Database, close
from congvu_kit.adapters.mongo import connect
from congvu_kit.adapters.mongo_prepared import prepare
from congvu_kit.adapters.mongo_routes import is_router
from congvu_kit.adapters.mongo_sharding import Zones, shard
from congvu_kit.application.shards import Unsharded
from congvu_kit.service.connections import mongo_options
from congvu_kit.service.settings import MongoSettings
from congvu_kit.tools.contracts import Contracts, all_contracts
from congvu_kit.tools.failure import Failure
from congvu_kit.tools.speech import said


def make_ready(zones: Path | None) -> None:
    """See `congvu database prepare`."""
    settings = MongoSettings.from_environment()
    asyncio.run(_prepare(settings, all_contracts(), read_zones(zones) if zones else None))


async def _prepare(
    settings: MongoSettings, services: Sequence[Contracts], zones: Zones | None
) -> None:
    client = connect(settings.mongo_url, mongo_options(settings))
    try:
        for each in services:
            database: Database = client[settings.mongo_database_prefix + each.service]
            collections = each.collections
            await prepare(database, collections, outbox_keep_days=settings.outbox_keep_days)
            if not await is_router(database):
                if zones:
                    raise Failure(
                        vi="Cơ sở dữ liệu này không phân mảnh: bỏ --zones.",
                        en="--zones: this database has no shards",
                    )
                typer.echo(f"{each.service}: {_counted(collections)}")
                continue
            if zones is None:
                raise Failure(
                    vi="Cơ sở dữ liệu này phân mảnh: cần có --zones.",
                    en="--zones is needed: this database is sharded",
                )
            await shard(database, collections, zones)
            spread = sum(not isinstance(c.shard, Unsharded) for c in collections)
            sharded = said(vi=f"{spread} bộ phân mảnh", en=f"{spread} sharded")
            typer.echo(f"{each.service}: {_counted(collections)}, {sharded}")
    finally:
        await close(client)


def _counted(collections: Sequence[object]) -> str:
    count = len(collections)
    return said(vi=f"{count} bộ dữ liệu", en=f"{count} collections")


def read_zones(file: Path) -> Zones:
    """Raise `Failure` for what is no list of zones, and for a province in two of them."""
    try:
        zones = tomllib.loads(file.read_text())["zones"]
    except (OSError, tomllib.TOMLDecodeError, KeyError) as exception:
        raise Failure(
            vi=f"{file}: không có bảng vùng đọc được.",
            en=f"{file}: no table [zones] that can be read",
        ) from exception
    seen: set[str] = set()
    for zone, provinces in zones.items():
        if not isinstance(provinces, list) or not all(isinstance(p, str) for p in provinces):
            raise Failure(
                vi=f"{file}: {zone} phải là danh sách mã tỉnh.",
                en=f"{file}: {zone} must be a list of province codes",
            )
        for province in provinces:
            if province in seen:
                raise Failure(
                    vi=f"{file}: {province} thuộc hai vùng.",
                    en=f"{file}: {province} is in two zones",
                )
            seen.add(province)
    found: Zones = zones
    return found
