"""A field that looks something up, in one statement: from what the query takes to what is shown."""

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor
from kit.desk_graph import SCHEMA
from kit.desks import DESKS, SOMEBODY, Desk, Group
from support.graph import Graph

NOBODY = Actor(subject="nobody", roles=frozenset(), province=None)
LISTED = "query($filter: DeskFilter, $first: Int! = 20) { desks(filter: $filter, first: $first) "
LISTED += "{ edges { node { id } } pageInfo { hasNextPage } } }"
ONE = "query($id: ID!) { desk(id: $id) { id name } }"


@pytest.fixture(autouse=True)
async def placed(uow: MemoryUnitOfWork) -> None:
    async with uow.begin() as tx:
        for number, group in enumerate((Group.A, Group.B, Group.B)):
            made = Desk(id=f"d{number}", name="Bàn", group=group, rank=number)
            await tx.store(DESKS).save(made)


@pytest.mark.parametrize(
    ("asked", "ids", "more"),
    [
        ({}, ["d0", "d1", "d2"], False),
        ({"first": 2}, ["d0", "d1"], True),
        ({"filter": None}, ["d0", "d1", "d2"], False),
        ({"filter": {"group": "B"}}, ["d1", "d2"], False),
        ({"filter": {"group": "B"}, "first": 1}, ["d1"], True),
    ],
)
async def test_a_listing_gives_what_its_query_answers(
    graph: Graph, asked: dict[str, object], ids: list[str], more: bool
) -> None:
    answer = (await graph.ask(LISTED, SOMEBODY, **asked))["desks"]

    assert [edge["node"]["id"] for edge in answer["edges"]] == ids
    assert answer["pageInfo"]["hasNextPage"] is more


@pytest.mark.parametrize("first", [0, 101])
async def test_a_page_has_its_limits(graph: Graph, first: int) -> None:
    refused = await graph.errors(LISTED, SOMEBODY, first=first)

    assert [each["code"] for each in refused] == ["INVALID"]


@pytest.mark.parametrize(
    ("id", "actor", "answer"),
    [
        ("d1", SOMEBODY, {"id": "d1", "name": "Bàn"}),
        ("d9", SOMEBODY, None),
        ("d1", NOBODY, None),
    ],
)
async def test_one_is_found_by_its_id_or_is_not_there(
    graph: Graph, id: str, actor: Actor, answer: object
) -> None:
    assert (await graph.ask(ONE, actor, id=id))["desk"] == answer


def test_what_it_takes_is_in_the_schema() -> None:
    assert "desks(" in SCHEMA.as_str()
    assert "    Its id; ids are opaque.\n" in SCHEMA.as_str()
    assert '    """\n    id: ID!\n  ): Desk' in SCHEMA.as_str()
    assert "first: Int! = 20" in SCHEMA.as_str()
    assert "filter: DeskFilter = null" in SCHEMA.as_str()
