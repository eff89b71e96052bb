"""The graph explains itself: made from the schemas, so that whatever is added is held, too."""

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import (
    FieldDefinitionNode,
    GraphQLSchema,
    ObjectTypeDefinitionNode,
    is_introspection_type,
    is_scalar_type,
    is_specified_scalar_type,
    parse,
)

from congvu_kit.graph.manual import MUTATION, QUERY
from congvu_kit.tools.contracts import Contracts, all_contracts

SERVICES = pytest.mark.parametrize("service", all_contracts(), ids=lambda each: each.service)


def _schema(service: Contracts) -> GraphQLSchema:
    return service.schema._schema


def _ours(schema: GraphQLSchema) -> Iterator[Any]:
    for kind in schema.type_map.values():
        known = is_introspection_type(kind) or is_specified_scalar_type(kind)
        if not known and "_" not in kind.name:
            yield kind


def _silent(schema: GraphQLSchema) -> Iterator[str]:
    for kind in _ours(schema):
        if not kind.description:
            yield kind.name
        for name, field in getattr(kind, "fields", {}).items():
            if name.startswith("_"):
                continue
            if not field.description:
                yield f"{kind.name}.{name}"
            for argument, said in getattr(field, "args", {}).items():
                if not said.description:
                    yield f"{kind.name}.{name}({argument}:)"


@SERVICES
def test_every_type_field_and_argument_says_what_it_is(service: Contracts) -> None:
    assert list(_silent(_schema(service))) == []


@SERVICES
def test_query_and_mutation_say_the_same_in_every_service(service: Contracts) -> None:
    schema = _schema(service)

    assert schema.query_type is not None
    assert schema.mutation_type is not None
    assert schema.query_type.description == QUERY
    assert schema.mutation_type.description == MUTATION


@SERVICES
def test_every_scalar_names_its_specification(service: Contracts) -> None:
    scalars = [each for each in _ours(_schema(service)) if is_scalar_type(each)]

    assert sorted(each.name for each in scalars) == ["Date", "DateTime", "Decimal"]
    assert all(str(each.specified_by_url).startswith("https://") for each in scalars)


@SERVICES
def test_everything_that_can_be_asked_or_done_stands_in_one_section(service: Contracts) -> None:
    for field in _root_fields(service):
        tags = [each for each in field.directives or () if each.name.value == "tag"]
        names = [said.value.to_dict()["value"] for tag in tags for said in tag.arguments or ()]
        assert [name.split("/")[0] for name in names] == [service.service], field.name.value


def _root_fields(service: Contracts) -> Iterator[FieldDefinitionNode]:
    for kind in parse(service.sdl()).definitions:
        if isinstance(kind, ObjectTypeDefinitionNode) and kind.name.value in ("Query", "Mutation"):
            yield from (each for each in kind.fields or () if not each.name.value.startswith("_"))
