"""Every input of a schema, wrong one at a time. Made from the schema, so the next is covered."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLInputType,
    GraphQLSchema,
    get_named_type,
    is_input_object_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)
from strawberry.schema.schema_converter import GraphQLCoreConverter

from congvu_kit.graph import ROW
from gateway.echo import written

CANARY = "Kín-7f3a9 0912345678"

OWN_SCALARS = ("Date", "DateTime", "Decimal")
"""Only the services know what these look like."""


@dataclass(frozen=True)
class Place:
    """One input of one operation: `keys` lead to it in the variables, `kind` is its type's name;
    the first `row` keys lead to the row that it is a part of, when it is of one."""

    operation: str
    field: str
    document: str
    keys: tuple[str | int, ...]
    kind: str
    row: int | None = None

    @property
    def path(self) -> str:
        return ".".join(map(str, self.keys))

    @property
    def name(self) -> str:
        return f"{self.field}:{self.path}"


@dataclass(frozen=True)
class Inputs:
    """The inputs of a schema, and good variables for each of its operations."""

    places: tuple[Place, ...]
    good: dict[str, dict[str, Any]]

    def with_(self, place: Place, value: object) -> dict[str, Any]:
        """Good variables, but for one."""
        variables: Any = copy.deepcopy(self.good[place.field])
        here = variables
        for key in place.keys[:-1]:
            here = here[key]
        here[place.keys[-1]] = value
        return dict(variables)

    def malformed(self, place: Place) -> dict[str, Any]:
        """With what does not fit its type, whatever it is, and holds the canary."""
        texts = place.kind in ("String", "ID")
        return self.with_(place, {CANARY: [CANARY]} if texts else CANARY)

    def marked(self, field: str, marker: str) -> dict[str, Any]:
        """With the marker for every text, but for the key of the call."""
        variables: dict[str, Any] = copy.deepcopy(self.good[field])
        for place in self.places:
            is_text = place.kind in ("String", "ID") and place.keys[-1] != "idempotencyKey"
            if place.field == field and is_text:
                here: Any = variables
                for key in place.keys[:-1]:
                    here = here[key]
                here[place.keys[-1]] = marker
        return variables


def inputs_of(schema: GraphQLSchema) -> Inputs:
    places: list[Place] = []
    good: dict[str, dict[str, Any]] = {}
    for operation, root in (("query", schema.query_type), ("mutation", schema.mutation_type)):
        for field, definition in (root.fields if root else {}).items():
            if field.startswith("_") or not definition.args:
                continue
            text = document(operation, field, definition)
            good[field] = {name: written(each.type) for name, each in definition.args.items()}
            for name, each in definition.args.items():
                found = _places((name,), each.type, good[field][name])
                places += [
                    Place(operation, field, text, keys, kind, row) for keys, kind, row in found
                ]
    return Inputs(tuple(places), good)


def document(operation: str, field: str, definition: Any) -> str:
    """The operation with every argument a variable, whose name is not the argument's."""
    declared = ", ".join(f"$of_{name}: {each.type}" for name, each in definition.args.items())
    given = ", ".join(f"{name}: $of_{name}" for name in definition.args)
    selection = "" if is_leaf_type(get_named_type(definition.type)) else " { __typename }"
    return f"{operation}({declared}) {{ {field}({given}){selection} }}"


def sent(variables: dict[str, Any]) -> dict[str, Any]:
    return {f"of_{name}": value for name, value in variables.items()}


def is_row(kind: Any) -> bool:
    """Whether the items of a list of this type are refused one by one."""
    if kind.ast_node is not None:
        return any(
            each.name.value == "tag" and each.arguments[0].value.value == "row"
            for each in kind.ast_node.directives
        )
    definition = kind.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    return any(each in ROW for each in getattr(definition, "directives", None) or ())


def _places(
    keys: tuple[str | int, ...], kind: GraphQLInputType, value: Any, row: int | None = None
) -> Iterator[tuple[tuple[str | int, ...], str, int | None]]:
    bare: Any = kind.of_type if is_non_null_type(kind) else kind
    if is_list_type(bare):
        for number, each in enumerate(value):
            inner = len(keys) + 1 if is_row(get_named_type(bare)) else row
            yield from _places((*keys, number), bare.of_type, each, inner)
        return
    yield keys, bare.name, row
    if is_input_object_type(bare):
        for name in value:
            yield from _places((*keys, name), bare.fields[name].type, value[name], row)
