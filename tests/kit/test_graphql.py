"""What the schema factory promises for every subgraph."""

from typing import Any

import pytest
from graphql import ASTValidationRule

from congvu_kit.adapters.memory import MemoryStore, MemoryUnitOfWork
from congvu_kit.graph import LIMITS
from kit.desk_graph import SCHEMA
from kit.desks import DESKS, NEEDS, SOMEBODY, Desk
from support.graph import Graph

PLACE = """mutation($input: PlaceDeskInput!) {
  placeDesk(input: $input) {
    __typename ... on Desk { id name } ... on Problem { code message field ruleId }
  }
}"""


async def run(
    uow: MemoryUnitOfWork, query: str, language: str = "en", **variables: object
) -> tuple[Any, list[Any]]:
    graph = Graph(SCHEMA, uow, needs=NEEDS, language=language)
    result = await graph.execute(query, SOMEBODY, variables)
    return result.data, [error.formatted for error in result.errors or []]


async def place(uow: MemoryUnitOfWork, count: int) -> None:
    async with uow.begin() as tx:
        for number in range(count):
            await tx.store(DESKS).save(Desk(id=f"d{number}", name=f"n{number}", rank=number))


@pytest.mark.parametrize(
    ("language", "message"), [("en", "a name is needed"), ("vi", "cần có tên")]
)
async def test_a_refusal_is_a_problem_in_the_callers_language(language: str, message: str) -> None:
    uow = MemoryUnitOfWork()

    data, errors = await run(
        uow, PLACE, language, input={"idempotencyKey": "k", "deskId": "d1", "name": ""}
    )

    assert errors == []
    assert data["placeDesk"] == {
        "__typename": "Problem",
        "code": "INVALID",
        "message": message,
        "field": "input.name",
        "ruleId": None,
    }
    assert await uow.reading().store(DESKS).count() == 0


async def test_a_mutation_answers_the_same_twice() -> None:
    uow = MemoryUnitOfWork()
    body = {"idempotencyKey": "k", "deskId": "d1", "name": "Bàn"}

    first, _ = await run(uow, PLACE, input=body)
    second, _ = await run(uow, PLACE, input=body)

    assert first == second == {"placeDesk": {"__typename": "Desk", "id": "d1", "name": "Bàn"}}
    assert len(uow.outbox) == 1


async def test_a_refused_query_says_why() -> None:
    _, (error,) = await run(MemoryUnitOfWork(), "{ secret }")

    assert error["message"] == "not for you"
    assert error["extensions"] == {"code": "FORBIDDEN", "field": None, "ruleId": "X-1"}


async def test_a_bug_is_masked() -> None:
    _, (error,) = await run(MemoryUnitOfWork(), "{ broken }")

    assert error["message"] == "internal error"
    assert error["extensions"]["code"] == "INTERNAL"


async def test_a_misspelt_field_keeps_the_parsers_message() -> None:
    _, (error,) = await run(MemoryUnitOfWork(), "{ nope }")

    assert "Cannot query field 'nope'" in error["message"]


async def test_pages_go_through_cursors() -> None:
    uow = MemoryUnitOfWork()
    await place(uow, 5)
    query = """query($after: String) { desks(first: 3, after: $after) {
        edges { node { id } } pageInfo { hasNextPage endCursor } } }"""

    first, _ = await run(uow, query)
    after = first["desks"]["pageInfo"]["endCursor"]
    second, _ = await run(uow, query, after=after)

    ids = [edge["node"]["id"] for page in (first, second) for edge in page["desks"]["edges"]]
    assert ids == ["d0", "d1", "d2", "d3", "d4"]
    assert second["desks"]["pageInfo"]["hasNextPage"] is False


@pytest.mark.parametrize("first", [0, 101, -1])
async def test_a_page_has_1_to_100_items(first: int) -> None:
    query = "query($n: Int!) { desks(first: $n) { edges { cursor } } }"

    _, (error,) = await run(MemoryUnitOfWork(), query, n=first)

    assert error["message"] == f"first must be 1 to 100, not {first}"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("{" + "".join(f"a{n}: __typename " for n in range(51)) + "}", "51 aliases found"),
        (
            "{ desks { edges { node { " + "again { " * 15 + "id" + " }" * 15 + " } } } }",
            "exceeds maximum operation depth",
        ),
        ("{" + "__typename " * 10_001 + "}", "Document contains more than 10000 tokens"),
    ],
)
async def test_a_query_has_limits(query: str, message: str) -> None:
    data, errors = await run(MemoryUnitOfWork(), query)

    assert data is None
    assert message in errors[0]["message"]


ENTITIES = "query($refs: [_Any!]!) { _entities(representations: $refs) { ... on Desk { name } } }"


async def test_entities_come_in_one_batch_in_input_order(monkeypatch: pytest.MonkeyPatch) -> None:
    uow = MemoryUnitOfWork()
    await place(uow, 3)
    calls: list[list[str]] = []
    real = MemoryStore.find_many

    async def counted(self: MemoryStore[Desk], ids: list[str]) -> list[Desk | None]:
        calls.append(list(ids))
        return await real(self, ids)

    monkeypatch.setattr(MemoryStore, "find_many", counted)
    refs = [{"__typename": "Desk", "id": id} for id in ("d2", "nope", "d0", "d2")]

    data, _ = await run(uow, ENTITIES, refs=refs)

    assert data["_entities"] == [{"name": "n2"}, None, {"name": "n0"}, {"name": "n2"}]
    assert calls == [["d2", "nope", "d0"]]


async def test_too_many_entities_are_refused() -> None:
    many = [{"__typename": "Desk", "id": str(n)} for n in range(2001)]

    _, (too_many,) = await run(MemoryUnitOfWork(), ENTITIES, refs=many)

    assert too_many["message"] == "at most 2000 representations in one call"


@pytest.mark.parametrize(
    "reference",
    [
        {"__typename": "Chair", "id": "c1"},
        {"__typename": "Problem", "id": "p1"},
        {"__typename": "DeskGroup", "id": "p1"},
        {"__typename": ["Desk"], "id": "d1"},
        {"__typename": "Desk"},
        {"__typename": "Desk", "id": {"$ne": None}},
        {"__typename": "Desk", "id": ["d1"]},
        {"id": "d1"},
        "d1",
        3,
    ],
)
async def test_what_is_no_entity_here_is_refused(reference: object) -> None:
    known = {"__typename": "Desk", "id": "d1", "cls": 1, "info": 2}

    data, (error,) = await run(MemoryUnitOfWork(), ENTITIES, refs=[known, reference])

    assert data is None
    assert error["extensions"]["code"] == "INVALID"
    assert error["extensions"]["field"] == "representations.1"


async def test_a_query_seen_before_is_not_validated_again(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []

    class Watched(ASTValidationRule):
        def enter_document(self, node: object, *_: object) -> None:
            seen.append(node)

    monkeypatch.setattr("congvu_kit.graph.schema.LIMITS", [*LIMITS, Watched])

    for _ in range(3):
        await run(MemoryUnitOfWork(), "{ desks(first: 3) { edges { cursor node { name } } } }")

    assert len(seen) == 1
