"""Evaluation's feed: published results in one order for each province, to whom they are for."""

import json
from collections.abc import Sequence

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.application.reads import reads_of
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Forbidden, Invalid
from congvu_kit.tools.contracts import Published
from evaluation import people
from evaluation_service.adapters.contracts import CONTRACTS
from evaluation_service.adapters.subscriptions import REACTIONS, SUBSCRIPTIONS
from evaluation_service.application.collections import FEED
from evaluation_service.application.feed.queries import OF_PEOPLE, TOLD, list_changes
from support.graph import Graph

ASK = """query Feed($after: String) { evaluationChanges(after: $after, first: 100) {
  edges { cursor node { eventType province at payload } } pageInfo { hasNextPage endCursor } } }"""


def published(event_type: str) -> Published:
    return next(each for each in CONTRACTS.events if each.name == event_type)


async def told(uow: UnitOfWork, *event_types: str, province: str = "56") -> None:
    for event_type in event_types:
        payload = published(event_type).example_data() | {"province": province}
        async with uow.begin() as tx:
            await FEED.append(event_type, payload, tx)


async def kinds(uow: UnitOfWork, reader: Actor, province: str | None = None) -> Sequence[str]:
    page = await list_changes(reader, uow.reading(), province, first=100, after=None)
    return [each.event_type for each in page.items]


async def test_an_event_that_is_heard_enters_the_feed_once(uow: MemoryUnitOfWork) -> None:
    alone = set(TOLD) - {each.event_type for each in REACTIONS}
    heard = [each for each in SUBSCRIPTIONS if each.event_type in alone]

    for subscription in (*heard, *heard):
        data = published(subscription.event_type).example_data()
        await subscription.react(data, ("//congvu/evaluation", subscription.event_type), uow)

    assert await kinds(uow, people.BOARD) == [each for each in TOLD if each in alone]
    assert len({each.event_type for each in SUBSCRIPTIONS}) == len(SUBSCRIPTIONS)


@pytest.mark.parametrize("reader", [people.HRM, people.ADMIN, people.BOARD, people.AUDITOR])
async def test_offices_of_the_province_hear_of_everything(
    any_uow: UnitOfWork, reader: Actor
) -> None:
    await told(any_uow, *TOLD)
    await told(any_uow, *TOLD, province="01")

    assert await kinds(any_uow, reader) == list(TOLD)


async def test_a_portal_hears_of_periods_and_units_and_of_no_person(uow: MemoryUnitOfWork) -> None:
    await told(uow, *TOLD)

    assert await kinds(uow, people.PORTAL) == [each for each in TOLD if each not in OF_PEOPLE]


@pytest.mark.parametrize("reader", [people.CITIZEN, people.LAN, people.CHAIR])
async def test_others_hear_of_nothing(uow: MemoryUnitOfWork, reader: Actor) -> None:
    await told(uow, *TOLD)

    with pytest.raises(Forbidden):
        await kinds(uow, reader)


async def test_a_province_hears_of_itself_alone(uow: MemoryUnitOfWork) -> None:
    await told(uow, *TOLD, province="01")

    assert await kinds(uow, people.HRM) == []
    with pytest.raises(Forbidden):
        await kinds(uow, people.HRM, "01")


async def test_a_national_personnel_system_names_the_province(uow: MemoryUnitOfWork) -> None:
    await told(uow, *TOLD, province="01")

    assert await kinds(uow, people.NATIONAL_HRM, "01") == list(TOLD)


async def test_a_cursor_goes_on_where_it_stopped(any_uow: UnitOfWork) -> None:
    await told(any_uow, *TOLD[:3])
    seen: list[str] = []
    after = None
    for _ in range(3):
        page = await list_changes(people.HRM, any_uow.reading(), first=1, after=after)
        seen += [each.event_type for each in page.items]
        after = page.end
    nothing = await list_changes(people.HRM, any_uow.reading(), first=9, after=after)
    await told(any_uow, TOLD[3])
    more = await list_changes(people.HRM, any_uow.reading(), first=9, after=after)

    assert seen == list(TOLD[:3])
    assert (nothing.items, nothing.has_next, nothing.end) == ([], False, after)
    assert [each.event_type for each in more.items] == [TOLD[3]]


@pytest.mark.parametrize("cursor", ["abc", "-1", "1.5", "٣", "9" * 17, ""])
async def test_a_cursor_of_something_else_is_refused(uow: MemoryUnitOfWork, cursor: str) -> None:
    with pytest.raises(Invalid, match="not of this feed"):
        await list_changes(people.HRM, uow.reading(), first=9, after=cursor)


async def test_who_is_shown_a_persons_change_is_on_record(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await told(uow, OF_PEOPLE[0])
    about = str(published(OF_PEOPLE[0]).example_data()["civil_servant_id"])

    seen = await graph.ask(ASK, actor=people.HRM)

    [edge] = seen["evaluationChanges"]["edges"]
    assert json.loads(edge["node"]["payload"])["civil_servant_id"] == about
    [entry] = (await reads_of(uow.reading(), about, first=9, after=None)).items
    assert [each.fields for each in entry.reads] == [("Change.payload",)]
    assert seen["evaluationChanges"]["pageInfo"] == {
        "hasNextPage": False,
        "endCursor": edge["cursor"],
    }
