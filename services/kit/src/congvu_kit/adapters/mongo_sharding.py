"""Spreads what a service keeps over the shards of its database, by what its collections declare."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from congvu_kit.adapters.driver import Database, MaxKey, MinKey
from congvu_kit.adapters.mongo import rows_of
from congvu_kit.application.ports import Collection
from congvu_kit.application.shards import ByKey, ByProvince

Zones: TypeAlias = Mapping[str, Sequence[str]]
"""The provinces of each zone; a zone is a group of shards."""

Order: TypeAlias = dict[str, Any]
"""A command to the router."""

Ranges: TypeAlias = Mapping[tuple[str, str], str]
"""The zone of each collection's province, by full name and province."""


async def shard(database: Database, collections: Sequence[Collection[Any]], zones: Zones) -> None:
    """Safe to repeat; a province that got another zone is moved there by the balancer."""
    admin = database.client.admin
    tags = await database.client["config"]["tags"].find({}).to_list(None)
    there = {(each["ns"], _province(each["min"])): each["tag"] for each in tags}
    for collection in collections:
        if isinstance(collection.shard, ByProvince | ByKey):
            rows = rows_of(database, collection)
            await rows.create_index(list(collection.shard.key))
            for order in orders(f"{rows.database.name}.{rows.name}", collection, zones, there):
                await admin.command(order)


def orders(name: str, collection: Collection[Any], zones: Zones, there: Ranges) -> Iterator[Order]:
    """What the router is told of one collection, when its zones so far are `there`."""
    declared = collection.shard
    if isinstance(declared, ByProvince | ByKey):
        yield {"shardCollection": name, "key": dict(declared.key)}
    if isinstance(declared, ByProvince):
        wanted = {(name, each): zone for zone, provinces in zones.items() for each in provinces}
        mine = {key: zone for key, zone in there.items() if key[0] == name}
        # One range has one zone: what was before goes first.
        for key in sorted(mine):
            if wanted.get(key) != mine[key]:
                yield _range(declared, *key, zone=None)
        for key, zone in sorted(wanted.items()):
            if mine.get(key) != zone:
                yield _range(declared, *key, zone=zone)


def _range(declared: ByProvince, name: str, province: str, *, zone: str | None) -> Order:
    return {
        "updateZoneKeyRange": name,
        "min": {declared.path: province, "_id": MinKey()},
        "max": {declared.path: province, "_id": MaxKey()},
        "zone": zone,
    }


def _province(bound: Mapping[str, Any]) -> str:
    return str(next(iter(bound.values())))
