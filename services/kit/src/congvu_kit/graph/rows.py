"""Rows of a bulk call: what does not fit its type refuses its own row, and no other."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from graphql import (
    ArgumentNode,
    GraphQLSchema,
    ObjectValueNode,
    OperationDefinitionNode,
    Undefined,
    ValueNode,
    VariableNode,
    get_nullable_type,
    is_input_object_type,
    is_list_type,
    type_from_ast,
)
from graphql.utilities import coerce_input_value
from strawberry.federation.schema_directives import Tag
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.base import get_object_definition

from congvu_kit.application.rows import Refusal
from congvu_kit.domain.errors import Code
from congvu_kit.domain.text import camel
from congvu_kit.graph.coercion import faults_in, halves, is_unicode

ROW: Final = [Tag(name="row")]
"""`@strawberry.input(directives=ROW)`: an item of a list whose items succeed or are refused each on
its own. The gateway reads the tag, too."""


@dataclass(frozen=True, kw_only=True)
class UnfitRow:
    """Stands in the place of a row that does not fit. `given` is what was sent: never kept."""

    keys: tuple[str, ...]
    at: int
    given: object
    refusal: Refusal


Unfit = Mapping[str, list[UnfitRow]]
"""The rows that do not fit, by the variable they came in."""


def is_row(kind: type[Any]) -> bool:
    definition = get_object_definition(kind)
    return definition is not None and any(each in ROW for each in definition.directives or ())


def without_unfit(
    schema: GraphQLSchema, operation: OperationDefinitionNode, variables: Mapping[str, Any]
) -> tuple[dict[str, Any], Unfit]:
    """The variables without the rows that do not fit, and those rows."""
    left, unfit = dict(variables), {}
    for node in operation.variable_definitions or ():
        name, kind = node.variable.name.value, type_from_ast(schema, node.type)
        if name in variables and kind is not None:
            found: list[UnfitRow] = []
            left[name] = _fitting(kind, variables[name], (), found)
            if found:
                unfit[name] = found
    return left, unfit


def with_unfit(input: Any, given: Iterable[ArgumentNode], unfit: Unfit) -> Any:
    """The input, a mutation's only argument, with the rows that did not fit back in their
    places."""
    for field, row in (found for each in given for found in _in_fields(each.value, unfit)):
        rows = next(
            getattr(input, each.python_name)
            for each in input.__strawberry_definition__.fields
            if camel(each.python_name) == field
        )
        rows.insert(row.at, row)
    return input


def _in_fields(given: ValueNode, unfit: Unfit) -> Iterator[tuple[str, UnfitRow]]:
    if isinstance(given, VariableNode):
        for row in unfit.get(given.name.value, ()):
            yield row.keys[-1], row
    elif isinstance(given, ObjectValueNode):
        for field in given.fields:
            if isinstance(field.value, VariableNode):
                for row in unfit.get(field.value.name.value, ()):
                    yield field.name.value, row


def _fitting(kind: Any, value: Any, keys: tuple[str, ...], unfit: list[UnfitRow]) -> Any:
    bare: Any = get_nullable_type(kind)
    if is_list_type(bare) and isinstance(value, list) and _is_row(bare.of_type):
        kept = []
        for at, each in enumerate(value):
            if refusal := _refusal(bare.of_type, each):
                unfit.append(UnfitRow(keys=keys, at=at, given=each, refusal=refusal))
            else:
                kept.append(each)
        return kept
    if is_input_object_type(bare) and isinstance(value, dict):
        return {
            name: _fitting(bare.fields[name].type, each, (*keys, name), unfit)
            if name in bare.fields
            else each
            for name, each in value.items()
        }
    return value


def _is_row(kind: Any) -> bool:
    bare = get_nullable_type(kind)
    definition = getattr(bare, "extensions", {}).get(GraphQLCoreConverter.DEFINITION_BACKREF)
    return isinstance(made := getattr(definition, "origin", None), type) and is_row(made)


def _refusal(kind: Any, row: object) -> Refusal | None:
    """Why a row does not fit its type; None when it does."""
    found = [] if is_unicode(row) else halves(kind, row)
    if not found and coerce_input_value(row, kind) is not Undefined:
        return None
    found = found or faults_in(kind, row)
    fields = [".".join(map(str, path)) for path, _ in found]
    en, vi = (
        "; ".join(
            f"{field or name} {text[at]}" for field, (_, text) in zip(fields, found, strict=True)
        )
        for at, name in enumerate(("the row", "dòng"))
    )
    return Refusal(code=Code.INVALID, en=en, vi=vi, field=fields[0] or None, rule_id=None)
