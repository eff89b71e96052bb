"""The feed is the stream of events once more: in one order, with cursors that stay good."""

import pytest

from catalogue import scenes
from catalogue_service.application.collections import FEED
from catalogue_service.application.feed import queries
from catalogue_service.domain.products.versions import VersionPublished
from catalogue_service.domain.products.work_products import ProductRetired
from catalogue_service.domain.releases.releases import ReleasePublished
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.errors import Invalid
from support.graph import Graph


async def told(uow: UnitOfWork, *provinces: str, event_type: str = VersionPublished.TYPE) -> None:
    """One event for each province, as the consumer hands them in."""
    async with uow.begin() as tx:
        await FEED.open(tx)
    for province in provinces:
        async with uow.begin() as tx:
            payload: dict[str, object] = {
                "province": province,
                "code": f"B.{province}.1",
                "version_id": f"B.{province}.1@1",
            }
            await FEED.append(event_type, payload, tx)


async def read(
    uow: UnitOfWork, province: str | None = None, *, first: int = 2
) -> tuple[list[str], str]:
    """Every change from the beginning, page by page, and the last cursor."""
    seen: list[str] = []
    after = None
    while True:
        page = await queries.catalogue_changes(uow.reading(), province, first=first, after=after)
        seen += [str(each.payload["code"]) for each in page.items]
        after = page.end or ""
        if not page.has_next:
            return seen, after


async def test_changes_come_once_each_in_their_order(any_uow: UnitOfWork) -> None:
    await told(any_uow, "56", "01", "00", "56", "48")

    seen, cursor = await read(any_uow)

    assert seen == ["B.56.1", "B.01.1", "B.00.1", "B.56.1", "B.48.1"]
    assert cursor == "0000000000000005"


async def test_a_cursor_goes_on_where_it_stopped(any_uow: UnitOfWork) -> None:
    await told(any_uow, "56")
    _, cursor = await read(any_uow)
    nothing = await queries.catalogue_changes(any_uow.reading(), None, first=9, after=cursor)
    await told(any_uow, "01")

    more = await queries.catalogue_changes(any_uow.reading(), None, first=9, after=cursor)

    assert (nothing.items, nothing.has_next, nothing.end) == ([], False, cursor)
    assert [each.payload["code"] for each in more.items] == ["B.01.1"]


async def test_a_province_hears_of_itself_and_of_the_nation(uow: MemoryUnitOfWork) -> None:
    await told(uow, "56", "01", "00", "01", "56")

    assert (await read(uow, "56"))[0] == ["B.56.1", "B.00.1", "B.56.1"]
    assert (await read(uow, "56", first=1))[0] == ["B.56.1", "B.00.1", "B.56.1"]
    assert (await read(uow, "48")) == (["B.00.1"], "0000000000000005")


@pytest.mark.parametrize("cursor", ["abc", "-1", "1.5", "٣"])
async def test_a_cursor_of_something_else_is_refused(uow: MemoryUnitOfWork, cursor: str) -> None:
    with pytest.raises(Invalid, match="not of this feed"):
        await queries.catalogue_changes(uow.reading(), None, first=9, after=cursor)


async def test_opening_the_feed_again_keeps_its_place(uow: MemoryUnitOfWork) -> None:
    await told(uow, "56")
    await told(uow, "56")

    assert await uow.reading().store(FEED.changes).count() == 2


async def test_a_retired_product_leaves_a_tombstone(uow: MemoryUnitOfWork, graph: Graph) -> None:
    await told(uow, "56")
    await told(uow, "56", event_type=ProductRetired.TYPE)

    seen = await graph.ask(
        """{ catalogueChanges(province: "56") {
          edges { cursor node { eventType code tombstone payload version { id } } }
          pageInfo { hasNextPage endCursor } } }"""
    )

    edges = seen["catalogueChanges"]["edges"]
    assert [(each["node"]["eventType"], each["node"]["tombstone"]) for each in edges] == [
        (VersionPublished.TYPE, False),
        (ProductRetired.TYPE, True),
    ]
    assert edges[0]["node"]["payload"] == (
        '{"province":"56","code":"B.56.1","version_id":"B.56.1@1"}'
    )
    assert seen["catalogueChanges"]["pageInfo"] == {
        "hasNextPage": False,
        "endCursor": "0000000000000002",
    }


async def test_a_change_leads_to_its_version(uow: MemoryUnitOfWork, graph: Graph) -> None:
    version = await scenes.published(uow, "B.56.1", scenes.named("Kế hoạch"))
    await told(uow, "56")
    async with uow.begin() as tx:
        await FEED.append(ReleasePublished.TYPE, {"province": "56"}, tx)

    seen = await graph.ask(
        "{ catalogueChanges { edges { node { eventType code version { id } } } } }"
    )

    assert [each["node"] for each in seen["catalogueChanges"]["edges"]] == [
        {"eventType": VersionPublished.TYPE, "code": "B.56.1", "version": {"id": version.id}},
        {"eventType": ReleasePublished.TYPE, "code": None, "version": None},
    ]
