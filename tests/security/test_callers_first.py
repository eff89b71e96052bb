"""Who calls is judged before anything that they wrote is parsed, in every mutation there is."""

import base64
import dataclasses
import itertools
import json
import tracemalloc
from collections.abc import Mapping
from math import inf
from types import SimpleNamespace
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
)

from catalogue_service.adapters.graphql.schema import schema as catalogue
from congvu_kit.adapters.boxes import Boxes
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor, Role
from congvu_kit.domain.errors import Invalid
from evaluation_service.adapters.graphql.schema import schema as evaluation
from feedback_service.adapters.graphql.schema import schema as feedback
from feedback_service.application.needs import Needs as FeedbackNeeds
from security.test_hostile_sheets import BOMBS
from support.callers import mutations
from support.graph import Graph

SCHEMAS = {"catalogue": catalogue, "evaluation": evaluation, "feedback": feedback}
MUTATIONS = [(service, name) for service, found in SCHEMAS.items() for name in mutations(found)]

READS = {
    ("importWorkProducts", Role.CATALOGUE_EDITOR),
    ("draftPolicy", Role.PERIOD_ADMIN),
}
"""Who has what they sent read, though nothing else of the call is right."""

SHEET = base64.b64encode(BOMBS["two cells, all the sheet apart"]().getvalue()).decode()
LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b]\n"
HOSTILE = {
    "a bomb": SHEET,
    "aliases": LAUGHS,
    "nesting": "[" * 200_000,
    "a megabyte": "A" * 1_000_000,
}
SCALARS: Mapping[str, object] = {
    "Int": 1,
    "Float": 1.5,
    "Boolean": True,
    "Date": "2026-08-01",
    "DateTime": "2026-08-01T00:00:00Z",
    "Decimal": "1",
}
PLACE = {"province": "56", "unitId": "u"}
REFUSED = {"UNAUTHENTICATED", "FORBIDDEN", "INVALID", "NOT_FOUND", "CONFLICT"}


def filled(kind: Any, text: str) -> Any:
    """A value of every field of an input, `text` wherever text may stand."""
    if isinstance(kind, GraphQLNonNull):
        return filled(kind.of_type, text)
    if isinstance(kind, GraphQLList):
        return [filled(kind.of_type, text)]
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    if isinstance(kind, GraphQLScalarType):
        return SCALARS.get(kind.name, text)
    assert isinstance(kind, GraphQLInputObjectType)
    return {name: filled(each.type, text) for name, each in kind.fields.items()}


class Spy:
    """Stands where parsers stand, and reads nothing."""

    def __init__(self) -> None:
        self.calls = 0

    async def read(self, given: object) -> Any:
        self.calls += 1
        raise Invalid(en="a spy reads nothing", vi="không đọc gì")

    rows = policy = read


def graph_of(service: str, uow: MemoryUnitOfWork, spy: Spy) -> Graph:
    names = [each.name for each in dataclasses.fields(FeedbackNeeds)]
    needs = SimpleNamespace(sheets=spy, documents=spy, **dict.fromkeys(names))
    return Graph(SCHEMAS[service], uow, needs=needs)


TRIES = 3
"""Of measuring memory: what other threads take meanwhile only adds."""

_keys = itertools.count()


def hostile(service: str, name: str, text: str) -> dict[str, Any]:
    """An input with `text` in every place for text, in the caller's own province and unit; a file
    instead of rows where there is a choice."""
    given: dict[str, Any] = filled(mutations(SCHEMAS[service])[name], text)
    given["idempotencyKey"] = f"spy-{next(_keys)}"
    given |= {each: PLACE[each] for each in PLACE.keys() & given.keys()}
    if "file" in given:
        del given["rows"]
    return given


async def answer(graph: Graph, service: str, name: str, given: object, actor: Actor) -> str:
    """The code of a refusal, or the type of what was given."""
    kind = mutations(SCHEMAS[service])[name]
    document = (
        f"mutation($input: {kind.name}!) {{ it: {name}(input: $input) "
        "{ __typename ... on Problem { code } } }"
    )
    result = await graph.execute(document, actor, {"input": given})
    if result.errors:
        return str((result.errors[0].extensions or {}).get("code", "INTERNAL"))
    return str(result.data["it"].get("code", result.data["it"]["__typename"]))


@pytest.fixture
def no_box(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: object, **__: object) -> None:
        raise AssertionError("a parser was called")

    monkeypatch.setattr(Boxes, "run", read)


@pytest.mark.usefixtures("no_box")
@pytest.mark.parametrize(("service", "name"), MUTATIONS)
async def test_nobody_gets_anything_parsed(service: str, name: str, uow: MemoryUnitOfWork) -> None:
    spy = Spy()
    graph = graph_of(service, uow, spy)
    for text in HOSTILE.values():
        given = hostile(service, name, text)
        size = len(json.dumps(given))
        peaks: list[int] = []
        while len(peaks) < TRIES and min(peaks, default=inf) >= 2_000_000 + 4 * size:
            tracemalloc.start()
            code = await answer(graph, service, name, given, ANONYMOUS)
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
            assert code in REFUSED

        assert min(peaks) < 2_000_000 + 4 * size, size
    assert spy.calls == 0


@pytest.mark.usefixtures("no_box")
@pytest.mark.parametrize(("service", "name"), MUTATIONS)
async def test_who_may_not_gets_nothing_parsed(
    service: str, name: str, uow: MemoryUnitOfWork
) -> None:
    for role in Role:
        spy = Spy()
        actor = Actor(
            subject="somebody", roles=frozenset({role}), province="56", unit="u", officer="o"
        )
        for place in (actor, dataclasses.replace(actor, province=None)):
            given = hostile(service, name, LAUGHS)
            await answer(graph_of(service, uow, spy), service, name, given, place)
        assert spy.calls == ((name, role) in READS), role
