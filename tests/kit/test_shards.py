"""A database of several shards: which of them is asked, and what the router is told.

There is no router here: what would go to it is looked at, and the store's promises are checked with
that on a database of one piece, which answers the same (tests/kit/test_stores.py).
"""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bson import MaxKey, MinKey
from pymongo.monitoring import CommandListener, CommandStartedEvent

from congvu_kit.adapters.mongo import MongoUnitOfWork, connect
from congvu_kit.adapters.mongo_prepared import prepare
from congvu_kit.adapters.mongo_sharding import orders
from congvu_kit.application.ports import Collection, Eq
from congvu_kit.application.shards import ByKey, ByProvince, Unsharded, at_home
from congvu_kit.tools.contracts import all_contracts
from congvu_kit.tools.database import read_zones
from congvu_kit.tools.failure import Failure
from kit.desks import DESKS, Desk, Group
from support.event_keys import signer

ROOT = Path(__file__).parents[2]
ALL = [(each.service, one) for each in all_contracts() for one in each.collections]
NAMED = [f"{service}.{one.name}" for service, one in ALL]


class Asked(CommandListener):
    """What the driver sent to the desks, and with which filter."""

    def __init__(self) -> None:
        self.filters: list[tuple[str, Mapping[str, Any]]] = []

    def started(self, event: CommandStartedEvent) -> None:
        command = event.command
        if command.get(event.command_name) != "desks":
            return
        if event.command_name == "find":
            self.filters.append(("find", command["filter"]))
        for each in command.get("updates", ()):
            self.filters.append(("update", each["q"]))

    def succeeded(self, event: object) -> None:
        """Of no interest."""

    def failed(self, event: object) -> None:
        """Of no interest."""

    def take(self) -> list[tuple[str, Mapping[str, Any]]]:
        taken, self.filters = self.filters, []
        return taken


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    listener = Asked()
    monkeypatch.setattr("congvu_kit.adapters.mongo.listeners", lambda: [listener])
    return listener


@pytest.fixture
async def routed(
    asked: Asked, mongo_url: str, mongo_database: str
) -> AsyncIterator[MongoUnitOfWork]:
    """The real store, as it asks a router."""
    client = connect(mongo_url)
    await prepare(client[mongo_database], [DESKS], outbox_keep_days=30)
    uow = MongoUnitOfWork(client[mongo_database], signer=signer("test"), sharded=True)
    with at_home("A"):
        async with uow.begin() as tx:
            await tx.store(DESKS).save_many(
                [Desk(id="a", name="x", rank=1), Desk(id="b", name="y", group=Group.B)]
            )
    asked.take()
    yield uow
    client.close()


@pytest.mark.mongo
async def test_what_is_at_home_is_asked_of_one_shard(routed: MongoUnitOfWork, asked: Asked) -> None:
    with at_home("A"):
        found = await routed.reading().store(DESKS).find("a")

    assert found is not None
    assert asked.take() == [("find", {"group": "A", "_id": "a"})]


@pytest.mark.mongo
async def test_what_is_not_at_home_is_found_all_the_same(
    routed: MongoUnitOfWork, asked: Asked
) -> None:
    with at_home("A"):
        reading = routed.reading()
    one = await reading.store(DESKS).find("b")
    asked.take()
    [a, b, none] = await reading.store(DESKS).find_many(["a", "b", "c"])

    assert (one, a and a.id, b and b.id, none) == (b, "a", "b", None)
    ids = {"$in": ["a", "b", "c"]}
    assert asked.take() == [("find", {"group": "A", "_id": ids}), ("find", {"_id": ids})]


@pytest.mark.mongo
async def test_a_write_names_the_shard_of_what_it_replaces(
    routed: MongoUnitOfWork, asked: Asked
) -> None:
    stale = await routed.reading().store(DESKS).get("b")
    async with routed.begin() as tx:
        mine = await tx.store(DESKS).get("a")
        mine.rename("z")
        await tx.store(DESKS).save(mine)
        stale.rename("z")
        await tx.store(DESKS).save(stale)

    assert [each for each in asked.take() if each[0] == "update"] == [
        ("update", {"group": "A", "_id": "a"}),
        ("update", {"group": "B", "_id": "b"}),
    ]


@pytest.mark.mongo
async def test_what_goes_to_another_shard_is_written_by_itself(
    routed: MongoUnitOfWork, asked: Asked
) -> None:
    """A router refuses it in a batch, and would look for it where it is not yet."""
    async with routed.begin() as tx:
        rows = [each for each in await tx.store(DESKS).find_many(["a", "b"]) if each]
        await tx.store(DESKS).save_many(
            [replace(each, group=Group.B, rank=each.rank + 1) for each in rows]
        )

    assert [each for each in asked.take() if each[0] == "update"] == [
        ("update", {"group": "A", "_id": "a"}),
        ("update", {"group": "B", "_id": "b"}),
    ]
    assert await routed.reading().store(DESKS).count(Eq("group", "B")) == 2


@pytest.mark.mongo
async def test_a_row_that_is_saved_often_is_written_once_as_it_is_last(
    routed: MongoUnitOfWork, asked: Asked
) -> None:
    """Where no two rows may have something alike; what has moved meanwhile is where it went."""
    plain = replace(DESKS, unique=())
    async with routed.begin() as tx:
        desks = tx.store(plain)
        a, b = await desks.get("a"), await desks.get("b")
        new = Desk(id="c", name="x", rank=7)
        for name, group in (("y", Group.B), ("z", Group.B), ("w", Group.A), ("v", Group.A)):
            b.group = group
            for each in (a, b, new):
                each.name = name
                await desks.save(each)

    assert [each for each in asked.take() if each[0] == "update"] == [
        ("update", {"group": "A", "_id": "a"}),
        ("update", {"group": "B", "_id": "b"}),
        ("update", {"group": "A", "_id": "b"}),
    ]
    kept = await routed.reading().store(plain).find_many(["a", "b", "c"])
    assert [(each.name, each.group, each.revision) for each in kept if each] == [
        ("v", Group.A, 5),
        ("v", Group.A, 5),
        ("v", Group.A, 4),
    ]


@pytest.mark.parametrize(("service", "collection"), ALL, ids=NAMED)
def test_every_collection_says_where_its_rows_lie(
    service: str, collection: Collection[Any]
) -> None:
    declared = collection.shard

    assert declared is not None
    if isinstance(declared, Unsharded):
        assert declared.why
        return
    # Rows on two shards are not compared: a unique key must name the shard.
    assert all(unique[0] == declared.path for unique in collection.unique)
    if isinstance(declared, ByProvince):
        paths = declared.path.split(".")
        assert paths[0] in collection.kind.__dataclass_fields__
        assert paths[-1] == "province"


def test_every_province_lies_in_one_zone() -> None:
    zones = read_zones(ROOT / "deploy/kubernetes/base/zones.toml")
    provinces = [each for zone in zones.values() for each in zone]

    assert len(provinces) == len(set(provinces)) == 34


RANGE = {"min": {"province": "56", "_id": MinKey()}, "max": {"province": "56", "_id": MaxKey()}}
BY_PROVINCE = replace(DESKS, shard=ByProvince())
NAME = "db.desks"


def told(
    collection: Collection[Any], zones: Mapping[str, Sequence[str]], there: Mapping[Any, str]
) -> Iterator[Any]:
    return (order for order in orders(NAME, collection, zones, there))


def test_the_router_is_told_key_and_zones() -> None:
    assert list(told(BY_PROVINCE, {"south": ["56"]}, {})) == [
        {"shardCollection": NAME, "key": {"province": 1, "_id": 1}},
        {"updateZoneKeyRange": NAME, **RANGE, "zone": "south"},
    ]
    assert list(told(replace(DESKS, shard=ByKey()), {"south": ["56"]}, {})) == [
        {"shardCollection": NAME, "key": {"_id": "hashed"}}
    ]
    assert list(told(replace(DESKS, shard=Unsharded("few")), {"south": ["56"]}, {})) == []


def test_a_province_that_moves_leaves_its_zone_first() -> None:
    there = {(NAME, "56"): "north", ("db.chairs", "56"): "north"}

    assert list(told(BY_PROVINCE, {"south": ["56"]}, there))[1:] == [
        {"updateZoneKeyRange": NAME, **RANGE, "zone": None},
        {"updateZoneKeyRange": NAME, **RANGE, "zone": "south"},
    ]
    assert list(told(BY_PROVINCE, {"north": ["56"]}, there))[1:] == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("x", "no table"),
        ("[zones]\na = '01'", "a must be a list of province codes"),
        ("[zones]\na = ['01']\nb = ['01']", "01 is in two zones"),
    ],
)
def test_zones_that_are_none_are_refused(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "zones.toml").write_text(text)

    with pytest.raises(Failure, match=why):
        read_zones(tmp_path / "zones.toml")
