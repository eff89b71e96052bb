"""How long a list of the graph may be: declared where it is, priced by the gateway, held here."""

from collections.abc import Iterator

from graphql import (
    GraphQLList,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
)
from strawberry import UNSET
from strawberry.federation.schema_directives import Cost, ListSize
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.field import StrawberryField


def paged(weight: int) -> list[object]:
    """The directives of a field that answers a `Connection`: `weight` ordinary objects' worth of
    looking, besides what it finds."""
    size = ListSize(
        assumed_size=UNSET,
        slicing_arguments=["first"],
        sized_fields=["edges"],
        require_one_slicing_argument=False,
    )
    return [size, Cost(weight=weight)]


PAGED = paged(3)
"""`strawberry.field(directives=PAGED)`: one look into the store through an index."""


def at_most(size: int) -> list[object]:
    """`strawberry.field(directives=at_most(20))`: the directive of a plain list. The size is a
    promise: what is written is bound by it, and an answer over it is not given."""
    return [
        ListSize(
            assumed_size=size,
            slicing_arguments=UNSET,
            sized_fields=UNSET,
            require_one_slicing_argument=False,
        )
    ]


def costs(weight: int) -> list[object]:
    """The directive of a field, or of a type, that is as much work as `weight` ordinary objects."""
    return [Cost(weight=weight)]


def declared_sizes(schema: GraphQLSchema) -> dict[tuple[str, str], int]:
    """The declared size of each plain list, by type and field."""
    return {
        (kind.name, name): size
        for kind, name, _, made in _fields(schema)
        if (size := _size_of(made)) is not None
    }


def undeclared(schema: GraphQLSchema) -> Iterator[str]:
    """Fields whose lists have no price: plain ones without a size, connections without `first`."""
    for kind, name, answer, made in _fields(schema):
        there = f"{kind.name}.{name}"
        if _is_connection(get_named_type(answer)):
            if not any("first" in (each.slicing_arguments or ()) for each in _sizes(made)):
                yield there
        elif _is_list(answer) and name != "edges" and _size_of(made) is None:
            yield there


def _fields(
    schema: GraphQLSchema,
) -> Iterator[tuple[GraphQLNamedType, str, GraphQLOutputType, StrawberryField]]:
    for kind in schema.type_map.values():
        if not isinstance(kind, GraphQLObjectType) or kind.name.startswith("__"):
            continue
        for name, field in kind.fields.items():
            made = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
            if isinstance(made, StrawberryField) and name != "_entities":
                yield kind, name, field.type, made


def _sizes(made: StrawberryField) -> list[ListSize]:
    return [each for each in made.directives if isinstance(each, ListSize)]


def _size_of(made: StrawberryField) -> int | None:
    return next((each.assumed_size for each in _sizes(made) if each.assumed_size), None)


def _is_list(answer: GraphQLOutputType) -> bool:
    return isinstance(get_nullable_type(answer), GraphQLList)


def _is_connection(kind: GraphQLNamedType) -> bool:
    return kind.name.endswith("Connection")
