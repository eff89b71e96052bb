"""Doubted answers wait for those who may decide, and for nobody else (F-I3)."""

from dataclasses import replace

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import DomainError
from feedback import people
from feedback.readers import EVERYBODY
from feedback.reviews.steps import burst, decision
from feedback_service.adapters.graphql.schema import schema
from feedback_service.application.needs import Needs
from feedback_service.application.reviews.commands import decide_rating_review
from support.graph import Graph

INBOX = """query($of: [_Any!]!) { _entities(representations: $of) { ... on Inbox {
  ratingReviewCount ratingReviews { edges { node { id decideBy } } } } } }"""
READERS = {
    **{name: actor for name, actor in EVERYBODY.items() if actor.subject},
    "board of the unit": people.COUNTER_BOARD,
    "board that was rated": replace(people.BOARD, officer=people.LAN_ID),
    "board without a name": replace(people.BOARD, officer=None),
    "board elsewhere": people.HANOI_BOARD,
}


async def waiting(graph: Graph, actor: Actor) -> list[str]:
    of = [{"__typename": "Inbox", "id": actor.subject}]
    [inbox] = (await graph.ask(INBOX, actor, of=of))["_entities"]
    found = [each["node"]["id"] for each in inbox["ratingReviews"]["edges"]]
    assert inbox["ratingReviewCount"] == len(found)
    return found


@pytest.mark.parametrize("name", READERS)
async def test_it_waits_for_whom_the_rule_lets_decide(
    name: str, uow: MemoryUnitOfWork, needs: Needs, graph: Graph
) -> None:
    review, actor = await burst(uow, needs), READERS[name]

    listed = await waiting(graph, actor)

    try:
        command = replace(decision(review), actor=actor)
        await perform(decide_rating_review, command, uow, needs=needs)
        may = True
    except DomainError:
        may = False
    assert listed == ([review.id] if may else [])


async def test_what_was_decided_waits_no_more(uow: MemoryUnitOfWork, needs: Needs) -> None:
    review = await burst(uow, needs)
    graph = Graph(schema, uow, needs=needs)
    assert await waiting(graph, people.BOARD) == [review.id]

    await perform(decide_rating_review, decision(review), uow, needs=needs)

    assert await waiting(graph, people.BOARD) == []
