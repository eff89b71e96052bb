"""Every list of the graph has a size that the gateway counts with, and that holds."""

import asyncio
import re
from typing import Any

import pytest
import strawberry
from graphql import GraphQLObjectType, get_named_type, get_nullable_type, is_list_type

from catalogue_service.adapters.graphql.schema import schema as catalogue
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import ANONYMOUS
from congvu_kit.graph import (
    Connection,
    PageInfo,
    at_most,
    execution,
    make_schema,
)
from congvu_kit.graph.execution import ANSWER_MAX_BYTES, LEAF_BYTES, SIZES
from evaluation_service.adapters.graphql.schema import schema as evaluation
from feedback_service.adapters.graphql.schema import schema as feedback
from support.graph import Graph
from support.worst import COST_MAX

SCHEMAS = {"catalogue": catalogue, "evaluation": evaluation, "feedback": feedback}

LINE = 1_000
PAGE_BYTES = 100 * (LINE + LEAF_BYTES)


@strawberry.type(description="One line.")
class Line:
    text: str = strawberry.field(description="It.")


def some_lines(count: int) -> list[Line]:
    return [Line(text="x" * LINE) for _ in range(count)]


@strawberry.type(name="Query")
class Lines:
    @strawberry.field(description="As many as asked for.", directives=at_most(100))
    def lines(self, count: int) -> list[Line]:
        return some_lines(count)

    @strawberry.field(description="The same, one after the other.", directives=at_most(100))
    async def slow_lines(self, count: int) -> list[Line]:
        return some_lines(count)


LINES = make_schema(query=Lines)


async def ask(document: str) -> tuple[Any, list[Any]]:
    result = await Graph(LINES, MemoryUnitOfWork()).execute(document, ANONYMOUS, {})
    return result.data, [each.formatted for each in result.errors or []]


@pytest.mark.parametrize("service", SCHEMAS)
def test_every_list_is_a_connection_or_has_a_declared_size(service: str) -> None:
    schema = SCHEMAS[service]._schema
    declared = schema.extensions[SIZES]

    for kind in schema.type_map.values():
        if not isinstance(kind, GraphQLObjectType) or kind.name.startswith("__"):
            continue
        for name, field in kind.fields.items():
            there = (kind.name, name)
            if get_named_type(field.type).name.endswith("Connection"):
                assert str(field.args["first"].type) == "Int!", there
                assert field.args["first"].default_value <= 100, there
            elif is_list_type(get_nullable_type(field.type)) and name not in ("edges", "_entities"):
                assert declared[there] > 0, there
    printed = SCHEMAS[service].as_str()
    assert printed.count("assumedSize: ") == len(declared)


@pytest.mark.parametrize("service", SCHEMAS)
def test_every_list_can_be_asked_for(service: str) -> None:
    """The weight of a field is that of each element of its list."""
    heavy = re.findall(
        r"(\w+)(?:\(.*\))?: \S+ @listSize\(assumedSize: (\d+), .*?\) @cost\(weight: (\d+)\)",
        SCHEMAS[service].as_str(),
    )

    assert heavy
    assert [each for each in heavy if int(each[1]) * int(each[2]) > COST_MAX] == []


def test_a_schema_with_a_list_of_no_size_does_not_start() -> None:
    @strawberry.type(name="Query")
    class Loose:
        @strawberry.field(description="Anything.")
        def lines(self) -> list[Line]:
            return []

        @strawberry.field(description="Anything, or nothing.")
        def names(self) -> list[str] | None:
            return None

        @strawberry.field(description="A page, of no declared size.")
        def pages(self) -> Connection[Line]:
            return Connection(edges=[], page_info=PageInfo(has_next_page=False, end_cursor=None))

    with pytest.raises(TypeError, match=r"declare their size: Query.lines, Query.names, Query.p"):
        make_schema(query=Loose)


@pytest.mark.parametrize("field", ["lines", "slowLines"])
async def test_a_list_keeps_its_declared_size(field: str) -> None:
    full, none = await ask(f"{{ {field}(count: 100) {{ text }} }}")
    nothing, [error] = await ask(f"{{ {field}(count: 101) {{ text }} }}")

    assert (len(full[field]), none) == (100, [])
    assert nothing is None
    assert error["message"] == "the list has more than 100 items, its declared size"
    assert error["extensions"] == {"code": "INVALID", "field": field, "ruleId": None}


@pytest.mark.parametrize("field", ["lines", "slowLines"])
async def test_an_answer_has_a_byte_limit(field: str) -> None:
    pages = ANSWER_MAX_BYTES // PAGE_BYTES
    document = "{{ {} }}".format(
        " ".join(f"a{n}: {field}(count: 100) {{ text }}" for n in range(pages))
    )
    within, none = await ask(document)
    over, errors = await ask(document[:-1] + f" more: {field}(count: 100) {{ text }} }}")

    assert (len(within), none) == (pages, [])
    assert (over, [each["extensions"] for each in errors]) == (None, [{"code": "INVALID"}])


async def turns_of_a_neighbour() -> int:
    """How often somebody else runs while one long answer is made."""
    document = "{ " + " ".join(f"a{n}: lines(count: 100) {{ text }}" for n in range(30)) + " }"
    turns = 0

    async def neighbour() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    beside = asyncio.create_task(neighbour())
    await ask(document)
    beside.cancel()
    return turns


async def test_a_long_answer_lets_others_have_their_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    shared = await turns_of_a_neighbour()
    monkeypatch.setattr(execution, "SLICE_S", 1e9)
    alone = await turns_of_a_neighbour()

    assert alone <= 2
    assert shared >= 4
