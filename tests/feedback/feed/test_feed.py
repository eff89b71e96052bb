"""Feedback's feed: complaints, indexes and commitments, and never a person."""

import json
import re
from collections.abc import Sequence

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import Forbidden, Invalid
from feedback import people
from feedback.people import person
from feedback.readers import COUNTER_AUDITOR, NATIONAL_PORTAL
from feedback_service.adapters.contracts import CONTRACTS
from feedback_service.adapters.subscriptions import SUBSCRIPTIONS
from feedback_service.application.collections import FEED
from feedback_service.application.feed.queries import OF_COMPLAINTS, TOLD, list_changes
from support.graph import Graph

HRM = person("nhan-su", Role.PERSONNEL_SYNC)
EXAMPLES = {each.name: each.example_data() for each in CONTRACTS.events}
PERSON = re.compile(r"\bcs_|account_|H32\.31\.07-")
"""Officers, accounts and dossiers as the examples of the events name them."""


async def told(uow: UnitOfWork, province: str = "56") -> None:
    for event_type in TOLD:
        [heard] = [each for each in SUBSCRIPTIONS if each.event_type == event_type]
        data = EXAMPLES[event_type] | {"province": province}
        await heard.react(data, ("//congvu/feedback", f"{province}{event_type}"), uow)


async def kinds(uow: UnitOfWork, reader: Actor, province: str | None = None) -> Sequence[str]:
    page = await list_changes(reader, uow.reading(), province, first=100, after=None)
    return [each.event_type for each in page.items]


@pytest.mark.parametrize("reader", [people.PORTAL, people.BOARD, people.AUDITOR, COUNTER_AUDITOR])
async def test_portals_and_boards_hear_of_everything(any_uow: UnitOfWork, reader: Actor) -> None:
    await told(any_uow)
    await told(any_uow, "01")

    assert await kinds(any_uow, reader) == list(TOLD)


@pytest.mark.parametrize("reader", [HRM, people.PERIOD_ADMIN])
async def test_who_follows_no_complaint_hears_of_none(uow: MemoryUnitOfWork, reader: Actor) -> None:
    await told(uow)

    assert await kinds(uow, reader) == [each for each in TOLD if each not in OF_COMPLAINTS]


@pytest.mark.parametrize("reader", [people.CITIZEN, people.LAN, people.CHAIR, people.COUNTER_HEAD])
async def test_others_hear_of_nothing(uow: MemoryUnitOfWork, reader: Actor) -> None:
    await told(uow)

    with pytest.raises(Forbidden):
        await kinds(uow, reader)


async def test_a_province_hears_of_itself_alone(uow: MemoryUnitOfWork) -> None:
    await told(uow, "01")

    assert await kinds(uow, people.PORTAL) == []
    with pytest.raises(Forbidden):
        await kinds(uow, people.PORTAL, "01")
    assert await kinds(uow, NATIONAL_PORTAL, "01") == list(TOLD)
    with pytest.raises(Invalid, match="name the province"):
        await kinds(uow, NATIONAL_PORTAL)


async def test_no_officer_account_or_dossier_leaves_by_the_feed(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await told(uow)

    seen = await graph.ask(
        "{ feedbackChanges(first: 100) { edges { node { eventType payload } } } }",
        actor=people.PORTAL,
    )

    nodes = [edge["node"] for edge in seen["feedbackChanges"]["edges"]]
    leaders = {
        "congvu.feedback.commitment." + each for each in ("published", "amended", "assessed")
    }
    for node in nodes:
        payload = json.loads(node["payload"])
        if any(node["eventType"].startswith(each) for each in leaders):
            del payload["leader_id"]  # Who promised in public is public.
        assert not PERSON.search(json.dumps(payload)), node["eventType"]
    hidden = [each for each in TOLD if PERSON.search(json.dumps(EXAMPLES[each]))]
    assert len(hidden) > len(leaders)
    assert len(nodes) == len(TOLD)


async def test_the_feed_keeps_nothing_that_it_hides(uow: MemoryUnitOfWork) -> None:
    await told(uow)

    page = await FEED.read(uow.reading(), "56", first=100, after=None)

    assert not {name for each in page.items for name in each.payload} & {
        "civil_servant_id",
        "officers",
        "leaders",
        "dossier_code",
    }
