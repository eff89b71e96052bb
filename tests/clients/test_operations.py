"""Every operation of the generated clients: it sends all that its document declares, and reads
whatever the schema lets the gateway answer."""

import inspect
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLUnionType,
    OperationDefinitionNode,
    build_schema,
    graphql_sync,
    parse,
    type_from_ast,
)

from congvu_client.generated import aio, sync
from congvu_kit.tools.clients import API

SCHEMA = build_schema((Path(__file__).parents[2] / API).read_text())

WIRE = {
    "Boolean": True,
    "Date": "2026-07-01",
    "DateTime": "2026-07-01T08:00:00+07:00",
    "Decimal": "0.5",
    "Float": 0.5,
    "ID": "id",
    "Int": 1,
    "String": "text",
}

OPERATIONS = sorted(
    name for name, each in vars(aio.AsyncClient).items() if inspect.iscoroutinefunction(each)
)


def _any_of(kind: Any) -> Any:
    """A value of the type, as JSON carries it; an input has what it must have."""
    if isinstance(kind, GraphQLNonNull):
        return _any_of(kind.of_type)
    if isinstance(kind, GraphQLList):
        return [_any_of(kind.of_type)]
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    if isinstance(kind, GraphQLInputObjectType):
        must = {name: each.type for name, each in kind.fields.items()}
        return {
            name: _any_of(each) for name, each in must.items() if isinstance(each, GraphQLNonNull)
        }
    if isinstance(kind, GraphQLInterfaceType | GraphQLUnionType):
        return {"__typename": SCHEMA.get_possible_types(kind)[0].name}
    return {} if isinstance(kind, GraphQLObjectType) else WIRE[kind.name]


def _answer(_: Any, info: GraphQLResolveInfo[Any], **arguments: object) -> Any:
    return _any_of(info.return_type)


def _answered(query: str, operation_name: str, variables: dict[str, object]) -> dict[str, Any]:
    """What a gateway of any values says to the document."""
    (operation,) = (
        each for each in parse(query).definitions if isinstance(each, OperationDefinitionNode)
    )
    assert operation.name
    assert operation.name.value == operation_name
    declared = {
        each.variable.name.value: type_from_ast(SCHEMA, each.type)
        for each in operation.variable_definitions or ()
    }
    assert variables.keys() == declared.keys()
    sent = {
        name: _any_of(each) for name, each in declared.items() if isinstance(each, GraphQLNonNull)
    }
    done = graphql_sync(SCHEMA, query, variable_values=sent, field_resolver=_answer)
    assert done.errors is None
    assert done.data is not None
    return done.data


@pytest.mark.parametrize("name", OPERATIONS)
async def test_it_sends_what_it_declares_and_reads_what_is_answered(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def execute(_: object, *, query: str, operation_name: str, variables: dict[str, object]) -> Any:
        return _answered(query, operation_name, variables)

    async def execute_later(_: object, **sent: Any) -> Any:
        return _answered(**sent)

    for client, answers in ((sync.Client, execute), (aio.AsyncClient, execute_later)):
        monkeypatch.setattr(client, "execute", answers)
        monkeypatch.setattr(client, "get_data", lambda _, answer: answer)
    call = getattr(sync.Client("http://unused"), name)
    needed = [
        object()
        for each in inspect.signature(call).parameters.values()
        if each.default is each.empty and each.kind is each.POSITIONAL_OR_KEYWORD
    ]

    read = call(*needed)
    awaited = await getattr(aio.AsyncClient("http://unused"), name)(*needed)

    assert read.model_dump() == awaited.model_dump()
