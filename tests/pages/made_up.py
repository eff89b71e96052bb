"""A graph that answers any document with made-up values of the right types, generated from the
composed schema: so a field that a page shows tomorrow is tested without anybody remembering."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import httpx
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLEnumType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLOutputType,
    GraphQLResolveInfo,
    GraphQLSchema,
    build_schema,
    execute,
    parse,
    validate,
)
from graphql.type import GraphQLScalarType

from pages_service.settings import PagesSettings
from pages_service.web import create_app

SUPERGRAPH = Path(__file__).parents[2] / "services/gateway/supergraph.graphql"
KNOWN: Mapping[str, object] = {
    "Int": 41,
    "Boolean": True,
    "Decimal": "0.8571",
    "Date": "2026-11-26",
    "DateTime": "2026-11-26T10:00:00+00:00",
    "Float": 0.5,
}

Text = Callable[[str], str]
Fixed = Mapping[str, object]


@cache
def schema() -> GraphQLSchema:
    return build_schema(SUPERGRAPH.read_text(), assume_valid=True, assume_valid_sdl=True)


@cache
def checked(text: str) -> DocumentNode:
    document = parse(text)
    assert validate(schema(), document) == []
    return document


@dataclass
class MadeUp:
    """`text` makes the value of a String or ID of a field; `fixed` has those of `Type.field`;
    enums are taken in turn, `lists` is how long each list is."""

    text: Text = lambda name: name
    fixed: Fixed = field(default_factory=dict)
    turn: int = 0
    lists: int = 2
    empty: bool = False
    """Whatever may be null is."""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[httpx.Headers] = field(default_factory=list)
    refusal: str | None = None

    def value(self, kind: GraphQLOutputType, name: str) -> object:
        if isinstance(kind, GraphQLNonNull):
            return self.value(kind.of_type, name)
        if isinstance(kind, GraphQLList):
            return [self.value(kind.of_type, name) for _ in range(self.lists)]
        if isinstance(kind, GraphQLEnumType):
            names = list(kind.values)
            return names[self.turn % len(names)]
        if isinstance(kind, GraphQLScalarType):
            return KNOWN.get(kind.name, None) if kind.name in KNOWN else self.text(name)
        return {}

    def resolve(self, _: object, info: GraphQLResolveInfo[None], **arguments: object) -> object:
        del arguments
        name = f"{info.parent_type.name}.{info.field_name}"
        if name in self.fixed:
            return self.fixed[name]
        if self.empty and not isinstance(info.return_type, GraphQLNonNull):
            return None
        return self.value(info.return_type, name)

    def answer(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        document = checked(body["query"])
        if self.refusal:
            return {"errors": [{"message": "no", "extensions": {"code": self.refusal}}]}
        found = execute(
            schema(), document, variable_values=body["variables"], field_resolver=self.resolve
        )
        assert isinstance(found, ExecutionResult)
        assert found.errors is None, found.errors
        return {"data": found.data}

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        self.asked.append(body)
        self.headers.append(request.headers)
        return httpx.Response(200, json=self.answer(body))


def reader(graph: MadeUp) -> httpx.AsyncClient:
    """A browser without JavaScript, before pages that ask that graph."""
    app = create_app(PagesSettings(), httpx.MockTransport(graph))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost")


def numbered() -> Text:
    """Another text each time, naming its field."""
    numbers = count()
    return lambda name: f"{name}-{next(numbers)}"
