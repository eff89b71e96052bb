"""The graph as a manual: every argument is explained, and what can be asked stands in sections."""

from collections.abc import Iterator, Mapping
from typing import Final

from graphql import GraphQLArgument, GraphQLSchema, get_named_type, is_input_object_type
from strawberry.federation.schema_directives import Tag
from strawberry.types.base import StrawberryObjectDefinition

QUERY: Final = (
    "Everything that can be asked. What you may not see is null or left out of a list; what "
    "everybody may see needs no login and says so. Tags name the section each belongs to."
)
MUTATION: Final = (
    "Everything that can be done. Each takes one `input` with an `idempotencyKey` and answers "
    "with what it changed or made, or with a `Problem` that says why it did not."
)
GENERAL: Final = {
    "id": "Its id; ids are opaque.",
    "first": "How many at most.",
    "after": "The endCursor of the page before.",
}
"""What an argument of this name means wherever it says nothing else of itself."""


def explain_roots(query: type, mutation: type | None) -> None:
    """Query and Mutation are one in the whole graph, so every service says the same of them. Each
    of their fields is tagged with its section, such as `evaluation/results`: the service, and the
    room of the business it belongs to."""
    for root, description in ((query, QUERY), (mutation, MUTATION)):
        if root is None:
            continue
        definition: StrawberryObjectDefinition = vars(root)["__strawberry_definition__"]
        definition.description = description
        for field in definition.fields:
            *rooms, _ = (field.origin or root).__module__.split(".")
            section = f"{rooms[0].removesuffix('_service')}/{rooms[-1].replace('_', '-')}"
            field.directives = [*field.directives, Tag(name=section)]


def explain_arguments(schema: GraphQLSchema, meanings: Mapping[str, str]) -> None:
    """Give every argument that says nothing of itself what its name means in this graph; an
    input is explained by its own type."""
    for name, argument in _arguments(schema):
        if argument.description is None:
            kind = get_named_type(argument.type)
            own = kind.description if is_input_object_type(kind) else None
            argument.description = meanings.get(name) or own or GENERAL.get(name)


def _arguments(schema: GraphQLSchema) -> Iterator[tuple[str, GraphQLArgument]]:
    """By their names; federation's own fields apart."""
    for kind in schema.type_map.values():
        for name, field in getattr(kind, "fields", {}).items():
            if "_" not in name and "_" not in kind.name:
                yield from getattr(field, "args", {}).items()
