"""The domain's vocabularies in the graph. They know no GraphQL; their words are put in here."""

from collections.abc import Iterator
from enum import Enum

import strawberry
from graphql import GraphQLEnumType, GraphQLSchema
from strawberry.types.enum import StrawberryEnumDefinition


def describe(kind: type[Enum], description: str, *, name: str | None = None, **values: str) -> None:
    """Say what `kind` and each of its values mean; `name` is its name in the graph when another.

    Stands beside the type that shows it. The order does not matter: what strawberry has made of
    the enum by itself is completed, and `make_schema` refuses an enum that nobody described.
    """
    if set(values) != set(kind.__members__):
        raise ValueError(f"{kind.__name__}: describe each of {list(kind.__members__)}")
    if "__strawberry_definition__" not in vars(kind):
        strawberry.enum(kind)
    definition: StrawberryEnumDefinition = vars(kind)["__strawberry_definition__"]
    definition.name = name or kind.__name__
    definition.description = description
    for value in definition.values:
        value.description = values[value.name]


def undescribed(schema: GraphQLSchema) -> Iterator[str]:
    """The enums that say nothing of themselves or a value, federation's (`link__`) apart."""
    for name, kind in schema.type_map.items():
        if isinstance(kind, GraphQLEnumType) and "__" not in name:
            texts = [kind.description, *(value.description for value in kind.values.values())]
            if not all(texts):
                yield name
